// "Day 2": one day of the gathering as a film. Teams stand in a column; the bridges of the days before are dim, those of this day come one
// after the other, in their order. Only opacity moves; where a system asks for less motion, the last picture stands there at once.
// @ts-check
import { nothing, svg } from "../../vendor/lit-html.js";
import { ROW, before, bow, dayNumber } from "./bows.js";
import { daysOf } from "../shared/days.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { move } from "./motion.js";
import { dayMs } from "./reel.js";

/** @import { Film } from "../shared/wire" */

const FADE_MS = 600;
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

/** The bridges of the day come one after the other. @param {HTMLElement} place @param {number} days how many the film has */
export function play(place, days) {
  const arcs = /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(".is-today"));
  arcs.forEach((arc, at) => move(arc, [{ opacity: 0 }, {}], FADE_MS, (dayMs(days) * FILLED * at) / arcs.length));
}
