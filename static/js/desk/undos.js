// The way back of what was done lately: the newest first, each for as long as the server takes it back.
// @ts-check
import { limits } from "../shared/limits.js";

/**
 * @import {Act} from "./acts.js"
 * @typedef {{words: string, about?: string, back: () => Act, until: number, seq: number, offBoard: boolean}} Undo
 *   until: `performance.now()`; seq: of the change at the server, 0 until it is known
 */

export function createUndos() {
  let undos = /** @type {Undo[]} */ ([]);

  /** Null: this act cannot be undone. @param {Act} act @returns {Undo|null} */
  function add({ words, about, back, offBoard }) {
    if (!back) return null;
    const until = performance.now() + limits().undo_seconds * 1000;
    const undo = { words, about, back, until, seq: 0, offBoard: Boolean(offBoard) };
    undos.push(undo);
    return undo;
  }

  /** @param {Undo|null} undo */
  function drop(undo) {
    undos = undos.filter((one) => one !== undo);
  }

  /** The act that U would undo now, and how many more there are. */
  function latest() {
    undos = undos.filter(({ until }) => until > performance.now());
    return { undo: undos.at(-1) ?? null, more: Math.max(undos.length - 1, 0) };
  }

  /** The way back of the newest, which is then no longer there. @returns {Act|null} */
  function take() {
    const { undo } = latest();
    drop(undo);
    return undo?.back() ?? null;
  }

  return { add, drop, latest, take };
}
