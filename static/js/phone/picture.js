// A card as a picture to keep or to send on, drawn on the phone: no server sees who keeps what.
// @ts-check
import { graphemes } from "../shared/graphemes.js";
import { direction, namesText, sharedTeam, tall, themeClass, whoText } from "../shared/text.js";

/** @import { Theme } from "../shared/wire" */
/** @import { Drawn } from "./types" */

const WIDTH = 1080; // px; 4:5, as it is shown whole by messengers
const HEIGHT = 1350;
const EDGE = 64; // of ink around the paper
const PAD = 84; // inside the paper
const FOOT = 96; // below the paper: which board this is from
const FACET = 132;
const RADIUS = 44;
const LARGEST = 104;
const SMALLEST = 30;
const TEXT_SHARE = 0.72; // of the name's size
const SMALL = 34;
const LEADING = { plain: [1.12, 1.36], tall: [1.5, 1.75] }; // names, text

/** @param {string} text */
const leadingOf = (text) => (tall(text) ? "tall" : "plain");

/**
 * @typedef {CanvasRenderingContext2D} Pen
 * @typedef {ReturnType<typeof lookOf>} Look
 * @typedef {"ltr"|"rtl"} Side
 * @typedef {{theme: Theme|null, title: string}} About
 */

/**
 * Draws the card and hands it to the phone's own "share", or saves it where there is none.
 * @param {Drawn} post @param {About} about @returns {Promise<"shared"|"saved"|"left">}
 */
export async function savePicture(post, about) {
  const picture = await drawn(post, about);
  const file = new File([picture], "card.png", { type: "image/png" });
  if (!navigator.canShare?.({ files: [file] })) return save(file);
  try {
    await navigator.share({ files: [file] });
    return "shared";
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return "left"; // closed without a choice
    return save(file);
  }
}

/** @param {File} file */
function save(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return /** @type {const} */ ("saved");
}

/** @param {Drawn} post @param {About} about @returns {Promise<Blob>} */
async function drawn(post, { theme, title }) {
  const look = lookOf(theme);
  const card = {
    side: direction(post.text),
    name: namesText(post),
    team: sharedTeam(post),
    text: post.text,
    who: whoText(post.author),
    theme: theme ? theme.short || theme.name : "",
  };
  await Promise.all([
    document.fonts.load(`700 40px ${look.display}`, card.name + title),
    document.fonts.load(`500 40px ${look.text}`, card.text + card.team + card.who),
    document.fonts.load(`700 40px ${look.text}`, card.theme),
  ]);
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  drawPaper(pen, look, card.side);
  drawWords(pen, look, card);
  drawTitle(pen, look, title);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture")))));
}

/** Colours and fonts as this page has them now. @param {Theme|null} theme */
function lookOf(theme) {
  const probe = document.createElement("span");
  probe.className = themeClass(theme);
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const value = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const look = {
    ground: value("--ink"),
    onGround: value("--on-ink"),
    paper: value("--theme-paper"),
    edge: value("--theme"),
    ink: value("--theme-ink"),
    text: value("--font-text"),
    display: value("--font-display"),
    words: value("--text"),
    soft: value("--text-soft"),
  };
  probe.remove();
  return look;
}

/** @param {Pen} pen @param {Look} look @param {Side} side */
function drawPaper(pen, look, side) {
  pen.fillStyle = look.ground;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.save();
  pen.beginPath();
  pen.roundRect(EDGE, EDGE, WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE - FOOT, RADIUS);
  pen.clip();
  pen.fillStyle = look.paper;
  pen.fill();
  drawFacet(pen, look, side);
  pen.restore();
}

/** The same two planes as on the page, in the card's far corner. @param {Pen} pen @param {Look} look @param {Side} side */
function drawFacet(pen, look, side) {
  const unit = FACET / 34;
  pen.translate(side === "rtl" ? EDGE + FACET : WIDTH - EDGE - FACET, EDGE);
  pen.scale(side === "rtl" ? -unit : unit, unit);
  pen.fillStyle = look.edge;
  pen.fill(new Path2D("M0 0h34v34z"));
  pen.fillStyle = "rgb(255 255 255 / 0.32)";
  pen.fill(new Path2D("M0 0h34L21 13 17 17z"));
}

/**
 * @param {Pen} pen @param {Look} look
 * @param {{side: Side, name: string, team: string, text: string, who: string, theme: string}} card
 */
function drawWords(pen, look, { side, name, team, text, who, theme }) {
  pen.direction = side;
  pen.textAlign = "start";
  pen.textBaseline = "alphabetic";
  const start = side === "rtl" ? WIDTH - EDGE - PAD : EDGE + PAD;
  const width = WIDTH - 2 * (EDGE + PAD);
  const bottom = HEIGHT - EDGE - FOOT - PAD;
  const foot = SMALL * 2.6;
  const room = bottom - foot - (EDGE + PAD) - (team ? SMALL * 1.5 : 0);
  const { size, names, lines } = fitted(pen, look, name, text, width, room);
  const small = `500 ${SMALL}px ${look.text}`;
  let y = EDGE + PAD;
  const put = (
    /** @type {string} */ line,
    /** @type {string} */ colour,
    /** @type {number} */ leading,
    /** @type {string} */ font,
  ) => {
    pen.font = font;
    pen.fillStyle = colour;
    pen.fillText(line, start, y + leading * 0.78);
    y += leading;
  };
  for (const line of names.lines) put(line, look.words, names.leading, names.font);
  if (team) put(shortened(pen, team, width, small), look.soft, SMALL * 1.5, small);
  y = Math.max(y + size * 0.35, (y + bottom - foot - lines.lines.length * lines.leading) / 2);
  for (const line of lines.lines) put(line, look.words, lines.leading, lines.font);
  pen.fillStyle = look.soft;
  pen.fillText(shortened(pen, who, width * (theme ? 0.62 : 1), small), start, bottom);
  pen.fillStyle = look.ink;
  pen.textAlign = "end";
  pen.fillText(
    shortened(pen, theme, width * 0.36, `700 ${SMALL}px ${look.text}`),
    side === "rtl" ? EDGE + PAD : WIDTH - EDGE - PAD,
    bottom,
  );
}

/**
 * Both texts at the largest size at which they fit.
 * @param {Pen} pen @param {Look} look @param {string} name @param {string} text @param {number} width @param {number} room
 */
function fitted(pen, look, name, text, width, room) {
  const at = (/** @type {number} */ size) => {
    const names = set(
      pen,
      name,
      `700 ${size}px ${look.display}`,
      size * LEADING[leadingOf(name)][0],
      width - FACET / 3,
    );
    const small = Math.round(size * TEXT_SHARE);
    const lines = set(pen, text, `500 ${small}px ${look.text}`, small * LEADING[leadingOf(text)][1], width);
    return {
      size,
      names,
      lines,
      height: names.lines.length * names.leading + size * 0.35 + lines.lines.length * lines.leading,
    };
  };
  let size = LARGEST;
  while (size > SMALLEST && at(size).height > room) size -= 2;
  return at(size);
}

/** @param {Pen} pen @param {string} text @param {string} font @param {number} leading @param {number} width */
function set(pen, text, font, leading, width) {
  pen.font = font;
  return { font, leading, lines: text.split("\n").flatMap((line) => broken(pen, line, width)) };
}

/**
 * Breaks between words, in scripts without spaces too; within a word only where it is longer than a line.
 * @param {Pen} pen @param {string} text @param {number} width
 */
function broken(pen, text, width) {
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

/** Marks stay with the word before them. @param {string} text */
function words(text) {
  if (typeof Intl.Segmenter !== "function") return text.split(/(?<=\s)/);
  const found = /** @type {string[]} */ ([]);
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    if (found.length && !isWordLike) found[found.length - 1] += segment;
    else if (found.length && !/\s$/.test(found[found.length - 1]) && !/[\p{L}\p{N}]$/u.test(found[found.length - 1]))
      found[found.length - 1] += segment;
    else found.push(segment);
  }
  return found;
}

/** Sets the font, too. @param {Pen} pen @param {string} text @param {number} width @param {string} font */
function shortened(pen, text, width, font) {
  pen.font = font;
  if (pen.measureText(text).width <= width) return text;
  const parts = graphemes(text);
  while (parts.length && pen.measureText(`${parts.join("")}…`).width > width) parts.pop();
  return `${parts.join("").trimEnd()}…`;
}

/** @param {Pen} pen @param {Look} look @param {string} title */
function drawTitle(pen, look, title) {
  const side = direction(title);
  pen.direction = side;
  pen.textAlign = "center";
  pen.fillStyle = look.onGround;
  pen.fillText(
    shortened(pen, title, WIDTH - 2 * EDGE, `600 ${SMALL}px ${look.display}`),
    WIDTH / 2,
    HEIGHT - EDGE - SMALL * 0.2,
  );
}
