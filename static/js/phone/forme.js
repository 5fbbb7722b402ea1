// Which cards are for the owner of this phone. Pure.
// @ts-check
import { byId, cards, newestFirst } from "../shared/board.js";
import { fold } from "../shared/folding.js";
import { teamMeant } from "../shared/recipients.js";

/** @import { State } from "../shared/board.js" */
/** @import { One } from "../shared/recipients.js" */
/** @import { ChangesFrame, Post, Team } from "../shared/wire" */
/** @import { Who } from "./who.js" */

/** Is this recipient me by name? @param {{name?: string, team?: string, person?: string}} who */
export const isMe =
  ({ name, team, person }) =>
  (/** @type {One} */ one) =>
    person && one.person === person ? true : isCalled(one, name) && (one.team ?? "") === (team ?? "");

const isCalled = (/** @type {{name: string}} */ one, /** @type {string|undefined} */ name) =>
  Boolean(name) && fold(one.name) === fold(/** @type {string} */ (name));

/**
 * A card to a team is one for each of it.
 * @param {{name?: string, team?: string, person?: string}} who @param {Team[]} teams
 */
export function isForMe(who, teams) {
  const me = isMe(who);
  return (/** @type {Post} */ { to }) =>
    Boolean(to?.some((one) => me(one) || (who.team && teamMeant(one, teams) === who.team)));
}

/**
 * Cards for me, newest first.
 * @param {State} board @param {Who} who
 * @param {Map<string, Post>} earlier those that the board no longer holds here
 */
export function receivedBy(board, who, earlier) {
  // An answer may have been under way longer than a correction, or a hiding: then the board knows of it.
  const found = new Map([...earlier].filter(([id]) => !byId(board, id) && !board.gone.has(id)));
  for (const post of cards(board).filter(isForMe(who, board.teams))) found.set(post.id, post);
  return [...found.values()].sort(newestFirst);
}

/**
 * What a frame tells about cards for me: one that is new, and those that are for me no longer.
 * @param {ChangesFrame} frame @param {State} before the board before this frame
 * @param {Who} who @param {Team[]} teams
 * @returns {{card: Post|undefined, left: string[]}}
 */
export function tidingsOf(frame, before, who, teams) {
  const forMe = isForMe(who, teams);
  const wasForMe = (/** @type {string} */ id) => {
    const known = byId(before, id);
    return Boolean(known?.to && forMe(known));
  };
  const posts = (frame.posts ?? []).flatMap((post) => ("to" in post && post.to ? [post] : []));
  const corrected = posts.filter((post) => !forMe(post)); // a moderator has corrected the recipient
  return {
    card: posts.find((post) => forMe(post) && !wasForMe(post.id)),
    left: [...(frame.gone ?? []), ...corrected.map((post) => post.id)],
  };
}
