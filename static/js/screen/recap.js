// The recap on the large screen: what has come together so far in numbers, and one card after the other.
// @ts-check
import { nothing, render } from "../../vendor/lit-html.js";
import { cardFace } from "./face.js";
import { fit } from "./fit.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";

/** @import { Theme } from "../shared/wire" */
/** @import { Picture } from "./scene.js" */

/** What was counted. @type {Record<string, (n: number, answered?: number) => string>} */
const COUNTED = {
  cards: (n) => say("screen-so-far-cards", { n }),
  people: (n) => say("screen-so-far-people", { n }),
  bridges: (n) => say("screen-so-far-pairs", { n }),
  sessions: (n) => say("screen-so-far-sessions", { n }),
  asked: (n, answered) =>
    answered ? say("screen-so-far-answered", { n, answered }) : say("screen-so-far-asked", { n }),
};
const EACH_MS = 8000;

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
            ({ what, count, answered }) =>
              html`<div class="recap-number"><dt>${COUNTED[what](count, answered)}</dt><dd>${say("screen-number", { n: count })}</dd></div>`,
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
