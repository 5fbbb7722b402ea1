// What can move when a room runs over its time: the session that comes next, and open questions of those that are over. Pure.
// @ts-check
import { current, phases } from "../shared/agenda.js";
import { askedIn } from "../shared/board.js";

/**
 * @import {State} from "../shared/board.js"
 * @import {Session} from "../shared/wire"
 */

const QUESTIONS_AT_MOST = 100; // in one tap
const LEFT_AT_MOST = 2;

/**
 * The session that comes next, and sessions that are over with the open questions that they left for the one that is on in their room. Pure.
 * @param {State} state @param {number} now ms, the server's clock
 * @returns {{next: Session|null, left: {from: Session, to: Session, ids: string[]}[]}}
 */
export function movable(state, now) {
  const { sessions, screen, board } = state;
  const phase = phases(sessions, now);
  const ahead = sessions.filter(({ id }) => phase.get(id) === "ahead");
  const next = ahead.reduce(
    (one, other) => (!one || starts(other) < starts(one) ? other : one),
    /** @type {Session|null} */ (null),
  );
  const onIn = (/** @type {string|undefined} */ room) =>
    current(sessions, now, {
      room,
      moved: board?.led ? null : screen?.session,
      led: board?.led,
      asked: askedIn(state),
    });
  const left = sessions
    .filter(({ id }) => phase.get(id) === "over")
    .map((from) => ({ from, to: /** @type {Session} */ (onIn(from.room)), ids: openIn(state, from.id) }))
    .filter(({ from, to, ids }) => ids.length && to && to.id !== from.id && to.questions !== "closed")
    .slice(-LEFT_AT_MOST);
  return { next, left };
}

const starts = (/** @type {Session} */ { starts_at }) => Date.parse(starts_at ?? "");

/** @param {State} state @param {string} session */
const openIn = ({ posts }, session) =>
  [...posts.values()]
    .filter(
      (post) =>
        post.kind === "question" &&
        post.session === session &&
        !post.answered &&
        !post.set_aside &&
        ["visible", "pending"].includes(post.state ?? "visible"),
    )
    .slice(0, QUESTIONS_AT_MOST)
    .map(({ id }) => id);
