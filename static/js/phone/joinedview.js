// Shows in Me that an own question was joined with another one, and that others were joined with it. Templates only; comes later.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { direction, languageOf } from "../shared/text.js";
import { say } from "../shared/words.js";

/** @import { Post } from "../shared/wire" */
/** @import { OwnPost } from "./types" */

/** In the place of "Not shown". @param {Post|null} stays the question that stays; null where this phone does not have it */
export function joinedView(stays) {
  if (!stays) return html`<div class="state is-joined"><p class="state-words">${say("mine-joined-other")}</p></div>`;
  return html`<div class="state is-joined">
    <p class="state-words">${say("mine-joined-with")}</p>
    <p class="said joined-text" dir=${direction(stays.text)} lang=${languageOf(stays.text)}>${stays.text}</p>
    <p class="hint">${say("mine-joined-votes", { n: stays.votes ?? 0 })}</p>
  </div>`;
}

/** Below an own question that stays. @param {OwnPost} post */
export const joinedHere = ({ joined, state }) =>
  joined && state === "visible" ? html`<p class="hint">${say("mine-joined-here", { n: joined })}</p>` : nothing;
