// How the sheets of the agenda look: one session, its removal, what comes later.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { say } from "../shared/words.js";
import { fieldView, problemView } from "./fields.js";
import { QUESTIONS, yes } from "./words.js";

/** @import { On } from "../shared/dom" */
/** @import { Page, RemovalSheet, SessionSheet, ShiftSheet } from "./types" */

const STEPS = [-15, -5, 5, 15, 30];
const FIELDS = ["title", "starts_at", "ends_at", "room", "speakers"];

/** @param {Page} page @param {SessionSheet} what */
export function sessionSheet({ agenda, sheet, board }, { id }) {
  const { editor } = agenda;
  if (!editor) return nothing;
  const isBreak = editor.value("kind") === "break";
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    agenda.save();
  };
  return html`<form class="form" @submit=${submit} novalidate>
    <div class="sheet-head"><h2 id="sheet-title">${say(id ? "session-edit" : "session-new")}</h2><button type="button" class="link" @click=${sheet.close}>${say("organise-close")}</button></div>
    <div class="sheet-body">
      ${fieldView(editor, "title", say("session-title"), { most: limits().session_title, required: true })}
      <div class="fields">${fieldView(editor, "day", say("session-day"), { type: "date" })} ${fieldView(editor, "starts", say("session-starts"), { type: "time", fault: "starts_at" })} ${fieldView(editor, "ends", say("session-ends"), { type: "time", fault: "ends_at" })}</div>
      <p class="hint">${say("session-zone", { zone: board.time_zone ?? "UTC" })}</p>
      ${fieldView(editor, "room", say("session-room"), { list: "rooms" })}
      <datalist id="rooms">${agenda.rooms().map((room) => html`<option value=${room}></option>`)}</datalist>
      ${fieldView(editor, "speakers", say("session-speakers"), { area: 2, hint: say("session-speakers-hint") })}
      <div class="fields">${fieldView(editor, "kind", say("session-kind"), {
        options: [
          ["session", say("session-kind-session")],
          ["break", say("session-kind-break")],
        ],
      })}
      ${isBreak ? nothing : fieldView(editor, "questions", say("session-questions"), { options: Object.entries(QUESTIONS) })}</div>
      ${problemView(editor.problem, FIELDS)}
    </div>
    <div class="sheet-foot"><button type="submit" class="button button-strong" aria-disabled=${yes(editor.busy)}>${say(id ? "organise-save" : "agenda-add")}</button>
      ${editor.touched ? html`<button type="button" class="link" @click=${editor.discard}>${say("organise-discard")}</button>` : nothing}
      ${id ? html`<button type="button" class="link is-bad is-end" @click=${() => agenda.askRemoval(id)}>${say("session-remove")}</button>` : nothing}</div>
  </form>`;
}

/** @param {Page} page @param {ShiftSheet} what */
export function shiftSheet({ agenda, sheet }, what) {
  const title = agenda.find(what.id)?.title ?? "";
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const minutes = Math.round(Number(what.minutes));
    if (minutes) agenda.shift(what.id, minutes);
  };
  return html`<form class="form" @submit=${submit}>
    <div class="sheet-head"><h2 id="sheet-title">${say("shift-title")}</h2><button type="button" class="link" @click=${sheet.close}>${say("organise-close")}</button></div>
    <div class="sheet-body"><p>${say("shift-why", { title })}</p>
      <p class="steps">${STEPS.map((step) => html`<button type="button" class="button" @click=${() => agenda.shift(what.id, step)}>${say(step > 0 ? "shift-later" : "shift-earlier", { minutes: Math.abs(step) })}</button>`)}</p>
      <div class="field"><label class="label" for="minutes">${say("shift-other")}</label><input class="input" id="minutes" type="number" min=${-limits().shift_minutes} max=${limits().shift_minutes} step="1" .value=${live(what.minutes)} @input=${(/** @type {On} */ event) => (what.minutes = event.target.value)}></div>
      ${problemView(what.problem)}</div>
    <div class="sheet-foot"><button type="submit" class="button button-strong">${say("shift-do")}</button></div>
  </form>`;
}

/** @param {Page} page @param {RemovalSheet} what */
export function removalSheet({ agenda, sheet, draw }, what) {
  const title = agenda.find(what.id)?.title ?? "";
  const others = agenda.all().filter(({ id, kind }) => id !== what.id && kind !== "break");
  const choose = (/** @type {On<HTMLSelectElement>} */ event) => {
    what.to = event.target.value;
    draw();
  };
  return html`<div class="form">
    <div class="sheet-head"><h2 id="sheet-title">${say("removal-title")}</h2><button type="button" class="link" @click=${sheet.close}>${say("organise-close")}</button></div>
    <div class="sheet-body"><p><strong><bdi>${title}</bdi></strong></p>
      ${
        what.questions
          ? html`<div class="field"><label class="label" for="questions-to">${say("removal-questions", { n: what.questions })}</label>
            <select class="input" id="questions-to" @change=${choose}><option value="">${say("removal-no-session")}</option>${others.map((one) => html`<option value=${one.id}>${one.title}</option>`)}</select></div>`
          : nothing
      }
      ${problemView(what.problem)}</div>
    <div class="sheet-foot"><button type="button" class="button button-bad" @click=${() => agenda.remove(what.id, what.to)}>${say("session-remove")}</button><button type="button" class="link" @click=${sheet.close}>${say("organise-keep")}</button></div>
  </div>`;
}
