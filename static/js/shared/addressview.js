// How the field "to whom" looks: a chip for each recipient, the field itself, and the people offered for what is typed.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "./html.js";
import { limits } from "./limits.js";
import { offersView } from "./offers.js";
import { keyOf, teamMeant } from "./recipients.js";
import { called, themeClass } from "./text.js";
import { say } from "./words.js";

const CROSS = html`<svg class="line-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>`;

/**
 * @import {Team, Theme} from "./wire"
 * @import {One} from "./recipients.js"
 * @typedef {{id: string, to: One[], isFull: boolean, typed: string, shown: One[], marked: One|null, looking: boolean, strict: boolean, teams: Team[],
 *   theme: Theme|null, wrong: string|undefined, label: string}} Field
 *   marked: what Enter takes; strict: free text is not on the roster; wrong: what has to be corrected
 * @typedef {{type: (value: string, composing?: boolean) => void, keys: (event: KeyboardEvent) => void, pick: (one: One) => void,
 *   remove: (index: number) => void, giveTeam: (index: number, team: string) => void}} Acts
 * @typedef {InputEvent & {target: HTMLInputElement}} Typed
 * @typedef {Event & {target: HTMLSelectElement}} Chosen
 */

/** @param {Field} field @param {Acts} acts */
export function addressView(field, acts) {
  const { id, to, isFull, shown, looking, wrong, label } = field;
  return html`<div class="field">
      <label class="label" for=${id}>${label}</label>
      <div class="to-box ${themeClass(field.theme)}">
        ${to.map((one, index) => chip(one, index, field.teams, acts))}
        ${isFull ? html`<p class="hint">${say("recipients-enough", { most: limits().recipients })}</p>` : input(field, acts)}
      </div>
      ${wrong === undefined ? nothing : html`<p class="error" id="${id}-error" role="alert">${wrong}</p>`}
      ${offersView(
        `${id}-offers`,
        label,
        shown.map((one) => offer(one, field, acts)),
        field.marked ? idOf(id, field.marked) : undefined,
        looking,
      )}
    </div>`;
}

/** @param {One} one @param {number} index @param {Team[]} teams @param {Acts} acts */
function chip(one, index, teams, acts) {
  const askTeam = teams.length > 0 && !one.person && !teamMeant(one, teams);
  return html`<span class="to-chip">
      <bdi>${called(one)}</bdi>${askTeam ? teamChoice(one, index, teams, acts) : nothing}
      <button type="button" class="to-away" aria-label=${say("recipient-take-away", { name: called(one) })} @click=${() => acts.remove(index)}>${CROSS}</button>
    </span>`;
}

/** @param {One} one @param {number} index @param {Team[]} teams @param {Acts} acts */
const teamChoice = (
  one,
  index,
  teams,
  acts,
) => html`<select aria-label=${say("recipient-team-of", { name: one.name })} .value=${live(one.team ?? "")}
      @change=${(/** @type {Chosen} */ event) => acts.giveTeam(index, event.target.value)}>
    <option value="" ?selected=${!one.team}>${say("recipient-team-unknown")}</option>
    ${one.team && !teams.some((team) => team.name === one.team) ? html`<option value=${one.team} selected>${one.team}</option>` : nothing}
    ${teams.map((team) => html`<option value=${team.name} ?selected=${team.name === one.team}>${team.name}</option>`)}
  </select>`;

/** @param {Field} field @param {Acts} acts */
const input = (
  { id, to, typed, shown, marked, wrong },
  acts,
) => html`<input id=${id} class="to-input" type="text" autocomplete="off" autocorrect="off" autocapitalize="words" enterkeyhint="next"
    spellcheck="false" dir="auto" role="combobox" aria-expanded=${shown.length ? "true" : "false"} aria-controls="${id}-offers" aria-autocomplete="list"
    aria-activedescendant=${marked ? idOf(id, marked) : nothing}
    aria-invalid=${wrong === undefined ? "false" : "true"} aria-describedby=${wrong === undefined ? nothing : `${id}-error`}
    placeholder=${say(to.length ? "recipient-add-another" : "recipient-placeholder")} .value=${live(typed)}
    @input=${(/** @type {Typed} */ event) => acts.type(event.target.value, event.isComposing)} @compositionend=${(/** @type {Typed} */ event) => acts.type(event.target.value)} @keydown=${acts.keys} />`;

/** @param {string} id @param {One} one */
const idOf = (id, one) => `${id}-${keyOf(one).replace(/\s/g, "-")}`;

/** @param {One} one @param {Field} field @param {Acts} acts @returns {import("./offers.js").Row} */
const offer = (one, { id, strict }, acts) => ({
  id: idOf(id, one),
  name: one.free ? say("recipient-add", { name: one.name }) : one.name,
  hint: hint(one, strict),
  isFree: one.free,
  pick: () => acts.pick(one),
});

/** @param {One} one @param {boolean} strict */
const hint = (one, strict) =>
  one.free ? (strict ? say("recipient-unlisted") : "") : one.isTeam ? say("recipient-whole-team") : one.team;
