// How the stage looks at the desk: the microphone of a session, who comes next, and the note to the speaker. lit-html templates only.
// @ts-check
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { inTurn, questionsOf, taken } from "../shared/floor.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { unitsOf } from "../shared/units.js";
import { who } from "../shared/view.js";
import { say } from "../shared/words.js";

const SHOWN = 5;
const RULES = /** @type {const} */ (["", "first", "teams", "votes"]);
const RULE = {
  "": "floor-none",
  first: "floor-rule-first",
  teams: "floor-rule-teams",
  votes: "floor-rule-votes",
};

/**
 * @import {State} from "../shared/board.js"
 * @import {On} from "../shared/dom"
 * @import {FloorRule, Post, Session} from "../shared/wire"
 * @import {BoardShown, Floor} from "./types"
 */

/** By which rule people come to the microphone. @param {Session} session @param {Floor} floor */
export const ruleView = (session, floor) =>
  html`<select class="choice" data-floor=${session.id} aria-label=${say("floor-of", { title: session.title })} @change=${(/** @type {On<HTMLSelectElement>} */ event) => floor.rule(session.id, /** @type {FloorRule|""} */ (event.target.value))}>
    ${RULES.map((rule) => html`<option value=${rule} .selected=${live((session.floor ?? "") === rule)}>${say(RULE[rule])}</option>`)}
  </select>`;

/** Who is at the microphone of a session, and who comes next. @param {Session} session @param {State} state @param {Floor} floor */
export function lineView(session, state, floor) {
  if (!session.floor) return nothing;
  const questions = questionsOf(state, session.id);
  const now = taken(questions);
  const line = inTurn(questions, session.floor);
  return html`<div class="floor">
    ${now ? html`<p class="floor-now"><strong>${say("floor-now")}</strong> ${oneView(now)} <button type="button" class="act" @click=${() => floor.take(session.id, line[0]?.id ?? null, now.id)}>${say("floor-answered-next")}</button></p>` : nothing}
    <ol class="floor-line">${repeat(
      line.slice(0, SHOWN),
      ({ id }) => id,
      (one) =>
        html`<li data-id=${one.id}>${oneView(one)} <button type="button" class="act" aria-label=${say("floor-take-of", { text: one.text })} @click=${() => floor.take(session.id, one.id)}>${say("floor-take")}</button></li>`,
    )}</ol>
    <p class="panel-note">${line.length > SHOWN ? say("floor-more", { n: line.length - SHOWN }) : line.length ? nothing : say("floor-nobody")}</p>
  </div>`;
}

const oneView = (/** @type {Post} */ post) =>
  html`<span class="floor-one"><bdi>${post.text}</bdi> <small>${post.voice ? html`${say("floor-voice")} · ` : nothing}${who(post.author)}</small></span>`;

/** @param {BoardShown} board @param {Session[]} near @param {Floor} floor */
export function noteView(board, near, floor) {
  const rooms = [...new Set(near.map(({ room }) => room ?? ""))];
  return html`<div class="floor-note">
    <label class="panel-field"><span>${say("floor-note")}</span>
      <input class="choice" type="text" dir="auto" maxlength=${unitsOf(limits().note)} autocomplete="off" data-note .value=${live(floor.typed)} @input=${(/** @type {On} */ event) => floor.type(event.target.value)}></label>
    <p class="floor-send">${rooms.map(
      (room) =>
        html`<button type="button" class="act" data-note-to=${room} @click=${() => floor.write(room)}>${room ? say("floor-note-to", { room }) : say("floor-note-send")}</button>`,
    )}</p>
    <ul class="floor-notes" aria-live="polite">${(board.notes ?? []).map(
      (
        note,
      ) => html`<li><span><bdi>${note.text}</bdi> <small>${note.room ? html`<bdi>${note.room}</bdi> · ` : nothing}${say(note.seen_at ? "floor-note-seen" : "floor-note-unseen")}</small></span>
      <button type="button" class="act" @click=${() => floor.takeBack(note.id)}>${say("floor-note-back")}</button></li>`,
    )}</ul>
  </div>`;
}
