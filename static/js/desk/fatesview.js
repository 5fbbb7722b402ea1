// How it looks to give a question to somebody or to set it aside. lit-html templates only.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { unitsOf } from "../shared/units.js";
import { languageOf } from "../shared/text.js";
import { FATES } from "./laterwords.js";
import { WORDS } from "./words.js";

/**
 * @import {On} from "../shared/dom"
 * @import {Post} from "../shared/wire"
 * @import {Controls, Picture} from "./types"
 * @typedef {ReturnType<typeof import("./fates.js").createFates>} Fates
 */

const head = (/** @type {string} */ title, /** @type {Controls} */ on) =>
  html`<div class="pop-head"><h2 id="pop-title">${title}</h2><button type="button" class="act" @click=${on.popClose}>${WORDS.close}</button></div>`;

/** @param {{post: Post}} pop @param {Picture} desk @param {Fates} fates */
export function ownerView({ post }, { on, today }, fates) {
  return html`${head(FATES.giveTitle, on)}
    <p class="pop-about" dir="auto" lang=${languageOf(post.text)}>${post.text}</p>
    <form class="pop-form" @submit=${fates.give}>
      <label class="field"><span class="label">${FATES.who}</span><input class="input" name="owner" list="owners" required autofocus maxlength=${unitsOf(limits().name)} autocomplete="off" dir="auto" .value=${live(fates.owner(post))} @input=${(/** @type {On} */ event) => fates.typeOwner(post, event.target.value)}></label>
      <datalist id="owners">${fates.offered().map((name) => html`<option value=${name}></option>`)}</datalist>
      <label class="field"><span class="label">${FATES.until}</span><input class="input" type="date" name="due" min=${today} .defaultValue=${post.due ?? ""}></label>
      <p class="hint">${FATES.untilHint}</p>
      <button class="button button-strong" type="submit">${FATES.giveNow}</button>
      ${post.owner ? html`<button class="button" type="button" data-do="no-owner" @click=${fates.noOwner}>${FATES.noOwner}</button>` : nothing}
    </form>`;
}

/** @param {{post: Post}} pop @param {Picture} desk @param {Fates} fates */
export function asideView({ post }, { on }, fates) {
  return html`${head(FATES.asideTitle, on)}
    <p class="pop-about" dir="auto" lang=${languageOf(post.text)}>${post.text}</p>
    <p class="pop-words">${FATES.asideHint}</p>
    <ul class="pop-list">${FATES.reasons.map((reason, index) => html`<li><button type="button" data-aside=${index + 1} ?autofocus=${index === 0} @click=${() => fates.asideFor(reason)}><span>${reason}</span></button></li>`)}
      ${post.set_aside ? html`<li><button type="button" data-aside="0" @click=${fates.notAside}>${FATES.notAside}</button></li>` : nothing}
    </ul>
    <form class="pop-form" @submit=${fates.asideForOwn}>
      <label class="field"><span class="label">${WORDS.ownWords}</span><input class="input" name="reason" required maxlength=${unitsOf(limits().reason)} autocomplete="off" dir="auto" .value=${live(fates.reason(post))} @input=${(/** @type {On} */ event) => fates.typeReason(post, event.target.value)}></label>
      <button class="button button-strong" type="submit">${FATES.asideNow}</button>
    </form>`;
}
