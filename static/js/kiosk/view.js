// How a shared tablet looks. lit-html templates only; what happened goes to `kiosk.on`.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { graphemes } from "../shared/graphemes.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { unitsOf } from "../shared/units.js";
import { mark } from "../shared/view.js";
import { say } from "../shared/words.js";

/** @typedef {InputEvent & {target: HTMLInputElement}} Typed */

/** The whole page. @param {any} kiosk */
export function kioskView(kiosk) {
  const views = { start: startView, card: formView, question: formView, thanks: thanksView };
  return html`<header class="kiosk-head"><h1 dir="auto">${kiosk.title}</h1></header>
    <main class="kiosk-main">${kiosk.ready ? views[/** @type {keyof typeof views} */ (kiosk.step)](kiosk) : html`<p class="kiosk-words">${say("opening-board")}</p>`}</main>
    <p class="kiosk-foot ${kiosk.seconds || kiosk.unsent ? "is-said" : ""}" role="status">${footWords(kiosk)}</p>`;
}

/** @param {any} kiosk */
function footWords({ seconds, unsent }) {
  if (seconds) return say("kiosk-forgets-in", { n: seconds });
  return unsent ? say("kiosk-unsent", { n: unsent }) : "";
}

/** @param {any} kiosk */
function startView({ board, on }) {
  const { cards_open: cards } = board.board;
  const asks = !board.sessions.length || open(board.sessions).length;
  return html`<p class="kiosk-words">${say("kiosk-welcome")}</p>
    <div class="kiosk-choices">
      <button type="button" class="kiosk-choice is-card" ?disabled=${!cards} @click=${() => on.begin("card")}><strong>${say("kiosk-celebrate")}</strong><span>${say(cards ? "kiosk-celebrate-how" : "kiosk-cards-closed")}</span></button>
      <button type="button" class="kiosk-choice is-question" ?disabled=${!asks} @click=${() => on.begin("question")}><strong>${say("kiosk-ask")}</strong><span>${say(asks ? "kiosk-ask-how" : "kiosk-questions-closed")}</span></button>
    </div>
    <p class="kiosk-note">${say("kiosk-forgets")}</p>`;
}

/** @param {any[]} sessions */
const open = (sessions) => sessions.filter((one) => one.questions === "open" && one.kind !== "break");

/** @param {any} kiosk */
function formView(kiosk) {
  const { step, busy, error, on } = kiosk;
  const card = step === "card";
  return html`<form class="kiosk-form" novalidate autocomplete="off" @submit=${on.submit}>
    <h2>${say(card ? "kiosk-celebrate" : "kiosk-ask")}</h2>
    ${card ? kiosk.to() : sessionField(kiosk)} ${textField(kiosk, card)} ${card ? themeField(kiosk) : nothing} ${nameFields(kiosk)}
    ${error && !["to", "text", "name"].includes(error.field) ? html`<p class="error" role="alert">${error.detail}</p>` : nothing}
    <div class="kiosk-ends">
      <button type="button" class="button button-quiet" @click=${on.forget}>${say("kiosk-cancel")}</button>
      <button type="submit" class="button button-primary" aria-disabled=${busy ? "true" : "false"}>${say(busy ? "kiosk-sending" : "kiosk-send")}</button>
    </div>
  </form>`;
}

/** @param {any} kiosk */
function sessionField({ board, draft, on }) {
  const sessions = open(board.sessions);
  if (!sessions.length) return nothing;
  return html`<div class="field"><label class="label" for="session">${say("kiosk-session")}</label>
    <select class="input" id="session" @change=${(/** @type {Typed} */ event) => on.set({ session: event.target.value })}>
      <option value="" .selected=${live(!draft.session)}>${say("kiosk-no-session")}</option>
      ${sessions.map((one) => html`<option value=${one.id} .selected=${live(one.id === draft.session)}>${one.title}</option>`)}
    </select></div>`;
}

/** @param {any} kiosk @param {boolean} card */
function textField({ draft, error, on }, card) {
  const wrong = error?.field === "text" ? error.detail : undefined;
  const most = limits()[card ? "card_text" : "question_text"][1];
  return html`<div class="field"><label class="label" for="text">${say(card ? "kiosk-card-text" : "kiosk-question-text")}</label>
    <textarea class="input" id="text" rows="4" dir="auto" maxlength=${unitsOf(most)} autocomplete="off" placeholder=${say(card ? "kiosk-card-placeholder" : "kiosk-question-placeholder")} aria-invalid=${wrong ? "true" : "false"} aria-describedby=${wrong ? "text-error" : nothing}
      .value=${live(draft.text)} @input=${(/** @type {Typed} */ event) => on.set({ text: event.target.value })}></textarea>
    <p class="kiosk-count">${say("kiosk-count", { n: graphemes(draft.text).length, most })}</p>
    ${wrong ? html`<p class="error" id="text-error" role="alert">${wrong}</p>` : nothing}</div>`;
}

/** @param {any} kiosk */
function themeField({ board, draft, on }) {
  if (!board.themes.length) return nothing;
  return html`<fieldset class="kiosk-themes"><legend class="label">${say("kiosk-theme")}</legend>
    ${board.themes.map((/** @type {any} */ theme) => html`<button type="button" class="kiosk-theme theme-${theme.colour}" title=${theme.name} aria-pressed=${draft.theme === theme.id ? "true" : "false"} @click=${() => on.set({ theme: draft.theme === theme.id ? "" : theme.id })}>${mark(theme.colour)}<bdi>${theme.short || theme.name}</bdi></button>`)}
  </fieldset>`;
}

/** @param {any} kiosk */
function nameFields({ board, draft, error, on }) {
  const wrong = error?.field === "name" || error?.field === "author" ? error.detail : undefined;
  const required = board.board.names === "required";
  return html`<div class="kiosk-who"><div class="field"><label class="label" for="name">${say(required ? "kiosk-name" : "kiosk-name-optional")}</label>
      <input class="input" id="name" type="text" dir="auto" maxlength=${unitsOf(limits().name)} autocomplete="off" autocapitalize="words" spellcheck="false" aria-invalid=${wrong ? "true" : "false"} .value=${live(draft.name)} @input=${(/** @type {Typed} */ event) => on.set({ name: event.target.value })}>
      ${wrong ? html`<p class="error" role="alert">${wrong}</p>` : nothing}</div>
    <div class="field"><label class="label" for="team">${say("kiosk-team")}</label>
      <input class="input" id="team" type="text" dir="auto" maxlength=${unitsOf(limits().name)} autocomplete="off" list="teams" .value=${live(draft.team)} @input=${(/** @type {Typed} */ event) => on.set({ team: event.target.value })}>
      <datalist id="teams">${board.teams.map((/** @type {any} */ team) => html`<option value=${team.name}></option>`)}</datalist></div></div>`;
}

/** @param {any} kiosk */
const thanksView = ({ waits, on }) => html`<section class="kiosk-thanks" role="status">
    <svg class="kiosk-gem" viewBox="-8 -8 16 16" aria-hidden="true"><path d="M3-7 7-3v6L3 7h-6l-4-4v-6l4-4z" /><path class="b" d="M-3-7h6L2-4h-4zM-7-3l4-4 1 3-2 2z" /><path class="c" d="M2-4l2 2v4L2 4h-4l-2-2v-4l2-2z" /><path class="d" d="M7-3v6L4 2v-4z" /></svg>
    <h2>${say("kiosk-thanks")}</h2>
    <p class="kiosk-words">${say(waits ? "kiosk-thanks-waits" : "kiosk-thanks-there")}</p>
    <button type="button" class="button button-primary" @click=${on.forget}>${say("kiosk-next")}</button>
  </section>`;
