// How the foot of the desk looks: what went wrong, what can be undone, what is selected. lit-html templates only.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { secondOf } from "./times.js";
import { WORDS } from "./words.js";

/** @import {Picture, Press} from "./types" */

/** @param {Picture} desk */
export function footView(desk) {
  const { trouble, on } = desk;
  return html`<div class="foot" role="region" aria-label=${WORDS.done}>
    ${trouble ? html`<div class="bar is-bad" role="alert"><p class="bar-words">${trouble}</p><button type="button" class="bar-act" @click=${on.dismiss}>${WORDS.close}</button></div>` : nothing}
    ${floodBar(desk)} ${undoView(desk)} ${bulkView(desk)}
  </div>`;
}

const floodBar = (/** @type {Picture} */ { flood, on }) =>
  flood
    ? html`<div class="bar" data-banner="flood"><p class="bar-words">${WORDS.flood(flood.voters, flood.online)}</p><button type="button" class="bar-act" @click=${(/** @type {Press} */ event) => on.flood(event.currentTarget)}>${WORDS.floodLook}</button></div>`
    : nothing;

/** @param {Picture} desk */
function undoView({ undo, board, on }) {
  if (!undo) return nothing;
  const zone = board.time_zone;
  return html`<div class="bar undo" data-undo>
    <p class="bar-words"><strong>${undo.words}</strong>${undo.about ? html` <bdi class="bar-about">${undo.about}</bdi>` : nothing}${undo.reached ? html` <span class="bar-soft">${undo.reached}</span>` : nothing}${(undo.lost ?? []).map(({ name, until }) => html` <span class="bar-soft">${WORDS.stillRead(name, secondOf(until, zone))}</span>`)}</p>
    ${undo.more ? html`<span class="bar-soft">${WORDS.moreUndo(undo.more)}</span>` : nothing}
    <button type="button" class="bar-act" data-do="undo" @click=${on.undo}>${WORDS.undo} <kbd>U</kbd></button>
    <span class="bar-soft number" aria-hidden="true">${undo.seconds}</span>
  </div>`;
}

/** @param {Picture} desk */
function bulkView({ bulk, on }) {
  if (!bulk) return nothing;
  return html`<div class="bar bulk" role="group" aria-label=${WORDS.selected(bulk.count)} data-bulk=${bulk.count}>
    <button type="button" class="bar-act is-quiet" data-bulk-act="none" aria-label=${WORDS.none} title=${WORDS.none} @click=${on.selectNone}><span aria-hidden="true">×</span></button>
    <p class="bar-words"><strong><span class="is-full">${WORDS.selected(bulk.count)}</span><span class="is-short" aria-hidden="true">${WORDS.number(bulk.count)}</span></strong></p>
    ${bulk.count < bulk.all ? html`<button type="button" class="bar-act is-quiet" data-bulk-act="all" aria-label=${WORDS.all} @click=${on.selectAll}><span class="is-full">${WORDS.all}</span><span class="is-short">${WORDS.meanAll}</span></button>` : nothing}
    ${bulk.approve ? html`<button type="button" class="bar-act" data-bulk-act="approve" @click=${() => on.bulk("approve")}>${bulk.restoring ? WORDS.restore : WORDS.approve}</button>` : nothing}
    ${
      bulk.hold
        ? html`<span class="bar-split"><button type="button" class="bar-act" data-bulk-act="hold" @click=${() => on.bulk("hold")}>${WORDS.hold}</button>
          <button type="button" class="bar-act" data-bulk-act="reason" aria-label=${WORDS.holdWhy} title=${WORDS.holdWhy} aria-haspopup="dialog" @click=${(/** @type {Press} */ event) => on.bulk("reason", event)}><span class="sign-down" aria-hidden="true"></span></button></span>`
        : nothing
    }
  </div>`;
}
