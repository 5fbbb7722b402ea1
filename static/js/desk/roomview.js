// How the room's switches look: approval, sessions, names, what was done lately; the screens beside them. lit-html templates only.
// @ts-check
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { floorPanel } from "./floorview.js";
import { sentence } from "../shared/sentence.js";
import { timeAgo } from "../shared/text.js";
import { powersPanels } from "./powersview.js";
import { screensPanel, switchView } from "./screensview.js";
import { WORDS } from "./words.js";

/**
 * @import {On} from "../shared/dom"
 * @import {Session, Taking} from "../shared/wire"
 * @import {Line, Picture} from "./types"
 */

/** @param {Picture} desk */
export function roomView(desk) {
  return html`${screensPanel(desk)} ${approvalPanel(desk)} ${sessionsPanel(desk)} ${floorPanel(desk)} ${powersPanels(desk)} ${namesPanel(desk)} ${latelyPanel(desk)}`;
}

/** @param {Picture} desk */
function approvalPanel({ board, on }) {
  return html`<section class="panel" aria-labelledby="panel-approval">
    <h2 id="panel-approval">${WORDS.approval}</h2>
    ${switchView("card", WORDS.cardsWait, board.premoderate.card, () => on.premoderate("card"))}
    ${switchView("question", WORDS.questionsWait, board.premoderate.question, () => on.premoderate("question"))}
    ${switchView("cards_open", WORDS.cardsOpen, board.cards_open, on.cardsOpen)}
  </section>`;
}

/** @param {Picture} desk */
function sessionsPanel({ sessions, near, overrun, on }) {
  if (!sessions.length) return nothing;
  const others = sessions.filter((one) => !near.includes(one));
  const line = (/** @type {Session} */ one) => html`<li class="session">
    <span class="session-title"><bdi>${one.title}</bdi></span>
    <select class="choice is-${one.questions}" data-session=${one.id} aria-label=${WORDS.sessionOf(one.title)} @change=${(/** @type {On<HTMLSelectElement>} */ event) => on.session(one.id, /** @type {Taking} */ (event.target.value))}>
      ${Object.entries(WORDS.sessionStates).map(([state, name]) => html`<option value=${state} .selected=${live(one.questions === state)}>${name}</option>`)}
    </select>
  </li>`;
  return html`<section class="panel" aria-labelledby="panel-sessions">
    <h2 id="panel-sessions">${WORDS.sessions}</h2>
    <ul>${repeat(near, (one) => one.id, line)}</ul>
    ${overrun}
    ${others.length ? html`<details><summary>${WORDS.otherSessions(others.length)}</summary><ul>${repeat(others, (one) => one.id, line)}</ul></details>` : nothing}
  </section>`;
}

/** @param {Picture} desk */
function namesPanel({ names, on }) {
  return html`<section class="panel"><details>
    <summary>${WORDS.names}</summary>
    <p class="panel-note">${WORDS.namesHow}</p>
    <label class="panel-field"><span>${WORDS.namesHint}</span>
      <input class="choice" type="search" autocomplete="off" dir="auto" data-names .value=${live(names.typed)} @input=${(/** @type {On} */ event) => on.typeName(event.target.value)}></label>
    <label class="panel-along"><input type="checkbox" .checked=${live(names.along)} @change=${(/** @type {On} */ event) => on.postsAlong(event.target.checked)}>
      <span>${WORDS.namesAlong} <small>${WORDS.namesAlongHow}</small></span></label>
    <ul class="names" aria-live="polite">
      ${names.found.map(
        (one) => html`<li><span><bdi>${one.name}</bdi> <small><bdi>${one.team ?? ""}</bdi></small></span>
        <button type="button" class="act" aria-label=${WORDS.free(one.name)} @click=${() => on.freeName(one)}>${WORDS.freeIt}</button></li>`,
      )}
      ${names.typed.trim() && !names.found.length ? html`<li class="panel-note">${WORDS.namesNone}</li>` : nothing}
    </ul>
  </details></section>`;
}

/** @param {Picture} desk */
function latelyPanel({ board, lately, on, now }) {
  return html`<section class="panel"><details @toggle=${on.lately}>
    <summary>${WORDS.lately}</summary>
    <ul class="lately">${lately.map((line) => html`<li>${doneView(line)} <time datetime=${line.at}>${timeAgo(line.at, now, board.time_zone)}</time></li>`)}</ul>
  </details></section>`;
}

/** Who did what, and to which post. */
const doneView = (/** @type {Line} */ { actor, key, action, about }) =>
  key
    ? sentence(key, {
        actor: html`<bdi>${actor}</bdi>`,
        about: html`<bdi class="lately-about">${about}</bdi>`,
      })
    : html`<bdi>${actor}</bdi> <bdi>${action}</bdi>`;
