// How the sheets for the printer are offered.
// @ts-check
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { SECTION } from "./words.js";

/** @import { Page } from "./types" */

const SHEETS = /** @type {[string, string, string][]} */ ([
  ["poster", say("sheet-poster"), say("sheet-poster-why")],
  ["tables", say("sheet-tables"), say("sheet-tables-why")],
  ["badges", say("sheet-badges"), say("sheet-badges-why")],
  ["paper", say("sheet-paper"), say("sheet-paper-why")],
  ["fallback", say("sheet-fallback"), say("sheet-fallback-why")],
  ["keepsakes", say("sheet-keepsakes"), say("sheet-keepsakes-why")],
  ["team-posters", say("sheet-team-posters"), say("sheet-team-posters-why")],
  ["ending", say("sheet-ending"), say("sheet-ending-why")],
]);

/** @param {Page} page */
export function printView({ config }) {
  return html`<header class="top"><h1 id="heading" tabindex="-1">${SECTION.print}</h1></header>
    <p class="hint">${say("print-how")}</p>
    <ul class="todo">${SHEETS.map(([name, words, why]) => html`<li><div><h2>${words}</h2><p>${why}</p></div><a class="button button-line" href="${config.links.print}/${name}${config.lang}" target="_blank" rel="noopener" aria-label=${say("print-open-of", { what: words })}>${say("print-open")}</a></li>`)}</ul>`;
}
