// Text sizes of the large screen, for its window and the operator's taste. The window is passed in: no DOM.
// @ts-check
/** @import { Look } from "./wall.js" */

const SMALLEST_SHARE = 0.022; // of the height: nothing is set smaller
const SCALES = [0.85, 1, 1.15, 1.3, 1.5, 1.75];

/**
 * @typedef {{innerHeight: number, innerWidth: number}} Space px
 */

/** The smallest text. @param {Space} space @returns {number} px */
export const smallest = ({ innerHeight }) => innerHeight * SMALLEST_SHARE;

/** @param {Space} space the window: read anew each time */
export function createSizes(space) {
  let chosen = SCALES.indexOf(1);

  /** Larger, smaller. @param {number} by steps */
  const step = (by) => void (chosen = Math.min(SCALES.length - 1, Math.max(0, chosen + by)));

  /** @returns {Look} px, and how many cards at most */
  function look() {
    const min = smallest(space);
    const side = Math.min(space.innerHeight, space.innerWidth * 1.1);
    return {
      min,
      comfort: Math.max(min * 1.06, side * 0.0265 * SCALES[chosen]),
      max: Math.max(min * 1.3, side * 0.072),
      large: Math.max(min * 1.4, side * 0.066),
      most: space.innerWidth > space.innerHeight ? 14 : 12,
    };
  }

  return { look, step, scale: () => SCALES[chosen] };
}
