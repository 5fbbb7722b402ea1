// Text on a picture: how large it may be, and where its lines end. Measures with the picture's own pen.
// @ts-check
import { graphemes } from "../shared/graphemes.js";
import { tall } from "../shared/text.js";

const TEXT_SHARE = 0.64; // of the name's size
// A few words fill the picture, too: so much larger at most, in so many lines of text.
const SHORT = { larger: 1.72, share: 0.76, lines: 3 };
const ENDS = /(?:[^\S\u00a0]|[\p{L}\p{M}\p{N}])$/u; // of a word: another may stand on the next line; not after the no-break space of a name
const LEADING = { plain: [1.08, 1.34], high: [1.26, 1.42], tall: [1.5, 1.75] }; // names, text
const HIGH = /[\p{Script=Ethiopic}\u1ea4-\u1ef9]/u; // letters higher than Latin capitals: Ethiopic, Vietnamese with two marks
const GAP_SHARE = 0.34; // between name and text, of the name's size
const STEP_PX = 2;
const LAST_LINE = 0.3; // of the width, at least, where lines above it can give it a word
const NARROWEST = 0.8;
const ON_FEWER_LINES = 0.78; // a name is set so much smaller, at most, where it then takes a line less

/**
 * @typedef {Pick<CanvasRenderingContext2D, "measureText"|"font">} Pen
 * @typedef {{font: string, size: number, leading: number, lines: string[]}} Block
 */

/** @param {string} text */
const leadingOf = (text) => (tall(text) ? "tall" : HIGH.test(text) ? "high" : "plain");

/**
 * Name and sentence at the largest size at which both fit.
 * @param {Pen} pen @param {{name: string, text: string}} words @param {{display: string, text: string}} faces
 * @param {{width: number, nameWidth: number, height: number, largest: number, smallest: number}} room px
 * @returns {{name: Block, text: Block, gap: number, height: number}}
 */
export function fitted(pen, words, faces, room) {
  const at = (/** @type {number} */ size, share = TEXT_SHARE) => {
    const name = named(pen, words.name, (px) => `700 ${px}px ${faces.display}`, size, room.nameWidth);
    const text = untorn(pen, words.text, (px) => `500 ${px}px ${faces.text}`, Math.round(size * share), room);
    const blocks = {
      name: { ...name, leading: name.size * LEADING[leadingOf(words.name)][0] },
      text: { ...text, leading: text.size * LEADING[leadingOf(words.text)][1] },
    };
    const gap = size * GAP_SHARE;
    return { ...blocks, gap, height: heightOf(blocks.name) + gap + heightOf(blocks.text) };
  };
  const fits = (/** @type {ReturnType<typeof at>} */ { name, height }) =>
    height <= room.height && !isTorn(pen, words.name, name, room.nameWidth);
  const isShort = (/** @type {ReturnType<typeof at>} */ all) => all.text.lines.length <= SHORT.lines && fits(all);
  let size = Math.round(room.largest * SHORT.larger);
  while (size > room.largest && !isShort(at(size, SHORT.share))) size -= STEP_PX;
  const share = size > room.largest ? SHORT.share : TEXT_SHARE;
  while (size > room.smallest && !fits(at(size, share))) size -= STEP_PX;
  const found = at(size, share);
  return { ...found, text: { ...found.text, lines: even(pen, words.text, found.text, room.width) } };
}

/** As many lines, but none of a last word alone. @param {Pen} pen @param {string} text @param {Block} block @param {number} width px @returns {string[]} */
function even(pen, text, { font, lines }, width) {
  const last = (/** @type {string[]} */ these) => pen.measureText(these[these.length - 1]).width;
  let best = lines;
  for (let share = 1; lines.length > 1 && last(best) < width * LAST_LINE && share > NARROWEST; share -= 0.02) {
    const narrower = set(pen, text, font, width * share).lines;
    if (narrower.length > lines.length) break;
    best = narrower;
  }
  return best;
}

/**
 * "Nadia Rahman" on one line, where it need not be much smaller for that.
 * @param {Pen} pen @param {string} text @param {(px: number) => string} fontOf @param {number} size px @param {number} width px
 */
function named(pen, text, fontOf, size, width) {
  const large = { ...set(pen, text, fontOf(size), width), size };
  for (let px = size - STEP_PX; large.lines.length > 1 && px >= size * ON_FEWER_LINES; px -= STEP_PX) {
    const smaller = set(pen, text, fontOf(px), width);
    if (smaller.lines.length < large.lines.length) return { ...smaller, size: px };
  }
  return large;
}

/**
 * The text as large as said, or smaller where a word is longer than a line.
 * @param {Pen} pen @param {string} text @param {(px: number) => string} fontOf @param {number} size px
 * @param {{width: number, smallest: number}} room px
 */
function untorn(pen, text, fontOf, size, { width, smallest }) {
  let px = size;
  while (px > smallest && isTorn(pen, text, { font: fontOf(px) }, width)) px -= STEP_PX;
  const torn = isTorn(pen, text, { font: fontOf(px) }, width);
  if (torn) px = size; // it is torn at any size: it may be large
  return { ...set(pen, text, fontOf(px), width), size: px };
}

/** @param {Block} block */
const heightOf = ({ lines, leading }) => lines.length * leading;

/** A word is longer than a line; scripts without spaces break anywhere. @param {Pen} pen @param {string} text @param {{font: string}} block @param {number} width */
function isTorn(pen, text, { font }, width) {
  pen.font = font;
  return words(text).some((word) => pen.measureText(word.trimEnd()).width > width);
}

/** @param {Pen} pen @param {string} text @param {string} font @param {number} width */
function set(pen, text, font, width) {
  pen.font = font;
  return { font, lines: text.split("\n").flatMap((line) => broken(pen, line, width)) };
}

/**
 * Breaks between words, in scripts without spaces too; within a word only where it is longer than a line.
 * @param {Pen} pen @param {string} text @param {number} width
 */
export function broken(pen, text, width) {
  const lines = /** @type {string[]} */ ([]);
  let line = "";
  for (const word of words(text)) {
    if (pen.measureText((line + word).trimEnd()).width <= width) {
      line += word;
      continue;
    }
    if (line.trim()) lines.push(line.trimEnd());
    line = "";
    for (const one of graphemes(word.trimStart())) {
      if (line && pen.measureText(line + one).width > width) {
        lines.push(line);
        line = "";
      }
      line += one;
    }
  }
  return line.trim() || !lines.length ? [...lines, line.trimEnd()] : lines;
}

/** Marks stay with the word before them, the sign before a name of another direction with the name. @param {string} text */
function words(text) {
  if (typeof Intl.Segmenter !== "function") return text.split(/(?<=[^\S\u00a0])/u);
  const found = /** @type {string[]} */ ([]);
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    const last = found.pop();
    const [begins] = /\u2068*$/u.exec(last ?? "") ?? [""];
    const before = (last ?? "").slice(0, (last ?? "").length - begins.length);
    if (!isWordLike || !ENDS.test(before)) found.push((last ?? "") + segment);
    else found.push(before, begins + segment);
  }
  return found;
}

/**
 * At most so many lines; the last one says that there was more.
 * @param {Pen} pen @param {string} text @param {string} font @param {number} width @param {number} [most] lines
 */
export function shortened(pen, text, font, width, most = 1) {
  pen.font = font;
  if (!text) return [];
  const lines = broken(pen, text, width);
  if (lines.length <= most) return lines;
  const parts = graphemes(lines[most - 1] + (most > 1 ? "" : lines[most]));
  while (parts.length && pen.measureText(`${parts.join("").trimEnd()}…`).width > width) parts.pop();
  return [...lines.slice(0, most - 1), `${parts.join("").trimEnd()}…`];
}
