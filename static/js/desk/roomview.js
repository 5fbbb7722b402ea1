// How the room's switches look: approval, sessions, names; the screens beside them, and the panels that are opened by hand. lit-html templates only.
// @ts-check
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { lineView, noteView, ruleView } from "./floorview.js";
import { POWERS } from "./powerwords.js";
import { screensPanel, switchView } from "./screensview.js";
import { WORDS } from "./words.js";

/**
 * @import {On} from "../shared/dom"
 * @import {Session, Taking} from "../shared/wire"
 * @import {Panel, Picture} from "./types"
 */

/** What is used every few minutes comes first, what is used once a day last. @param {Picture} desk */
export function roomView(desk) {
  return html`<h2 class="room-title">${WORDS.room}</h2>${screensPanel(desk)} ${sessionsPanel(desk)} ${approvalPanel(desk)} ${toolsPanel(desk)}`;
}

/** @param {Picture} desk */
function approvalPanel({ board, on }) {
  return html`<section class="panel" aria-labelledby="panel-approval">
    <h3 id="panel-approval">${WORDS.approval}</h3>
    ${switchView("card", WORDS.cardsWait, board.premoderate.card, () => on.premoderate("card"))}
    ${switchView("question", WORDS.questionsWait, board.premoderate.question, () => on.premoderate("question"))}
    ${switchView("cards_open", WORDS.cardsOpen, board.cards_open, on.cardsOpen)}
  </section>`;
}

/** All that is about a session stands under its title: its questions, its microphone. @param {Picture} desk */
function sessionsPanel({ sessions, near, overrun, state, board, on }) {
  if (!sessions.length) return nothing;
  const others = sessions.filter((one) => !near.includes(one));
  const line = (/** @type {Session} */ one) => html`<li class="session">
    <bdi class="session-title">${one.title}</bdi>
    <select class="choice is-${one.questions}" data-session=${one.id} aria-label=${WORDS.sessionOf(one.title)} @change=${(/** @type {On<HTMLSelectElement>} */ event) => on.session(one.id, /** @type {Taking} */ (event.target.value))}>
      ${Object.entries(WORDS.sessionStates).map(([state, name]) => html`<option value=${state} .selected=${live(one.questions === state)}>${name}</option>`)}
    </select>
    ${near.includes(one) ? html`${ruleView(one, on.floor)} ${lineView(one, state, on.floor)}` : nothing}
  </li>`;
  return html`<section class="panel" aria-labelledby="panel-sessions">
    <h3 id="panel-sessions">${WORDS.sessions}</h3>
    <ul>${repeat(near, (one) => one.id, line)}</ul>
    ${overrun} ${near.length ? noteView(board, near, on.floor) : nothing}
    ${others.length ? html`<details><summary>${WORDS.otherSessions(others.length)}</summary><ul>${repeat(others, (one) => one.id, line)}</ul></details>` : nothing}
  </section>`;
}

/** @param {Picture} desk */
function namesPanel({ names, on }) {
  return html`<details>
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
  </details>`;
}

/**
 * What is opened by hand, below those that are used in a shift those that are used once a day. Each names itself, and what is in it
 * comes with the second script.
 * @param {Picture} desk
 */
function toolsPanel(desk) {
  const { links } = desk;
  const panel = (/** @type {Panel} */ name, /** @type {string} */ title) =>
    html`<details class="power" data-panel=${name} @toggle=${(/** @type {On<HTMLDetailsElement>} */ event) => event.target.open && desk.on.opened(name)}>
      <summary>${title}</summary>
      ${desk.on.part(name)?.view(desk) ?? html`<p class="panel-note">${WORDS.loading}</p>`}
    </details>`;
  return html`<section class="panel" aria-labelledby="panel-tools">
    <h3 id="panel-tools">${WORDS.tools}</h3>
    <div class="tools">${panel("behalf", POWERS.behalf)} ${panel("prepared", POWERS.prepared)} ${panel("lately", WORDS.lately)}</div>
    <div class="tools is-seldom">${namesPanel(desk)} ${panel("kiosk", POWERS.kiosk)}
      <p class="panel-links"><a href=${links.screen} target="_blank" rel="noopener">${WORDS.screenPage}</a> <a href=${links.phone} target="_blank" rel="noopener">${WORDS.phonePage}</a></p></div>
  </section>`;
}
