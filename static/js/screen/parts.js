// The parts of the large screen's page as it was delivered, and which of them are drawn into.
// @ts-check

const DRAWN = ["title", "now", "wall", "light", "questions", "map", "recap", "foot", "corner-label", "spotlight"];
const DRAWN_ON_SLIDE = ["slide-title", "slide-line", "slide-count", "advice", "which", "ruler"];
const AS_DELIVERED = ["logo", "slide-logo", "scene", "corner", "code", "slide", "slide-words", "help", "keyrow"];

/** @typedef {Record<string, HTMLElement>} Parts */

/** @returns {Parts} */
export const findParts = () =>
  Object.fromEntries([...DRAWN, ...DRAWN_ON_SLIDE, ...AS_DELIVERED].map((name) => [name, part(name)]));

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-part="${name}"]`));

/** @param {Parts} parts */
export const drawnOf = (parts) => [...DRAWN, ...DRAWN_ON_SLIDE].map((name) => parts[name]);
