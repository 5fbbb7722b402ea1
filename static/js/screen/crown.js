// The forty facets that lock round a name: each is an element of its own, so that only transform and opacity move.
// @ts-check
import { centre, tone } from "../shared/brilliant.js";
import { EASE } from "./motion.js";
import { MOMENT } from "./moment.js";

/** @import { Point, Triangle } from "../shared/brilliant.js" */

// Of a theme's colour, in five tones.
const LIGHTER = ["58%", "36%", "16%"];
const DARKER = ["", "26%"];
const AWAY = 0.42; // of its distance from the middle
const TURN_DEG = 70;

/** @param {Triangle[]} facets px about the middle of the light @param {HTMLElement} box whose card has the colour */
export function crownFacets(facets, box) {
  const card = /** @type {HTMLElement} */ (box.querySelector(".card"));
  const colour = getComputedStyle(card).getPropertyValue("--theme").trim();
  return facets.map((facet, index) => flying(facet, index, colour));
}

/** @param {Triangle} facet @param {number} index @param {string} colour */
function flying(facet, index, colour) {
  const element = document.createElement("i");
  element.className = "crown";
  const [xs, ys] = [0, 1].map((axis) => facet.map((corner) => corner[axis]));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const at = facet.map(([x, y]) => `${(x - left).toFixed(1)}px ${(y - top).toFixed(1)}px`);
  element.style.cssText = `left:calc(50% + ${left}px);top:calc(50% + ${top}px);width:${Math.max(...xs) - left}px;height:${Math.max(...ys) - top}px`;
  element.style.setProperty("clip-path", `polygon(${at.join(",")})`);
  element.style.setProperty("background-color", mixed(colour, tone(centre(facet), index)));
  lock(element, centre(facet), index);
  return element;
}

/** @param {string} colour @param {number} shade 0 to 4 */
const mixed = (colour, shade) =>
  shade < LIGHTER.length
    ? `color-mix(in srgb, ${colour}, #fff ${LIGHTER[shade]})`
    : `color-mix(in srgb, ${colour}, #0b0c22 ${DARKER[shade - LIGHTER.length] || "0%"})`;

/** It flies in, stays, and flies off when the table opens. @param {HTMLElement} element @param {Point} at @param {number} index */
function lock(element, [x, y], index) {
  const { crown, opens } = MOMENT;
  const turn = ((index * 37) % TURN_DEG) - TURN_DEG / 2;
  const away = `translate(${x * AWAY}px, ${y * AWAY}px) rotate(${turn}deg)`;
  const delay = crown.at + ((index * 17) % 40) * (crown.spread / 40);
  element.animate(
    [
      { opacity: 0, transform: away },
      { opacity: 1, transform: "none" },
    ],
    {
      duration: crown.ms,
      delay,
      easing: EASE,
      fill: "backwards",
    },
  );
  element.animate(
    [
      { opacity: 1, transform: "none" },
      { opacity: 0, transform: `translate(${x}px, ${y}px)` },
    ],
    {
      duration: opens.ms * 1.2,
      delay: opens.at,
      easing: "cubic-bezier(0.5, 0, 0.8, 0.5)",
      fill: "forwards",
    },
  );
}
