// How the large screens look at the desk: each a live picture with its name, how it is doing, and its scenes. lit-html templates only.
// @ts-check
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { screenCounts } from "./queue.js";
import { KEY_SCENES } from "./screens.js";
import { minuteOf, secondOf } from "./times.js";
import { takingTurns } from "./turns.js";
import { label, WORDS, yes } from "./words.js";

/**
 * @import {On} from "../shared/dom"
 * @import {SceneName} from "../shared/wire"
 * @import {LargeShown, Picture} from "./types"
 */

/** A board of one screen has nothing to choose: its picture, and its scenes. @param {Picture} desk */
export function screensPanel(desk) {
  const { large, screens } = desk;
  const count = screenCounts(screens);
  const several = large.length > 1;
  return html`<section class="panel" aria-labelledby="panel-screen">
    <div class="panel-head"><h3 id="panel-screen">${several ? WORDS.screensPanel : WORDS.largeScreen}</h3><p class="screens ${count.stale || count.lost ? "is-stale" : ""}">${WORDS.screens(count)}</p></div>
    ${several ? nothing : onlyView(large[0], desk)}
    ${several ? meantView(desk) : nothing}
    ${scenesView(desk)}
    ${
      several
        ? html`<ul class="large" aria-label=${WORDS.screensPanel}>${repeat(
            large,
            ({ id }) => id,
            (one) => oneView(one, desk),
          )}</ul>`
        : nothing
    }
  </section>`;
}

// -- one screen ---------------------------------------------------------------------------------------------------

// How it is doing stands on the picture: a line above it, which comes and goes, would move all buttons below it under a finger.
const onlyView = (/** @type {LargeShown} */ one, /** @type {Picture} */ desk) =>
  html`<div class="large-one is-only" data-screen=${one.id}>
    ${one.title ? html`<p class="large-head"><strong><bdi>${one.title}</bdi></strong>${stateView(one)}</p>` : nothing}
    ${shotView(one, desk)} ${nextView(one, desk)}
  </div>`;

/**
 * One of several: the name ticks it, the buttons below it act on it alone.
 * @param {LargeShown} one @param {Picture} desk
 */
function oneView(one, desk) {
  const { on } = desk;
  return html`<li class="large-one ${one.ticked ? "is-ticked" : ""} ${one.current ? "is-meant" : ""}" data-screen=${one.id} aria-current=${yes(one.current)}>
    <p class="large-head"><label class="check"><input type="checkbox" .checked=${live(one.ticked)} @change=${() => on.tickScreen(one.id)}> <strong><bdi>${one.title}</bdi></strong></label>${stateView(one)}</p>
    ${shotView(one, desk)}
    <div class="scenes is-row" role="group" aria-label=${WORDS.scenesOf(one.title)}>
      ${KEY_SCENES.map((scene) => sceneButton(scene, one.scene === scene && !takingTurns(one), () => on.scene(scene, [one.id])))}
      ${sceneButton("blank", one.scene === "blank", () => on.blank([one.id]))}
    </div>
    ${one.questionsOf === undefined ? nothing : sessionChoice(one.questionsOf, desk, (session) => on.questionsOf(session, [one.id]))}
    ${nextView(one, desk)}
  </li>`;
}

const stateView = (/** @type {LargeShown} */ one) =>
  html`<span class="large-state is-${one.until ? "lost" : one.state}">${one.until ? WORDS.noConnection : WORDS.standing[one.state]}</span>`;

/**
 * Drawn by the screen's own scenes, see shots.js. What a lost screen still shows is older, so its picture steps back.
 * @param {LargeShown} one @param {Picture} desk
 */
function shotView(one, { board, links, on }) {
  const note = noteOn(one, board.time_zone);
  return html`<div class="shot ${one.until ? "is-lost" : one.state === "safe" ? "is-safe" : ""}">
    ${links.picture ? html`<iframe class="shot-in" src=${links.picture} title=${WORDS.pictureOf(one.title, WORDS.scenes[one.scene])} tabindex="-1" inert loading="lazy" @load=${(/** @type {On<HTMLIFrameElement>} */ event) => on.shot(one.id, event.target)}></iframe>` : nothing}
    ${note ? html`<p class="shot-note">${note}</p>` : nothing}
  </div>`;
}

/** @param {LargeShown} one @param {string|undefined} zone */
function noteOn({ until, state, title }, zone) {
  if (until) return WORDS.readableUntil(secondOf(until, zone));
  if (state === "safe") return WORDS.notOpen;
  return state === "stale" && !title ? WORDS.behind : ""; // a title has it beside it
}

/** @param {LargeShown} one @param {Picture} desk */
function nextView({ next }, { board }) {
  if (!next) return nothing;
  return html`<p class="large-next">${WORDS.next(minuteOf(next.starts_at, board.time_zone))} <bdi>${next.title}</bdi></p>`;
}

// -- what is meant ------------------------------------------------------------------------------------------------

/** Which screens the scenes below act on. @param {Picture} desk */
function meantView({ large, meant, on }) {
  const names = large.filter(({ id }) => meant.ids.includes(id)).map(({ title }) => title);
  return html`<p class="meant"><span>${meant.all ? WORDS.onAll(large.length) : WORDS.onSome(names.join(", "))}</span>
    ${meant.all ? nothing : html`<button type="button" class="act" data-do="all-screens" @click=${on.allScreens}>${WORDS.meanAll}</button>`}</p>`;
}

/** @param {Picture} desk */
function scenesView(desk) {
  const { screen, spotlit, large, on } = desk;
  const all = /** @type {SceneName[]} */ (Object.keys(WORDS.scenes));
  // Six of them: of one screen the head blanks it, and which of several is in the spotlight the line below says.
  const names = all.filter((scene) => scene !== (large.length > 1 ? "spotlight" : "blank"));
  return html`<div class="scenes" role="group" aria-labelledby="panel-screen">
      ${names.map((scene) =>
        sceneButton(
          scene,
          screen.scene === scene && !takingTurns(screen),
          () => on.scene(scene),
          scene === "spotlight" && screen.scene !== scene,
        ),
      )}
    </div>
    ${turnsView(desk)}
    ${screen.scene === "questions" || takingTurns(screen) ? sessionChoice(screen.session, desk, (session) => on.questionsOf(session)) : nothing}
    ${
      screen.scene === "spotlight" && spotlit
        ? html`<p class="panel-note"><strong>${WORDS.spotlit}</strong> <bdi>${label(spotlit)}</bdi></p>`
        : html`<p class="panel-note">${WORDS.spotlightHow}</p>`
    }`;
}

/** @param {SceneName} scene @param {boolean} pressed @param {() => void} act */
const sceneButton = (scene, pressed, act, disabled = false) =>
  html`<button type="button" data-scene=${scene} aria-pressed=${yes(pressed)} ?disabled=${disabled} title=${keyOf(scene)} @click=${act}>${WORDS.scenes[scene]}</button>`;

/** The key that shows it. @param {SceneName} scene */
const keyOf = (scene) =>
  scene === "blank" ? "B" : scene === "spotlight" ? "S" : String(KEY_SCENES.indexOf(scene) + 5);

/** @param {string|null} chosen @param {Picture} desk @param {(session: string|null) => void} choose */
function sessionChoice(chosen, { sessions }, choose) {
  if (!sessions.length) return nothing;
  return html`<label class="panel-field"><span>${WORDS.questionsOf}</span>
    <select class="choice" @change=${(/** @type {On<HTMLSelectElement>} */ event) => choose(event.target.value || null)}>
      <option value="" .selected=${live(!chosen)}>${WORDS.running}</option>
      ${sessions.map((one) => html`<option value=${one.id} .selected=${live(chosen === one.id)}>${one.title}</option>`)}
    </select></label>`;
}

/** @param {Picture} desk */
function turnsView({ screen, seconds, on }) {
  return html`${switchView("turns", WORDS.turns, takingTurns(screen), on.turns)}
    ${
      takingTurns(screen)
        ? html`<p class="panel-note" id="turns-how">${WORDS.turnsHow}</p>
          <ul class="turns" aria-describedby="turns-how">
            ${Object.entries(seconds).map(
              ([scene, value]) => html`<li><label><span>${WORDS.scenes[/** @type {SceneName} */ (scene)]}</span>
                <input class="choice" type="number" inputmode="numeric" min="0" max=${limits().turn_seconds[1]} step="5" data-turn=${scene} .value=${String(value)} @change=${(/** @type {On} */ event) => on.turnSeconds(scene, event.target)}></label></li>`,
            )}
          </ul>`
        : nothing
    }`;
}

/** @param {string} key @param {string} words @param {boolean|undefined} checked @param {() => void} toggle */
export const switchView = (key, words, checked, toggle) =>
  html`<button type="button" class="switch" role="switch" data-switch=${key} aria-checked=${yes(checked)} @click=${toggle}><span>${words}</span><span class="switch-knob" aria-hidden="true"></span></button>`;
