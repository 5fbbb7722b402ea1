// How webhooks look, and their sheets.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { timeAgo } from "../shared/text.js";
import { say } from "../shared/words.js";
import { problemView } from "./fields.js";
import { EVENTS, hostOf } from "./hooks.js";
import { yes } from "./words.js";

/** @import { On } from "../shared/dom" */
/** @import { Webhook } from "../shared/wire" */
/** @import { FreshHookSheet, NewHookSheet, Page, RemoveHookSheet, Sheet } from "./types" */

/** @type {Record<string, string>} */
const EVENT = {
  "card.visible": say("hooks-card-visible"),
  "question.visible": say("hooks-question-visible"),
  "question.answered": say("hooks-question-answered"),
  "post.hidden": say("hooks-post-hidden"),
  "board.archived": say("hooks-board-archived"),
  "board.expires": say("hooks-board-expires"),
};

/** Below the staff links. @param {Page} page */
export function hooksView({ hooking, now, board }) {
  const { hooks } = hooking;
  return html`<section class="hooks" aria-labelledby="hooks-title"><h2 id="hooks-title">${say("hooks-title")}</h2>
    <p class="hint">${say("hooks-why")}</p>
    ${problemView(hooks.problem)}
    ${hooks.value?.webhooks.length ? html`<ul class="links">${hooks.value.webhooks.map((hook) => hookView(hook, hooking, now, board.time_zone))}</ul>` : nothing}
    <p><button type="button" class="button button-line" @click=${hooking.add}>${say("hooks-add")}</button></p></section>`;
}

/** @param {Webhook} hook @param {Page["hooking"]} hooking @param {number} now @param {string} [zone] */
function hookView(hook, hooking, now, zone) {
  const words = hook.events.map((event) => EVENT[event] ?? event).join(" · ");
  return html`<li class="link-row" data-hook=${hook.id}><p><strong><bdi dir="ltr">${hostOf(hook)}</bdi></strong><span>${words}</span></p>
    <p class="state ${hook.disabled_at || hook.failed ? "is-failing" : hook.tried_at ? "is-live" : "is-new"}">${stateOf(hook, now, zone)}</p>
    <p class="link-acts"><button type="button" class="link is-bad" aria-label=${say("hooks-remove-of", { host: hostOf(hook) })} @click=${() => hooking.ask(hook)}>${say("hooks-remove")}</button></p></li>`;
}

/** @param {Webhook} hook @param {number} now @param {string} [zone] */
function stateOf({ disabled_at, failed, status, tried_at, waiting }, now, zone) {
  if (disabled_at) return say("hooks-off", { status: status ? String(status) : "–" });
  if (failed) return say("hooks-failing", { status: status ? String(status) : "–", n: waiting });
  return tried_at ? say("hooks-sent", { ago: timeAgo(tried_at, now, zone) }) : say("hooks-nothing-yet");
}

const head = (/** @type {string} */ title, /** @type {Sheet} */ sheet) =>
  html`<div class="sheet-head"><h2 id="sheet-title">${title}</h2><button type="button" class="link" @click=${sheet.close}>${say("organise-close")}</button></div>`;

/** @param {Page} page @param {NewHookSheet} what */
export function newHookSheet({ hooking, sheet }, { url, events, problem, busy }) {
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    hooking.make();
  };
  const tick = (/** @type {string} */ name, /** @type {boolean} */ on) =>
    hooking.type({ events: EVENTS.filter((one) => (one === name ? on : events.includes(one))) });
  return html`<form class="form" @submit=${submit} novalidate>${head(say("hooks-add"), sheet)}
    <div class="sheet-body"><div class="field"><label class="label" for="hook-url">${say("hooks-url")}</label><input class="input" id="hook-url" type="url" inputmode="url" dir="ltr" autocomplete="off" spellcheck="false" placeholder="https://" aria-describedby="hook-url-hint" .value=${live(url)} @input=${(/** @type {On} */ event) => hooking.type({ url: event.target.value })}><p class="hint" id="hook-url-hint">${say("hooks-url-hint")}</p></div>
      <fieldset class="events"><legend class="label">${say("hooks-when")}</legend>${EVENTS.map((name) => html`<label class="check"><input type="checkbox" name="event" value=${name} .checked=${live(events.includes(name))} @change=${(/** @type {On} */ event) => tick(name, event.target.checked)}> <span>${EVENT[name]}</span></label>`)}</fieldset>
      ${problemView(problem)}</div>
    <div class="sheet-foot"><button type="submit" class="button button-strong" aria-disabled=${yes(busy)}>${say("hooks-make")}</button></div></form>`;
}

/** @param {Page} page @param {FreshHookSheet} what */
export function freshHookSheet({ hooking, sheet }, { hook, secret, copied }) {
  return html`<div class="form">${head(hostOf(hook), sheet)}
    <div class="sheet-body"><p><strong>${say("hooks-once")}</strong> ${say("hooks-once-why")}</p>
      <div class="field"><label class="label" for="fresh-secret">${say("hooks-secret")}</label><input class="input" id="fresh-secret" readonly dir="ltr" .value=${secret} @focus=${(/** @type {On} */ event) => event.target.select()}>
      <button type="button" class="button button-gold" @click=${() => hooking.copy(secret)}>${say(copied ? "links-copied" : "hooks-copy")}</button></div></div>
    <div class="sheet-foot"><button type="button" class="button button-strong" @click=${sheet.close}>${say("links-kept")}</button></div></div>`;
}

/** @param {Page} page @param {RemoveHookSheet} what */
export function removeHookSheet({ hooking, sheet }, { hook, problem, busy }) {
  return html`<div class="form">${head(say("hooks-remove"), sheet)}
    <div class="sheet-body"><p>${say("hooks-remove-why", { host: hostOf(hook), n: hook.waiting })}</p>${problemView(problem)}</div>
    <div class="sheet-foot"><button type="button" class="button button-bad" aria-disabled=${yes(busy)} @click=${() => hooking.remove(hook)}>${say("hooks-remove")}</button><button type="button" class="link" @click=${sheet.close}>${say("organise-keep")}</button></div></div>`;
}
