// The answer to a question in other languages, as somebody at the desk has written it.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "./html.js";
import { ownName } from "./ownnames.js";
import { tall } from "./text.js";

/** @import {Post, Translation} from "./wire" */

/** @param {Translation[]} others */
export const ownNames = (others) =>
  html`<span>${others.map(({ lang }, index) => html`${index ? " · " : ""}<bdi lang=${lang}>${ownName(lang)}</bdi>`)}</span>`;

/**
 * Below the answer: at once for those who read one of the languages, by the choice of their browser; the others are folded.
 * @param {Pick<Post, "answer_translations">} post
 */
export function translatedView({ answer_translations: all = [] }) {
  const read = new Set(navigator.languages.map(spoken));
  const isRead = (/** @type {Translation} */ { lang }) => read.has(spoken(lang));
  const folded = all.filter((one) => !isRead(one));
  return html`${all.filter(isRead).map(textView)}
    ${folded.length ? html`<details class="translated"><summary>${ownNames(folded)}</summary>${folded.map(textView)}</details>` : nothing}`;
}

const textView = (/** @type {Translation} */ { lang, text }) =>
  html`<p class="question-answer said ${tall(text)}" lang=${lang} dir="auto"><bdi class="label">${ownName(lang)}</bdi> ${text}</p>`;

/** "fr" of "fr-CA". @param {string} tag */
const spoken = (tag) => tag.split("-")[0].toLowerCase();
