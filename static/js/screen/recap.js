// The recap on the large screen: what has come together so far in numbers, and one card after the other.
// @ts-check
import { nothing, render } from "../../vendor/lit-html.js";
import { cardFace } from "./face.js";
import { fit } from "./fit.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";

/** @import { Theme } from "../shared/wire" */
/** @import { Fates, Picture } from "./scene.js" */

/** What was counted. @type {Record<string, (n: number) => string>} */
const COUNTED = {
  cards: (n) => say("screen-so-far-cards", { n }),
  people: (n) => say("screen-so-far-people", { n }),
  bridges: (n) => say("screen-so-far-pairs", { n }),
  sessions: (n) => say("screen-so-far-sessions", { n }),
  asked: (n) => say("screen-so-far-asked", { n }),
};
/** And what became of it; what there is none of is not said. @type {[keyof Fates, (n: number) => string][]} */
const FATES = [
  ["answered", (n) => say("answers-count-answered", { n })],
  ["owned", (n) => say("answers-count-owned", { n })],
  ["set_aside", (n) => say("answers-count-set-aside", { n })],
  ["open", (n) => say("answers-count-open", { n })],
];
const EACH_MS = 8000;

/** @param {Fates} fates */
const fatesView = (fates) =>
  html`<span class="recap-fates">${FATES.filter(([fate]) => fates[fate]).map(([fate, words]) => html`<span>${words(fates[fate])}</span> `)}</span>`;

/** @param {{place: HTMLElement}} parts */
export function openRecap({ place }) {
  let drawn = "";

  /**
   * @param {Picture} picture @param {Theme[]} themes @param {{min: number, comfort: number}} look
   * @param {number} now ms
   */
  function show({ numbers, cards }, themes, look, now) {
    const moment = cards.length ? cards[Math.floor(now / EACH_MS) % cards.length] : null;
    const signature = JSON.stringify([numbers, moment?.id, moment?.seq, look, place.clientWidth, place.clientHeight]);
    if (signature === drawn) return;
    drawn = signature;
    render(
      html`<dl class="recap-numbers" aria-label=${say("scene-recap-label")}>
          ${numbers.map(
            ({ what, count, fates }) =>
              html`<div class="recap-number"><dt>${COUNTED[what](count)}${fates ? fatesView(fates) : nothing}</dt><dd>${say("screen-number", { n: count })}</dd></div>`,
          )}
        </dl>
        ${moment ? html`<div class="beside">${cardFace(moment, themes)}</div>` : nothing}`,
      place,
    );
    const card = /** @type {HTMLElement|null} */ (place.querySelector(".beside .card"));
    if (card) fit([{ box: card, min: look.min, max: look.comfort * 2.4 }]);
  }

  function clear() {
    if (!drawn) return;
    render(nothing, place);
    drawn = "";
  }

  return { show, clear };
}
