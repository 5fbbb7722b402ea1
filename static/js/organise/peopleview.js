// How the roster looks, and the list of those who have not been celebrated yet.
// @ts-check
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { problemView } from "./fields.js";
import { importButton, importView, inviteView } from "./importview.js";
import { mirrorView } from "./mirrorview.js";
import { quietView } from "./quietview.js";
import { SECTION, yes } from "./words.js";

/** @import { On } from "../shared/dom" */
/** @import { Entry } from "../shared/wire" */
/** @import { Page, People } from "./types" */

/** @param {Page} page */
export function peopleView(page) {
  const { people, importing } = page;
  if (importing.state.kind === "people") return importView(page);
  const { state } = people;
  return html`<header class="top"><h1 id="heading" tabindex="-1">${SECTION.people}</h1>
      <p class="top-acts">${importButton(page, "people")}<button type="button" class="button button-strong" @click=${people.add}>${say("people-add")}</button></p></header>
    <div class="tabs" role="group" aria-label=${say("people-which")}>${tabView(people, "all", say("people-all"))} ${tabView(people, "quiet", say("people-quiet"))} ${tabView(people, "mirror", say("people-mirror"))}</div>
    ${(LISTS[state.view] ?? rosterView)(page)}`;
}

/** @type {Record<string, (page: Page) => unknown>} */
const LISTS = { quiet: quietView, mirror: mirrorView };

/** @param {People} people @param {string} view @param {string} words */
const tabView = ({ state, show }, view, words) =>
  html`<button type="button" aria-pressed=${yes(state.view === view)} @click=${() => show(view)}>${words}</button>`;

/** @param {Page} page */
function rosterView(page) {
  const { people } = page;
  const { state } = people;
  if (!state.people)
    return problemView(state.problem) === nothing
      ? html`<p class="hint">${say("organise-loading")}</p>`
      : problemView(state.problem);
  if (!state.people.length && !state.q) return inviteView(page, "people");
  return html`<div class="find"><input class="input" type="search" aria-label=${say("people-search")} placeholder=${say("people-search")} .value=${live(state.q)} @input=${(/** @type {On} */ event) => people.type(event.target.value)}>
      <p class="hint" role="status">${say("people-found", { n: state.total })}</p></div>
    ${problemView(state.problem)}
    <ul class="people">${repeat(
      state.people,
      ({ id }) => id,
      (person) => personView(person, people),
    )}</ul>
    ${state.more ? html`<p><button type="button" class="button" aria-disabled=${yes(state.busy)} @click=${() => people.load(true)}>${say("people-more")}</button></p>` : nothing}`;
}

/** @param {Entry} person @param {People} people */
function personView(person, people) {
  const { id, name, team, claimed } = person;
  return html`<li class="person" data-id=${id}><p class="person-who"><strong><bdi>${name}</bdi></strong><span><bdi>${team ?? ""}</bdi></span></p>
    <p class="person-cards">${say("people-cards", { to: person.cards_to ?? 0, from: person.cards_from ?? 0 })}${claimed ? html` · ${say("people-claimed")}` : nothing}</p>
    <p class="person-acts"><button type="button" class="link" aria-label=${say("people-edit-of", { name })} @click=${() => people.edit(person)}>${say("organise-edit")}</button></p></li>`;
}
