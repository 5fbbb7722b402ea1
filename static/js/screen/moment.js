// The moment of a new card: when what happens, and where it stands. The card's name stands alone, facets lock round it into a brilliant,
// its table opens and is the card. Pure: no DOM, no clock.
// @ts-check
import { crown, point } from "../shared/brilliant.js";

/** @import { Point, Triangle } from "../shared/brilliant.js" */

/** at: ms after the card came; ms: how long it lasts. */
export const MOMENT = {
  name: { at: 120, ms: 360 },
  crown: { at: 520, ms: 560, spread: 330 },
  lights: { at: 1380, ms: 120 },
  opens: { at: 1500, ms: 460 },
  lines: { at: 2000, ms: 300, apart: 110 },
  home: { at: 240, ms: 420 }, // after it has been read: first the wall comes back behind it, which would be empty else
};
/** Where a system asks for less motion, the name stands alone for so long, then the card is there. */
export const CALM_NAME_MS = 600;

const NAME_SHARE = 0.14; // of the window's height: the name alone
const CARD_SHARE = { width: 0.94, height: 0.88 }; // of the stage, at most
const BESIDE_SHARE = 0.03; // between card and corner
const STONE_SHARE = { width: 0.385, upright: 0.485, height: 0.485 }; // half of the brilliant
const OVAL = 0.72; // height : width, at most
const FREE = { width: 0.84, height: 0.74 }; // of the table, for the name
const LARGEST = 2.4; // times its size on the wall
const TABLE = 0.62;
const LINES_MOST = 2;

/**
 * @typedef {{x: number, y: number, w: number, h: number}} Rect px
 * @typedef {{scale: number, dx: number, dy: number}} Place how an element is moved from where it stands, about its middle
 */

/**
 * Where the card stands large: in the middle of the stage, clear of the corner, in the proportion that it has on the wall.
 * @param {Rect} cell @param {Rect} stage @param {{width: number, height: number}|null} notch @returns {Place}
 */
export function largePlace(cell, stage, notch) {
  const width = notch ? stage.w - 2 * (notch.width + stage.h * BESIDE_SHARE) : stage.w * CARD_SHARE.width;
  const scale = Math.min(LARGEST, width / cell.w, (stage.h * CARD_SHARE.height) / cell.h);
  return { scale, ...way(cell, middle(stage)) };
}

const middle = (/** @type {Rect} */ { x, y, w, h }) => ({ x: x + w / 2, y: y + h / 2 });

/** @param {Rect} from @param {{x: number, y: number}} to */
const way = (from, to) => ({ dx: to.x - middle(from).x, dy: to.y - middle(from).y });

/** Half of the brilliant's width and height. @param {Rect} stage @returns {{rx: number, ry: number}} px */
export function stoneSize(stage) {
  const rx = stage.w * (stage.h > stage.w ? STONE_SHARE.upright : STONE_SHARE.width);
  return { rx, ry: Math.min(stage.h * STONE_SHARE.height, rx * OVAL) };
}

/** One sixteenth further, so that the table has a flat top. @param {Point} at @returns {Point} */
const turned = ([x, y]) => {
  const [cos, sin] = [Math.cos(Math.PI / 8), Math.sin(Math.PI / 8)];
  return [x * cos - y * sin, x * sin + y * cos];
};

/** The forty facets of the crown, in px about the middle. @param {{rx: number, ry: number}} size @returns {Triangle[]} */
export const crownOf = ({ rx, ry }) =>
  crown(TABLE).map((facet) => /** @type {Triangle} */ (facet.map(turned).map(([x, y]) => [x * rx, y * ry])));

/** The table's eight corners, in px about the middle. @param {{rx: number, ry: number}} size @returns {Point[]} */
export const tableOf = ({ rx, ry }) =>
  Array.from({ length: 8 }, (_, index) => turned(point(TABLE, index * 2))).map(([x, y]) => [x * rx, y * ry]);

/**
 * Where the words of the name stand alone, in one line or in two: as large as the table allows, up to 14 % of the height.
 * @param {Rect[]} words as they stand on the card, about its middle @param {number} size px of the name on the card
 * @param {{rx: number, ry: number, height: number}} room px, in the card's own measure; height: of the window
 * @returns {Place[]}
 */
export function nameAlone(words, size, { rx, ry, height }) {
  const free = { w: 2 * rx * TABLE * FREE.width, h: 2 * ry * TABLE * FREE.height };
  const wanted = (height * NAME_SHARE) / size;
  const tries = Array.from({ length: Math.min(LINES_MOST, words.length) }, (_, index) => inLines(words, index + 1));
  const fitted = tries.map((lines) => {
    const width = Math.max(...lines.map(lengthOf));
    const tall = lines.reduce((sum, line) => sum + tallest(line), 0);
    return { lines, scale: Math.min(wanted, free.w / width, free.h / tall) };
  });
  const best = fitted.reduce((one, other) => (other.scale > one.scale * 1.15 ? other : one));
  return placed(best.lines, best.scale, words);
}

const tallest = (/** @type {Rect[]} */ line) => Math.max(...line.map(({ h }) => h));

/** Spaces as they are on the card; where words stood in two lines there, one is assumed. @param {Rect[]} line */
const lengthOf = (line) => line.reduce((sum, { w }) => sum + w, 0) + (line.length - 1) * spaceOf(line);

const SPACE_SHARE = 0.22; // of a word's height
const spaceOf = (/** @type {Rect[]} */ line) => tallest(line) * SPACE_SHARE;

/** Words in so many lines of about one length. @param {Rect[]} words @param {number} count */
function inLines(words, count) {
  if (count === 1) return [words];
  let best = [words];
  let least = Infinity;
  for (let at = 1; at < words.length; at += 1) {
    const lines = [words.slice(0, at), words.slice(at)];
    const width = Math.max(...lines.map(lengthOf));
    if (width < least) [best, least] = [lines, width];
  }
  return best;
}

/** @param {Rect[][]} lines @param {number} scale @param {Rect[]} words @returns {Place[]} in the order of the words */
function placed(lines, scale, words) {
  const heights = lines.map((line) => tallest(line) * scale);
  const found = /** @type {Map<Rect, Place>} */ (new Map());
  let y = -heights.reduce((sum, height) => sum + height, 0) / 2;
  for (const [index, line] of lines.entries()) {
    const isBackwards = line.length > 1 && line[1].x < line[0].x && Math.abs(line[1].y - line[0].y) < line[0].h / 2;
    let x = (-lengthOf(line) * scale) / 2;
    for (const word of isBackwards ? [...line].reverse() : line) {
      const to = { x: x + (word.w * scale) / 2, y: y + heights[index] / 2 };
      found.set(word, { scale, ...way(word, to) });
      x += (word.w + spaceOf(line)) * scale;
    }
    y += heights[index];
  }
  return words.map((word) => /** @type {Place} */ (found.get(word)));
}

const APPLAUSE_ALIVE_MOST = 60;
const APPLAUSE_AT_ONCE_MOST = 12; // from one card

/** So many facets rise for so many new reactions. @param {number} more @param {number} alive */
export const facetsFor = (more, alive) =>
  Math.max(0, Math.min(more, APPLAUSE_AT_ONCE_MOST, APPLAUSE_ALIVE_MOST - alive));
