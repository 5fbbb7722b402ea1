// How the organiser's page looks: its sections, and what stands around them.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { agendaView } from "./agendaview.js";
import { boardView } from "./boardview.js";
import { warningView } from "./keepingview.js";
import { afterView, simulatedView } from "./lifeview.js";
import { overviewView } from "./overviewview.js";
import { peopleView } from "./peopleview.js";
import { printView } from "./printview.js";
import { screensView } from "./screensview.js";
import { SECTIONS } from "./sections.js";
import { linksView } from "./staffview.js";
import { SECTION, yes } from "./words.js";

/** @import { Note, Page } from "./types" */

const BAR = ["overview", "agenda", "people"]; // on a phone in thumb reach; the others stand under More

/** @param {Page} page */
export function pageView(page) {
  if (page.line.status === "refused" || page.life.erased) return refusedView(page);
  return html`<a class="skip" href="#heading" @click=${page.on.skip}>${say("organise-skip")}</a>
    ${sideView(page)}
    <main class="main" id="main">${noticesView(page)} ${sectionView(page)}</main>
    ${footView(page)} ${barView(page)}
    <p class="visually-hidden" role="status">${page.telling.said}</p>`;
}

/** @param {Page} page */
function sectionView(page) {
  return (VIEWS[page.section] ?? overviewView)(page);
}

/** @type {Record<string, (page: Page) => unknown>} */
const VIEWS = {
  overview: overviewView,
  board: boardView,
  agenda: agendaView,
  people: peopleView,
  screens: screensView,
  links: linksView,
  print: printView,
  after: afterView,
  more: moreView,
};

/** @param {Page} page */
function sideView(page) {
  const { config, board, section, notes } = page;
  return html`<nav class="side" aria-label=${say("organise-sections")}>
    <p class="side-board"><img src=${config.sign} alt="" width="36" height="36"><span><strong><bdi>${board.title ?? config.title}</bdi></strong><span class="side-code">${config.code}</span></span></p>
    <ul>${SECTIONS.map((name) => html`<li><a href="#${name}" aria-current=${name === section ? "page" : nothing}><span>${SECTION[name]}</span>${noteView(notes[name])}</a></li>`)}</ul>
    <ul class="side-more">${elsewhereView(page)}</ul>
    <p class="side-me"><bdi>${config.name}</bdi><span>${lineView(page.line)}</span></p>
  </nav>`;
}

/** @param {Note|undefined} note */
const noteView = (note) =>
  note ? html`<span class="side-note ${note.todo ? "is-todo" : ""}">${note.words}</span>` : nothing;

/** @param {Page} page */
const elsewhereView = ({
  config,
}) => html`<li><a href=${config.links.desk} target="_blank" rel="noopener">${say("organise-desk")}</a></li>
  <li><a href=${config.links.phone} target="_blank" rel="noopener">${say("organise-phone")}</a></li>`;

/** @type {Record<string, string>} */
const STATES = {
  live: say("organise-live"),
  slow: say("organise-slow"),
  offline: say("organise-offline"),
  connecting: say("organise-loading"),
};

/** @param {Page["line"]} line */
const lineView = ({ status, troubled }) => STATES[troubled ? "offline" : status] ?? STATES.connecting;

/** @param {Page} page */
function barView({ section, notes }) {
  const open = BAR.includes(section) ? section : "more";
  return html`<nav class="bar" aria-label=${say("organise-sections")}><ul>${[...BAR, "more"].map(
    (name) =>
      html`<li><a href="#${name}" aria-current=${name === open ? "page" : nothing}>${SECTION[name]}${notes[name]?.todo ? html`<span class="dot" aria-hidden="true"></span>` : nothing}</a></li>`,
  )}</ul></nav>`;
}

/** @param {Page} page */
function moreView(page) {
  return html`<header class="top"><h1 id="heading" tabindex="-1">${SECTION.more}</h1></header>
    <ul class="more">${SECTIONS.filter((name) => !BAR.includes(name)).map((name) => html`<li><a href="#${name}"><span>${SECTION[name]}</span>${noteView(page.notes[name])}</a></li>`)}${elsewhereView(page)}</ul>
    <p class="hint"><bdi>${page.config.name}</bdi></p>`;
}

/** What holds for the whole board, before anything else is read. @param {Page} page */
function noticesView(page) {
  const { line, settings, config, life } = page;
  const about = settings.value?.settings;
  return html`${line.troubled ? html`<p class="notice is-warn">${say("organise-offline-kept")}</p>` : nothing}
    ${warningView(page)}
    ${config.rehearsal || about?.rehearsal ? html`<p class="notice">${say("organise-is-rehearsal")} ${life.state.value?.rehearsal ? simulatedView(life) : nothing} <button type="button" class="link" aria-disabled=${yes(life.busy)} @click=${life.endRehearsal}>${say("rehearsal-end")}</button></p>` : nothing}
    ${about?.archived ? html`<p class="notice">${say("organise-is-archived")} <a class="link" href="#after">${SECTION.after}</a></p>` : nothing}`;
}

/** The last outcome with its way back, or what went wrong. @param {Page} page */
function footView({ telling }) {
  if (!telling.said && !telling.trouble)
    return html`<aside class="foot" aria-label=${say("organise-outcome")}></aside>`;
  return html`<aside class="foot" aria-label=${say("organise-outcome")}><div class="toast ${telling.trouble ? "is-bad" : ""}">
    <p role=${telling.trouble ? "alert" : nothing}>${telling.trouble || telling.said}</p>
    ${telling.back ? html`<button type="button" class="toast-act" aria-disabled=${yes(telling.busy)} @click=${telling.undo}>${say("organise-undo")}</button>` : nothing}
    <button type="button" class="toast-act" @click=${telling.dismiss}>${say("organise-dismiss")}</button>
  </div></aside>`;
}

/** @param {Page} page */
function refusedView({ config, line, life }) {
  const gone = life.erased || line.code === 4404;
  return html`<main class="refused"><p><bdi>${config.title}</bdi></p>
    <h1>${say(gone ? "organise-gone" : "organise-revoked")}</h1>
    <p>${say(gone ? "organise-gone-why" : "organise-revoked-why")}</p>
    <p><a class="button" href=${gone ? "/" : ""}>${say(gone ? "join-with-code" : "organise-again")}</a></p></main>`;
}
