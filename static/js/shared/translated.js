// The answer to a question in other languages, as somebody at the desk has written it.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "./html.js";
import { tall } from "./text.js";

/** @import {Translation} from "./wire" */

/** A language as those who speak it call it: "Français". @param {string} tag */
export function ownName(tag) {
  return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
}

/** @param {Translation[]} others */
export const ownNames = (others) =>
  others.map(({ lang }, index) => html`${index ? " · " : ""}<bdi lang=${lang}>${ownName(lang)}</bdi>`);

/** Below the answer: open for those who read one of the languages, by the choice of their browser. @param {Translation[]} [others] */
export function translatedView(others) {
  if (!others?.length) return nothing;
  const read = new Set(navigator.languages.map(spoken));
  return html`<details class="translated" ?open=${others.some(({ lang }) => read.has(spoken(lang)))}><summary>${ownNames(others)}</summary>
    ${others.map(({ lang, text }) => html`<p class="said ${tall(text)}" lang=${lang} dir="auto">${text}</p>`)}</details>`;
}

/** "fr" of "fr-CA". @param {string} tag */
const spoken = (tag) => tag.split("-")[0].toLowerCase();
