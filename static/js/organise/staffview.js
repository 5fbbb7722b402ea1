// How staff links look, and their sheets.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { nameOf } from "../shared/screens.js";
import { timeAgo } from "../shared/text.js";
import { say } from "../shared/words.js";
import { problemView } from "./fields.js";
import { hooksView } from "./hooksview.js";
import { ROLE, SECTION, yes } from "./words.js";

/** @import { On } from "../shared/dom" */
/** @import { LargeScreen, Link, Role } from "../shared/wire" */
/** @import { FreshLinkSheet, LinkActSheet, NewLinkSheet, Page, Sheet } from "./types" */

const ROLES = /** @type {[Role, string][]} */ (Object.entries(ROLE));

/** @param {Page} page */
export function linksView(page) {
  const { staff } = page;
  const { links } = staff;
  return html`<header class="top"><h1 id="heading" tabindex="-1">${SECTION.links}</h1>
      <p class="top-acts"><button type="button" class="button button-strong" @click=${staff.add}>${say("links-add")}</button></p></header>
    <p class="hint">${say("links-why")}</p>
    ${problemView(links.problem)}
    ${links.value ? html`<ul class="links">${links.value.links.map((link) => linkView(link, page))}</ul>` : nothing}
    ${hooksView(page)}`;
}

/** @param {Link} link @param {Page} page */
function linkView(link, { staff, now, board }) {
  const { name, role, used_at, open } = link;
  return html`<li class="link-row" data-id=${link.id}><p><strong><bdi>${name || ROLE[role]}</bdi></strong><span>${ROLE[role]}</span></p>
    <p class="state ${open ? "is-live" : used_at ? "" : "is-new"}">${open ? say("links-open", { n: open }) : used_at ? say("links-used", { ago: timeAgo(used_at, now, board.time_zone) }) : say("links-unused")}</p>
    <p class="link-acts"><button type="button" class="link" aria-label=${say("links-renew-of", { name })} @click=${() => staff.ask("renew-link", link)}>${say("links-renew")}</button>
      <button type="button" class="link is-bad" aria-label=${say("links-revoke-of", { name })} @click=${() => staff.ask("revoke-link", link)}>${say("links-revoke")}</button></p></li>`;
}

const head = (/** @type {string} */ title, /** @type {Sheet} */ sheet) =>
  html`<div class="sheet-head"><h2 id="sheet-title">${title}</h2><button type="button" class="link" @click=${sheet.close}>${say("organise-close")}</button></div>`;

/** @param {Page} page @param {NewLinkSheet} what */
export function newLinkSheet({ staff, sheet, screens }, { role, name, screen, problem, busy }) {
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    staff.make();
  };
  return html`<form class="form" @submit=${submit} novalidate>${head(say("links-add"), sheet)}
    <div class="sheet-body"><fieldset class="roles"><legend class="label">${say("links-role")}</legend>${ROLES.map(([key, words]) => html`<label class="check"><input type="radio" name="role" value=${key} .checked=${live(key === role)} @change=${() => staff.type({ role: key })}> <span>${words}</span></label>`)}</fieldset>
      <div class="field"><label class="label" for="link-name">${say("links-name")}</label><input class="input" id="link-name" dir="auto" autocomplete="off" aria-describedby="link-name-hint" .value=${live(name ?? "")} @input=${(/** @type {On} */ event) => staff.type({ name: event.target.value })}><p class="hint" id="link-name-hint">${say("links-name-hint")}</p></div>
      ${role === "screen" && screens.all().length > 1 ? whichView(screen ?? "", screens.all(), staff) : nothing}
      ${problemView(problem)}</div>
    <div class="sheet-foot"><button type="submit" class="button button-strong" aria-disabled=${yes(busy)}>${say("links-make")}</button></div></form>`;
}

/** Which screen the link opens. @param {string} chosen @param {LargeScreen[]} all @param {Page["staff"]} staff */
const whichView = (chosen, all, staff) =>
  html`<div class="field"><label class="label" for="link-screen">${say("links-screen")}</label><select class="input" id="link-screen" @change=${(/** @type {On} */ event) => staff.type({ screen: event.target.value })}>
    ${all.map((one, index) => html`<option value=${one.id} .selected=${live(chosen ? one.id === chosen : !index)}>${nameOf(one, true)}</option>`)}</select></div>`;

/** @param {Page} page @param {FreshLinkSheet} what */
export function freshLinkSheet({ staff, sheet }, { link, url, qr, copied }) {
  return html`<div class="form">${head(link.name || ROLE[link.role], sheet)}
    <div class="sheet-body"><p><strong>${say("links-once")}</strong> ${say("links-once-why")}</p>
      <div class="fresh">${qr ? html`<svg class="fresh-qr" viewBox="0 0 ${qr.size} ${qr.size}" shape-rendering="crispEdges" role="img" aria-label=${say("links-qr")}><path d=${qr.path}></path></svg>` : nothing}
      <div class="field"><label class="label" for="fresh-url">${ROLE[link.role]}</label><input class="input" id="fresh-url" readonly dir="ltr" .value=${url} @focus=${(/** @type {On} */ event) => event.target.select()}>
      <button type="button" class="button button-gold" @click=${() => staff.copy(url)}>${say(copied ? "links-copied" : "links-copy")}</button></div></div></div>
    <div class="sheet-foot"><button type="button" class="button button-strong" @click=${sheet.close}>${say("links-kept")}</button></div></div>`;
}

/** @param {Page} page @param {LinkActSheet} what */
export function renewSheet({ staff, sheet }, { link, problem, busy }) {
  return html`<div class="form">${head(say("links-renew"), sheet)}
    <div class="sheet-body"><p>${say("links-renew-why", { name: link.name })}</p>${problemView(problem)}</div>
    <div class="sheet-foot"><button type="button" class="button button-strong" aria-disabled=${yes(busy)} @click=${() => staff.renew(link)}>${say("links-renew")}</button></div></div>`;
}

/** @param {Page} page @param {LinkActSheet} what */
export function revokeSheet({ staff, sheet }, { link, problem, busy }) {
  return html`<div class="form">${head(say("links-revoke"), sheet)}
    <div class="sheet-body"><p>${say("links-revoke-why", { name: link.name })}</p>${problemView(problem)}</div>
    <div class="sheet-foot"><button type="button" class="button button-bad" aria-disabled=${yes(busy)} @click=${() => staff.revoke(link)}>${say("links-revoke")}</button><button type="button" class="link" @click=${sheet.close}>${say("organise-keep")}</button></div></div>`;
}
