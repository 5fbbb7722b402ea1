// A row of keys for the operator at this screen: it comes when the mouse moves and goes with it, and acts on this screen alone.
// @ts-check
import { render } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";

/** @typedef {NonNullable<ReturnType<typeof import("./keys.js").command>>} Wish */

/** Key, its words, and what it does. @type {[string, string, Wish][]} */
const ROW = [
  ["1", "screen-row-join", { do: "scene", scene: "join" }],
  ["2", "screen-row-cards", { do: "scene", scene: "cards" }],
  ["3", "screen-row-questions", { do: "scene", scene: "questions" }],
  ["5", "screen-row-map", { do: "scene", scene: "map" }],
  ["6", "screen-row-recap", { do: "scene", scene: "recap" }],
  ["B", "screen-row-blank", { do: "toggle", scene: "blank" }],
  ["−", "screen-row-smaller", { do: "size", by: -1 }],
  ["+", "screen-row-larger", { do: "size", by: 1 }],
  ["L", "screen-row-stage", { do: "stage" }],
  ["F", "screen-row-full", { do: "full" }],
  ["Esc", "screen-row-moderator", { do: "moderator" }],
  ["?", "screen-row-help", { do: "help" }],
];

/**
 * The row never changes, so it belongs to the page as it was delivered; `mark` only says which key is pressed.
 * @param {{place: HTMLElement, act: (wish: Wish) => void}} page
 */
export function createKeyRow({ place, act }) {
  render(
    html`<p class="keyrow-words">${say("screen-row-only-here")}</p>${ROW.map(
      ([key, words, wish]) =>
        html`<button type="button" tabindex="-1" data-key=${key} @click=${() => act(wish)}><kbd>${key}</kbd><span>${say(words)}</span></button>`,
    )}`,
    place,
  );

  /** @param {string|null} scene that was chosen here, null: the moderator's is shown */
  function mark(scene) {
    for (const [key, , wish] of ROW) {
      const isOn = wish.do === "moderator" ? !scene : "scene" in wish && wish.scene === scene;
      place.querySelector(`[data-key="${key}"]`)?.setAttribute("aria-pressed", String(isOn));
    }
  }

  return {
    /** @param {boolean} on @param {string|null} scene that was chosen here */
    show(on, scene) {
      mark(scene);
      place.hidden = !on;
    },
    mark,
  };
}
