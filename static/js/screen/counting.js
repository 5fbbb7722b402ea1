// Numbers of the recap count up once, when it begins, and a distance while a light goes its way. The true number is in the page from the first moment, for screen readers and for whoever
// measures; what counts is drawn over it by the style sheet, out of an attribute. Where a system asks for less motion, nothing counts.
// @ts-check
import { say } from "../shared/words.js";
import { isCalm } from "./motion.js";
import { countedBy } from "./reel.js";

const COUNT_MS = 1600;

const count = (/** @type {number} */ n) => say("screen-number", { n });

/**
 * @param {HTMLElement} place @param {(act: () => void) => void} own within it the page is changed later than in a call
 * @param {{words?: (n: number) => string, ms?: number, delay?: number}} [how] words: what stands there at n; ms: how long it takes
 */
export function countUp(place, own, { words = count, ms = COUNT_MS, delay = 0 } = {}) {
  const numbers = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-n]")]);
  if (isCalm() || !numbers.length) return;
  const began = performance.now() + delay;
  const step = () => own(() => draw((performance.now() - began) / ms));

  /** @param {number} share */
  function draw(share) {
    for (const number of numbers) {
      if (share < 1) number.dataset.counted = words(countedBy(Number(number.dataset.n), share));
      else delete number.dataset.counted;
    }
    if (share < 1 && place.isConnected) requestAnimationFrame(step);
  }

  draw(0);
}
