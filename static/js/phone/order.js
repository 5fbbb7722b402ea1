// What stands in a lane, and in which order: the newest, or what stood there while nothing may move. Pure.
// @ts-check
import { cards, questions } from "../shared/board.js";

/** @import { State } from "../shared/board.js" */
/** @import { Post } from "../shared/wire" */

/** @typedef {{key: string, ids: string[]}} Standing what stands, and of which choice of lane, order and session */

/** @type {Standing} */
export const NOTHING_STANDS = { key: "", ids: [] };

/**
 * @param {State} board @param {{lane: string, sort: string, session: string}} choice
 * @returns {string[]} as the board would have it now
 */
export function wantedIds(board, { lane, sort, session }) {
  if (lane === "me") return [];
  const order = sort === "top" ? "top" : "new";
  const answered = sort === "answered";
  const list = lane === "celebrate" ? cards(board) : questions(board, { session, order, answered });
  return list.map((post) => post.id);
}

/**
 * Where nothing may move, news wait behind a button. What must leave, leaves; older cards come below.
 * @param {Standing} standing
 * @param {{board: State, choice: {lane: string, sort: string, session: string},
 *   still: boolean, fresh: Set<string>}} now still: nothing may move; fresh: own posts, which are no news
 * @returns {{standing: Standing, news: number}}
 */
export function ordered(standing, { board, choice, still, fresh }) {
  const key = `${choice.lane} ${choice.sort} ${choice.session}`;
  const wanted = wantedIds(board, choice);
  if (!still || standing.key !== key) return { standing: { key, ids: wanted }, news: 0 };
  const held = new Set(standing.ids);
  const last = wanted.findIndex((id) => id === standing.ids[standing.ids.length - 1]);
  const below = choice.lane === "celebrate" && last >= 0 ? wanted.slice(last + 1) : [];
  const older = below.filter((id) => !held.has(id));
  return {
    standing: { key, ids: [...standing.ids.filter((id) => board.posts.has(id)), ...older] },
    news: wanted.filter((id) => !held.has(id) && !fresh.has(id)).length - older.length,
  };
}

/**
 * The question being answered stands first; a card on the large screen keeps its place.
 * @param {Post[]} posts @param {Post|null} now
 */
export function withNowFirst(posts, now) {
  if (!now || now.kind !== "question" || !posts.includes(now)) return posts;
  return [now, ...posts.filter((post) => post !== now)];
}
