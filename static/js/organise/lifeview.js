// How a board's life looks: rehearsal, copy, archive, purge, and what is there afterwards.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { problemView } from "./fields.js";
import { SECTION, yes } from "./words.js";

/** @import { On } from "../shared/dom" */
/** @import { Address, Addresses, Life, LifeSheet, Page, Sheet } from "./types" */

const FORMATS = ["xlsx", "csv", "json"];

/** @param {Page} page */
export function rehearsalView({ life, board }) {
  if (board.rehearsal) return nothing;
  const made = life.rehearsal;
  const there = life.state.value?.rehearsal;
  return html`<section class="life" id="rehearsal" aria-labelledby="rehearsal-title"><h2 id="rehearsal-title">${say("rehearsal-title")}</h2><p>${say("rehearsal-why")}</p>
    ${made ? addressesView(made) : nothing}
    ${life.state.value ? (there ? html`<p class="life-acts">${simulatedView(life)} ${endView(life)}</p>` : startView(life)) : nothing}</section>`;
}

/** @param {Life} life */
const startView = (life) =>
  html`<label class="check"><input type="checkbox" name="simulated" .checked=${live(life.simulated)} @change=${life.wish}> <span>${say("simulated-wish")}</span></label>
    <p class="life-acts"><button type="button" class="button button-line" aria-disabled=${yes(life.busy)} @click=${life.rehearse}>${say("rehearsal-start")}</button></p>`;

/** @param {Life} life */
const endView = (life) =>
  html`<button type="button" class="link" aria-disabled=${yes(life.busy)} @click=${life.endRehearsal}>${say("rehearsal-end")}</button>`;

/** On the live board and on the rehearsal itself. @param {Life} life */
export const simulatedView = (life) =>
  html`<button type="button" class="button button-line" aria-disabled=${yes(life.busy)} @click=${life.simulate}>${say(life.state.value?.rehearsal?.simulated_until ? "simulated-stop" : "simulated-start")}</button>`;

/** What was just made; its addresses are shown this once. @param {Addresses} made */
const addressesView = (made) =>
  html`<p class="addresses">${
    /** @type {[Address, string][]} */ ([
      ["organise_url", say("address-organise")],
      ["join_url", say("address-join")],
      ["screen_url", say("address-screen")],
      ["moderate_url", say("address-moderate")],
    ])
      .filter(([key]) => made[key])
      .map(([key, words]) => html`<a class="way" href=${made[key]} target="_blank" rel="noopener">${words}</a>`)
  }</p>`;

/** @param {Page} page */
export function afterView({ config, life, taking, board }) {
  return html`<header class="top"><h1 id="heading" tabindex="-1">${SECTION.after}</h1></header>
    <section class="life"><h2>${say("pages-title")}</h2><p>${say("pages-why")}</p>
      <p class="life-acts"><a class="button" href=${config.links.recap} target="_blank" rel="noopener">${say("pages-recap")}</a><a class="button" href=${config.links.who} target="_blank" rel="noopener">${say("pages-who")}</a><a class="button" href="${config.links.print}/keepsakes${config.lang}" target="_blank" rel="noopener">${say("sheet-keepsakes")}</a><a class="button" href="${config.links.keepsakes}" download>${say("pages-links")}</a><a class="button" href="${config.links.print}/team-posters${config.lang}" target="_blank" rel="noopener">${say("sheet-team-posters")}</a></p></section>
    <section class="life"><h2>${say("export-title")}</h2><p>${say("export-why")}</p>
      <p class="life-acts"><a class="button" id="taking" href="${config.api}/export?format=html" aria-disabled=${yes(taking.busy)} @click=${taking.take} download>${say("export-html")}</a>${FORMATS.map((format) => html`<a class="button" href="${config.api}/export?format=${format}" download>${FORMAT[format]}</a>`)}</p>
      ${taking.busy ? takingView(taking) : html`<p class="hint">${say("taking-why")}</p>`}
      <p class="visually-hidden" role="status">${taking.aloud}</p></section>
    <section class="life"><h2>${say("copy-title")}</h2><p>${say("copy-why")}</p>${life.copy ? addressesView(life.copy) : nothing}
      <p class="life-acts"><button type="button" class="button button-line" @click=${life.askDuplicate}>${say("copy-make")}</button></p></section>
    <section class="life"><h2>${say("archive-title")}</h2><p>${say(board.archived ? "archive-is" : "archive-why")}</p>
      <p class="life-acts"><button type="button" class="button button-line" aria-disabled=${yes(life.busy)} @click=${board.archived ? life.reopen : life.archive}>${say(board.archived ? "archive-undo" : "archive-do")}</button></p></section>
    <section class="life is-bad"><h2>${say("purge-title")}</h2><p>${say("purge-why")}</p>
      <p class="life-acts"><button type="button" class="button button-bad" @click=${life.askPurge}>${say("purge-ask")}</button></p></section>`;
}

/** The words change with each page, so they are not read aloud. Fonts come after the pages: the bar is full with the last of them. @param {Page["taking"]} taking */
function takingView({ done, total, size, stop }) {
  const words = total ? say("taking-pages", { done, total }) : say("taking-starts");
  return html`<div class="taking"><progress aria-label=${say("export-html")} aria-valuetext=${words} max=${total + 1} value=${total ? done : nothing}></progress>
    <p>${words} ${size ? html`<span class="hint">· ${say("taking-size", { size })}</span>` : nothing}</p>
    <button type="button" class="button button-line" id="taking-stop" @click=${stop}>${say("taking-stop")}</button></div>`;
}

/** @type {Record<string, string>} */
const FORMAT = { xlsx: say("export-xlsx"), csv: say("export-csv"), json: say("export-json") };

const head = (/** @type {string} */ title, /** @type {Sheet} */ sheet) =>
  html`<div class="sheet-head"><h2 id="sheet-title">${title}</h2><button type="button" class="link" @click=${sheet.close}>${say("organise-close")}</button></div>`;

/** @param {Page} page @param {LifeSheet} what */
export function purgeSheet({ config, life, sheet, draw }, what) {
  const same = what.typed.trim().toUpperCase() === config.code;
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (same) life.purge();
  };
  const type = (/** @type {On} */ event) => {
    what.typed = event.target.value;
    draw();
  };
  return html`<form class="form" @submit=${submit}>${head(say("purge-title"), sheet)}
    <div class="sheet-body"><p>${say("purge-what")}</p>
      <p><a class="button button-gold" href="${config.api}/export?format=json" download>${say("purge-export")}</a></p>
      <div class="field"><label class="label" for="purge-code">${say("purge-type", { code: config.code })}</label><input class="input" id="purge-code" dir="ltr" autocomplete="off" autocapitalize="characters" spellcheck="false" .value=${live(what.typed)} @input=${type}></div>
      ${problemView(what.problem)}</div>
    <div class="sheet-foot"><button type="submit" class="button button-bad" aria-disabled=${yes(!same || life.busy)}>${say("purge-do")}</button><button type="button" class="link" @click=${sheet.close}>${say("organise-keep")}</button></div></form>`;
}

/** @param {Page} page @param {LifeSheet} what */
export function duplicateSheet({ life, sheet, draw }, what) {
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    life.duplicate();
  };
  const type = (/** @type {On} */ event) => {
    what.typed = event.target.value;
    draw();
  };
  return html`<form class="form" @submit=${submit}>${head(say("copy-title"), sheet)}
    <div class="sheet-body"><p>${say("copy-why")}</p>
      <div class="field"><label class="label" for="copy-code">${say("copy-code")}</label><input class="input" id="copy-code" dir="ltr" autocomplete="off" autocapitalize="characters" aria-describedby="copy-hint" .value=${live(what.typed)} @input=${type}><p class="hint" id="copy-hint">${say("copy-code-hint")}</p></div>
      ${problemView(what.problem)}</div>
    <div class="sheet-foot"><button type="submit" class="button button-strong" aria-disabled=${yes(life.busy)}>${say("copy-make")}</button></div></form>`;
}
