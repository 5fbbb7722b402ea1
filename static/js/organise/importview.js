// How an import looks: the doubts on top, then what will change, then how the columns were read.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { problemView } from "./fields.js";
import { changesOf, openAsks } from "./importing.js";
import { IMPORT_FIELD, IMPORT_FIELDS, KIND_OF_CHANGE, yes } from "./words.js";

/** @import { On } from "../shared/dom" */
/** @import { Ask, ImportKind, Importing, Page, Place, Preview, Row } from "./types" */

const ACCEPT = { agenda: ".csv,.tsv,.txt,.xlsx,.ics,.json,.xml", people: ".csv,.tsv,.txt,.xlsx,.json" };
const ROWS_SHOWN = 200;
const WARNINGS_SHOWN = 50;

/** The button above a list. @param {Page} page @param {"agenda"|"people"} kind @param {string} [words] */
export function importButton({ importing }, kind, words = say(kind === "agenda" ? "import-agenda" : "import-people")) {
  return html`<label class="button file-button"><input type="file" accept=${ACCEPT[kind]} @change=${(/** @type {On} */ event) => chosen(event, importing, kind)}><span>${words}</span></label>`;
}

/**
 * @param {On} event @param {Importing} importing
 * @param {ImportKind} kind
 */
function chosen(event, importing, kind) {
  importing.take(kind, event.target.files?.[0]);
  event.target.value = ""; // the same file, mended, may come again
}

/** What an empty list says: drop the file here. @param {Page} page @param {"agenda"|"people"} kind */
export function inviteView(page, kind) {
  const { importing } = page;
  const drag = (/** @type {DragEvent} */ event) => importing.drag(event, kind);
  return html`<div class="drop ${importing.state.over === kind ? "is-over" : ""}" @dragover=${drag} @dragleave=${drag} @drop=${drag}>
    <p class="drop-title">${say(kind === "agenda" ? "import-drop-agenda" : "import-drop-people")}</p>
    <p>${say("import-drop-kinds")}</p>${importButton(page, kind)}</div>`;
}

/** @param {Page} page */
export function importView(page) {
  const { state, close } = page.importing;
  const { preview, busy, problem, file } = state;
  return html`<header class="top"><div><h1 id="heading" tabindex="-1">${say("import-title")}</h1>
      <p class="lead"><bdi>${file}</bdi>. ${preview ? say("import-nothing-yet", { same: preview.same }) : nothing}</p></div></header>
    ${busy && !preview ? html`<p class="hint" role="status">${say("import-reading")}</p>` : nothing}
    ${problemView(problem)}
    ${preview ? html`${asksView(page)} ${warningsView(preview)} ${changesView(preview)} ${columnsView(page)}` : nothing}
    ${preview ? applyView(page) : html`<p>${importButton(page, state.kind || "agenda", say("import-another"))} <button type="button" class="link" @click=${close}>${say("organise-cancel")}</button></p>`}`;
}

/** @param {Page} page */
function asksView({ importing }) {
  const { preview, choices } = importing.state;
  return preview?.asks.map((ask) => askView(ask, choices, importing));
}

/**
 * @param {Ask} ask @param {Record<string, string>} choices
 * @param {Importing} importing
 */
function askView(ask, choices, importing) {
  const given = choices[ask.key];
  const busy = importing.state.busy;
  return html`<section class="ask ${given === undefined ? "" : "is-answered"}" aria-label=${say("import-ask")}><p><strong>${ask.detail}</strong></p>
    ${ask.row ? html`<p class="hint">${placeOf(ask)}</p>` : nothing}
    <p class="ask-choices">${ask.choices.map((choice, index) => html`<button type="button" class="button button-line" aria-pressed=${yes(given === choice)} aria-disabled=${yes(busy)} @click=${() => importing.answer(ask.key, choice)}>${ask.labels?.[index] ?? choice}</button>`)}
    ${ask.key === "day" ? html`<input class="input is-day" type="date" aria-label=${say("import-other-day")} .value=${live(given ?? "")} @change=${(/** @type {On} */ event) => event.target.value && importing.day(event.target.value)}>` : nothing}</p></section>`;
}

/** @param {Place} place */
const placeOf = ({ row, column }) => (column ? say("import-at", { row, column }) : say("import-at-row", { row }));

/** @param {Preview} preview */
function warningsView({ warnings }) {
  if (!warnings.length) return nothing;
  return html`<details class="warnings" ?open=${warnings.length < 6}><summary>${say("import-warnings", { n: warnings.length })}</summary>
    <ul>${warnings.slice(0, WARNINGS_SHOWN).map(({ row, column, value, detail }) => html`<li><span class="hint">${row ? placeOf({ row, column }) : nothing}</span> ${detail} ${value ? html`<bdi class="value">${value}</bdi>` : nothing}</li>`)}
    ${warnings.length > WARNINGS_SHOWN ? html`<li>${say("import-more", { n: warnings.length - WARNINGS_SHOWN })}</li>` : nothing}</ul></details>`;
}

/** @param {Preview} preview */
function changesView(preview) {
  const rows = /** @type {[string, Row][]} */ ([
    ...preview.moved.map((one) => ["moved", one]),
    ...preview.changed.map((one) => ["changed", one]),
    ...preview.gone.map((one) => [one.stays === false ? "gone" : "kept", one]),
    ...preview.added.map((one) => ["added", one]),
  ]);
  if (!rows.length) return html`<p class="lead">${say("import-no-change")}</p>`;
  return html`<h2 id="changes">${say("import-changes")}</h2>
    <ul class="changes" aria-labelledby="changes">${rows.slice(0, ROWS_SHOWN).map(([kind, one]) => changeView(kind, one))}</ul>
    ${rows.length > ROWS_SHOWN ? html`<p class="hint">${say("import-more", { n: rows.length - ROWS_SHOWN })}</p>` : nothing}`;
}

/** @param {string} kind @param {Row} one */
function changeView(kind, one) {
  return html`<li class="change is-${kind}"><span class="change-kind">${KIND_OF_CHANGE[kind]}</span>
    <div><strong><bdi>${one.title ?? one.name}</bdi></strong>${one.from && one.to ? differencesView(one.from, one.to) : html`<p class="hint">${detailsOf(one).map((part, index) => html`${index ? " · " : ""}<bdi>${part}</bdi>`)}</p>`}</div></li>`;
}

/** @param {Record<string, unknown>} from @param {Record<string, unknown>} to */
function differencesView(from, to) {
  return html`<dl class="differences">${Object.keys(to).map((field) => html`<div><dt>${IMPORT_FIELD[field] ?? field}</dt><dd>${said(from[field]) ? html`<del><bdi>${said(from[field])}</bdi></del> ` : nothing}<ins><bdi>${said(to[field])}</bdi></ins></dd></div>`)}</dl>`;
}

const said = (/** @type {unknown} */ value) =>
  Array.isArray(value) ? value.join(", ") : String(value ?? "").replace("T", " ");

/** @param {Row} row */
const detailsOf = ({ starts_at, ends_at, room, speakers, team }) =>
  [
    [starts_at, ends_at && String(ends_at).slice(11)].filter(Boolean).join("–").replace("T", " "),
    room,
    said(speakers ?? ""),
    team,
  ].filter(Boolean);

/** @param {Page} page */
function columnsView({ importing }) {
  const { preview, kind } = importing.state;
  if (!preview?.columns.length || !kind) return nothing;
  const unread = preview.columns.filter(({ field }) => !field).length;
  return html`<details class="columns" ?open=${preview.added.length + preview.same === 0}><summary>${say("import-columns", { n: unread })}</summary>
    <ul>${preview.columns.map(
      ({
        name,
        field,
        samples,
      }) => html`<li><span><bdi>${name}</bdi> <span class="hint"><bdi>${(samples ?? []).slice(0, 3).join(" · ")}</bdi></span></span>
      <select class="input" aria-label=${say("import-column-is", { column: name })} @change=${(/** @type {On<HTMLSelectElement>} */ event) => importing.map(name, event.target.value)}>
        <option value="" .selected=${live(!field)}>${say("import-column-none")}</option>
        ${IMPORT_FIELDS[kind].map((one) => html`<option value=${one} .selected=${live(one === field)}>${IMPORT_FIELD[one] ?? one}</option>`)}</select></li>`,
    )}</ul></details>`;
}

/** @param {Page} page */
function applyView(page) {
  const { importing } = page;
  const { preview, busy, choices, kind } = importing.state;
  if (!preview || !kind) return nothing;
  const n = changesOf(preview);
  const open = openAsks(preview, choices).length;
  const blocked = busy || open > 0 || n === 0;
  return html`<div class="save is-on"><p>${open ? html`<span class="warn">${say("import-answer-first", { n: open })}</span>` : nothing}</p>
    <button type="button" class="button button-quiet" @click=${importing.close}>${say("organise-cancel")}</button>${importButton(page, kind, say("import-another"))}
    <button type="button" class="button button-strong" aria-disabled=${yes(blocked)} @click=${() => blocked || importing.apply()}>${say("import-apply", { n })}</button></div>`;
}
