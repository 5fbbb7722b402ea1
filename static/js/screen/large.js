// The card that stands large before the wall: it enters, keeps its words true, and shrinks towards its place on the wall.
// @ts-check
import { paint } from "./faces.js";
import { fit } from "./fit.js";
import { CALM_MS, move, setRect } from "./motion.js";

/** @import { Post, Theme } from "../shared/wire" */
/** @import { Wall } from "./choosing.js" */

/**
 * @typedef {{id: string, box: HTMLElement, post: Post, themes: Theme[], until: number}} Large
 * @param {{place: HTMLElement, light: HTMLElement, wall: Wall, ghosts: ReturnType<import("./ghosts.js").createGhosts>}} parts
 *   place: the wall, which steps back; light: where the card stands
 */
export function createLarge({ place, light, wall, ghosts }) {
  const stage = /** @type {HTMLElement} */ (light.parentElement);
  /** @type {Large|null} */
  let large = null;

  /** The wall steps back while a card stands before it. */
  function dim() {
    light.hidden = !large;
    place.classList.toggle("is-dimmed", Boolean(large));
  }

  function blank() {
    const box = document.createElement("div");
    box.className = "large";
    return box;
  }

  /** @param {Post} post @param {number} until ms */
  function enter(post, until) {
    const box = blank();
    large = { id: post.id, box, post, themes: wall.themes, until };
    dim();
    light.replaceChildren(box);
    paint(large, post, wall.themes);
    fitted();
    move(
      box,
      [
        { opacity: 0, transform: "translateY(8vmin) scale(0.9)" },
        { opacity: 1, transform: "none" },
      ],
      CALM_MS,
    );
  }

  /** As large as half the stage allows, and no taller than its words. */
  function fitted() {
    if (!large) return;
    const card = /** @type {HTMLElement} */ (large.box.querySelector(".card"));
    large.box.classList.add("measuring");
    fit([{ box: card, min: wall.look.min, max: wall.look.large }]);
    large.box.classList.remove("measuring");
  }

  function repaint() {
    const post = large && wall.posts.get(large.id);
    if (!large || !post || post === large.post) return;
    paint(large, post, wall.themes);
    fitted();
  }

  function drop() {
    large?.box.remove();
    large = null;
    dim();
  }

  /** It stands before the wall no longer: what becomes of its element is for the caller. */
  function leave() {
    const left = /** @type {Large} */ (large);
    large = null;
    return { ...left, from: left.box.getBoundingClientRect() };
  }

  /** Shrinks towards its place and gives way to the card that stands there. @param {Large & {from: DOMRect}} left @param {DOMRect} to */
  function fly({ id, box, from }, to) {
    box.classList.add("flying");
    setRect(box, { x: from.left, y: from.top, w: from.width, h: from.height });
    stage.append(box);
    const scale = Math.min(to.width / from.width, to.height / from.height);
    const [dx, dy] = [
      to.left + to.width / 2 - from.left - from.width / 2,
      to.top + to.height / 2 - from.top - from.height / 2,
    ];
    const frames = [
      { opacity: 1, transform: "none" },
      { opacity: 1, offset: 0.6 },
      { opacity: 0, transform: `translate(${dx}px, ${dy}px) scale(${scale})` },
    ];
    ghosts.leave(box, id, frames, CALM_MS);
  }

  /** In a new element: others have changed the one there was. */
  function redraw() {
    light.replaceChildren();
    if (!large) return;
    large.box = blank();
    light.append(large.box);
    paint(large, large.post, wall.themes);
    fitted();
  }

  return {
    enter,
    fitted,
    repaint,
    drop,
    leave,
    fly,
    redraw,
    dim,
    get id() {
      return large?.id;
    },
    get until() {
      return large?.until ?? Infinity;
    },
  };
}
