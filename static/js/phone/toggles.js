// Votes and reactions: shown at once, taken back where the board says no. The last wish counts, one request at a time.
// @ts-check
import { api, problemOf } from "../shared/api.js";
import { byId, patched } from "../shared/board.js";
import { say as words } from "../shared/words.js";
import { buzz } from "./saying.js";

/** @import { State } from "../shared/board.js" */
/** @import { Post } from "../shared/wire" */
/** @import { Say } from "./types" */

/**
 * @param {{held: {board: State},
 *   own: {votes: Set<string>, reactions: Map<string, Set<string>>, load: () => unknown}, say: Say,
 *   onTouch: () => void, onChange: () => void}} page onTouch: a finger has touched a post
 */
export function createToggles({ held, own, say, onTouch, onChange }) {
  const wishes = /** @type {Map<string, {want: boolean, is: boolean}>} */ (new Map()); // what is under way

  /** @param {{id: string}} post */
  function vote({ id }) {
    const show = (/** @type {boolean} */ on) => {
      if (own.votes.has(id) === on) return;
      own.votes[on ? "add" : "delete"](id);
      held.board = patched(held.board, id, { votes: moved(byId(held.board, id)?.votes, on) });
    };
    const tell = async (/** @type {boolean} */ on) => {
      const { votes, post } = await api.vote(id, on);
      if (!post) return { votes };
      own.load(); // the question was joined with that one meanwhile, which has the vote now
      say(words("vote-joined"), "ok");
      return {};
    };
    return toggle(id, id, !own.votes.has(id), show, tell);
  }

  /** @param {{id: string}} post @param {string} key */
  function react({ id }, key) {
    const keys = own.reactions.get(id) ?? /** @type {Set<string>} */ (new Set());
    own.reactions.set(id, keys);
    const show = (/** @type {boolean} */ on) => {
      if (keys.has(key) === on) return;
      keys[on ? "add" : "delete"](key);
      const counts = byId(held.board, id)?.reactions ?? {};
      held.board = patched(held.board, id, { reactions: { ...counts, [key]: moved(counts[key], on) } });
    };
    const tell = async (/** @type {boolean} */ on) => ({ reactions: (await api.react(id, key, on)).reactions });
    return toggle(`${id} ${key}`, id, !keys.has(key), show, tell);
  }

  /**
   * @param {string} name @param {string} id @param {boolean} want @param {(on: boolean) => void} show
   * @param {(on: boolean) => Promise<Partial<Post>>} tell
   */
  async function toggle(name, id, want, show, tell) {
    onTouch();
    if (want) buzz();
    show(want);
    onChange();
    const running = wishes.get(name);
    if (running) return void (running.want = want);
    const wish = { want, is: !want };
    wishes.set(name, wish);
    try {
      await fulfil(wish, id, tell);
    } catch (problem) {
      show(wish.is);
      say(problemOf(problem).detail, "bad");
    } finally {
      wishes.delete(name);
      onChange();
    }
  }

  /**
   * @param {{want: boolean, is: boolean}} wish @param {string} id
   * @param {(on: boolean) => Promise<Partial<Post>>} tell
   */
  async function fulfil(wish, id, tell) {
    while (wish.want !== wish.is) {
      const seq = byId(held.board, id)?.seq;
      const next = wish.want;
      const counts = await tell(next);
      wish.is = next;
      // A frame that came meanwhile is newer than this answer.
      if (wish.want === next && byId(held.board, id)?.seq === seq) held.board = patched(held.board, id, counts);
    }
  }

  return { vote, react };
}

const moved = (/** @type {number|undefined} */ count, /** @type {boolean} */ on) =>
  Math.max(0, (count ?? 0) + (on ? 1 : -1));
