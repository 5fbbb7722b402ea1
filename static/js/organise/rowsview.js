// How themes, teams and the accent look in the form of the board.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { unitsOf } from "../shared/units.js";
import { say } from "../shared/words.js";
import { conflictView } from "./fields.js";
import { FIELD } from "./words.js";

/** @import { On } from "../shared/dom" */
/** @import { BoardFields, BoardForm, Editing, Editor, Page, TeamTyped, ThemeTyped } from "./types" */

const COLOURS = [1, 2, 3, 4, 5, 6, 7, 8];
const named = {
  show: (/** @type {{name: string}[]|undefined} */ list) => (list ?? []).map(({ name }) => name).join(", "),
};

/** @param {Page} page */
export function themesView({ form }) {
  const { editor } = form;
  const themes = editor.value("themes") ?? [];
  return html`<fieldset id="themes"><legend>${FIELD.themes}</legend><p class="hint">${say("board-themes-hint")}</p>
    <ol class="entries">${themes.map((theme, index) => themeView(theme, index, form))}</ol>
    ${errorView(editor, "themes")} ${conflictView(editor, "themes", named)}
    ${themes.length < COLOURS.length ? addView(form, "theme", say("board-theme-new")) : html`<p class="hint">${say("board-themes-full")}</p>`}
  </fieldset>`;
}

/** @param {ThemeTyped} theme @param {number} index @param {BoardForm} form */
function themeView(theme, index, form) {
  const label = theme.name || say("board-theme-number", { n: index + 1 });
  return html`<li class="entry theme-${theme.colour ?? 0}"><span class="swatch" aria-hidden="true"></span>
    <input class="input" aria-label=${say("board-theme-name", { n: index + 1 })} dir="auto" .value=${live(theme.name)} @input=${(/** @type {On} */ event) => form.entry("themes", index, { name: event.target.value })}>
    <input class="input is-short" aria-label=${say("board-theme-short", { theme: label })} placeholder=${say("board-short")} dir="auto" maxlength=${unitsOf(limits().name)} .value=${live(theme.short ?? "")} @input=${(/** @type {On} */ event) => form.entry("themes", index, { short: event.target.value || null })}>
    <select class="input is-colour" aria-label=${say("board-theme-colour", { theme: label })} @change=${(/** @type {On} */ event) => form.entry("themes", index, { colour: Number(event.target.value) })}>${theme.colour ? nothing : html`<option value="0" .selected=${live(true)}>${say("board-colour-next")}</option>`}${COLOURS.map((colour) => html`<option value=${colour} .selected=${live(colour === theme.colour)}>${say("board-colour", { n: colour })}</option>`)}</select>
    <button type="button" class="link is-bad" aria-label=${say("board-remove", { what: label })} @click=${() => form.entry("themes", index, null)}>${say("organise-remove")}</button></li>`;
}

/** @param {Page} page */
export function teamsView({ form }) {
  const { editor } = form;
  const teams = editor.value("teams") ?? [];
  return html`<fieldset id="teams"><legend>${FIELD.teams}</legend><p class="hint">${say("board-teams-hint")}</p>
    <ol class="entries is-teams">${teams.map((team, index) => teamView(team, index, form))}</ol>
    ${errorView(editor, "teams")} ${conflictView(editor, "teams", named)}
    ${addView(form, "team", say("board-team-new"))}
  </fieldset>`;
}

/** @param {TeamTyped} team @param {number} index @param {BoardForm} form */
function teamView(team, index, form) {
  return html`<li class="entry"><input class="input" aria-label=${say("board-team-name", { n: index + 1 })} dir="auto" .value=${live(team.name)} @input=${(/** @type {On} */ event) => form.rename(index, event.target.value)}>
    <button type="button" class="link is-bad" aria-label=${say("board-remove", { what: team.name })} @click=${() => form.entry("teams", index, null)}>${say("organise-remove")}</button></li>`;
}

/**
 * One name, or a list pasted with a name on each line.
 * @param {BoardForm} form @param {"theme"|"team"} kind @param {string} label
 */
function addView(form, kind, label) {
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    event.preventDefault();
    form.add(kind);
  };
  return html`<div class="entry-add"><textarea class="input" rows="1" aria-label=${label} placeholder=${label} dir="auto" .value=${live(form.adding()[kind])} @keydown=${keys} @input=${(/** @type {On} */ event) => form.type(kind, event.target.value)}></textarea>
    <button type="button" class="button" @click=${() => form.add(kind)}>${say("organise-add")}</button></div>`;
}

/** @param {Editing} editor @param {string} field */
const errorView = (editor, field) =>
  editor.problem?.field === field ? html`<p class="error" role="alert">${editor.problem?.detail}</p>` : nothing;

/** @param {Editor<BoardFields>} editor */
export function colourView(editor) {
  const accent = editor.value("accent");
  return html`<div class="field"><label class="label" for="field-accent">${FIELD.accent}</label>
    <div class="accent"><input id="field-accent" type="color" aria-describedby="accent-hint" .value=${live(accent ?? "#f5a300")} @change=${(/** @type {On} */ event) => editor.type("accent", event.target.value)}> <bdi>${accent ?? say("board-accent-own")}</bdi>
    ${accent ? html`<button type="button" class="link" @click=${() => editor.type("accent", null)}>${say("board-accent-none")}</button>` : nothing}</div>
    <p class="hint" id="accent-hint">${say("board-accent-hint")}</p>
    ${errorView(editor, "accent")} ${conflictView(editor, "accent")}</div>`;
}
