// When a shared tablet forgets what stands on it: soon after it said thank you, and a minute after the last touch. Pure: the time is
// passed in, in ms of a clock that never goes back.
// @ts-check

export const IDLE_MS = 60000;
/** Of the last seconds the page says how many are left. */
export const WARNING_MS = 15000;
export const THANKS_MS = 6000;

/**
 * @typedef {{step: "start"|"card"|"question"|"thanks", touchedAt: number, thankedAt: number}} Standing
 *   touchedAt: the last touch or key; thankedAt: when it said thank you
 */

/** In so many ms it forgets; 0: now. Infinity: there is nothing to forget. @param {Standing} standing @param {number} now */
export function msLeft({ step, touchedAt, thankedAt }, now) {
  if (step === "start") return Infinity;
  if (step === "thanks") return Math.max(0, thankedAt + THANKS_MS - now);
  return Math.max(0, touchedAt + IDLE_MS - now);
}

/** The seconds that the page counts down, 0 while it says nothing. @param {Standing} standing @param {number} now */
export function secondsSaid(standing, now) {
  const left = msLeft(standing, now);
  return standing.step === "thanks" || left > WARNING_MS ? 0 : Math.ceil(left / 1000);
}
