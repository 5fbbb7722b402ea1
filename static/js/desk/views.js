// How the moderators' desk looks: the page and its head. lit-html templates only; what happened goes to `desk.on`, and is never decided here.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { footView } from "./footview.js";
import { filtersView, foundView, listView, tabsView } from "./listview.js";
import { screenCounts } from "./queue.js";
import { roomView } from "./roomview.js";
import { WORDS, yes } from "./words.js";

/** @import {Picture} from "./types" */

const UNNAMED = ["moderator", "organiser"]; // a link without a name of its own is called as its role: that says nothing beside Freeze

/** The whole page. @param {Picture} desk */
export function deskView(desk) {
  if (desk.status === "refused") return refusedView(desk);
  return html`
    ${headView(desk)}
    <div class="desk ${desk.room ? "is-room" : ""}">
      <main class="queue" aria-label=${WORDS.queue}>
        ${tabsView(desk)} ${filtersView(desk)} ${foundView(desk)} ${listView(desk)}
      </main>
      <aside class="room" aria-label=${WORDS.room}>${desk.ready ? roomView(desk) : nothing}</aside>
    </div>
    ${footView(desk)}
    <p class="visually-hidden" role="status">${desk.said}</p>
  `;
}

/** @param {Picture} desk */
function refusedView({ code, title, on }) {
  const [head, line] = WORDS.refused[code] ?? WORDS.refused[4401];
  return html`<main class="refused">
    <p class="refused-board"><bdi>${title}</bdi></p>
    <h1>${head}</h1>
    <p>${line}</p>
    <button type="button" class="button" @click=${on.reload}>${WORDS.reload}</button>
  </main>`;
}

// -- head ---------------------------------------------------------------------------------------------------------

/** @param {Picture} desk */
function headView(desk) {
  const { title, status, troubled: trouble, ready, online, screens, board, large, blanks, on } = desk;
  return html`<header class="head">
    <div class="head-who">
      <h1 class="head-title"><bdi>${title}</bdi></h1>
      <p class="live ${trouble || status === "slow" ? "is-offline" : ""}">
        <span class="live-dot" aria-hidden="true"></span>
        <span role="status">${!ready ? WORDS.opening : trouble ? WORDS.offline : status === "slow" ? WORDS.slow : WORDS.live}</span>
        ${trouble ? html`<span class="is-wide">${WORDS.old}</span>` : nothing}
        ${trouble || !ready ? nothing : html`<span class="live-count">${online === null ? "" : WORDS.phones(online)}</span><span class="live-count is-wide">${WORDS.screens(screenCounts(screens))}</span>`}
      </p>
    </div>
    ${bannersView(desk)}
    <p class="head-me"><bdi>${UNNAMED.includes(desk.me) ? nothing : desk.me}</bdi></p>
    <button type="button" class="panic" data-do="freeze" aria-pressed=${yes(board?.frozen)} ?disabled=${!ready} @click=${on.freeze}>${WORDS.freeze}</button>
    <button type="button" class="panic" data-do="blank" aria-pressed=${yes(blanks && blanks === large.length)} ?disabled=${!ready} @click=${on.blankAll}>${WORDS.blank}</button>
  </header>`;
}

/** In the head, where nothing below moves when one comes or goes. @param {Picture} desk */
function bannersView({ board, large, blanks, troubled, on }) {
  return html`<div class="banners">
    ${troubled ? html`<p class="banner is-narrow" data-banner="offline">${WORDS.offline} ${WORDS.old}</p>` : nothing}
    ${board?.frozen ? banner("frozen", WORDS.frozenNow, WORDS.unfreeze, on.freeze) : nothing}
    ${blanks ? banner("blank", WORDS.blankNow(blanks, large.length), WORDS.unblank, on.unblank) : nothing}
  </div>`;
}

/** @param {string} name @param {string} words @param {string} button @param {() => void} act */
const banner = (name, words, button, act) =>
  html`<p class="banner" data-banner=${name}><span>${words}</span><button type="button" class="act" @click=${act}>${button}</button></p>`;
