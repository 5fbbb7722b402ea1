// Fields of forms: a label, the input, what is wrong with it, and what somebody else wrote there meanwhile.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { unitsOf } from "../shared/units.js";
import { say } from "../shared/words.js";
import { yes } from "./words.js";

/** @import { On } from "../shared/dom" */
/** @import { About, Editing, Trouble } from "./types" */

/** @param {Editing} editor @param {string} field @param {string} label @param {About} [about] */
export function fieldView(editor, field, label, about = {}) {
  const id = about.id ?? `field-${field}`;
  const wrong = editor.problem?.field === (about.fault ?? field);
  const described = [about.hint && `${id}-hint`, wrong && `${id}-error`].filter(Boolean).join(" ");
  return html`<div class="field"><label class="label" for=${id}>${label}</label>
    ${inputView(editor, field, id, wrong, described, about)}
    ${about.hint ? html`<p class="hint" id="${id}-hint">${about.hint}</p>` : nothing}
    ${wrong ? html`<p class="error" id="${id}-error" role="alert">${editor.problem?.detail}</p>` : nothing}
    ${conflictView(editor, field, about)}</div>`;
}

/**
 * @param {Editing} editor @param {string} field @param {string} id @param {boolean} wrong @param {string} described
 * @param {About} about
 */
function inputView(
  editor,
  field,
  id,
  wrong,
  described,
  { type = "text", list, most, required, options, area, placeholder, dir = "auto" },
) {
  const value = editor.value(field) ?? "";
  const type_ = (/** @type {On} */ event) => editor.type(field, event.target.value);
  if (options)
    return html`<select class="input" id=${id} name=${field} aria-describedby=${described || nothing} @change=${type_}>${options.map(([key, words]) => html`<option value=${key} .selected=${live(key === value)}>${words}</option>`)}</select>`;
  if (area)
    return html`<textarea class="input" id=${id} name=${field} rows=${area} dir="auto" aria-invalid=${yes(wrong)} aria-describedby=${described || nothing} .value=${live(value)} @input=${type_}></textarea>`;
  return html`<input class="input" id=${id} name=${field} type=${type} list=${list ?? nothing} maxlength=${most ? unitsOf(most) : nothing} ?required=${required} placeholder=${placeholder ?? nothing} dir=${type === "text" ? dir : nothing} autocomplete="off" aria-invalid=${yes(wrong)} aria-describedby=${described || nothing} .value=${live(String(value))} @input=${type_}>`;
}

/** Both stand there; the organiser decides. @param {Editing} editor @param {string} field @param {About} [about] */
export function conflictView(editor, field, { show = String } = {}) {
  if (!editor.conflicts().includes(field)) return nothing;
  const there = editor.theirs(field);
  const theirs = there === undefined || there === null ? "" : show(there);
  return html`<div class="conflict" role="group" aria-label=${say("conflict-title")}>
    <p><strong>${say("conflict-title")}</strong></p>
    <p>${say("conflict-theirs")} <bdi>${theirs || say("conflict-empty")}</bdi></p>
    <p class="conflict-acts"><button type="button" class="button button-strong" @click=${() => editor.keepMine(field)}>${say("conflict-keep-mine")}</button>
      <button type="button" class="button button-line" @click=${() => editor.takeTheirs(field)}>${say("conflict-take-theirs")}</button></p></div>`;
}

/** What went wrong, where no field is at fault. @param {Trouble|null|undefined} problem @param {string[]} [fields] those that say it themselves */
export const problemView = (problem, fields = []) =>
  problem && !fields.includes(problem.field ?? "") && !problem.answer?.present
    ? html`<p class="problem" role="alert">${problem.detail} ${problem.network ? say("organise-kept") : nothing}</p>`
    : nothing;
