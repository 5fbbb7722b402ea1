// How the row of a question says who answers it, or why nobody will. lit-html templates only.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { fateOf, isLate } from "../shared/fate.js";
import { html } from "../shared/html.js";
import { languageOf, tall } from "../shared/text.js";
import { FATES } from "./fatewords.js";

/** @import {Post} from "../shared/wire" */

/** In the foot of a row. @param {Post} post @param {string} today */
export function fateSign(post, today) {
  const fate = fateOf(post);
  if (fate === "set_aside") return html`<strong class="row-sign">${FATES.asideTag}</strong>`;
  if (fate !== "owned") return nothing;
  const late = isLate(post, today);
  return html`<strong class="row-sign ${late ? "is-late" : ""}">${FATES.owned(post.owner ?? "", post.due, late)}</strong>`;
}

/** Below the text of a row. @param {Post} post */
export const asideLine = (post) =>
  fateOf(post) === "set_aside"
    ? html`<p class="row-more said ${tall(post.set_aside ?? "")}" dir="auto"><strong>${FATES.asideLabel}</strong> <span lang=${languageOf(post.set_aside ?? "")}>${post.set_aside}</span></p>`
    : nothing;
