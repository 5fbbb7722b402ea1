// How the sheets of the roster look: one person, removal, merging, a name that is freed.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { say } from "../shared/words.js";
import { fieldView, problemView } from "./fields.js";
import { yes } from "./words.js";

/** @import { On } from "../shared/dom" */
/** @import { Page, PersonActSheet, PersonSheet, Sheet } from "./types" */

const head = (/** @type {string} */ title, /** @type {Sheet} */ sheet) =>
  html`<div class="sheet-head"><h2 id="sheet-title">${title}</h2><button type="button" class="link" @click=${sheet.close}>${say("organise-close")}</button></div>`;

/** @param {Page} page @param {PersonSheet} what */
export function personSheet({ people, sheet, board }, { person }) {
  const { editor } = people;
  if (!editor) return nothing;
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    people.save();
  };
  return html`<form class="form" @submit=${submit} novalidate>${head(say(person ? "person-edit" : "person-new"), sheet)}
    <div class="sheet-body">${fieldView(editor, "name", say("person-name"), { most: limits().name, required: true, hint: person ? say("person-name-hint") : "" })}
      ${fieldView(editor, "team", say("person-team"), { list: "teams-known", hint: say("person-team-hint") })}
      <datalist id="teams-known">${(board.teams ?? []).map(({ name }) => html`<option value=${name}></option>`)}</datalist>
      ${problemView(editor.problem, ["name", "team"])}
      ${
        person
          ? html`<p class="person-more"><button type="button" class="link" @click=${() => people.ask("merge-person", person)}>${say("person-merge")}</button>
        ${person.claimed ? html`<button type="button" class="link" @click=${() => people.ask("free-name", person)}>${say("person-free")}</button>` : nothing}
        <button type="button" class="link is-bad" @click=${() => people.ask("remove-person", person)}>${say("person-remove")}</button>
        <button type="button" class="link is-bad" @click=${() => people.ask("erase-person", person)}>${say("person-erase")}</button></p>`
          : nothing
      }</div>
    <div class="sheet-foot"><button type="submit" class="button button-strong" aria-disabled=${yes(editor.busy)}>${say(person ? "organise-save" : "people-add")}</button>
      ${editor.touched ? html`<button type="button" class="link" @click=${editor.discard}>${say("organise-discard")}</button>` : nothing}</div></form>`;
}

/** @param {Page} page @param {PersonActSheet} what */
export function removePersonSheet({ people, sheet }, { person, problem, busy }) {
  return html`<div class="form">${head(say("person-remove"), sheet)}
    <div class="sheet-body"><p>${say("person-remove-why", { name: person.name })}</p>${problemView(problem)}</div>
    <div class="sheet-foot"><button type="button" class="button button-bad" aria-disabled=${yes(busy)} @click=${() => people.remove(person)}>${say("person-remove")}</button><button type="button" class="link" @click=${sheet.close}>${say("organise-keep")}</button></div></div>`;
}

/** @param {Page} page @param {PersonActSheet} what */
export function erasePersonSheet({ people, sheet }, what) {
  return html`<div class="form">${head(say("person-erase"), sheet)}
    <div class="sheet-body"><p>${say("person-erase-why", { name: what.person.name })}</p>
      <label class="check"><input type="checkbox" .checked=${live(what.along)} @change=${(/** @type {On} */ event) => (what.along = event.target.checked)}> <span>${say("person-erase-texts")}</span></label>${problemView(what.problem)}</div>
    <div class="sheet-foot"><button type="button" class="button button-bad" aria-disabled=${yes(what.busy)} @click=${() => people.erase(what.person, what.along)}>${say("person-erase")}</button><button type="button" class="link" @click=${sheet.close}>${say("organise-keep")}</button></div></div>`;
}

/** @param {Page} page @param {PersonActSheet} what */
export function mergeSheet({ people, sheet }, { person, found, q, problem, busy }) {
  return html`<div class="form">${head(say("person-merge"), sheet)}
    <div class="sheet-body"><p>${say("person-merge-why", { name: person.name })}</p>
      <div class="field"><label class="label" for="into">${say("person-merge-into")}</label><input class="input" id="into" type="search" autocomplete="off" .value=${live(q)} @input=${(/** @type {On} */ event) => people.typeInto(event.target.value)}></div>
      <ul class="pick-list">${found.map((one) => html`<li><button type="button" aria-disabled=${yes(busy)} @click=${() => people.merge(person, one)}><bdi>${one.name}</bdi> <span><bdi>${one.team ?? ""}</bdi></span></button></li>`)}</ul>
      ${problemView(problem)}</div></div>`;
}

/** @param {Page} page @param {PersonActSheet} what */
export function freeSheet({ people, sheet }, what) {
  return html`<div class="form">${head(say("person-free"), sheet)}
    <div class="sheet-body"><p>${say("person-free-why", { name: what.person.name })}</p>
      <label class="check"><input type="checkbox" .checked=${live(what.along)} @change=${(/** @type {On} */ event) => (what.along = event.target.checked)}> <span>${say("person-free-along")}</span></label>${problemView(what.problem)}</div>
    <div class="sheet-foot"><button type="button" class="button button-strong" aria-disabled=${yes(what.busy)} @click=${() => people.free(what.person, what.along)}>${say("person-free")}</button></div></div>`;
}
