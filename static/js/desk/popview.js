// How the popovers look: what the one dialog shows. lit-html templates only; what happened goes to `desk.on`.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { unitsOf } from "../shared/units.js";
import { whoText } from "../shared/text.js";
import { FATES } from "./fatewords.js";
import { joinItem, trustItem } from "./powersview.js";
import { allowed } from "./queue.js";
import { label, WORDS, yes } from "./words.js";

/**
 * @import {On, View} from "../shared/dom"
 * @import {Controls, HoldPop, LatePop, Picture, Pop, PostPop} from "./types"
 */

/** What the one dialog shows. @param {Pop|null} pop @param {Picture} desk */
export function popView(pop, desk) {
  if (!pop) return nothing;
  if (isLate(pop)) return desk.on.part(pop.kind)?.view(pop, desk) ?? comingView(desk);
  /** Each takes the pop of its kind. @type {Record<Exclude<Pop["kind"], LatePop["kind"]>, (pop: any, desk: Picture) => View>} */
  const views = {
    reason: reasonView,
    menu: menuView,
    move: moveView,
    flood: floodView,
    help: helpView,
  };
  return views[pop.kind](pop, desk);
}

/** What the second script shows. @param {Pop} pop @returns {pop is LatePop} */
function isLate(pop) {
  return ["answer", "correct", "owner", "aside", "join"].includes(pop.kind);
}

/** Until that is there. @param {Picture} desk */
const comingView = ({ on }) => html`<div data-coming>${popHead(WORDS.loading, on)}</div>`;

const popHead = (/** @type {string} */ title, /** @type {Controls} */ on) =>
  html`<div class="pop-head"><h2 id="pop-title">${title}</h2><button type="button" class="act" @click=${on.popClose}>${WORDS.close}</button></div>`;

/** @param {HoldPop} pop @param {Picture} desk */
function reasonView(pop, { on }) {
  return html`${popHead(WORDS.holdTitle, on)}
    ${pop.about ? html`<p class="pop-about"><bdi>${pop.about}</bdi></p>` : nothing}
    <ul class="pop-list">${WORDS.reasons.map((reason, index) => html`<li><button type="button" data-reason=${index + 1} ?autofocus=${index === 0} @click=${() => on.holdFor(reason)}><kbd>${index + 1}</kbd><span>${reason}</span></button></li>`)}</ul>
    <form class="pop-form" @submit=${on.holdForOwn}>
      <label class="field"><span class="label">${WORDS.ownWords}</span><input class="input" name="reason" maxlength=${unitsOf(limits().reason)} autocomplete="off" dir="auto" .value=${live(on.written.reason(pop.posts))} @input=${(/** @type {On} */ event) => on.written.typeReason(pop.posts, event.target.value)}></label>
      <button class="button button-strong" type="submit">${WORDS.holdNow}</button>
    </form>`;
}

/** @param {PostPop} pop @param {Picture} desk */
function menuView({ post, muted }, desk) {
  const { again, on } = desk;
  const may = allowed(post, again);
  const item = (/** @type {string} */ act, /** @type {string} */ words) =>
    may.has(act)
      ? html`<li><button type="button" data-menu=${act} @click=${() => on.menu(act)}>${words}</button></li>`
      : nothing;
  return html`<h2 class="visually-hidden" id="pop-title">${WORDS.more}: ${label(post)}</h2>
    <ul class="pop-list">
      ${may.has("hold") ? html`<li class="is-slim"><button type="button" data-menu="reason" @click=${() => on.menu("reason")}>${WORDS.holdWhy} …</button></li>` : nothing}
      ${may.has("pin") && post.kind === "question" ? html`<li class="is-narrow"><button type="button" data-menu="pin" @click=${() => on.menu("pin")}>${post.pinned ? WORDS.unpin : WORDS.pin}</button></li>` : nothing}
      ${item("answer", post.answer ? WORDS.changeAnswer : WORDS.writeAnswer)} ${item("owner", post.owner ? FATES.change : FATES.give)} ${item("aside", FATES.setAside)} ${item("move", WORDS.move)} ${item("correct", WORDS.correct)} ${joinItem(post, desk)}
    </ul>
    <ul class="pop-list">
      ${trustItem(post, desk)} ${item("author", `${WORDS.allOf}${post.author?.name ? `: ${whoText(post.author)}` : ""}`)} ${item("mute", muted ? WORDS.unmute : WORDS.mute)}
    </ul>`;
}

/** @param {Pop} _pop @param {Picture} desk */
function floodView(_pop, { on }) {
  return html`${popHead(WORDS.floodTitle, on)}
    <p class="pop-words">${WORDS.floodWhy}</p>
    <h3 class="label">${WORDS.floodTake}</h3>
    <ul class="pop-list">
      ${WORDS.floodSince.map(([words, minutes]) => html`<li><button type="button" data-minutes=${minutes} @click=${() => on.takeBackVotes(minutes)}>${words}</button></li>`)}
      <li><button type="button" data-minutes="0" @click=${() => on.takeBackVotes(0)}>${WORDS.floodLeave}</button></li>
    </ul>`;
}

/** @param {PostPop} pop @param {Picture} desk */
function moveView({ post }, { sessions, on }) {
  const option = (/** @type {string|null} */ id, /** @type {string} */ title) =>
    html`<li><button type="button" data-to=${id ?? ""} aria-pressed=${yes((post.session ?? null) === id)} @click=${() => on.moveTo(id)}><bdi>${title}</bdi></button></li>`;
  return html`${popHead(WORDS.moveTitle, on)}
    <ul class="pop-list">${sessions.map((one) => option(one.id, one.title))} ${option(null, WORDS.noSession)}</ul>`;
}

/** @param {Pop} _pop @param {Picture} desk */
function helpView(_pop, { on }) {
  return html`${popHead(WORDS.helpTitle, on)}
    <dl class="help">${WORDS.help.map(([keys, does]) => html`<div><dt>${keys.split("  ").map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${does}</dd></div>`)}</dl>`;
}
