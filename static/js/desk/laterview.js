// How the questions to join look, and what is in the panels of posts for others and kiosks. lit-html templates only.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { unitsOf } from "../shared/units.js";
import { POWERS } from "./laterwords.js";
import { WORDS, yes } from "./words.js";

/**
 * @import {On} from "../shared/dom"
 * @import {Post, Session} from "../shared/wire"
 * @import {Picture} from "./types"
 */

/** @param {{post: Post}} pop @param {Picture} desk @param {ReturnType<typeof import("./joining.js").createJoining>} joining */
export function joinView({ post }, { on }, joining) {
  const { near, others, typed } = joining.offers(post);
  const offer = (/** @type {Post} */ one) =>
    html`<li><button type="button" data-into=${one.id} @click=${() => joining.join(post, one)}><bdi>${one.text}</bdi></button></li>`;
  const group = (/** @type {string} */ name, /** @type {Post[]} */ posts) =>
    posts.length ? html`<h3 class="label">${name}</h3><ul class="pop-list">${posts.map(offer)}</ul>` : nothing;
  return html`<div class="pop-head"><h2 id="pop-title">${POWERS.joinTitle}</h2><button type="button" class="act" @click=${on.popClose}>${WORDS.close}</button></div>
    <p class="pop-about"><bdi>${post.text}</bdi></p>
    ${group(POWERS.joinAlike, near)}
    <label class="field pop-form"><span class="label">${POWERS.joinFind}</span><input class="input" type="search" autocomplete="off" dir="auto" .value=${live(typed)} @input=${(/** @type {On} */ event) => joining.type(event.target.value)}></label>
    ${group(POWERS.joinOthers, others)} ${near.length || others.length ? nothing : html`<p class="pop-words">${POWERS.joinNone}</p>`}`;
}

/** @param {Session[]} sessions @param {string} chosen @param {(session: string) => void} change */
export const sessionChoice = (
  sessions,
  chosen,
  change,
) => html`<select class="choice" @change=${(/** @type {On<HTMLSelectElement>} */ event) => change(event.target.value)}>
  <option value="" .selected=${live(!chosen)}>${POWERS.noSession}</option>
  ${sessions.map((one) => html`<option value=${one.id} .selected=${live(chosen === one.id)}>${one.title}</option>`)}
</select>`;

/** @param {ReturnType<typeof import("./behalf.js").createBehalf>} behalf @param {Picture} desk */
export function behalfPanel(behalf, { sessions }) {
  const { kind, text, name, session, busy } = behalf.now();
  const set = (/** @type {string} */ field) => (/** @type {On} */ event) => behalf.set({ [field]: event.target.value });
  const choose = (/** @type {string} */ one, /** @type {string} */ words) =>
    html`<button type="button" class="act" aria-pressed=${yes(kind === one)} @click=${() => behalf.set({ kind: one })}>${words}</button>`;
  const card = kind === "card";
  return html`<p class="panel-note">${POWERS.behalfHow}</p>
    <form class="power-form" autocomplete="off" novalidate @submit=${behalf.submit} @keydown=${behalf.keying}>
      <div class="power-row" role="group">${choose("card", POWERS.card)}${choose("question", POWERS.question)}</div>
      ${card ? behalf.toView() : html`<label class="panel-field"><span>${POWERS.session}</span>${sessionChoice(sessions, session, (one) => behalf.set({ session: one }))}</label>`}
      <label class="panel-field"><span>${POWERS.text}</span><textarea class="choice" id="behalf-text" rows="3" dir="auto" autocomplete="off" maxlength=${unitsOf(limits()[card ? "card_text" : "question_text"][1])} .value=${live(text)} @input=${set("text")}></textarea></label>
      <label class="panel-field"><span>${POWERS.from}</span><input class="choice" dir="auto" autocomplete="off" .value=${live(name)} @input=${set("name")}></label>
      <button type="submit" class="button button-strong" aria-disabled=${yes(busy)}>${POWERS.write}</button>
    </form>`;
}

/** @param {ReturnType<typeof import("./kiosks.js").createKiosks>} kiosks */
export function kioskPanel(kiosks) {
  const { all, made, typed, copied } = kiosks.now();
  return html`<p class="panel-note">${POWERS.kioskHow}</p>
    <form class="power-form" @submit=${kiosks.make}>
      <label class="panel-field"><span>${POWERS.kioskName}</span><input class="choice" dir="auto" autocomplete="off" maxlength=${unitsOf(limits().name)} .value=${live(typed)} @input=${(/** @type {On} */ event) => kiosks.type(event.target.value)}></label>
      <button type="submit" class="button button-strong">${POWERS.kioskMake}</button>
    </form>
    ${made ? html`<div class="power-made" role="status"><p>${POWERS.kioskLink(made.name)}</p><p><a href=${made.url} target="_blank" rel="noopener">${made.url}</a></p><button type="button" class="act" @click=${kiosks.copy}>${copied ? POWERS.copied : POWERS.copy}</button></div>` : nothing}
    <ul class="power-list">${all.map((one) => html`<li><bdi>${one.name}</bdi><button type="button" class="act" aria-label=${POWERS.revoke(one.name)} @click=${() => kiosks.revoke(one)}>${POWERS.revokeIt}</button></li>`)}</ul>`;
}
