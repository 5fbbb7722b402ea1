// All own posts as they will look, what became of each, and what is new of that. Pure; comes with the second script.
// @ts-check
import { byId } from "../shared/board.js";
import { changeOf, unsent } from "./fates.js";

/** @import { Facts } from "./fates.js" */
/** @import { Entry } from "./outbox.js" */
/** @import { OwnPost } from "./types" */

/** All own posts, newest first. @param {Facts} facts @returns {OwnPost[]} */
export function ownPosts(facts) {
  const { board, entries } = facts;
  const known = [...facts.posts.values()].map((post) => {
    const { state, reason, thanks } = post; // messages to the author alone count
    return withChange({ ...post, ...byId(board, post.id), state, reason, thanks }, changeOf(entries, post.id));
  });
  known.sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return [...unsent(facts), ...known];
}

/**
 * An own post as it will be when its change has arrived.
 * @param {OwnPost} post @param {Entry|undefined} entry @returns {OwnPost}
 */
function withChange(post, entry) {
  if (!entry) return post;
  const state = entry.state === "refused" ? "unchanged" : "changing";
  return /** @type {OwnPost} */ ({ ...post, ...entry.body, ...entry.shown, state, reason: entry.detail, entry });
}

/**
 * What Me has to tell: own posts whose fate changed, and cards for me.
 * @param {Facts} facts @returns {[string, string][]} id and fate of each
 */
export function tidings(facts) {
  const own = ownPosts(facts).map((post) => [post.id, fate(post)]);
  const cards = facts.received.map((post) => [post.id, "received"]);
  return /** @type {[string, string][]} */ ([...own.filter(([, what]) => what), ...cards]);
}

/** @param {OwnPost} post */
function fate({ answered, state, thanks }) {
  if (answered) return "answered";
  if (thanks && state === "visible") return `thanks ${thanks}`;
  return state === "rejected" || state === "hidden" ? state : "";
}

/** Since it was last looked at. @param {[string, string][]} all @param {Record<string, string>} seen */
export const unseen = (all, seen) => all.filter(([id, what]) => seen[id] !== what);
