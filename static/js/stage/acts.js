// What the speaker does: one question is answered or put off, the next one comes; a note was read. One act at a time.
// @ts-check
import { problemOf } from "../shared/api.js";

/**
 * @import {Post} from "../shared/wire"
 * @import {Fate} from "./calls.js"
 * @import {api} from "./calls.js"
 * last: the last act, until the next one: it can be taken back
 * @typedef {{busy: boolean, problem: string, last: {post: Post, to: Fate, session: string}|null}} Doing
 * @param {{api: typeof api, draw: () => void}} page
 */
export function createActs({ api, draw }) {
  const doing = /** @type {Doing} */ ({ busy: false, problem: "", last: null });

  /** @param {string} session @param {Post} shown @param {Post|null} next @param {Fate} to */
  const goOn = (session, shown, next, to) =>
    attempt(async () => {
      await api.takeUp(session, next?.id ?? null, { post: shown.id, to });
      doing.last = { post: shown, to, session };
    });

  /** The last question is being answered again, and the one after it waits as before. @param {string} session */
  const goBack = (session) =>
    attempt(async () => {
      const { last } = doing;
      if (last) await api.takeUp(session, last.post.id);
      doing.last = null;
    });

  /** @param {string} note */
  const see = (note) => attempt(() => api.see(note));

  /** @param {() => Promise<unknown>} act */
  async function attempt(act) {
    if (doing.busy) return; // a second tap on the same button means the same
    doing.busy = true;
    doing.problem = "";
    draw();
    try {
      await act();
    } catch (error) {
      doing.problem = problemOf(error).message;
    } finally {
      doing.busy = false;
      draw();
    }
  }

  return { doing, goOn, goBack, see };
}
