// How the page of a new board looks.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { isDoubtful } from "./codes.js";
import { problemView } from "./fields.js";
import { FIELD, yes } from "./words.js";
import { zones } from "./zones.js";

/** @import { On } from "../shared/dom" */
/** @import { Page, Typed } from "./newboard.js" */
/** @import { About, Address, Made } from "./types" */

const FIELDS = ["title", "starts_on", "ends_on", "time_zone", "languages", "code"];
const LINKS = /** @type {[Address, string, string][]} */ ([
  ["organise_url", say("address-organise"), say("new-link-organise")],
  ["moderate_url", say("address-moderate"), say("new-link-moderate")],
  ["screen_url", say("address-screen"), say("new-link-screen")],
  ["join_url", say("address-join"), say("new-link-join")],
]);

/** @param {Page} page */
export const newView = (page) =>
  html`<main class="main">${page.state.made ? madeView(page, page.state.made) : formView(page)}</main>`;

/** @param {Page} page */
function formView(page) {
  const { state, make, proposal } = page;
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    make();
  };
  const code = state.typed.code.trim().toUpperCase() || proposal();
  return html`<h1 tabindex="-1">${say("new-page-heading")}</h1><p class="lead">${say("new-lead")}</p>
    <form class="settings" @submit=${submit} novalidate>
      ${inputView(page, "title", FIELD.title, { placeholder: say("new-title-example") })}
      <div class="fields">${inputView(page, "starts_on", FIELD.starts_on, { type: "date" })} ${inputView(page, "ends_on", FIELD.ends_on, { type: "date" })}</div>
      ${inputView(page, "time_zone", FIELD.time_zone, { list: "zones", dir: "ltr", hint: say("new-zone-hint") })}
      <datalist id="zones">${zones().map((zone) => html`<option value=${zone}></option>`)}</datalist>
      ${inputView(page, "languages", FIELD.languages, { dir: "ltr", hint: say("board-languages-hint") })}
      ${inputView(page, "code", say("new-code"), { dir: "ltr", placeholder: proposal(), hint: say("new-code-hint") })}
      <p class="code-shown" aria-hidden="true">${code || nothing}</p>
      ${code && isDoubtful(code) ? html`<p class="hint">${say("new-code-doubtful")}</p>` : nothing}
      ${problemView(state.problem, FIELDS)}
      <p><button type="submit" class="button button-primary" aria-disabled=${yes(state.busy)}>${say("new-make")}</button></p>
    </form>`;
}

/**
 * @param {Page} page @param {keyof Typed} field @param {string} label
 * @param {About} about
 */
function inputView(
  { state, type },
  field,
  label,
  { type: kind = "text", list = "", dir = "auto", placeholder = "", hint = "" },
) {
  const wrong = state.problem?.field === field;
  const described = [hint && `${field}-hint`, wrong && `${field}-error`].filter(Boolean).join(" ");
  return html`<div class="field"><label class="label" for=${field}>${label}</label>
    <input class="input" id=${field} name=${field} type=${kind} list=${list || nothing} dir=${kind === "text" ? dir : nothing} placeholder=${placeholder || nothing} autocomplete="off" aria-invalid=${yes(wrong)} aria-describedby=${described || nothing} .value=${live(state.typed[field])} @input=${(/** @type {On} */ event) => type(field, event.target.value)}>
    ${hint ? html`<p class="hint" id="${field}-hint">${hint}</p>` : nothing}
    ${wrong ? html`<p class="error" id="${field}-error" role="alert">${state.problem?.detail}</p>` : nothing}</div>`;
}

/** @param {Page} page @param {Made} made */
function madeView(page, made) {
  return html`<h1 tabindex="-1">${say("new-made", { title: made.board.title })}</h1>
    <p class="code-shown">${made.board.code}</p>
    <p class="notice"><strong>${say("new-once")}</strong> ${say("new-once-why")}</p>
    <ul class="todo">${LINKS.map((link) => linkView(link, made, page))}</ul>
    <p class="life-acts"><a class="button button-primary" href="${made.organise_url}${page.config.lang}">${say("new-open")}</a><button type="button" class="link" @click=${() => page.copy("all")}>${say(page.state.copied === "all" ? "links-copied" : "new-copy-all")}</button></p>`;
}

/** @param {[Address, string, string]} link @param {Made} made @param {Page} page */
function linkView([key, words, why], made, { state, copy }) {
  return html`<li class="address"><div><h2>${words}</h2><p>${why}</p><input class="input" id=${key} readonly dir="ltr" aria-label=${words} .value=${made[key]} @focus=${(/** @type {On} */ event) => event.target.select()}></div>
    <button type="button" class="button button-line" aria-label=${say("new-copy-of", { what: words })} @click=${() => copy(key)}>${say(state.copied === key ? "links-copied" : "links-copy")}</button></li>`;
}
