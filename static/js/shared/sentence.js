// A text of the catalogue with parts of the page in the places of its values: their order is the business of a language.
// @ts-check
import { say } from "./words.js";

const FIRST_PLACE = 0xe000; // for private use: nobody's text has it
const PLACES = /([\ue000-\ue00f])/;

/**
 * What lit-html shows for it: sentence("writing-as", { name: html`<strong>Nadia</strong>` }).
 * @param {string} key @param {Record<string, unknown>} views one for each value
 * @returns {unknown[]}
 */
export function sentence(key, views) {
  const shown = Object.values(views);
  const places = Object.keys(views).map((name, index) => [name, String.fromCharCode(FIRST_PLACE + index)]);
  return say(key, Object.fromEntries(places))
    .split(PLACES)
    .map((part) => (PLACES.test(part) ? shown[part.charCodeAt(0) - FIRST_PLACE] : part));
}
