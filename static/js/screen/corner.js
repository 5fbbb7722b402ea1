// The corner with the code: a tile of the wall's last row, as tall as the row it ends. Measures what room it leaves to the cards, and
// sets the words that are not cards.
// @ts-check
import { fit } from "./fit.js";
import { smallest } from "./sizes.js";

/** @import { Parts } from "./parts.js" */
/** @import { Room } from "./wall.js" */

const CARD_PADDING_SHARE = 0.026; // of the shorter side, as in screen.css
const HUGE_CORNER = 1.35; // from which it is a column of its own
const TALL_CORNER = 0.72; // height : width from which the code stands under the QR

/** @param {{parts: Parts}} page */
export function createCorner({ parts }) {
  const { corner, wall } = parts;

  /** The room that cards have, and the notch that the corner takes from it. @returns {Room} px */
  function room() {
    reset();
    const gap = parseFloat(getComputedStyle(parts.scene).columnGap);
    const pad = Math.min(innerHeight, innerWidth) * CARD_PADDING_SHARE;
    return { width: wall.clientWidth, height: wall.clientHeight, gap, pad, notch: notch() };
  }

  function reset() {
    corner.style.removeProperty("--free");
    corner.classList.remove("is-tall", "is-huge");
  }

  /** It reaches down to the edge of the page. */
  function notch() {
    const { wallBottom, top, width } = edges();
    if (top >= wallBottom) return null; // it has a row of its own
    return { width, height: Math.max(0, wallBottom - top) };
  }

  function edges() {
    const { top, bottom, width } = corner.getBoundingClientRect();
    return { wallBottom: wall.getBoundingClientRect().bottom, top, bottom, width };
  }

  /** @param {number} rowHeight of the wall's last row, px */
  function grow(rowHeight) {
    const { wallBottom, top, bottom, width } = edges();
    if (top >= wallBottom) return;
    const height = bottom - wallBottom + rowHeight;
    corner.style.setProperty("--free", `${height}px`);
    corner.classList.toggle("is-tall", height > width * TALL_CORNER);
    corner.classList.toggle("is-huge", height > width * HUGE_CORNER);
    setWords();
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

  return { room, reset, grow, setWords };
}
