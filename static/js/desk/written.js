// What a moderator types and has not sent: answers to questions, reasons to hold. Kept through Esc, reload and a broken line, until the server has it
// or it is typed away.
// @ts-check
import { createDrafts } from "../shared/drafts.js";

const SEVERAL = "several"; // a selection has no name that a reload would know again

/**
 * @import {Post} from "../shared/wire"
 * @param {Pick<import("../shared/keep.js").Keep, "get"|"set">} keep
 * @param {(id: string) => Post|null|undefined} known the post as it is now
 */
export function createWritten(keep, known) {
  const answers = createDrafts(keep, "desk-answer");
  const reasons = createDrafts(keep, "desk-reason");
  const stored = (/** @type {Post} */ post) => known(post.id)?.answer ?? "";
  const about = (/** @type {Post[]} */ posts) => (posts.length === 1 ? posts[0].id : SEVERAL);
  /** @returns {string} */
  const answer = (/** @type {Post} */ post) => answers.get(post.id, stored(post));
  /** @returns {string} */
  const reason = (/** @type {Post[]} */ posts) => reasons.get(about(posts), "");

  return {
    answer,
    typeAnswer: (/** @type {Post} */ post, /** @type {string} */ text) =>
      answers.set(post.id, text === stored(post) ? null : text),
    /** The server has this answer; what was typed since then stays. */
    answerSaved: (/** @type {Post} */ post, /** @type {string} */ sent) =>
      answer(post).trim() === sent && answers.drop(post.id),
    reason,
    typeReason: (/** @type {Post[]} */ posts, /** @type {string} */ text) => reasons.set(about(posts), text),
    reasonSaved: (/** @type {Post[]} */ posts, /** @type {string} */ sent) =>
      reason(posts).trim() === sent && reasons.drop(about(posts)),
  };
}
