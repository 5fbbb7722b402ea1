// How the panel of prepared questions looks: a line for each, or a field where its text is being changed. lit-html templates only.
// @ts-check
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { sentence } from "../shared/sentence.js";
import { sessionChoice } from "./laterview.js";
import { POWERS } from "./laterwords.js";
import { WORDS, yes } from "./words.js";

const ARROW = { up: "↑", down: "↓" };

/**
 * @import {On} from "../shared/dom"
 * @import {Post} from "../shared/wire"
 * @import {Prepared, Preparing} from "./preparing.js"
 * @import {Rewording} from "./rewording.js"
 * @import {Picture, Press} from "./types"
 */

/** @param {Preparing} preparing @param {Picture} desk */
export function preparedPanel(preparing, { sessions }) {
  const { session, typed, busy } = preparing.now();
  const waiting = preparing.waiting();
  const line = (/** @type {Prepared} */ one) => {
    const it = preparing.rewording.of(one.id);
    return html`<li data-prepared=${one.id}>${it ? fieldView(it, preparing) : lineView(one, waiting, preparing)}</li>`;
  };
  return html`<p class="panel-note">${POWERS.preparedHow}</p>
    <label class="panel-field"><span>${POWERS.session}</span>${sessionChoice(sessions, session, preparing.choose)}</label>
    <ol class="power-list is-prepared">${repeat([...waiting, ...preparing.lost()], ({ id }) => id, line)}</ol>
    <p class="panel-note">${waiting.length ? POWERS.preparedCount(waiting.length, limits().prepared) : POWERS.preparedNone}</p>
    <form class="power-form" @submit=${preparing.save}>
      <label class="panel-field"><span>${POWERS.preparedPaste}</span><textarea class="choice" rows="3" dir="auto" .value=${live(typed)} @input=${(/** @type {On<HTMLTextAreaElement>} */ event) => preparing.type(event.target.value)}></textarea></label>
      <button type="submit" class="button button-strong" aria-disabled=${yes(busy)}>${POWERS.preparedSave}</button>
    </form>`;
}

/** Which question a button is about. @param {string} act @param {Prepared} one */
const named = (act, one) => WORDS.actOf(act, /** @type {Post} */ (/** @type {unknown} */ (one)));

/** @param {Prepared} one @param {Prepared[]} those of its session @param {Preparing} preparing */
function lineView(one, those, { rewording, add, remove, move }) {
  const button = (
    /** @type {string} */ part,
    /** @type {string} */ words,
    /** @type {() => void} */ act,
    look = "act",
  ) =>
    html`<button type="button" class=${look} data-do=${part} aria-label=${named(words, one)} @click=${act}>${words}</button>`;
  const press = (/** @type {"up"|"down"} */ way) => (/** @type {Press} */ event) => {
    /** @type {HTMLElement} */ (event.currentTarget).focus(); // Safari gives a pressed button none
    move(one, way);
  };
  const arrow = (/** @type {"up"|"down"} */ way, /** @type {Prepared|undefined} */ end) =>
    html`<button type="button" class="act is-icon" data-do=${way} aria-label=${named(POWERS[way], one)} aria-disabled=${yes(one === end)} @click=${press(way)}><span aria-hidden="true">${ARROW[way]}</span></button>`;
  return html`<p><bdi>${one.text}</bdi></p>
    ${those.length > 1 ? html`<span class="orders">${arrow("up", those[0])}${arrow("down", those.at(-1))}</span>` : nothing}
    <span class="power-row">${button("add", POWERS.add, () => add(one), "act is-ok")}${button("edit", POWERS.edit, () => rewording.edit(one))}${button("remove", POWERS.remove, () => remove(one))}</span>`;
}

/** @param {Rewording} it @param {Preparing} preparing */
function fieldView(it, { rewording: { save, pressed, type, cancel } }) {
  const { one, typed, error, theirs, busy } = it;
  const wrong = Boolean(error) || theirs !== null;
  const words = theirs === null ? error : sentence("desk-prepared-theirs", { text: html`<bdi>${theirs}</bdi>` });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    save(it);
  };
  return html`<form class="power-form" novalidate @submit=${submit} @keydown=${(/** @type {KeyboardEvent} */ event) => pressed(it, event)}>
      <textarea class="choice" rows="3" dir="auto" data-do="text" aria-label=${named(POWERS.edit, one)} aria-invalid=${yes(wrong)} aria-describedby=${wrong ? `prepared-${one.id}` : nothing} .value=${live(typed)} @input=${(/** @type {On<HTMLTextAreaElement>} */ event) => type(it, event.target.value)}></textarea>
      ${wrong ? html`<p class="error" id="prepared-${one.id}" role="alert">${words}</p>` : nothing}
      <span class="power-row"><button type="submit" class="act is-ok" aria-disabled=${yes(busy)}>${POWERS.saving[Number(busy)]}</button><button type="button" class="act" aria-disabled=${yes(busy)} @click=${() => cancel(it)}>${POWERS.cancel}</button></span>
    </form>`;
}
