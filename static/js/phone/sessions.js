// Which session's questions are shown: the one that the room is in, until somebody chooses another.
// @ts-check
import { current, isChosen, parallel, phases } from "../shared/agenda.js";
import { askedIn } from "../shared/board.js";

/** @import { State } from "../shared/board.js" */
/** @import { Keep } from "../shared/keep.js" */

/**
 * @param {{held: {board: State}, clock: {now(): number},
 *   keep: Pick<Keep, "get"|"set">}} page
 */
export function createSessions({ held, clock, keep }) {
  let shown = ""; // "": all

  const led = () => held.board.board?.led;

  function now() {
    const { sessions, screen } = held.board;
    const moved = led() ? null : screen?.session;
    const choice = { moved, led: led(), chosen: keep.get("session"), asked: askedIn(held.board) };
    return current(sessions, clock.now(), choice)?.id ?? "";
  }

  /** Kept until that session ends, or a moderator goes on in its room. @param {string} id */
  function choose(id) {
    shown = id;
    keep.set("session", { session: id, at: clock.now(), led: led() ?? [] });
  }

  /** To be chosen from, once: they run at the same time, each in a room. */
  function offered() {
    const several = parallel(held.board.sessions, clock.now(), askedIn(held.board));
    return isChosen(keep.get("session"), several) ? [] : several;
  }

  function follow() {
    if (held.board.epoch) shown = now();
  }

  const phase = () => phases(held.board.sessions, clock.now());

  function list() {
    const found = phase();
    return held.board.sessions.map((one) => ({ ...one, running: found.get(one.id) === "running" }));
  }

  return {
    now,
    choose,
    follow,
    list,
    offered,
    shown: () => shown,
    isOver: (/** @type {string} */ id) => id !== now() && phase().get(id) === "over",
  };
}
