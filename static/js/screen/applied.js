// Tells the board what this screen shows: at most four times a second, and only after the picture was painted.
// @ts-check
/** @import { State } from "../shared/board.js" */

const EVERY_MS = 250;

/**
 * @param {{send: (message: object) => boolean, read: () => State, now: () => number}} page now: ms
 */
export function createApplied({ send, read, now }) {
  let seq = -1; // the last one that was reported
  let at = -Infinity;
  let waiting = 0;

  function report() {
    const state = read();
    if (waiting || !state.epoch || state.seq === seq) return;
    const wait = at + EVERY_MS - now();
    if (wait > 0) waiting = window.setTimeout(again, wait);
    else if (send({ type: "applied", seq: state.seq })) [seq, at] = [state.seq, now()];
  }

  function again() {
    waiting = 0;
    report();
  }

  return { report, /** The other end is new to us. */ restart: () => void (seq = -1) };
}
