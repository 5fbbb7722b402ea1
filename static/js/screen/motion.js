// How things on the large screen move, and where they are put. Where a system asks for less motion, nothing moves.
// @ts-check

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
