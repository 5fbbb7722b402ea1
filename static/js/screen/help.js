// What an operator reads: keys, and what to know before the hall is full. Both go away by themselves: the hall need not read them.
// @ts-check
import { render } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { advice } from "./advice.js";
import { KEYS } from "./keys.js";

/** @import { OwnScene } from "../shared/wire" */
/** @import { Parts } from "./parts.js" */

const HELP_MS = 8000;
const CURSOR_MS = 3000;
const FIRST = "first"; // the id of a board's only screen

/** The keys. They never change, so they belong to the page as it was delivered. @param {HTMLElement} place */
export const drawHelp = (place) =>
  render(
    KEYS.map(([key, does]) => html`<dt><bdi dir="ltr">${key}</bdi></dt><dd>${say(does)}</dd>`),
    place,
  );

/** The screen's own name and room, "" where the board has one screen without a room. @param {OwnScene} screen */
export const nameOf = ({ id, name, room }) =>
  name && (room || id !== FIRST) ? [name, ...(room ? [room] : [])].join(" · ") : "";

/**
 * @param {{root: HTMLElement, parts: Parts, joinUrl: string, own: (act: () => void) => void, row?: (on: boolean) => void}} page
 *   row: of keys, which comes and goes with the mouse
 */
export function createHelp({ root, parts, joinUrl, own, row = () => {} }) {
  let at = ""; // where the mouse was last
  let advised = "";
  let helpTimer = 0;
  let cursorTimer = 0;

  /** @param {boolean} [on] else the other way */
  function toggle(on = parts.help.hidden) {
    clearTimeout(helpTimer);
    parts.help.hidden = !on;
    parts.which.hidden = !on || !parts.which.textContent;
    parts.advice.hidden = !on || !advised;
    if (on) helpTimer = window.setTimeout(() => toggle(false), HELP_MS);
  }

  /** The mouse was moved; without an event: the page opens. @param {PointerEvent} [event] */
  function pointed(event) {
    if (event && rests(event)) return;
    root.classList.remove("no-cursor");
    clearTimeout(cursorTimer);
    parts.advice.hidden = !advised;
    if (event) row(true);
    cursorTimer = window.setTimeout(rested, CURSOR_MS);
  }

  /** Browsers also tell of a mouse that lies still when something moves below it: the hall would see the row of keys each time.
   * @param {PointerEvent} event */
  function rests({ screenX, screenY }) {
    const before = at;
    at = `${screenX} ${screenY}`;
    return before === "" || before === at;
  }

  function rested() {
    root.classList.add("no-cursor");
    parts.advice.hidden = true;
    row(false);
  }

  /** @param {boolean} isAwake */
  function advise(isAwake) {
    const keys = advice({ joinUrl, awake: isAwake });
    if (keys.join() === advised) return;
    advised = keys.join();
    own(() => {
      render(
        keys.map((key) => html`<p>${say(key)}</p>`),
        parts.advice,
      );
    });
  }

  /** Which screen this is. @param {import("../shared/wire").OwnScene} screen */
  function name(screen) {
    if (parts.which.textContent !== nameOf(screen)) own(() => void (parts.which.textContent = nameOf(screen)));
  }

  return { toggle, pointed, advise, name };
}
