// How joined questions, prepared ones, posts on behalf of others and kiosks look at the desk. lit-html templates only.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { parted } from "./blocked.js";
import { POWERS } from "./powerwords.js";
import { label, WORDS, yes } from "./words.js";

/**
 * @import {On} from "../shared/dom"
 * @import {Post, Session} from "../shared/wire"
 * @import {Picture} from "./types"
 */

/** A post's text with the blocked words marked, for as long as it waits. @param {Post} post */
export function textView({ text, blocked, state }) {
  if (!blocked?.length || state !== "pending") return text;
  return parted(text, blocked).map((part) =>
    part.marked ? html`<mark class="blocked">${part.text}</mark>` : part.text,
  );
}

/** @param {Post} post @param {Picture} desk */
export function signsView(post, { board }) {
  const sign = (/** @type {string} */ words) => html`<strong class="row-sign">${words}</strong>`;
  return html`${post.state === "pending" && post.blocked?.length ? html`<strong class="row-sign is-late">${POWERS.blockedTag}</strong>` : nothing}
    ${post.joined ? sign(POWERS.joinedTag(post.joined)) : nothing} ${board.trusted?.includes(post.participant ?? "") ? sign(POWERS.trustedTag) : nothing}`;
}

/** A question that was joined: with which one, and the way back. @param {Post} post @param {Picture} desk */
export function joinedView(post, { state, on }) {
  const into = state.posts.get(post.merged_into ?? "");
  return html`<p class="row-more"><strong>${POWERS.joinedWith}</strong> <bdi>${into ? label(into) : ""}</bdi></p>
    <p><button type="button" class="act" data-act="part" @click=${() => on.powers.joining.apart(post)}>${POWERS.part}</button></p>`;
}

/** @param {Post} post @param {Picture} desk */
export function menuItems(post, { again, on }) {
  const item = (/** @type {string} */ act, /** @type {string} */ words) =>
    html`<li><button type="button" data-menu=${act} @click=${() => on.menu(act)}>${words}</button></li>`;
  const open = ["pending", "visible"].includes(post.state ?? "visible") && !again.has(post.id);
  const waits = post.state === "pending";
  const trusted = on.powers.isTrusted(post);
  return html`${post.participant && waits && !trusted ? item("approve-trust", POWERS.approveTrust) : nothing}
    ${post.participant && (trusted || !waits) ? item("trust", trusted ? POWERS.untrust : POWERS.trust) : nothing}
    ${post.kind === "question" && open ? item("join", POWERS.join) : nothing}`;
}

/** @param {{post: Post}} pop @param {Picture} desk */
export function joinView({ post }, { on }) {
  const { joining } = on.powers;
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

/** @param {Picture} desk */
export const powersPanels = (desk) => html`${behalfPanel(desk)} ${preparedPanel(desk)} ${kioskPanel(desk)}`;

/** @param {Session[]} sessions @param {string} chosen @param {(session: string) => void} change */
const sessionChoice = (
  sessions,
  chosen,
  change,
) => html`<select class="choice" @change=${(/** @type {On<HTMLSelectElement>} */ event) => change(event.target.value)}>
  <option value="" .selected=${live(!chosen)}>${POWERS.noSession}</option>
  ${sessions.map((one) => html`<option value=${one.id} .selected=${live(chosen === one.id)}>${one.title}</option>`)}
</select>`;

/** @param {Picture} desk */
function behalfPanel({ sessions, on }) {
  const { behalf } = on.powers;
  const { kind, to, text, name, session, busy } = behalf.now();
  const set = (/** @type {string} */ field) => (/** @type {On} */ event) => behalf.set({ [field]: event.target.value });
  const choose = (/** @type {string} */ one, /** @type {string} */ words) =>
    html`<button type="button" class="act" aria-pressed=${yes(kind === one)} @click=${() => behalf.set({ kind: one })}>${words}</button>`;
  const card = kind === "card";
  return html`<section class="panel"><details class="power">
    <summary>${POWERS.behalf}</summary>
    <p class="panel-note">${POWERS.behalfHow}</p>
    <form class="power-form" autocomplete="off" @submit=${behalf.submit}>
      <div class="power-row" role="group">${choose("card", POWERS.card)}${choose("question", POWERS.question)}</div>
      <label class="panel-field"><span>${card ? POWERS.to : POWERS.session}</span>
        ${card ? html`<input class="choice" data-behalf="first" dir="auto" autocomplete="off" .value=${live(to)} @input=${set("to")}>` : sessionChoice(sessions, session, (one) => behalf.set({ session: one }))}</label>
      <label class="panel-field"><span>${POWERS.text}</span><input class="choice" data-behalf=${card ? nothing : "first"} dir="auto" autocomplete="off" maxlength=${limits()[card ? "card_text" : "question_text"][1]} .value=${live(text)} @input=${set("text")}></label>
      <label class="panel-field"><span>${POWERS.from}</span><input class="choice" dir="auto" autocomplete="off" .value=${live(name)} @input=${set("name")}></label>
      <button type="submit" class="button button-strong" aria-disabled=${yes(busy)}>${POWERS.write}</button>
    </form>
  </details></section>`;
}

/** @param {Picture} desk */
function preparedPanel({ sessions, on }) {
  const { preparing } = on.powers;
  const { rows, session, typed, busy } = preparing.now();
  const these = rows.filter((one) => (one.session ?? "") === session && !one.added_at);
  return html`<section class="panel"><details class="power" @toggle=${(/** @type {On<HTMLDetailsElement>} */ event) => event.target.open && preparing.fetch()}>
    <summary>${POWERS.prepared}</summary>
    <p class="panel-note">${POWERS.preparedHow}</p>
    <label class="panel-field"><span>${POWERS.session}</span>${sessionChoice(sessions, session, preparing.choose)}</label>
    <ul class="power-list">${these.map(
      (one) => html`<li><bdi>${one.text}</bdi>
        <span class="power-row"><button type="button" class="act is-ok" @click=${() => preparing.add(one)}>${POWERS.add}</button><button type="button" class="act" @click=${() => preparing.remove(one)}>${POWERS.remove}</button></span></li>`,
    )}</ul>
    <p class="panel-note">${these.length ? POWERS.preparedCount(these.length, 100) : POWERS.preparedNone}</p>
    <form class="power-form" @submit=${preparing.save}>
      <label class="panel-field"><span>${POWERS.preparedPaste}</span><textarea class="choice" rows="3" dir="auto" .value=${live(typed)} @input=${(/** @type {On<HTMLTextAreaElement>} */ event) => preparing.type(event.target.value)}></textarea></label>
      <button type="submit" class="button button-strong" aria-disabled=${yes(busy)}>${POWERS.preparedSave}</button>
    </form>
  </details></section>`;
}

/** @param {Picture} desk */
function kioskPanel({ on }) {
  const { kiosks } = on.powers;
  const { all, made, typed, copied } = kiosks.now();
  return html`<section class="panel"><details class="power" @toggle=${(/** @type {On<HTMLDetailsElement>} */ event) => event.target.open && kiosks.fetch()}>
    <summary>${POWERS.kiosk}</summary>
    <p class="panel-note">${POWERS.kioskHow}</p>
    <form class="power-form" @submit=${kiosks.make}>
      <label class="panel-field"><span>${POWERS.kioskName}</span><input class="choice" dir="auto" autocomplete="off" maxlength=${limits().name} .value=${live(typed)} @input=${(/** @type {On} */ event) => kiosks.type(event.target.value)}></label>
      <button type="submit" class="button button-strong">${POWERS.kioskMake}</button>
    </form>
    ${made ? html`<div class="power-made" role="status"><p>${POWERS.kioskLink(made.name)}</p><p><a href=${made.url} target="_blank" rel="noopener">${made.url}</a></p><button type="button" class="act" @click=${kiosks.copy}>${copied ? POWERS.copied : POWERS.copy}</button></div>` : nothing}
    <ul class="power-list">${all.map((one) => html`<li><bdi>${one.name}</bdi><button type="button" class="act" aria-label=${POWERS.revoke(one.name)} @click=${() => kiosks.revoke(one)}>${POWERS.revokeIt}</button></li>`)}</ul>
  </details></section>`;
}
