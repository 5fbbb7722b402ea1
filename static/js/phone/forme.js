// Which cards are for the owner of this phone. Pure.
// @ts-check
import { byId, cards } from "../shared/board.js";
import { fold } from "../shared/folding.js";
import { teamMeant } from "../shared/recipients.js";

const newestFirst = (a, b) => (a.created_at < b.created_at ? 1 : -1);

/** Is this recipient me by name? @param {{name?: string, team?: string, person?: string}} who */
export const isMe =
  ({ name, team, person }) =>
  (one) =>
    person && one.person === person ? true : isCalled(one, name) && (one.team ?? "") === (team ?? "");

const isCalled = (one, name) => Boolean(name) && fold(one.name) === fold(name);

/**
 * A card to a team is one for each of it.
 * @param {{name?: string, team?: string, person?: string}} who @param {any[]} teams
 */
export function isForMe(who, teams) {
  const me = isMe(who);
  return (/** @type {any} */ { to }) => to.some((one) => me(one) || (who.team && teamMeant(one, teams) === who.team));
}

/**
 * Cards for me, newest first.
 * @param {import("../shared/board.js").State} board @param {any} who
 * @param {Map<string, any>} earlier those that the board no longer holds here
 */
export function receivedBy(board, who, earlier) {
  const found = new Map(earlier);
  for (const post of cards(board).filter(isForMe(who, board.teams))) found.set(post.id, post);
  return [...found.values()].sort(newestFirst);
}

/**
 * What a frame tells about cards for me: one that is new, and those that are for me no longer.
 * @param {any} frame @param {import("../shared/board.js").State} before the board before this frame
 * @param {any} who @param {any[]} teams
 * @returns {{card: any, left: string[]}}
 */
export function tidingsOf(frame, before, who, teams) {
  const forMe = isForMe(who, teams);
  const wasForMe = (id) => {
    const known = byId(before, id);
    return Boolean(known?.to) && forMe(known);
  };
  const posts = (frame.posts ?? []).filter((post) => post.to);
  const corrected = posts.filter((post) => !forMe(post)); // a moderator has corrected the recipient
  return {
    card: posts.find((post) => forMe(post) && !wasForMe(post.id)),
    left: [...(frame.gone ?? []), ...corrected.map((post) => post.id)],
  };
}
