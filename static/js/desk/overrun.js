// The room runs over its time, or a break is over: what comes moves by minutes, and open questions go on to what is on. One tap each.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { call } from "../shared/api.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { movable } from "./movable.js";

/**
 * @import {State} from "../shared/board.js"
 * @import {Session} from "../shared/wire"
 */

const STEPS_MINUTES = [5, 15, -5];
/**
 * @param {{known: {view: State}, acts: import("./acts.js").Acts, api: {moderate: (id: string, changes: object) => Promise<unknown>}}} desk
 */
export function createOverrun({ known, acts, api }) {
  /** Everything from this session on. The way back moves the same sessions, whatever stands among them by then. @param {Session} from @param {number} minutes */
  function shift(from, minutes) {
    let only = /** @type {string[]|null} */ (null);
    acts.turn({
      key: "agenda",
      value: minutes,
      former: -minutes,
      words: say(minutes > 0 ? "desk-shifted-later" : "desk-shifted-earlier", {
        title: from.title,
        n: Math.abs(minutes),
      }),
      show: (state) => state, // the agenda comes back with the next frame
      async send(by) {
        const { sessions } = await call("POST", "/sessions/shift", "sessions", {
          from: from.id,
          minutes: by,
          ...(only ? { only } : {}),
        });
        only = sessions.map((/** @type {Session} */ { id }) => id);
      },
    });
  }

  /** @param {{from: Session, to: Session, ids: string[]}} left */
  function takeAlong({ from, to, ids }) {
    acts.turn({
      key: `questions ${from.id}`,
      value: to.id,
      former: from.id,
      words: say("desk-taken-along", { n: ids.length, title: to.title }),
      ids,
      show: (state, session) => ({
        ...state,
        posts: new Map([...state.posts].map(([id, post]) => [id, ids.includes(id) ? { ...post, session } : post])),
      }),
      async send(session) {
        for (const id of ids) await api.moderate(id, { session });
      },
    });
  }

  /** @param {number} now */
  function view(now) {
    const { next, left } = movable(known.view, now);
    if (!next && !left.length) return nothing;
    return html`${left.map((one) => html`<p class="overrun"><button type="button" class="act" @click=${() => takeAlong(one)}>${say("desk-take-along", { n: one.ids.length, from: one.from.title, to: one.to.title })}</button></p>`)}
      ${
        next
          ? html`<div class="overrun" role="group" aria-label=${say("desk-shift-of", { title: next.title })}>
        <span>${say("desk-shift-of", { title: next.title })}</span>
        ${STEPS_MINUTES.map((minutes) => html`<button type="button" class="act" @click=${() => shift(next, minutes)}>${say(minutes > 0 ? "desk-shift-later" : "desk-shift-earlier", { n: Math.abs(minutes) })}</button>`)}
      </div>`
          : nothing
      }`;
  }

  return { view, shift, takeAlong };
}
