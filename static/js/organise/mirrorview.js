// How the fair mirror looks: how each team takes part, compared with its size. By name of the team: no ranking. For organisers alone.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { problemView } from "./fields.js";

/** @import { Mirror, Mirrored, Page, Shown, Taking } from "./types" */

/** @type {Record<Taking, string>} */
const HEADS = {
  asked: say("mirror-asked"),
  answered: say("mirror-answered"),
  celebrated: say("mirror-celebrated"),
  giving: say("mirror-giving"),
  heard: say("mirror-heard"),
};
/** @type {Taking[]} */
const OF_PEOPLE = ["celebrated", "giving"];

/** @param {Page} page */
export function mirrorView({ people }) {
  const { mirror } = people;
  if (!mirror.value)
    return mirror.problem ? problemView(mirror.problem) : html`<p class="hint">${say("organise-loading")}</p>`;
  const { counts, teams, not_shown } = /** @type {Mirror} */ (mirror.value);
  return html`<p class="private"><strong>${say("mirror-private")}</strong> ${say("mirror-why")}</p>
    ${
      teams.length
        ? html`<div class="mirror-scroll"><table class="mirror"><caption class="visually-hidden">${say("people-mirror")}</caption>
        <thead><tr><th scope="col">${say("mirror-team")}</th><th scope="col">${say("mirror-people")}</th>${counts.map((what) => html`<th scope="col">${HEADS[what]}</th>`)}</tr></thead>
        <tbody>${teams.map((team) => rowView(team, counts))}</tbody></table></div>`
        : html`<p class="hint">${say("mirror-none")}</p>`
    }
    ${not_shown ? html`<p class="hint">${say("mirror-not-shown", { n: not_shown })}</p>` : nothing}`;
}

/** @param {Mirrored} team @param {Taking[]} counts */
function rowView(team, counts) {
  const name = team.small_teams
    ? say("mirror-small", { n: team.small_teams })
    : html`<bdi>${team.team ?? say("quiet-no-team")}</bdi>`;
  return html`<tr><th scope="row">${name}</th><td>${say("number-alone", { n: team.people })}</td>
    ${counts.map((what) => html`<td data-head=${HEADS[what]}>${cellView(team[what] ?? 0, OF_PEOPLE.includes(what) ? team.people : 0)}</td>`)}</tr>`;
}

/** A number, and for people how large a part that is of those who are there. @param {Shown} number @param {number} of */
function cellView(number, of) {
  if (number === "fewer than 5") return html`<span class="mirror-few">${say("quiet-few")}</span>`;
  if (typeof number !== "number") return html`<span class="mirror-few">${say("mirror-nearly-all")}</span>`;
  const shown = say("number-alone", { n: number });
  return of ? html`${shown} <meter min="0" max=${of} value=${number} aria-hidden="true"></meter>` : shown;
}
