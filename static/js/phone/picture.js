// A card as a picture to keep, to send on or to print, drawn on the phone: no server sees who keeps what. It looks the same by day and
// by night.
// @ts-check
import { daysOf } from "../shared/days.js";
import { graphemes } from "../shared/graphemes.js";
import { ANONYMOUS, called, direction, joint, sharedTeam, themeClass } from "../shared/text.js";
import { say } from "../shared/words.js";
import { fitted, shortened } from "./picturetext.js";

/** @import { Board, Theme } from "../shared/wire" */
/** @import { Drawn } from "./types" */

/**
 * Sizes in px. edge: white round the card, for printers, which leave a margin.
 * @typedef {{width: number, height: number, edge: number}} Shape
 * @type {Record<string, Shape>}
 */
export const SHAPES = {
  tall: { width: 1080, height: 1350, edge: 0 }, // 4:5, as messengers show it whole
  square: { width: 1080, height: 1080, edge: 0 },
  a5: { width: 1748, height: 2480, edge: 106 }, // 148 × 210 mm at 300 dots an inch; 9 mm of margin
};

// In units of a thousand-and-eightieth of the card's width.
const UNITS = 1080;
const PAD = 84;
const FACET = { least: 400, most: 620 }; // larger above a few words
const LOW = 0.62; // of the room that words leave: above them
const FACET_GRID = 34;
const TOP_SHARE = 0.5; // of the facet: words begin so far down
const RADIUS = 44; // where white is round the card
const LARGEST = 128;
const SMALLEST = 26;
const LABEL = 50; // "For"
const TEAM = 40;
const FROM = 42;
const FROM_LABEL = 32;
const THEME = 36;
const BAND = 148;
const TITLE = 38;
const UNDER = 32;
const HANGS = 0.78; // of the leading: from a line's top to its foot
const WORD_SPACING = "0.07em"; // as on the page: the spaces of the face for text are narrow
const NAMES = "\u0001"; // stands for the names in "For …" and "from …"
const WHOLE_NAME = 26; // letters of a name that is not broken between two others

// The chunk pHYs of a PNG: 11,811 dots a metre, so that A5 comes out of a printer as A5.
const AFTER_HEADER_BYTES = 33;
const DOTS = new Uint8Array([0, 0, 0, 9, 112, 72, 89, 115, 0, 0, 46, 35, 0, 0, 46, 35, 1, 120, 165, 63, 118]);

/**
 * @typedef {CanvasRenderingContext2D} Pen
 * @typedef {ReturnType<typeof lookOf>} Look
 * @typedef {"ltr"|"rtl"} Side
 * @typedef {ReturnType<typeof wordsOf>} Words
 * @typedef {{x: number, y: number, width: number, height: number, unit: number, side: Side}} Paper
 * @typedef {{theme: Theme|null, board: Partial<Board>}} About
 */

/**
 * @param {Drawn} post @param {About} about @param {Shape} shape
 * @returns {Promise<{canvas: HTMLCanvasElement, blob: Blob}>} to be seen; and as a PNG
 */
export async function drawn(post, { theme, board }, shape) {
  const look = lookOf(theme);
  const words = wordsOf(post, theme, board);
  await loaded(look, words);
  const canvas = document.createElement("canvas");
  canvas.width = shape.width;
  canvas.height = shape.height;
  const pen = /** @type {Pen} */ (canvas.getContext("2d"));
  pen.wordSpacing = WORD_SPACING;
  const side = direction(post.text);
  const width = shape.width - 2 * shape.edge;
  const height = shape.height - 2 * shape.edge;
  const paper = { x: shape.edge, y: shape.edge, width, height, unit: width / UNITS, side };
  drawPaper(pen, look, paper, shape);
  const put = placed(pen, look, paper, words);
  drawFacet(pen, look, paper, put.facet);
  put.draw();
  drawBand(pen, look, paper, words);
  return { canvas, blob: await asPng(canvas, shape) };
}

/** Colours by day and fonts, whatever this page has now. @param {Theme|null} theme */
function lookOf(theme) {
  const root = document.documentElement;
  const scheme = root.dataset.scheme;
  const probe = document.createElement("span");
  probe.className = themeClass(theme);
  document.body.append(probe);
  root.dataset.scheme = "light";
  const style = getComputedStyle(probe);
  const value = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const look = {
    ground: value("--ink"),
    onGround: value("--on-ink"),
    onGroundSoft: value("--on-ink-soft"),
    paper: value(theme ? "--theme-paper" : "--t1-paper"), // no theme: the board's own gold
    edge: value(theme ? "--theme" : "--t1"),
    ink: value(theme ? "--theme-ink" : "--t1-ink"),
    text: value("--font-text"),
    display: value("--font-display"),
    words: value("--text"),
    soft: value("--text-soft"),
  };
  if (scheme === undefined) delete root.dataset.scheme;
  else root.dataset.scheme = scheme;
  probe.remove();
  return look;
}

/**
 * What the interface says stands on lines of its own, above the names: they may be of another script and run the other way.
 * @param {Drawn} post @param {Theme|null} theme @param {Partial<Board>} board
 */
function wordsOf(post, theme, board) {
  const { author } = post;
  return {
    label: around(say("card-for", { names: NAMES })),
    name: namesOf(post),
    team: sharedTeam(post),
    text: post.text,
    fromLabel: around(say("card-from", { author: NAMES })),
    from: author
      ? [called(author), author.team]
          .filter(Boolean)
          .map((one) => apart(one ?? ""))
          .join(" · ")
      : ANONYMOUS,
    theme: theme?.name ?? "",
    title: board.title ?? "",
    under: [board.subtitle, daysOf(board)].filter(Boolean).join(" · "),
  };
}

/** What stands round the names. @param {string} words */
function around(words) {
  const [before, after = ""] = words.split(NAMES);
  return [before, after]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(" … ");
}

/** It runs its own way, whatever stands beside it. @param {string} words */
const apart = (words) => `\u2068${words}\u2069`;

/** Of several names each stays whole. @param {Drawn} post */
function namesOf({ to = [] }) {
  if (to.length < 2) return to.map(called).join("");
  const whole = to
    .map((one) => called(one))
    .map((name) => (graphemes(name).length > WHOLE_NAME ? name : name.replaceAll(" ", "\u00a0")));
  return whole.map((name, index) => joint(index, to.length) + apart(name)).join("");
}

/** @param {Look} look @param {Words} words */
const loaded = (look, { label, name, team, text, fromLabel, from, theme, title, under }) =>
  Promise.all([
    document.fonts.load(`700 40px ${look.display}`, label + name + fromLabel + title),
    document.fonts.load(`500 40px ${look.text}`, text + team + under),
    document.fonts.load(`700 40px ${look.text}`, from + theme),
  ]);

/** @param {Pen} pen @param {Look} look @param {Paper} paper @param {Shape} shape */
function drawPaper(pen, look, { x, y, width, height, unit }, shape) {
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, shape.width, shape.height);
  pen.beginPath();
  pen.roundRect(x, y, width, height, shape.edge ? RADIUS * unit : 0);
  pen.clip(); // what follows, too
  pen.fillStyle = look.paper;
  pen.fill();
}

/** @param {Pen} pen @param {Look} look @param {Paper} paper @param {number} size px */
function drawFacet(pen, look, { x, y, width, side }, size) {
  pen.save();
  const grid = size / FACET_GRID;
  pen.translate(side === "rtl" ? x + size : x + width - size, y);
  pen.scale(side === "rtl" ? -grid : grid, grid);
  for (const [colour, plane] of [
    [look.edge, "M0 0h34v34z"],
    ["rgb(255 255 255 / 0.36)", "M0 0h34L22.5 11.5z"],
    ["rgb(0 0 0 / 0.1)", "M34 0v34L22.5 11.5z"],
  ]) {
    pen.fillStyle = colour;
    pen.fill(new Path2D(plane));
  }
  pen.restore();
}

/**
 * For whom, the sentence, from whom, what for: measured, with the facet as large as they leave it room; its edge is never nearer to them.
 * @param {Pen} pen @param {Look} look @param {Paper} paper @param {Words} words
 */
function placed(pen, look, paper, words) {
  const { unit } = paper;
  const width = paper.width - 2 * PAD * unit;
  const foot = footOf(pen, look, paper, words, width);
  const top = paper.y + Math.min(FACET.least * TOP_SHARE, (paper.height / unit) * 0.15) * unit;
  const beside = FACET.least * unit - (top - paper.y) - PAD * unit; // the facet reaches so far into the lines below it
  const label = words.label ? LABEL * 1.4 * unit : 0;
  const team = words.team ? TEAM * 1.5 * unit : 0;
  const height = foot.top - top - label - team - FROM * unit;
  const nameWidth = width - Math.max(0, beside - label);
  const sizes = { largest: LARGEST * unit, smallest: SMALLEST * unit };
  const { name, text, gap, height: needed } = fitted(pen, words, look, { width, nameWidth, height, ...sizes });
  const down = Math.max(0, height - needed) * LOW;
  function draw() {
    const put = writing(pen, paper, top + down);
    put([words.label], `600 ${LABEL * unit}px ${look.display}`, look.ink, label);
    put(name.lines, name.font, look.words, name.leading);
    put(shortened(pen, words.team, `500 ${TEAM * unit}px ${look.text}`, width), "", look.soft, team);
    put([""], "", look.words, gap);
    put(text.lines, text.font, look.words, text.leading);
    foot.draw();
  }
  return { draw, facet: Math.min(FACET.most * unit, FACET.least * unit + down) };
}

/** @param {Pen} pen @param {Look} look @param {Paper} paper @param {Words} words @param {number} width */
function footOf(pen, look, paper, words, width) {
  const { unit } = paper;
  const label = { font: `600 ${FROM_LABEL * unit}px ${look.display}`, leading: FROM_LABEL * 1.3 * unit };
  const from = { font: `600 ${FROM * unit}px ${look.text}`, leading: FROM * 1.4 * unit };
  const theme = { font: `700 ${THEME * unit}px ${look.text}`, leading: THEME * 1.45 * unit };
  const fromLines = shortened(pen, words.from, from.font, width, 2);
  const themeLines = shortened(pen, words.theme, theme.font, width, 2);
  const top =
    paper.y +
    paper.height -
    (BAND + PAD * 0.6) * unit -
    label.leading -
    fromLines.length * from.leading -
    themeLines.length * theme.leading;
  return {
    top,
    draw() {
      const put = writing(pen, paper, top);
      put([words.fromLabel], label.font, look.ink, label.leading);
      put(fromLines, from.font, look.words, from.leading);
      put(themeLines, theme.font, look.ink, theme.leading);
    },
  };
}

/** Which gathering, where and when. @param {Pen} pen @param {Look} look @param {Paper} paper @param {Words} words */
function drawBand(pen, look, { unit, ...paper }, { title, under }) {
  const top = paper.y + paper.height - BAND * unit;
  const width = paper.width - 2 * PAD * unit;
  pen.fillStyle = look.ground;
  pen.fillRect(paper.x, top, paper.width, BAND * unit);
  const high = (TITLE + (under ? UNDER : 0)) * 1.35 * unit;
  const put = writing(pen, { ...paper, unit }, top + (BAND * unit - high) / 2, direction(title));
  const font = `700 ${TITLE * unit}px ${look.display}`;
  put(shortened(pen, title, font, width), font, look.onGround, TITLE * 1.35 * unit);
  const small = `500 ${UNDER * unit}px ${look.text}`;
  put(shortened(pen, under, small, width), small, look.onGroundSoft, UNDER * 1.35 * unit);
}

/**
 * Lines below each other, all on the side on which the card's text starts.
 * @param {Pen} pen @param {Paper} paper @param {number} top @param {Side} [way] in which these words run, where it is another
 */
function writing(pen, { x, width, unit, side }, top, way = side) {
  let y = top;
  pen.textBaseline = "alphabetic";
  return (
    /** @type {string[]} */ lines,
    /** @type {string} */ font,
    /** @type {string} */ colour,
    /** @type {number} */ leading,
  ) => {
    if (font) pen.font = font;
    pen.direction = way;
    pen.textAlign = side === "rtl" ? "right" : "left";
    pen.fillStyle = colour;
    for (const line of lines) {
      pen.fillText(line, side === "rtl" ? x + width - PAD * unit : x + PAD * unit, y + leading * HANGS);
      y += leading;
    }
  };
}

/** @param {HTMLCanvasElement} canvas @param {Shape} shape @returns {Promise<Blob>} */
async function asPng(canvas, { edge }) {
  const type = "image/png";
  const blob = await new Promise((/** @type {(blob: Blob|null) => void} */ done) => canvas.toBlob(done, type));
  if (!blob) throw new Error("no picture");
  if (!edge) return blob;
  return new Blob([blob.slice(0, AFTER_HEADER_BYTES), DOTS, blob.slice(AFTER_HEADER_BYTES)], { type });
}
