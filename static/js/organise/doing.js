// What sheets do: one request at a time, its refusal shown in the sheet; and a text that is shown once, copied.
// @ts-check
import { problemOf } from "../shared/api.js";
import { say } from "../shared/words.js";

/** @import { Sheet, Telling } from "./types" */

/**
 * @param {{sheet: Sheet, draw: () => void, after: () => void}} page after: the list that it changed is asked for again
 * @returns {(act: () => Promise<void>) => Promise<void>} does it from the sheet
 */
export function createDoing({ sheet, draw, after }) {
  return async (act) => {
    const { what } = sheet;
    if (!what || what.busy) return;
    Object.assign(what, { busy: true, problem: null });
    draw();
    try {
      await act();
    } catch (problem) {
      what.problem = problemOf(problem);
    } finally {
      what.busy = false;
      after();
      draw();
    }
  };
}

/**
 * Copies what the field of this id shows, or selects it where the browser does not copy.
 * @param {{text: string, field: string, telling: Telling, copied: () => void}} wanted
 */
export async function copyText({ text, field, telling, copied }) {
  try {
    await navigator.clipboard.writeText(text);
    copied();
  } catch {
    /** @type {HTMLInputElement|null} */ (document.getElementById(field))?.select();
    telling.complain(say("links-copy-by-hand"));
  }
}
