// "Day 2": one day of the gathering as a film. Teams stand in a column; the bridges of the days before are dim, those of this day come one
// after the other, in their order, each behind a light. Only transform and opacity move; where a system asks for less motion, the last picture
// stands there at once.
// @ts-check
import { nothing, svg } from "../../vendor/lit-html.js";
import { ROW, before, bow, dayNumber } from "./bows.js";
import { daysOf } from "../shared/days.js";
import { travel, wayOf } from "./flying.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { isCalm, move } from "./motion.js";
import { dayMs } from "./reel.js";

/** @import { Film } from "../shared/wire" */

const FADE_MS = 600;
const FLIGHT_MS = 900;
const LIGHTS_MOST = 60; // of a day: each is an element
const NAME_OF_ROW = 0.6; // of the row of a team
const FILLED = 0.7; // of its time: then all bridges of the day stand there

/** @param {Film} film @param {number} day @param {string|null} [starts_on] the first day of the gathering, where it is known */
export function filmView(film, day, starts_on) {
  const { date, cards, bridges } = film.days[day];
  const { length } = film.teams;
  const n = dayNumber(date, starts_on ?? film.days[0].date);
  const drawn = (/** @type {[number, number]} */ bridge, /** @type {string} */ look) =>
    svg`<path class=${look} d=${bow(bridge, length)} stroke=${`url(#film-${bridge[1] > bridge[0]})`} />`;
  return html`<div class="film">
    <p class="film-head">${n > 0 ? html`<b>${say("screen-film-day", { n })}</b>` : nothing} <bdi>${daysOf({ starts_on: date, ends_on: null })}</bdi> <span>${say("screen-film-cards", { n: cards })}</span></p>
    <ol class="film-teams">${film.teams.map((team) => html`<li><bdi>${team}</bdi></li>`)}</ol>
    <svg class="light-hour" viewBox="0 0 100 ${length * ROW}" preserveAspectRatio="none" aria-hidden="true">
      ${[true, false].map((down) => svg`<linearGradient id="film-${down}" x1="0" x2="0" y1=${down ? 0 : 1} y2=${down ? 1 : 0}><stop class="dim"/><stop offset="1"/></linearGradient>`)}
      ${before(film, day).map((bridge) => drawn(bridge, "is-past"))}${bridges.map((bridge) => drawn(bridge, "is-today"))}
    </svg>
  </div>`;
}

/** The bridges of the day come one after the other, each behind a light that goes its way. @param {HTMLElement} place @param {number} days how many the film has */
export function play(place, days) {
  enlarge(place);
  const arcs = /** @type {NodeListOf<SVGPathElement>} */ (place.querySelectorAll(".is-today"));
  const film = /** @type {HTMLElement} */ (place.querySelector(".film"));
  const ways = isCalm() ? [] : [...arcs].slice(0, LIGHTS_MOST).map((arc) => wayOf(arc, film));
  arcs.forEach((arc, at) => {
    const delay = (dayMs(days) * FILLED * at) / arcs.length;
    move(/** @type {any} */ (arc), [{ opacity: 0 }, {}], FADE_MS, delay);
    if (ways[at]) travel(film, ways[at], { duration: FLIGHT_MS, delay });
  });
}

/** Few teams have larger names. @param {HTMLElement} place */
function enlarge(place) {
  const list = /** @type {HTMLElement} */ (place.querySelector(".film-teams"));
  const row = (list.clientHeight / list.childElementCount) * NAME_OF_ROW;
  list.style.setProperty("--row", `${row.toFixed(1)}px`);
}
