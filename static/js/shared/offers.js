// The list of names that are offered while one is typed, wherever that is: how it looks, and its mark, which is what Enter takes.
// @ts-check
import { nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "./html.js";
import { say } from "./words.js";

/**
 * @typedef {{id: string, name: string, hint?: string, isFree?: boolean, isOff?: boolean, pick: () => void}} Row
 *   id: of a person, not of a place: a screen reader says nothing when another person comes under the same id; isFree: what was typed, as it is;
 *   isOff: cannot be taken
 * @param {string} id @param {string} label @param {Row[]} rows @param {string|undefined} marked the id of its row @param {boolean} [looking] more may come
 */
export const offersView = (
  id,
  label,
  rows,
  marked,
  looking = false,
) => html`<ul class="offers" id=${id} role="listbox" aria-label=${label} ?hidden=${!rows.length && !looking}>
    ${repeat(
      rows,
      (row) => row.id,
      (row) => rowView(row, row.id === marked),
    )}${looking ? html`<li class="offer is-looking" role="presentation">${say("recipient-looking")}</li>` : nothing}
  </ul>`;

/** @param {Row} row @param {boolean} isMarked */
const rowView = (
  { id, name, hint, isFree, isOff, pick },
  isMarked,
) => html`<li role="option" id=${id} class="offer ${isFree ? "is-free" : ""}" aria-selected=${isMarked ? "true" : "false"} aria-disabled=${isOff ? "true" : nothing}
      @pointerdown=${(/** @type {Event} */ event) => event.preventDefault()} @click=${pick}>
    <bdi>${name}</bdi>${hint ? html`<small><bdi>${hint}</bdi></small>` : nothing}
  </li>`;

/** How far this key moves the mark: 0 for other keys. @param {KeyboardEvent} event */
export const stepOf = ({ key }) => (key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0);

/** A list that scrolls shows the row that is marked. @param {HTMLElement} root */
export const showMarked = (root) =>
  root.querySelector('.offer[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
