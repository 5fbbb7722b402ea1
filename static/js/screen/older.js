// Older cards for a quiet wall: one page after the other takes its turn, and goes again, so that memory stays the same for days.
// The clock is passed in.
// @ts-check
import { askedAt, cards, withOlder } from "../shared/board.js";

/** @import { State } from "../shared/board.js" */
/** @import { Post } from "../shared/wire" */

export const QUIET_MS = 60_000; // since the last new card
export const TURN_MS = 240_000; // for one page

/**
 * @param {{ask: (before: string) => Promise<{posts: Post[], more: boolean}>}} server
 */
export function createOlder({ ask }) {
  let kept = /** @type {string[]} */ ([]); // ids of the page that is in the state now
  let before = /** @type {string|null} */ (null); // where the next page begins; null: after the snapshot's own cards
  let nextAt = -Infinity;
  let asking = false;
  let history = 0; // a page that was asked for before a snapshot may hold what has been hidden since

  /** A snapshot came: the page is no longer in the state. @param {number} now ms */
  function restart(now) {
    history += 1;
    [kept, before] = [[], null];
    wait(now);
  }

  const wait = (/** @type {number} */ now) => void (nextAt = Math.max(nextAt, now + QUIET_MS));
  const due = (/** @type {State} */ state, /** @type {number} */ now) => state.more && !asking && now >= nextAt;

  /**
   * The next page in the place of the one before.
   * @param {() => State} read @param {(state: State) => void} write @param {number} now ms
   */
  async function turn(read, write, now) {
    const from =
      before ??
      cards(read())
        .filter(({ id }) => !kept.includes(id))
        .at(-1)?.id;
    if (!from) return;
    asking = true;
    const asked = history;
    const at = askedAt(read());
    try {
      const page = await ask(from);
      if (asked !== history) return;
      write(exchanged(read(), kept, page, at));
      kept = page.posts.map(({ id }) => id);
      before = page.more ? (kept.at(-1) ?? null) : null;
    } catch {
      before = null; // the card that it begins at was hidden, or the line is down
    } finally {
      asking = false;
      nextAt = Math.max(nextAt, now + TURN_MS);
    }
  }

  return { restart, news: wait, due, turn };
}

/**
 * @param {State} state @param {string[]} leave @param {{posts: Post[]}} come @param {ReturnType<typeof askedAt>} asked
 * @returns {State}
 */
function exchanged(state, leave, come, asked) {
  const posts = new Map(state.posts);
  for (const id of leave) if (!posts.get(id)?.pinned && id !== state.screen.post) posts.delete(id);
  return withOlder({ ...state, posts }, come.posts, state.more, asked);
}
