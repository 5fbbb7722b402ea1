// Two sessions run at the same time: in which room is the one who holds this phone? Asked once. Templates only; comes later.
// @ts-check
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";

/** @import { Sessions, Act } from "./types" */

/** @param {{sessions: Sessions, act: Act}} phone */
export function createRooms({ sessions, act }) {
  /** The row is gone with the answer: the focus of a keyboard goes on to what has been chosen. @param {MouseEvent} event @param {string} id */
  function choose(event, id) {
    act.session(id);
    if (event.detail) return; // a finger has no focus to be seen
    /** @type {HTMLElement|null} */ (document.querySelector(".session-choice"))?.focus({ preventScroll: true });
  }

  function view() {
    const several = sessions.offered();
    if (!several.length) return "";
    const shown = sessions.shown();
    return html`<div class="rooms" role="group" aria-label=${say("rooms-ask")}>
      <p class="rooms-ask">${say("rooms-ask")}</p>
      ${several.map(
        ({
          id,
          room,
          title,
        }) => html`<button type="button" class="room" aria-pressed=${id === shown ? "true" : "false"} @click=${(/** @type {MouseEvent} */ event) => choose(event, id)}>
          <bdi class="room-name">${room}</bdi><bdi class="room-title">${title}</bdi></button>`,
      )}
    </div>`;
  }

  return { view };
}
