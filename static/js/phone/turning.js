// When a phone on which nothing happens draws again: after a while, and the moment a session begins or ends.
// @ts-check
/** @import { Session } from "../shared/wire" */

const DRAWN_EVERY_MS = 30000; // times, the ten minutes for editing

/** When the next session begins or ends, ms since 1970; Infinity: none does. @param {Session[]} sessions @param {number} now */
export const nextTurn = (sessions, now) =>
  Math.min(
    ...sessions
      .flatMap(({ starts_at, ends_at }) => [starts_at, ends_at])
      .map((at) => Date.parse(at ?? ""))
      .filter((at) => at > now),
  );

/** @param {{held: {board: {sessions: Session[]}}, clock: {now: () => number}, draw: () => void}} phone clock: the server's */
export function createWaking({ held, clock, draw }) {
  let timer = 0;

  function wait() {
    const now = clock.now();
    clearTimeout(timer);
    timer = window.setTimeout(draw, Math.min(DRAWN_EVERY_MS, nextTurn(held.board.sessions, now) - now));
  }

  return { wait };
}
