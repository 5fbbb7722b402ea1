// What the page says: an outcome (with its undo), a trouble; both stay until the next one or until they are put away.
// @ts-check
import { problemOf } from "../shared/api.js";

/** @param {{draw: () => void}} page */
export function createTelling({ draw }) {
  const telling = {
    said: "",
    trouble: "",
    back: /** @type {(() => Promise<unknown>)|null} */ (null), // how the last thing is undone
    busy: false,
    say,
    complain,
    undo,
    dismiss,
  };

  /** @param {string} words @param {(() => Promise<unknown>)|null} [back] the way back */
  function say(words, back = null) {
    Object.assign(telling, { said: words, trouble: "", back });
    draw();
  }

  /** @param {string} words */
  function complain(words) {
    telling.trouble = words;
    draw();
  }

  async function undo() {
    const { back } = telling;
    if (!back || telling.busy) return;
    telling.busy = true;
    draw();
    try {
      await back();
    } catch (problem) {
      complain(problemOf(problem).detail); // the way back stays open
    } finally {
      telling.busy = false;
      draw();
    }
  }

  function dismiss() {
    Object.assign(telling, { said: "", trouble: "", back: null });
    draw();
  }

  return telling;
}
