// A question that overtakes the first one: its row rises into the white field, where its words appear when it has come.
// @ts-check
import { CALM_MS, EASE, setRect } from "./motion.js";

const RISE_MS = 520;

/** The row of a question that is about to leave it for the field. @param {HTMLElement} place @param {string} id */
export function risingRow(place, id) {
  const row = /** @type {HTMLElement|null} */ (place.querySelector(`.row[data-id="${CSS.escape(id)}"]`));
  if (!row) return null;
  const ghost = /** @type {HTMLElement} */ (row.cloneNode(true));
  ghost.removeAttribute("data-glide");
  ghost.removeAttribute("data-id");
  ghost.classList.add("is-rising");
  ghost.style.setProperty("font-size", getComputedStyle(row).fontSize);
  return { ghost, from: row.getBoundingClientRect() };
}

/** The winner rises into the field: there its words appear when its row has come. @param {HTMLElement} place @param {ReturnType<typeof import("./ghosts.js").createGhosts>} ghosts @param {{ghost: HTMLElement, from: DOMRect}} winner @param {string} id */
export function rise(place, ghosts, { ghost, from }, id) {
  const words = [...place.querySelectorAll(".top .card-text, .top .card-foot")];
  const to = words[0].getBoundingClientRect();
  setRect(ghost, { x: from.left, y: from.top, w: from.width, h: from.height });
  place.append(ghost);
  const way = `translate(${to.left - from.left}px, ${to.top - from.top}px)`;
  ghosts.leave(ghost, id, [{ opacity: 1 }, { opacity: 1, offset: 0.5 }, { opacity: 0, transform: way }], RISE_MS);
  for (const part of words)
    part.animate([{ opacity: 0 }, { opacity: 1 }], {
      duration: CALM_MS,
      delay: RISE_MS * 0.6,
      easing: EASE,
      fill: "backwards",
    });
}
