// The ending goes to one facet of the stone, which opens as its card, and back: slowly, twice, before all stands still for the photograph. Only
// transform and opacity move; where a system asks for less motion, nothing does.
// @ts-check
import { centre } from "../shared/brilliant.js";

/** @import { Point, Triangle } from "../shared/brilliant.js" */

const NEARER = 2.4; // times
const BACK = 0.28; // how bright the stone is behind the card
const AWAY = 0.05; // and all names
const RADIUS = 0.7; // where on the stone a facet is looked for
const SMALL = 0.12; // of its size: the card as it leaves the facet
// Shares of the time: there, open, closed, back.
const [THERE, OPEN, CLOSED] = [0.26, 0.32, 0.76];

/**
 * The middle of a facet of this colour, as seen from the stone's.
 * @param {{triangle: Triangle, colour: number, card: boolean}[]} facets of the stone @param {number} colour @returns {Point}
 */
export function facetOf(facets, colour) {
  const own = facets.filter((facet) => facet.card && facet.colour === colour);
  const found = own.map(({ triangle }) => centre(triangle));
  const off = (/** @type {Point} */ at) => Math.abs(Math.hypot(...at) - RADIUS);
  return found.reduce((one, other) => (off(other) < off(one) ? other : one), found[0] ?? [0, 0]);
}

/** @param {HTMLElement} place with the ending in it @param {Point} facet @param {number} ms how long it takes */
export function visit(place, facet, ms) {
  const one = (/** @type {string} */ what) => /** @type {HTMLElement} */ (place.querySelector(what));
  const [stone, card] = [one(".stone"), one(".ending-visit")];
  const [from, to] = [stone, card].map((element) => element.getBoundingClientRect());
  const radius = from.width / 2;
  const middle = { x: from.left + radius, y: from.top + radius };
  const way = { x: to.left + to.width / 2 - middle.x, y: to.top + to.height / 2 - middle.y };
  const near = `translate(${way.x - facet[0] * radius * NEARER}px, ${way.y - facet[1] * radius * NEARER}px) scale(${NEARER})`;
  const timing = { duration: ms };
  const there = { transform: near, opacity: BACK, easing: "ease-in-out" };
  const begin = { transform: "none", opacity: 1, easing: "ease-in-out" };
  stone.animate([begin, { ...there, offset: THERE }, { ...there, offset: CLOSED }, begin], timing);
  for (const words of place.querySelectorAll(".ending-head, .ending-names, .ending-foot"))
    words.animate(
      [{ opacity: 1 }, { opacity: AWAY, offset: THERE / 2 }, { opacity: AWAY, offset: CLOSED }, { opacity: 1 }],
      timing,
    );
  const closed = { opacity: 0, transform: `scale(${SMALL})`, easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" };
  const open = { opacity: 1, transform: "none", easing: "ease-in" };
  card.animate(
    [
      closed,
      { ...closed, offset: THERE },
      { ...open, offset: OPEN },
      { ...open, offset: CLOSED },
      { ...closed, offset: CLOSED + OPEN - THERE },
      closed,
    ],
    timing,
  );
}
