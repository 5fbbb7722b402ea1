// The brilliant of a gathering: a facet for each card, in the colour of its theme. For the ending on the large screen and for the poster. Pure.
// @ts-check
import { TABLE, angle, centre, cut, shade } from "./brilliant.js";

/** @import { Triangle } from "./brilliant.js" */

/** As in base.css, by number; 0: no theme, the board's gold. */
const COLOURS = ["#ffc14d", "#f5a300", "#7a4ddf", "#1d8f82", "#de317b", "#1582e6", "#5a970e", "#e95735", "#936340"];
const UNLIT = "#3a3f86";
const [WHITE, INK] = ["#ffffff", "#0b0c22"];
// How much of white (above 0) or of ink is mixed in, from the light to the shade.
const TONES = [0.4, 0.22, 0.06, -0.14, -0.3];
const TABLE_TINT = 0.62;
const FLASH = 0.66;
const FLASH_EVERY = 25;
const SOFT_DEG = 16; // by which borders of colours are blurred
const FEWEST = 48;

/**
 * @param {string} cards a digit for each card: the colour of its theme, 0 for none
 * @returns {{triangle: Triangle, fill: string, colour: number, card: boolean}[]} colour: of its theme; card: false where there are fewer cards than facets
 */
export function gem(cards) {
  const placed = cut(Math.max(FEWEST, cards.length)).map((triangle, index) => ({
    triangle,
    at: centre(triangle),
    turn: soft(triangle, index),
  }));
  placed.sort((one, other) => one.turn - other.turn);
  const colours = [...cards].sort();
  const share = Math.min(1, colours.length / placed.length);
  return placed.map(({ triangle, at }, index) => {
    const [card, next] = [Math.floor(index * share), Math.floor((index + 1) * share)];
    const isCard = next > card;
    const number = Number(colours[card]);
    const colour = isCard ? (COLOURS[number] ?? COLOURS[0]) : UNLIT;
    return { triangle, fill: mixed(colour, tint(at, index)), colour: number, card: isCard };
  });
}

/** Colours run round the stone; at their borders they mix. @param {Triangle} triangle @param {number} index */
const soft = (triangle, index) => (angle(centre(triangle)) + (((index * 73) % 101) / 101 - 0.5) * SOFT_DEG + 360) % 360;

/** @param {[number, number]} at @param {number} index */
function tint(at, index) {
  if (index % FLASH_EVERY === 7) return FLASH;
  if (Math.hypot(...at) < TABLE * 0.9) return TABLE_TINT - (index % 3) * 0.07;
  const step = Math.round(shade(at) / 45 + ((index % 3) - 1) * 0.6);
  return TONES[Math.max(0, Math.min(TONES.length - 1, step))];
}

/** @param {string} colour @param {number} by */
function mixed(colour, by) {
  const other = by > 0 ? WHITE : INK;
  const part = (/** @type {string} */ hex, /** @type {number} */ at) => parseInt(hex.slice(at, at + 2), 16);
  const one = (/** @type {number} */ at) =>
    Math.round(part(colour, at) * (1 - Math.abs(by)) + part(other, at) * Math.abs(by));
  return `#${[1, 3, 5].map((at) => one(at).toString(16).padStart(2, "0")).join("")}`;
}

/** The facets as outlines, those of one colour together. @param {ReturnType<typeof gem>} facets @returns {Map<string, string>} fill → path */
export function outlines(facets) {
  const found = /** @type {Map<string, string>} */ (new Map());
  for (const { triangle, fill } of facets) {
    const path = `M${triangle.map(([x, y]) => `${x.toFixed(4)} ${y.toFixed(4)}`).join("L")}z`;
    found.set(fill, (found.get(fill) ?? "") + path);
  }
  return found;
}
