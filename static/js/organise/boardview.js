// How the form of the board's settings looks.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { say } from "../shared/words.js";
import { conflictView, fieldView, problemView } from "./fields.js";
import { erasedOnWords } from "./keepingview.js";
import { colourView, teamsView, themesView } from "./rowsview.js";
import { FIELD, SECTION, yes } from "./words.js";
import { zones } from "./zones.js";

/** @import { On } from "../shared/dom" */
/** @import { Public } from "../shared/wire" */
/** @import { BoardFields, Editor, Page } from "./types" */

const lines = { show: (/** @type {string[]|undefined} */ list) => (list ?? []).join(", ") };

/** @param {Page} page */
export function boardView(page) {
  const { form, settings } = page;
  const { editor } = form;
  if (!settings.value)
    return html`<header class="top"><h1 id="heading" tabindex="-1">${SECTION.board}</h1></header>${problemView(settings.problem) || html`<p class="hint">${say("organise-loading")}</p>`}`;
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    editor.save();
  };
  return html`<header class="top"><h1 id="heading" tabindex="-1">${SECTION.board}</h1></header>
    <form class="settings" @submit=${submit} novalidate>
      ${factsView(editor)} ${themesView(page)} ${teamsView(page)} ${rulesView(editor)} ${lookView(page)} ${laterView(page)}
      ${problemView(editor.problem, Object.keys(FIELD))}
      ${saveView(editor)}
    </form>`;
}

/** @param {Editor<BoardFields>} editor */
function factsView(editor) {
  return html`<fieldset><legend>${say("board-facts")}</legend>
    ${fieldView(editor, "title", FIELD.title, { most: limits().name, required: true })}
    ${fieldView(editor, "subtitle", FIELD.subtitle, { most: limits().subtitle })}
    <div class="fields">${fieldView(editor, "starts_on", FIELD.starts_on, { type: "date" })} ${fieldView(editor, "ends_on", FIELD.ends_on, { type: "date" })}</div>
    ${fieldView(editor, "time_zone", FIELD.time_zone, { list: "zones", dir: "ltr", hint: say("board-zone-hint") })}
    <datalist id="zones">${zones().map((zone) => html`<option value=${zone}></option>`)}</datalist>
    ${listView(editor, "languages", say("board-languages-hint"), /[\s,;]+/, 1)}
  </fieldset>`;
}

/**
 * A list as text: the text stands as it is typed until the field is left.
 * @param {Editor<BoardFields>} editor @param {"languages"|"blocked_words"} field
 * @param {string} hint @param {RegExp} split @param {number} rows
 */
function listView(editor, field, hint, split, rows) {
  const id = `field-${field}`;
  const wrong = editor.problem?.field === field;
  const leave = (/** @type {On} */ event) =>
    editor.type(
      field,
      event.target.value
        .split(split)
        .map((one) => one.trim())
        .filter(Boolean),
    );
  return html`<div class="field"><label class="label" for=${id}>${FIELD[field]}</label>
    <textarea class="input" id=${id} rows=${rows} dir="auto" aria-describedby="${id}-hint" aria-invalid=${yes(wrong)} .value=${(editor.value(field) ?? []).join(rows > 1 ? "\n" : ", ")} @change=${leave}></textarea>
    <p class="hint" id="${id}-hint">${hint}</p>
    ${wrong ? html`<p class="error" role="alert">${editor.problem.detail}</p>` : nothing}
    ${conflictView(editor, field, lines)}</div>`;
}

/** @param {Editor<BoardFields>} editor */
function rulesView(editor) {
  return html`<fieldset><legend>${say("board-rules")}</legend>
    ${fieldView(editor, "names", FIELD.names, {
      options: [
        ["optional", say("board-names-optional")],
        ["required", say("board-names-required")],
      ],
    })}
    ${checkView(editor, "anonymous", say("board-anonymous"))}
    ${listView(editor, "blocked_words", say("board-blocked-hint"), /[\n,;]+/, 3)}
  </fieldset>`;
}

/**
 * @param {Editor<BoardFields>} editor @param {"anonymous"} field
 * @param {string} words
 */
function checkView(editor, field, words) {
  return html`<div class="field"><label class="check"><input type="checkbox" name=${field} .checked=${live(Boolean(editor.value(field)))} @change=${(/** @type {On} */ event) => editor.type(field, event.target.checked)}> <span>${words}</span></label>${conflictView(editor, field, { show: (/** @type {boolean} */ on) => say(on ? "organise-yes" : "organise-no") })}</div>`;
}

/** @param {Page} page */
function lookView({ form }) {
  const { editor } = form;
  const logo = editor.value("logo");
  return html`<fieldset><legend>${say("board-look")}</legend>
    ${fieldView(editor, "stage", FIELD.stage, {
      options: [
        ["dark", say("board-stage-dark")],
        ["light", say("board-stage-light")],
      ],
    })}
    ${colourView(editor)}
    <div class="field"><label class="label" for="field-logo">${FIELD.logo}</label>
      <div class="logo">${logo ? html`<img src=${logo} alt=${say("board-logo-now")} height="56">` : nothing}
      <input class="file" id="field-logo" type="file" aria-describedby="hint-logo" accept="image/png,image/jpeg,image/webp" @change=${(/** @type {On} */ event) => form.logo(event.target.files?.[0])}>
      ${logo ? html`<button type="button" class="link" @click=${() => editor.type("logo", null)}>${say("board-logo-none")}</button>` : nothing}</div>
      <p class="hint" id="hint-logo">${say("board-logo-hint", { kib: limits().logo_bytes / 1024 })}</p>
      ${editor.problem?.field === "logo" ? html`<p class="error" role="alert">${editor.problem.detail}</p>` : nothing}</div>
    ${numberView(editor, "lease", say("board-lease-hint"))}
  </fieldset>`;
}

/**
 * @param {Editor<BoardFields>} editor @param {"lease"|"retention_days"} field
 * @param {string} hint
 */
function numberView(editor, field, hint) {
  const numbered = {
    ...editor,
    problem: editor.problem,
    type: (/** @type {typeof field} */ name, /** @type {string} */ text) =>
      editor.type(name, text === "" ? null : Number(text)),
  };
  return fieldView(numbered, field, FIELD[field], { type: "number", hint });
}

/** @param {Page} page */
function laterView(page) {
  const { editor } = page.form;
  const open = /** @type {Partial<Public>} */ (editor.value("public") ?? {});
  const toggle = (/** @type {keyof typeof open} */ key) => (/** @type {On} */ event) =>
    editor.type("public", { ...open, [key]: event.target.checked });
  const check = (/** @type {keyof typeof open} */ key, /** @type {string} */ words) =>
    html`<label class="check"><input type="checkbox" name="public-${key}" .checked=${live(Boolean(open[key]))} @change=${toggle(key)}> <span>${words}</span></label>`;
  return html`<fieldset><legend>${say("board-later")}</legend>
    ${numberView(editor, "retention_days", `${say("board-retention-hint", { least: limits().retention_days[0], most: limits().retention_days[1] })} ${erasedOnWords(page)}`)}
    <div class="field" role="group" aria-labelledby="public" aria-describedby="hint-public"><p class="label" id="public">${FIELD.public}</p>
      <p class="hint" id="hint-public">${say("board-public-hint")}</p>
      ${check("recap", say("board-public-recap"))} ${check("answers", say("board-public-answers"))} ${check("who", say("board-public-who"))}
      ${conflictView(editor, "public", {
        show: (/** @type {typeof open|undefined} */ on) =>
          Object.entries(on ?? {})
            .flatMap(([key, is]) => (is ? [key] : []))
            .join(", "),
      })}</div>
  </fieldset>`;
}

/** @param {Editor<BoardFields>} editor */
function saveView(editor) {
  const clashes = editor.conflicts().length;
  return html`<div class="save ${editor.touched ? "is-on" : ""}">
    <p>${clashes ? say("board-clashes", { n: clashes }) : editor.touched ? say("board-unsaved") : nothing}</p>
    ${editor.touched ? html`<button type="button" class="button button-quiet" @click=${editor.discard}>${say("organise-discard")}</button>` : nothing}
    <button type="submit" class="button button-strong" aria-disabled=${yes(editor.busy || !editor.touched)}>${say("organise-save")}</button></div>`;
}
