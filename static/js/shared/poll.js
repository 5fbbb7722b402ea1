// The third way to a board: asks for the snapshot every few seconds, where neither sockets nor events bring anything.
// @ts-check
import { closeCode } from "./links.js";

const ANSWER_WITHIN_MS = 10000;

/**
 * @import {BeatFrame, Cursor, SnapshotFrame} from "./wire"
 * @param {{url: string, feed: string, screen?: string, everyMs: number, getCursor: () => Cursor|null, isAsleep: () => boolean,
 *   onFrame: (frame: SnapshotFrame|BeatFrame) => void, onTurn: () => void, onRefused: (code: number) => void}} options
 *   onFrame: a snapshot, or a beat where nothing has changed; onTurn: it began or ceased to work
 */
export function createPoll({ url, feed, screen = "", everyMs, getCursor, isAsleep, onFrame, onTurn, onRefused }) {
  let timer = 0;
  let under = /** @type {AbortController|null} */ (null);
  let works = false;
  let etag = "";

  function start() {
    if (!timer && !under) ask();
  }

  async function ask() {
    clearTimeout(timer);
    timer = 0;
    const mine = (under = new AbortController());
    const patience = setTimeout(() => mine.abort(), ANSWER_WITHIN_MS);
    let frame = null;
    try {
      frame = isAsleep() ? null : await fetched(mine.signal);
    } catch {
      // no answer, or not from our server: see below
    } finally {
      clearTimeout(patience);
    }
    if (mine !== under) return; // a better way works meanwhile
    under = null;
    if (frame && "refused" in frame) return onRefused(frame.refused);
    timer = setTimeout(ask, everyMs * (0.75 + Math.random() / 2));
    if (works !== Boolean(frame)) {
      works = Boolean(frame);
      onTurn();
    }
    if (frame) onFrame(frame);
  }

  /** Null: an answer that is not ours. @param {AbortSignal} signal @returns {Promise<SnapshotFrame|BeatFrame|{refused: number}|null>} */
  async function fetched(signal) {
    const target = new URL(url, location.href);
    if (feed) target.searchParams.set("feed", feed);
    if (screen) target.searchParams.set("screen", screen);
    const known = getCursor();
    const headers = { Accept: "application/json", ...(known && etag ? { "If-None-Match": etag } : {}) };
    const answer = await fetch(target, { signal, headers, cache: "no-store", credentials: "same-origin" });
    if (answer.status === 304 && known) return { type: "beat", seq: known.seq };
    if (!answer.ok) return closeCode(answer) ? { refused: closeCode(answer) } : null;
    const snapshot = await answer.json();
    if (!snapshot?.epoch || (known && snapshot.epoch === known.epoch && snapshot.seq < known.seq)) return null; // out of a cache on the way
    etag = answer.headers.get("ETag") ?? "";
    return { type: "snapshot", ...snapshot };
  }

  function stop() {
    clearTimeout(timer);
    timer = 0;
    under?.abort();
    under = null;
    works = false;
    etag = ""; // what comes by another way is newer than what it names
  }

  return { start, stop, works: () => works };
}
