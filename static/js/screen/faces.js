// The cards' elements on the wall: made, filled, put in their places, taken away.
// @ts-check
import { nothing, render } from "../../vendor/lit-html.js";
import { cardFace } from "./face.js";
import { setCell } from "./motion.js";

/** @import { Post, Theme } from "../shared/wire" */
/** @import { Cell } from "./wall.js" */

/** @typedef {{box: HTMLElement, post: Post, themes: Theme[]}} Face */

/** @param {Face} face @param {Post} post @param {Theme[]} themes */
export function paint(face, post, themes) {
  face.post = post;
  face.themes = themes;
  render(cardFace(post, themes), face.box);
}

/** @param {{place: HTMLElement}} parts */
export function createFaces({ place }) {
  /** @type {Map<string, Face>} */
  const faces = new Map();

  function blank() {
    const box = document.createElement("div");
    box.className = "cell";
    return box;
  }

  /** A card's element, made where there is none. @param {Post} post @param {Theme[]} themes @returns {{face: Face, isNew: boolean}} */
  function bring(post, themes) {
    const known = faces.get(post.id);
    if (known) return { face: known, isNew: false };
    const face = { box: blank(), post, themes };
    faces.set(post.id, face);
    paint(face, post, themes);
    place.append(face.box);
    return { face, isNew: true };
  }

  /** @param {(id: string) => boolean} isThere */
  function keep(isThere) {
    for (const [id, { box }] of faces) {
      if (isThere(id)) continue;
      box.remove();
      faces.delete(id);
    }
  }

  /** Cards whose words or counts changed where they stand. @param {Map<string, Post>} posts @param {Theme[]} themes @returns {Face[]} */
  function repaint(posts, themes) {
    const changed = [...faces].filter(([id, face]) => posts.get(id) !== face.post || themes !== face.themes);
    for (const [id, face] of changed) paint(face, posts.get(id) ?? face.post, themes);
    return changed.map(([, face]) => face);
  }

  /** The same cards in the same places, in new elements. @param {Cell[]} cells @param {Theme[]} themes */
  function redraw(cells, themes) {
    const drawn = cells.flatMap((cell) => {
      const face = faces.get(cell.id);
      if (!face) return [];
      face.box = blank();
      setCell(face.box, cell);
      paint(face, face.post, themes);
      return [{ cell, box: face.box }];
    });
    place.replaceChildren(...drawn.map(({ box }) => box));
    return drawn;
  }

  function clear() {
    for (const { box } of faces.values()) render(nothing, box);
    faces.clear();
    place.replaceChildren();
  }

  return {
    bring,
    keep,
    repaint,
    redraw,
    clear,
    /** @param {string} id */
    boxOf: (id) => faces.get(id)?.box,
    /** Those without a place: from now on they are no cards of the wall. @param {Set<string>} staying @returns {[string, HTMLElement][]} */
    dismiss(staying) {
      const gone = [...faces].filter(([id]) => !staying.has(id));
      for (const [id] of gone) faces.delete(id);
      return gone.map(([id, { box }]) => [id, box]);
    },
  };
}
