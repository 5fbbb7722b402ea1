// The question that is being answered in a room, and those that come next. It never changes by itself while somebody reads it. Pure.
// @ts-check
import { byId } from "../shared/board.js";
import { inTurn, questionsOf, taken } from "../shared/floor.js";

/**
 * @import {Post, Session} from "../shared/wire"
 * @import {State} from "../shared/board.js"
 * taken: it is being answered; spotlit: it stands on the room's screen; next: it is the first of the list
 * @typedef {{shown: Post|null, how: "taken"|"spotlit"|"next", next: Post[], open: number, answered: number}} Asked
 */

/**
 * @param {State} state @param {Session} session @param {string|null} kept the id of what was shown before
 * @returns {Asked}
 */
export function askedIn(state, session, kept) {
  const questions = questionsOf(state, session.id);
  const waiting = inTurn(questions, session.floor);
  const now = taken(questions);
  const onScreen = state.screen.scene === "spotlight" ? byId(state, state.screen.post) : null;
  const spotlit = onScreen && waiting.includes(onScreen) ? onScreen : null;
  const shown = now ?? spotlit ?? waiting.find(({ id }) => id === kept) ?? waiting[0] ?? null;
  return {
    shown,
    how: shown === now ? "taken" : shown === spotlit ? "spotlit" : "next",
    next: waiting.filter((one) => one !== shown),
    open: waiting.length + (now ? 1 : 0),
    answered: questions.filter((one) => one.answered).length,
  };
}
