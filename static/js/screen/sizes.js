// Text sizes of the large screen, for its window and the operator's taste. The window is passed in: no DOM.
// @ts-check
/** @import { Look } from "./wall.js" */

// In shares of the height. In portrait a line is short, so that the sentence of a card may be no more than a little larger.
const SMALLEST = { wide: 0.024, upright: 0.022 }; // nothing is set smaller
const SENTENCE = { wide: 0.036, upright: 0.026 }; // of a card on the wall
const LARGE = { wide: 0.055, upright: 0.034 }; // of the card that stands alone
const SCALES = [0.85, 1, 1.15, 1.3, 1.5, 1.75];

/**
 * @typedef {{innerHeight: number, innerWidth: number}} Space px
 */

/** @param {Space} space @param {{wide: number, upright: number}} share */
const of = ({ innerHeight, innerWidth }, share) =>
  innerHeight * (innerHeight > innerWidth ? share.upright : share.wide);

/** The smallest text. @param {Space} space @returns {number} px */
export const smallest = (space) => of(space, SMALLEST);

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
      large: Math.max(min * 1.4, of(space, LARGE)),
      most: space.innerWidth > space.innerHeight ? 8 : 6,
    };
  }

  /** The same for the wall of cards: its text is the sentence, all else on a card is set in a share of that. @returns {Look} */
  function wall() {
    const sentence = of(space, SENTENCE);
    const min = Math.max(smallest(space) * 1.1, sentence * Math.min(1, SCALES[chosen]));
    return { ...look(), min, comfort: Math.max(min, sentence * SCALES[chosen]) };
  }

  return { look, wall, step, scale: () => SCALES[chosen] };
}
