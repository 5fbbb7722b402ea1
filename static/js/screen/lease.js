// How long a screen may show what it has without hearing from the board: a screen that cannot hear cannot hide.
// Pure: the clocks are passed in. Both are needed: a computer's monotonic clock may stand still while it sleeps, its wall clock may be set.
// @ts-check

const STALE_AFTER_MS = 6000; // three beats
const DEFAULT_LEASE_SECONDS = 15;
const GAP_AFTER_MS = 1000; // what is missing may be on its way

/**
 * @typedef {{mono: number, wall: number}} Clocks ms
 * @typedef {"live"|"stale"|"safe"} Lease
 * @typedef {{heardAt: Clocks|null, catchingUp: boolean, state: Lease}} Held
 */

/** Nothing heard yet: a cold start shows the title slide. @returns {Held} */
export const unheard = () => ({ heardAt: null, catchingUp: true, state: "safe" });

/** The connection broke or is being made anew: what comes next counts only from a new connection. @param {Held} held @returns {Held} */
export const parted = (held) => ({ ...held, catchingUp: true });

/** A connection is open. @param {Held} held @returns {Held} */
export const joined = (held) => ({ ...held, catchingUp: false });

/**
 * A frame came that leaves nothing unheard. One that was already on its way before a break proves nothing.
 * @param {Held} held @param {Clocks} now @returns {Held}
 */
export const heard = (held, now) => (held.catchingUp ? held : { ...held, heardAt: now, state: "live" });

/**
 * Time passes.
 * @param {Held} held @param {Clocks} now @param {number|null|undefined} leaseSeconds 0: never safe
 * @returns {Held}
 */
export function aged(held, now, leaseSeconds) {
  if (!held.heardAt) return held;
  const state = worse(held.state, byAge(ageMs(held.heardAt, now), leaseSeconds ?? DEFAULT_LEASE_SECONDS));
  return state === held.state ? held : { ...held, state };
}

/** The older of the two clocks' answers: a sleep shows on the wall clock only, a clock set back on the other only. */
const ageMs = (/** @type {Clocks} */ then, /** @type {Clocks} */ now) =>
  Math.max(now.mono - then.mono, now.wall - then.wall, 0);

/** @param {number} age ms @param {number} leaseSeconds @returns {Lease} */
function byAge(age, leaseSeconds) {
  if (leaseSeconds > 0 && age > leaseSeconds * 1000) return "safe";
  return age > STALE_AFTER_MS ? "stale" : "live";
}

const ORDER = ["live", "stale", "safe"];
const worse = (/** @type {Lease} */ one, /** @type {Lease} */ other) =>
  ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other; // only a frame makes it better

/** Was the computer asleep, or its clock set, between two ticks? @param {Clocks} before @param {Clocks} now @param {number} tickMs */
export function jumped(before, now, tickMs) {
  const mono = now.mono - before.mono;
  const wall = now.wall - before.wall;
  return Math.abs(wall - mono) > STALE_AFTER_MS || mono > tickMs + STALE_AFTER_MS;
}

/**
 * For how long the board has been ahead of what came.
 * @typedef {{since: number|null, isOver: boolean}} Gap since: ms; isOver: what is missing does not come by itself
 * @returns {Gap}
 */
export const noGap = () => ({ since: null, isOver: false });

/** @param {Gap} gap @param {boolean} isBehind @param {number} now ms @returns {Gap} */
export function gap({ since }, isBehind, now) {
  if (!isBehind) return noGap();
  if (since === null) return { since: now, isOver: false };
  return now - since > GAP_AFTER_MS ? { since: null, isOver: true } : { since, isOver: false };
}
