// How a new card appears: its name alone, its paper out of the table of the brilliant, its words. Only transform and opacity move, and
// one clip-path.
// @ts-check
import { CALM_NAME_MS, MOMENT, nameAlone, tableOf } from "./moment.js";
import { EASE, isCalm } from "./motion.js";

/** @import { Point } from "../shared/brilliant.js" */
/** @import { Place, Rect } from "./moment.js" */

const EDGE_PX = 14; // how much of a corner the opening table still lacks at its end
const RISE_PX = 22;

/** Name, paper, words: one after the other. @param {HTMLElement} box @param {number} scale @param {{rx: number, ry: number}} size of the brilliant */
export function appear(box, scale, size) {
  const own = { rx: size.rx / scale, ry: size.ry / scale, height: innerHeight / scale };
  name(box, scale, own);
  paper(box, tableOf(own));
  const lines = [".card-head", ".card-team", ".card-text", ".facet", ".card-foot"];
  const rise = `translateY(${RISE_PX / scale}px)`;
  lines
    .flatMap((one) => [...box.querySelectorAll(one)])
    .forEach((line, index) => {
      const at = MOMENT.lines.at + index * MOMENT.lines.apart;
      const isMoved = !line.matches(".card-team, .facet");
      play(line, [{ opacity: 0, ...(isMoved && { transform: rise }) }, { opacity: 1 }], { at, ms: MOMENT.lines.ms });
    });
}

/** The name's words stand alone, and fly to where they stand on the card. @param {HTMLElement} box @param {number} scale @param {{rx: number, ry: number, height: number}} room */
function name(box, scale, room) {
  const title = /** @type {HTMLElement} */ (box.querySelector(".card-to"));
  const words = /** @type {HTMLElement[]} */ ([...title.querySelectorAll(".word")]);
  const card = rectOf(box);
  const centre = { x: card.x + card.w / 2, y: card.y + card.h / 2 };
  const rects = words.map(rectOf).map(({ x, y, w, h }) => ({
    x: (x - centre.x) / scale,
    y: (y - centre.y) / scale,
    w: w / scale,
    h: h / scale,
  }));
  const alone = nameAlone(rects, parseFloat(getComputedStyle(title).fontSize), room);
  words.forEach((word, index) => {
    play(word, [{ transform: moved(alone[index]) }, { transform: "none" }], MOMENT.opens);
    play(word, [{ opacity: 0 }, { opacity: 1 }], MOMENT.name);
  });
  // White on the stage until the table lights up behind it: one step, no blend.
  const light = { color: "var(--on-stage)" };
  title.animate([light, light], isCalm() ? CALM_NAME_MS : MOMENT.lights.at + MOMENT.lights.ms / 2);
}

/** The table lights up, and opens to the edge of the card. @param {HTMLElement} box @param {Point[]} table */
function paper(box, table) {
  const sheet = /** @type {HTMLElement} */ (box.querySelector(".paper"));
  const [near, far] = [`${EDGE_PX}px`, `calc(100% - ${EDGE_PX}px)`];
  const open = [
    [far, "0px"],
    ["100%", near],
    ["100%", far],
    [far, "100%"],
    [near, "100%"],
    ["0px", far],
    ["0px", near],
    [near, "0px"],
  ];
  const closed = table.map(([x, y]) => [`calc(50% + ${x}px)`, `calc(50% + ${y}px)`]);
  const polygon = (/** @type {string[][]} */ corners) =>
    `polygon(${corners.map((corner) => corner.join(" ")).join(", ")})`;
  play(sheet, [{ opacity: 0 }, { opacity: 1 }], MOMENT.lights);
  if (!isCalm())
    sheet.animate([{ clipPath: polygon(closed) }, { clipPath: polygon(open) }], {
      ...timing(MOMENT.opens),
      fill: "backwards",
    });
}

/** @param {Element} element @param {Keyframe[]} frames @param {{at: number, ms: number}} when */
const play = (element, frames, when) => element.animate(frames, timing(when));

/** @param {{at: number, ms: number}} when @returns {KeyframeAnimationOptions} */
const timing = ({ at, ms }) => {
  const calm = { delay: at > MOMENT.name.at ? CALM_NAME_MS : 0, duration: 0 };
  return { ...(isCalm() ? calm : { delay: at, duration: ms }), easing: EASE, fill: "backwards" };
};

/** @param {Element} element @returns {Rect} */
export function rectOf(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left, y: top, w: width, h: height };
}

/** @param {Place} to */
export const moved = ({ scale, dx, dy }) => `translate(${dx}px, ${dy}px) scale(${scale})`;
