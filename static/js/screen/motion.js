// How things on the large screen move, and where they are put. Where a system asks for less motion, nothing moves.
// @ts-check
/** @import { Cell } from "./wall.js" */

export const CALM_MS = 400;
export const EASE = "cubic-bezier(0.2, 0.7, 0.2, 1)";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
export const isCalm = () => calm.matches;

/** @param {HTMLElement} box @param {{x: number, y: number, w: number, h: number}} rect px */
export function setRect(box, { x, y, w, h }) {
  for (const [name, value] of /** @type {[string, number][]} */ ([
    ["left", x],
    ["top", y],
    ["width", w],
    ["height", h],
  ]))
    box.style.setProperty(name, `${value}px`);
}

/** Where a line of the page begins: from there the places of cards are counted. */
const isRightToLeft = () => document.documentElement.dir === "rtl";

/** A cell of the wall, as its corner is at the end of the line. @param {HTMLElement} box @param {Cell} cell */
export function setCell(box, { x, y, w, h }) {
  setRect(box, { x, y, w, h });
  if (!isRightToLeft()) return;
  box.style.setProperty("right", `${x}px`);
  box.style.removeProperty("left");
}

/** How a box moves that comes from another cell. @param {{x: number, y: number}} from @param {{x: number, y: number}} to @returns {[number, number]} px */
export const wayOf = (from, to) => [(isRightToLeft() ? -1 : 1) * (from.x - to.x), from.y - to.y];

/** @param {HTMLElement} element @param {Keyframe[]} frames @param {number} duration ms @param {number} [delay] ms */
export function move(element, frames, duration, delay = 0) {
  const still = isCalm();
  return element.animate(still ? [{}, {}] : frames, {
    duration: still ? 0 : duration,
    delay: still ? 0 : delay,
    easing: EASE,
    fill: "backwards",
  });
}
