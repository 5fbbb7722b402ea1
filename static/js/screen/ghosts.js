// Elements of cards that leave the wall: they fade, and are gone from the page. A card that was hidden is gone at once.
// @ts-check
import { move } from "./motion.js";

/** @param {{stage: HTMLElement, own: (act: () => void) => void}} page stage: what holds the wall and what stands before it */
export function createGhosts({ stage, own }) {
  const there = () => /** @type {NodeListOf<HTMLElement>} */ (stage.querySelectorAll("[data-leaving]"));

  return {
    /** @param {HTMLElement} box @param {string} id the card's @param {Keyframe[]} frames @param {number} ms */
    leave(box, id, frames, ms) {
      box.dataset.leaving = id;
      move(box, frames, ms)
        .finished.finally(() => own(() => box.remove()))
        .catch(() => {});
    },
    /** @param {(id: string) => boolean} isThere is this card still to be seen? */
    keep(isThere) {
      for (const box of there()) if (!isThere(box.dataset.leaving ?? "")) box.remove();
    },
    clear() {
      for (const box of there()) box.remove();
    },
  };
}
