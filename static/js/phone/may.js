// What may still be done with a post, by the server's own rules: so that nothing is offered that must be refused. Pure.
// @ts-check
import { limits } from "../shared/limits.js";

/** @import { Board, Post, Session } from "../shared/wire" */
/** @import { OwnPost } from "./types" */

/**
 * May its author change it? Where moderators read first, what they approved stays as it is.
 * @param {OwnPost} post @param {Board|null} board the board's settings @param {number} now ms
 */
export function mayEdit(post, board, now) {
  if (now - Date.parse(post.created_at) >= limits().edit_seconds * 1000 || post.answered) return false;
  if (post.state === "visible") return !board?.frozen && !board?.premoderate?.[post.kind];
  return post.state === "pending";
}

/** A session that is closed takes no votes any more; one that is paused does. @param {Post} post @param {{sessions: Session[]}} board */
export function mayVote(post, { sessions }) {
  if (post.answered) return false;
  return sessions.find(({ id }) => id === post.session)?.questions !== "closed";
}
