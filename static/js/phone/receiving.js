// Which cards are for the one who holds this phone, and which of them are still to be opened. Pure.
// @ts-check
import { fold } from "../shared/folding.js";

/** @import { Post } from "../shared/wire" */
/** @import { Who } from "./who.js" */

export const SEALED_AT_MOST = 4; // more are a list
const REMEMBERED_AT_MOST = 300;

const same = (/** @type {string|null|undefined} */ one, /** @type {string|null|undefined} */ other) =>
  fold(one ?? "") === fold(other ?? "");

/**
 * Whether this card is for this very person, as board/model/thanking.py has it: a typed name is none of the roster.
 * @param {Pick<Post, "to">} post @param {Who} who
 */
export const isFor = (post, { name, team, person }) =>
  (post.to ?? []).some((one) =>
    one.person ? one.person === person : Boolean(name) && same(one.name, name) && same(one.team, team),
  );

/**
 * Those to be opened, the oldest first.
 * @param {Post[]} cards @param {Who} who @param {Set<string>} opened
 */
export const missed = (cards, who, opened) =>
  cards
    .filter((post) => !opened.has(post.id) && isFor(post, who))
    .sort((a, b) => (a.created_at < b.created_at ? -1 : 1));

/** @param {string[]} opened @param {string[]} ids */
export const remembered = (opened, ids) => [...new Set([...opened, ...ids])].slice(-REMEMBERED_AT_MOST);

/** How large a sentence stands. @param {string} text */
export const sizeOf = (text) => (text.length > 150 ? "is-long" : text.length > 60 ? "" : "is-short");

/** How many wrote them, as far as they say who they are. @param {Post[]} cards @returns {number} 0: somebody does not */
export function writers(cards) {
  const authors = new Set(cards.map(({ author }) => (author ? `${author.name}\n${author.team ?? ""}` : "")));
  return authors.has("") ? 0 : authors.size;
}
