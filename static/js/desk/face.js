// What of the desk is in sight: on a narrow screen the queue or the room's switches; the filters; whose posts they are for.
// @ts-check
import { NO_FILTERS } from "./queue.js";

/**
 * @import {List} from "./list.js"
 * @import {Tab} from "./queue.js"
 * @typedef {ReturnType<typeof createFace>} Face
 * @param {{list: List, draw: () => void}} desk
 */
export function createFace({ list, draw }) {
  // room: on a narrow screen, the room's switches instead of the queue; authorName: of the author in the filters
  const face = { room: false, filtersOpen: false, authorName: "", openTab, lookFor, turn, fold };

  function openTab(/** @type {Tab} */ name) {
    face.room = false;
    if (list.tab === name) return void list.showNews();
    list.openTab(name);
    scrollTo({ top: 0 });
  }

  /** All posts of one author. @param {string} author the participant's id @param {string} name */
  function lookFor(author, name) {
    face.filtersOpen = true;
    face.authorName = name;
    list.filter({ ...NO_FILTERS, author });
  }

  /** From the queue to the room's switches, and back. */
  function turn() {
    face.room = !face.room;
    scrollTo({ top: 0 });
    draw();
  }

  function fold() {
    face.filtersOpen = !face.filtersOpen;
    draw();
  }

  return face;
}
