// The corner with the code: a column in the wall's last row. Measures what room it leaves to the cards, and sets the words that are not
// cards.
// @ts-check
import { fit } from "./fit.js";
import { smallest } from "./sizes.js";

/** @import { Parts } from "./parts.js" */
/** @import { Room } from "./wall.js" */

const CARD_PADDING_SHARE = 0.026; // of the shorter side, as in screen.css

/** @param {{parts: Parts}} page */
export function createCorner({ parts }) {
  const { corner, wall } = parts;

  /** The room that cards have, and the notch that the corner takes from it. @returns {Room} px */
  function room() {
    const gap = parseFloat(getComputedStyle(parts.scene).columnGap);
    const pad = Math.min(innerHeight, innerWidth) * CARD_PADDING_SHARE;
    return { width: wall.clientWidth, height: wall.clientHeight, gap, pad, notch: notch(gap) };
  }

  /** It reaches down to the edge of the page. @param {number} gap px */
  function notch(gap) {
    const { bottom } = wall.getBoundingClientRect();
    const { top, width } = corner.getBoundingClientRect();
    if (top >= bottom) return null; // it has a row of its own
    return { width, height: bottom - top + gap };
  }

  /** The words that are not cards: the slide's, and the code in the corner. */
  function setWords() {
    const min = smallest(window);
    const jobs = [
      { box: parts["slide-words"], min, max: Math.min(innerHeight, innerWidth) * 0.05 },
      { box: parts.code, min, max: innerHeight * 0.075 },
    ];
    fit(jobs.filter(({ box }) => box.clientHeight > 0));
  }

  return { room, setWords };
}
