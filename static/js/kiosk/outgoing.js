// What was written at this tablet and is not at the board yet: in memory alone, shown to nobody, sent until it is there.
// @ts-check

/** @import { Problem } from "../shared/api.js" */

const AGAIN_MS = 4000;
/** More than that is not taken: the tablet has been without a connection for long. */
const MOST_KEPT = 20;

/**
 * @typedef {{body: Record<string, any> & {id: string}, sent: (state: string) => void, refused: (problem: Problem) => void}} Entry
 * @param {{send: (body: object) => Promise<{post: {state: string}}>, changed: () => void}} kiosk
 */
export function createOutgoing({ send, changed }) {
  let entries = /** @type {Entry[]} */ ([]);
  let busy = false;
  let timer = 0;

  /** False: it is full. @param {Entry} entry */
  function add(entry) {
    if (entries.length >= MOST_KEPT) return false;
    entries = [...entries, entry];
    work();
    return true;
  }

  async function work() {
    if (busy || !entries.length) return;
    busy = true;
    const [entry] = entries;
    try {
      const { post } = await send(entry.body);
      drop(entry);
      entry.sent(post.state);
    } catch (problem) {
      const known = /** @type {Problem} */ (problem);
      if (known.passes) return again(Math.max(AGAIN_MS, known.retryAfter * 1000));
      drop(entry);
      entry.refused(known);
    } finally {
      busy = false;
      changed();
    }
    if (entries.length && !timer) again(0);
  }

  function drop(/** @type {Entry} */ entry) {
    entries = entries.filter((one) => one !== entry);
  }

  function again(/** @type {number} */ ms) {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      timer = 0;
      work();
    }, ms);
  }

  return { add, retry: () => again(0), count: () => entries.length };
}
