// Reasons to hold that a moderator types and has not sent. Kept through Esc, reload and a broken line, until the server has them or they are typed away.
// @ts-check
import { createDrafts } from "../shared/drafts.js";

const SEVERAL = "several"; // a selection has no name that a reload would know again

/**
 * @import {Post} from "../shared/wire"
 * @param {Pick<import("../shared/keep.js").Keep, "get"|"set">} keep
 */
export function createWritten(keep) {
  const reasons = createDrafts(keep, "desk-reason");
  const about = (/** @type {Post[]} */ posts) => (posts.length === 1 ? posts[0].id : SEVERAL);
  /** @returns {string} */
  const reason = (/** @type {Post[]} */ posts) => reasons.get(about(posts), "");

  return {
    reason,
    typeReason: (/** @type {Post[]} */ posts, /** @type {string} */ text) => reasons.set(about(posts), text),
    reasonSaved: (/** @type {Post[]} */ posts, /** @type {string} */ sent) =>
      reason(posts).trim() === sent && reasons.drop(about(posts)),
  };
}
