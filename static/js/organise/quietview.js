// How the list of those looks who have not been celebrated yet, or have not written: for organisers alone.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { problemView } from "./fields.js";
import { helpFor, speaking } from "./quiethelp.js";

/** @type {Record<string, (about: string) => string>} */
const HELP = {
  talk: (about) => say("quiet-help-talk", { title: about }),
  team: (about) => say("quiet-help-team", { team: about }),
  meeting: () => say("quiet-help-meeting"),
};

/** @import { Counted, Coverage, Page, Quiet } from "./types" */

/** @param {Page} page */
export function quietView({ people, known }) {
  const { coverage } = people;
  if (!coverage.value)
    return coverage.problem ? problemView(coverage.problem) : html`<p class="hint">${say("organise-loading")}</p>`;
  const { not_celebrated = [], not_given = [], teams = [], more } = coverage.value;
  const talks = speaking(known.base.sessions);
  const help = (/** @type {Quiet} */ person) => {
    const { by, about } = helpFor(person, talks);
    return html`<span class="quiet-help">${HELP[by](about)}</span>`;
  };
  return html`<p class="private"><strong>${say("quiet-private")}</strong> ${say("quiet-why")}</p>
    ${listView(say("quiet-celebrated", { n: not_celebrated.length }), not_celebrated, say("quiet-celebrated-none"), help)}
    ${listView(say("quiet-given", { n: not_given.length }), not_given, say("quiet-given-none"))}
    ${not_given.length ? html`<p class="hint">${say("quiet-help-given")}</p>` : nothing}
    ${more ? html`<p class="hint">${say("quiet-more", { n: Math.max(not_celebrated.length, not_given.length) })}</p>` : nothing}
    ${teams.length ? html`<h2>${say("quiet-teams")}</h2><ul class="quiet">${teams.map(teamView)}</ul>` : nothing}`;
}

/** @type {(person: Quiet) => unknown} */
const nobodysHelp = () => nothing;

/** @param {string} title @param {Quiet[]} people @param {string} none @param {(person: Quiet) => unknown} [help] */
function listView(title, people, none, help = nobodysHelp) {
  return html`<h2>${title}</h2>${people.length ? html`<ul class="quiet">${people.map((person) => html`<li><strong><bdi>${person.name}</bdi></strong> <span><bdi>${person.team ?? ""}</bdi></span>${help(person)}</li>`)}</ul>` : html`<p class="hint">${none}</p>`}`;
}

/** @param {Coverage["teams"][number]} team */
function teamView({ team, people, not_celebrated, not_given }) {
  return html`<li><strong><bdi>${team ?? say("quiet-no-team")}</bdi></strong>
    <span>${say("quiet-team-celebrated", { n: counted(not_celebrated), all: counted(people) })}</span>
    <span>${say("quiet-team-given", { n: counted(not_given), all: counted(people) })}</span></li>`;
}

/**
 * Of a small group the server does not say how many: a number would say who they are.
 * @param {Counted} number
 */
const counted = (number) => (typeof number === "number" ? String(number) : say("quiet-few"));
