// How the large screens look to organisers: each a live picture with its name, room, state and link; and their sheet.
// @ts-check
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { nameOf, nextIn } from "../shared/screens.js";
import { say } from "../shared/words.js";
import { problemView } from "./fields.js";
import { localOf } from "./times.js";
import { SCENE, SECTION, STANDING, yes } from "./words.js";

/** @import { On } from "../shared/dom" */
/** @import { LargeScreen } from "../shared/wire" */
/** @import { Page, ScreenSheet } from "./types" */

/** @param {Page} page */
export function screensView(page) {
  const { screens, staff } = page;
  return html`<header class="top"><h1 id="heading" tabindex="-1">${SECTION.screens}</h1>
      <p class="top-acts"><button type="button" class="button button-strong" @click=${() => screens.edit()}>${say("screens-add")}</button></p></header>
    <p class="hint">${say("screens-why")}</p>
    ${problemView(staff.links.problem)}
    <ul class="screens">${repeat(
      screens.all(),
      ({ id }) => id,
      (one) => screenView(one, page),
    )}</ul>`;
}

/** @param {LargeScreen} one @param {Page} page */
function screenView(one, page) {
  const { screens, config, known } = page;
  const name = nameOf(one, true) || say("screens-only");
  const links = screens.linksOf(one);
  const isLost = one.state === "stale" && Boolean(one.seconds);
  const standing = isLost
    ? "lost"
    : one.state === "safe" && !links.some(({ used_at }) => used_at)
      ? "never"
      : one.state;
  const shown = (/** @type {Event} */ event) =>
    screens.shots.opened(one.id, /** @type {HTMLIFrameElement} */ (event.target));
  return html`<li class="screen" data-screen=${one.id}>
    <div class="shot is-${standing}">${known.base.epoch ? html`<iframe class="shot-in" src=${config.links.picture} title=${say("screens-picture", { name })} tabindex="-1" inert loading="lazy" @load=${shown}></iframe>` : nothing}</div>
    <p class="screen-head"><strong><bdi>${one.name || say("screens-only")}</bdi></strong><span class="state ${standing === "live" ? "is-live" : standing === "never" || isLost ? "is-new" : ""}">${STANDING[standing]}</span></p>
    <p class="hint">${one.room ? html`<bdi>${one.room}</bdi>` : say("screens-no-room")}. ${SCENE[one.scene]}${nextView(one, page)}</p>
    <p class="screen-acts"><button type="button" class="button ${standing === "never" ? "button-gold" : "button-line"}" aria-label=${say("screens-link-of", { name })} @click=${() => screens.link(one)}>${say("screens-link")}</button>
      <button type="button" class="link" aria-label=${say("screens-edit-of", { name })} @click=${() => screens.edit(one)}>${say("organise-edit")}</button></p>
  </li>`;
}

/** @param {LargeScreen} one @param {Page} page */
function nextView({ room }, { known, now, board }) {
  const next = nextIn(known.base.sessions, room, now);
  const time = next?.starts_at ? localOf(next.starts_at, board.time_zone ?? "UTC").slice(11, 16) : "";
  return next ? html`. ${say("screens-next", { time })} <bdi>${next.title}</bdi>` : nothing;
}

/** @param {Page} page @param {ScreenSheet} what */
export function screenSheet({ screens, sheet, agenda }, { screen, name, room, removing, problem, busy }) {
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (removing) screens.remove();
    else screens.save();
  };
  return html`<form class="form" @submit=${submit} novalidate>
    <div class="sheet-head"><h2 id="sheet-title">${say(removing ? "screens-remove" : screen ? "screens-edit" : "screens-add")}</h2><button type="button" class="link" @click=${sheet.close}>${say("organise-close")}</button></div>
    <div class="sheet-body">${removing ? html`<p>${say("screens-remove-why", { name })}</p>` : fieldsView({ name, room, rooms: agenda.rooms(), screens })}
      ${problemView(problem)}
      ${screen && !removing && screens.all().length > 1 ? html`<p class="person-more"><button type="button" class="link is-bad" @click=${screens.askRemoval}>${say("screens-remove")}</button></p>` : nothing}</div>
    <div class="sheet-foot"><button type="submit" class="button ${removing ? "button-bad" : "button-strong"}" aria-disabled=${yes(busy)}>${say(removing ? "screens-remove" : screen ? "organise-save" : "screens-make")}</button>
      ${removing ? html`<button type="button" class="link" @click=${sheet.close}>${say("organise-keep")}</button>` : nothing}</div></form>`;
}

/** @param {{name: string, room: string, rooms: string[], screens: Page["screens"]}} form */
const fieldsView = ({ name, room, rooms, screens }) =>
  html`<div class="field"><label class="label" for="screen-name">${say("screens-name")}</label><input class="input" id="screen-name" dir="auto" autocomplete="off" aria-describedby="screen-name-hint" .value=${live(name)} @input=${(/** @type {On} */ event) => screens.type({ name: event.target.value })}><p class="hint" id="screen-name-hint">${say("screens-name-hint")}</p></div>
    <div class="field"><label class="label" for="screen-room">${say("screens-room")}</label><input class="input" id="screen-room" dir="auto" autocomplete="off" list="screen-rooms" aria-describedby="screen-room-hint" .value=${live(room)} @input=${(/** @type {On} */ event) => screens.type({ room: event.target.value })}><datalist id="screen-rooms">${rooms.map((one) => html`<option value=${one}></option>`)}</datalist><p class="hint" id="screen-room-hint">${say("screens-room-hint")}</p></div>`;
