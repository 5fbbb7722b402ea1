// Numbers of the recap count up once, when it begins. The true number is in the page from the first moment, for screen readers and for whoever
// measures; what counts is drawn over it by the style sheet, out of an attribute. Where a system asks for less motion, nothing counts.
// @ts-check
import { say } from "../shared/words.js";
import { isCalm } from "./motion.js";
import { countedBy } from "./reel.js";

const COUNT_MS = 1600;

/** @param {HTMLElement} place @param {(act: () => void) => void} own within it the page is changed later than in a call */
export function countUp(place, own) {
  const numbers = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-n]")]);
  if (isCalm() || !numbers.length) return;
  const began = performance.now();
  const step = () => own(() => draw((performance.now() - began) / COUNT_MS));

  /** @param {number} share */
  function draw(share) {
    for (const number of numbers) {
      if (share < 1) number.dataset.counted = say("screen-number", { n: countedBy(Number(number.dataset.n), share) });
      else delete number.dataset.counted;
    }
    if (share < 1 && place.isConnected) requestAnimationFrame(step);
  }

  draw(0);
}
