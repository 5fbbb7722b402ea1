// What a moderator types and has not sent: answers to questions, reasons to hold. Kept through Esc, reload and a broken line, until the server has it
// or it is typed away.
// @ts-check
import { createDrafts } from "../shared/drafts.js";

const SEVERAL = "several"; // a selection has no name that a reload would know again

/**
 * @param {{get(key: string, fallback?: any): any, set(key: string, value: any): void}} keep
 * @param {(id: string) => any} known the post as it is now
 */
export function createWritten(keep, known) {
  const answers = createDrafts(keep, "desk-answer");
  const reasons = createDrafts(keep, "desk-reason");
  const stored = (post) => known(post.id)?.answer ?? "";
  const about = (posts) => (posts.length === 1 ? posts[0].id : SEVERAL);
  const answer = (post) => answers.get(post.id, stored(post));
  const reason = (posts) => reasons.get(about(posts), "");

  return {
    answer,
    typeAnswer: (post, text) => answers.set(post.id, text === stored(post) ? null : text),
    /** The server has this answer; what was typed since then stays. */
    answerSaved: (post, sent) => answer(post).trim() === sent && answers.drop(post.id),
    reason,
    typeReason: (posts, text) => reasons.set(about(posts), text),
    reasonSaved: (posts, sent) => reason(posts).trim() === sent && reasons.drop(about(posts)),
  };
}
