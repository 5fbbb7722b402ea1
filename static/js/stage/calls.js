// The HTTP calls of the stage.
// @ts-check
import { call, segment } from "../shared/api.js";

/** @import {Note, Post} from "../shared/wire" */
/** @typedef {"answered"|"later"} Fate */

export const api = {
  /**
   * Another question is answered now; `left` is what becomes of the one before it.
   * @param {string} session @param {string|null} post @param {{post: string, to: Fate}} [left] @returns {Promise<{post: Post|null}>}
   */
  takeUp: (session, post, left) => call("PUT", `/sessions/${segment(session)}/floor`, "post", { post, left }),
  /** @param {string} note @returns {Promise<{note: Note}>} */
  see: (note) => call("PUT", `/notes/${segment(note)}/seen`, "note"),
};
