// The gallery's furniture: shelves with pieces on them, each piece a part of a page in one state, and its name.
// @ts-check
import { nothing, render } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";

/** No clock: "5 min" stays five minutes, so that a picture of it stays the same. Called before anything is drawn. @param {string} iso */
export function stopClock(iso) {
  const now = Date.parse(iso);
  Date.now = () => now;
}

/** What fingers would do: here nothing. @type {any} */
export const idle = new Proxy({}, { get: () => () => {} });

/**
 * @typedef {{name: string, view: unknown, className?: string, dir?: string}} Piece
 * @typedef {{id: string, title: string, note?: string, pieces: Piece[]}} Shelf
 */

/** @param {Shelf[]} shelves @param {(view: unknown) => unknown} [ground] what a piece lies on */
export function show(shelves, ground = (view) => view) {
  const place = /** @type {HTMLElement} */ (document.getElementById("gallery"));
  render(
    html`<ul class="contents">${shelves.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>${shelves.map((shelf) => shelfView(shelf, ground))}`,
    place,
  );
}

/** @param {Shelf} shelf @param {(view: unknown) => unknown} ground */
const shelfView = ({ id, title, note, pieces }, ground) => html`<section class="shelf" id=${id} data-shelf=${id}>
  <h2 class="shelf-title">${title}</h2>
  ${note ? html`<p class="shelf-note">${note}</p>` : nothing}
  <div class="pieces">
    ${pieces.map(({ name, view, className = "" }) => html`<figure class="piece ${className}"><figcaption class="piece-name">${name}</figcaption>${ground(view)}</figure>`)}
  </div>
</section>`;

/** Every letter is there. Fonts are asked for when text is laid out, not when it is written. */
export function lettered() {
  document.body.getBoundingClientRect();
  return document.fonts.ready;
}

/** Tells tests that all is drawn. */
export async function ready() {
  await lettered();
  document.documentElement.dataset.ready = "";
}
