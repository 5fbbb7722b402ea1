// What a large screen has heard of the board, and whether it may still show it. The clocks are passed in.
// @ts-check
import { apply, emptyBoard } from "../shared/board.js";
import { aged, gap, heard, joined, jumped, noGap, parted, unheard } from "./lease.js";

/** @import { State } from "../shared/board.js" */
/** @import { Frame } from "../shared/wire" */
/** @import { Clocks } from "./lease.js" */

/**
 * @param {{clocks: () => Clocks, reconnect: () => void, changed: (before: State, frame: Frame) => void}} page
 *   clocks: of this device; reconnect: to be asked for when something was missed
 */
export function createHearing({ clocks, reconnect, changed }) {
  let state = emptyBoard();
  let held = unheard();
  let missed = noGap();
  let ticked = clocks();

  /** @param {Frame} frame */
  function hear(frame) {
    const next = apply(state, frame);
    if (!next) return reconnect();
    const before = state;
    state = next;
    if (isUpToDate(frame)) held = heard(held, clocks());
    changed(before, frame);
  }

  /**
   * A beat that is ahead of us says that something was missed, and presence says nothing of posts: they prove life,
   * but not that nothing was hidden.
   * @param {Frame} frame
   */
  function isUpToDate(frame) {
    if (frame.type === "presence") return false;
    const isBehind = frame.type === "beat" && frame.seq > state.seq;
    missed = gap(missed, isBehind, clocks().mono);
    if (missed.isOver) reconnect();
    return !isBehind && state.epoch !== null;
  }

  /** @param {string} link the feed's state. Slow: each answer is as new as its question */
  const linked = (link) => void (held = link === "live" || link === "slow" ? joined(held) : parted(held));

  const age = () => void (held = aged(held, clocks(), state.board?.lease));

  /** Time passes. @param {number} tickMs since the last call, where nothing slept */
  function tick(tickMs) {
    const now = clocks();
    const slept = jumped(ticked, now, tickMs);
    ticked = now;
    if (!slept) return;
    held = parted(aged(held, now, state.board?.lease));
    reconnect(); // whatever still comes on the old connection may be from before the sleep
  }

  return {
    hear,
    linked,
    age,
    tick,
    state: () => state,
    /** Older cards came beside the feed. @param {State} next */
    put: (next) => void (state = next),
    lease: () => held.state,
    isLive: () => held.state === "live",
  };
}
