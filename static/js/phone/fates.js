// Own posts that wait: those that are not sent yet, and those that the board does not show yet. Pure.
// @ts-check
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

/**
 * Own posts that stand on top of their lane, since the board does not show them yet.
 * @param {Facts} facts @param {{kind: string, session: string, fresh: Set<string>, shown: string[]}} lane
 *   shown: the board may tell of an own post before its answer is here
 */
export function waitingPosts(facts, { kind, session, fresh, shown }) {
  const there = new Set(shown);
  const sent = [...fresh].map((id) => facts.posts.get(id)).reverse();
  const waits = (/** @type {OwnPost|undefined} */ post) =>
    post?.kind === kind &&
    post.state !== "withdrawn" &&
    !post.merged_into &&
    !there.has(post.id) &&
    (post.entry || !session || !post.session || post.session === session);
  return /** @type {OwnPost[]} */ ([...unsent(facts), ...sent].filter(waits));
}
