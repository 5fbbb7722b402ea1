// The scenes of the large screen: one is drawn, of all others nothing stays on the page.
// @ts-check
import { nothing, render } from "../../vendor/lit-html.js";
import { afresh } from "../shared/html.js";
import { cardFace, questionFace } from "./face.js";
import { fit } from "./fit.js";
import { openMap } from "./map.js";
import { openMosaic } from "./mosaic.js";
import { openQuestions } from "./questions.js";

/** @import { Post, Theme } from "../shared/wire" */
/** @import { Parts } from "./parts.js" */
/** @import { Recap } from "./recap.js" */
/** @import { Picture } from "./scene.js" */
/** @import { Look, Room } from "./wall.js" */

/**
 * @param {{parts: Parts, own: (act: () => void) => void, look: () => Look,
 *   wallLook: () => Look, room: () => Room, recap: () => Recap|undefined}} page own: within it the page is changed later than in a call;
 *   recap: nothing until the second script has come
 */
export function createScenes({ parts, own, look, wallLook, room, recap }) {
  const mosaic = openMosaic({ place: parts.wall, light: parts.light, ruler: parts.ruler, own });
  const questions = openQuestions({ place: parts.questions, own });
  const map = openMap({ place: parts.map });

  /** What is not shown is not kept on the page either: hidden text cannot come to light by accident. @param {Picture} picture */
  function leave({ scene, slide }) {
    if (scene !== "cards" || slide) mosaic.clear();
    if (scene !== "questions" || slide) questions.clear();
    if (scene !== "map" || slide) map.clear();
    if (scene !== "recap" || slide) recap()?.clear();
    if (scene !== "spotlight") render(nothing, parts.spotlight);
  }

  /**
   * @param {Picture} picture @param {Theme[]} themes @param {boolean} news may cards that are new enter large?
   * @param {number} now ms
   */
  function show(picture, themes, news, now) {
    if (picture.slide) return;
    if (picture.scene === "cards") {
      if (!mosaic.isOpen()) mosaic.resize(room(), wallLook(), now);
      mosaic.show(picture.cards, themes, news, now);
    } else if (picture.scene === "questions") questions.show(picture, look());
    else if (picture.scene === "map") map.show(picture, themes, look(), now);
    else if (picture.scene === "recap") recap()?.show(picture, themes, look(), now);
    else if (picture.scene === "spotlight" && picture.post) spotlight(picture.post, themes);
  }

  /** @param {Post} post @param {Theme[]} themes */
  function spotlight(post, themes) {
    render(post.kind === "card" ? cardFace(post, themes) : questionFace(post), parts.spotlight);
    const box = /** @type {HTMLElement} */ (parts.spotlight.querySelector(".card"));
    fit([{ box, min: look().min, max: Math.min(innerHeight, innerWidth) * 0.125 }]);
  }

  /** Somebody else has changed the page: nothing of what was drawn is relied on. */
  function startOver() {
    for (const name of ["questions", "map", "recap", "spotlight"]) afresh(parts[name]);
    for (const scene of [questions, map, recap()]) scene?.clear();
    mosaic.redraw();
  }

  /** The room is another one; all else is drawn anew by itself. @param {number} now ms */
  function resize(now) {
    own(() => questions.clear());
    if (mosaic.isOpen()) own(() => mosaic.resize(room(), wallLook(), now));
  }

  return { leave, show, startOver, resize, tick: mosaic.tick };
}
