// How the agenda looks: by day, with parallel rooms side by side.
// @ts-check
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { days, neighbours } from "./agendaplan.js";
import { importButton, importView, inviteView } from "./importview.js";
import { dayName } from "./times.js";
import { QUESTIONS, SECTION, yes } from "./words.js";

const ARROW = { up: "↑", down: "↓" };

/** @import { On } from "../shared/dom" */
/** @import { Planned } from "./agendaplan.js" */
/** @import { Page } from "./types" */

/** @param {Page} page */
export function agendaView(page) {
  const { agenda, importing } = page;
  if (importing.state.kind === "agenda") return importView(page);
  const all = agenda.all();
  return html`<header class="top"><h1 id="heading" tabindex="-1">${SECTION.agenda}</h1>
      <p class="top-acts">${importButton(page, "agenda")}<button type="button" class="button button-strong" @click=${agenda.add}>${say("agenda-add")}</button></p></header>
    ${all.length ? days(all).map((day) => dayView(day, page)) : inviteView(page, "agenda")}`;
}

/** @param {{day: string, slots: Planned[][][]}} day @param {Page} page */
function dayView({ day, slots }, page) {
  const name = day ? dayName(day, page.language) : say("agenda-undated");
  const id = `day-${day || "none"}`;
  return html`<section aria-labelledby=${id}><h2 id=${id}>${name}</h2>
    <ol class="slots">${slots.map((columns) => html`<li class="slot ${columns.length > 1 ? "is-parallel" : ""}">${columns.map((column) => columnView(column, columns.length > 1, page))}</li>`)}</ol></section>`;
}

/**
 * @param {Planned[]} column @param {boolean} parallel @param {Page} page
 */
function columnView(column, parallel, page) {
  return html`<ul class="slot-room" aria-label=${parallel ? column[0].room || say("agenda-no-room") : nothing}>${repeat(
    column,
    ({ id }) => id,
    (session) => sessionView(session, page),
  )}</ul>`;
}

/**
 * Only where others begin at the same time: elsewhere the time is the order.
 * @param {Planned} session @param {ReturnType<typeof neighbours>} beside @param {Page["order"]} order
 */
function orderView({ id, title }, { before, behind }, { move }) {
  if (!before && !behind) return nothing;
  const one = (/** @type {"up"|"down"} */ way, /** @type {string} */ words, /** @type {string|null} */ free) =>
    html`<button type="button" class="order is-${way}" id="${way}-${id}" aria-label=${words} aria-disabled=${yes(!free)} @click=${() => move(id, way)}><span aria-hidden="true">${ARROW[way]}</span></button>`;
  return html`<span class="orders" role="group" aria-label=${say("agenda-order-of", { title })}>${one("up", say("agenda-up"), before)}${one("down", say("agenda-down"), behind)}</span>`;
}

/** @param {Planned} session @param {Page} page */
function sessionView(session, { agenda, order, known }) {
  const { id, title, starts, ends, room, speakers, questions, kind } = session;
  const asked = [...known.base.posts.values()].filter((post) => post.session === id).length;
  return html`<li class="session ${kind === "break" ? "is-break" : ""}" data-id=${id}>
    <p class="session-time">${starts ? html`<time>${starts}</time>${ends ? html`<span aria-hidden="true">–</span><time>${ends}</time>` : nothing}` : nothing}</p>
    <div class="session-what"><h3><bdi>${title}</bdi></h3>
      <p class="session-who">${[room, speakers.split("\n").join(", ")].filter(Boolean).map((part, index) => html`${index ? " · " : ""}<bdi>${part}</bdi>`)}</p></div>
    <p class="session-asked">${asked ? say("agenda-asked", { n: asked }) : nothing}</p>
    <div class="session-acts">${orderView(session, neighbours(agenda.all(), id), order)}
      ${
        kind === "break"
          ? html`<span class="session-break">${say("agenda-break")}</span>`
          : html`<select class="choice is-${questions}" aria-label=${say("agenda-questions-of", { title })} @change=${(/** @type {On<HTMLSelectElement>} */ event) => agenda.questions(id, event.target.value)}>${Object.entries(QUESTIONS).map(([key, words]) => html`<option value=${key} .selected=${live(key === questions)}>${words}</option>`)}</select>`
      }
      <button type="button" class="link" aria-label=${say("agenda-shift-of", { title })} ?disabled=${!starts} @click=${() => agenda.askShift(id)}>${say("agenda-shift")}</button>
      <button type="button" class="link" data-act="edit" aria-label=${say("agenda-edit-of", { title })} @click=${() => agenda.edit(id)}>${say("organise-edit")}</button>
    </div></li>`;
}
