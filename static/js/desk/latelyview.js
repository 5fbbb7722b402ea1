// How it looks what was done lately. lit-html templates only.
// @ts-check
import { html } from "../shared/html.js";
import { sentence } from "../shared/sentence.js";
import { timeAgo } from "../shared/text.js";

/** @import {Line, Picture} from "./types" */

/** @param {Line[]} lines @param {Picture} desk */
export const latelyView = (lines, { board, now }) =>
  html`<ul class="lately">${lines.map((line) => html`<li>${doneView(line)} <time datetime=${line.at}>${timeAgo(line.at, now, board.time_zone)}</time></li>`)}</ul>`;

/** Who did what, and to which post. */
const doneView = (/** @type {Line} */ { actor, key, action, about }) =>
  key
    ? sentence(key, {
        actor: html`<bdi>${actor}</bdi>`,
        about: html`<bdi class="lately-about">${about}</bdi>`,
      })
    : html`<bdi>${actor}</bdi> <bdi>${action}</bdi>`;
