// Own posts as they will look, those that are not sent yet too, and what became of each. Pure.
// @ts-check
import { byId } from "../shared/board.js";

/** @import { State } from "../shared/board.js" */
/** @import { Post } from "../shared/wire" */
/** @import { Entry } from "./outbox.js" */
/** @import { OwnPost } from "./types" */
/** @import { Who } from "./who.js" */

/**
 * @typedef {{board: State, posts: Map<string, Post>, entries: Entry[],
 *   who: Who, received: Post[], full: boolean, offline: boolean}} Facts
 *   posts: own ones that the board has; received: cards for me; full: the phone's storage
 */

/** The change that waits for a sent post. @param {Entry[]} entries @param {string} id */
export const changeOf = (entries, id) => entries.find((entry) => entry.edits === id);

/** New posts in the outbox, newest first, as they will look. @param {Facts} facts @returns {OwnPost[]} */
export function unsent(facts) {
  return facts.entries
    .filter((entry) => !entry.edits)
    .map(
      (entry) =>
        /** @type {OwnPost} */ ({
          ...entry.body,
          ...entry.shown,
          author: entry.body.anonymous ? null : facts.who,
          created_at: entry.at,
          state: unsentState(entry, facts),
          reason: entry.detail,
          entry,
        }),
    )
    .reverse();
}

/** @param {Entry} entry @param {Facts} facts */
function unsentState({ state, tries }, { full, offline }) {
  if (state === "refused") return "refused";
  if (full) return "unkept";
  if (offline) return "waiting";
  return tries ? "again" : "sending";
}

/** All own posts, newest first. @param {Facts} facts @returns {OwnPost[]} */
export function ownPosts(facts) {
  const { board, entries } = facts;
  const known = [...facts.posts.values()].map((post) => {
    const { state, reason, thanks } = post; // what is said to the author alone counts
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
 * Own posts that stand on top of their lane, since the board does not show them yet.
 * @param {Facts} facts @param {{kind: string, fresh: Set<string>, shown: string[]}} lane
 *   shown: the board may tell of an own post before its answer is here
 */
export function waitingPosts(facts, { kind, fresh, shown }) {
  const there = new Set(shown);
  const sent = [...fresh].map((id) => facts.posts.get(id)).reverse();
  const waits = (/** @type {OwnPost|undefined} */ post) =>
    post?.kind === kind && post.state !== "withdrawn" && !post.merged_into && !there.has(post.id);
  return /** @type {OwnPost[]} */ ([...unsent(facts), ...sent].filter(waits));
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
