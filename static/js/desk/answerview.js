// How it looks to write an answer and its translations. lit-html templates only.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { limits } from "../shared/limits.js";
import { unitsOf } from "../shared/units.js";
import { ownName } from "../shared/ownnames.js";
import { languageOf } from "../shared/text.js";
import { LOCALE } from "../shared/words.js";
import { ANSWER } from "./laterwords.js";
import { toChoose } from "./translating.js";
import { WORDS } from "./words.js";

/**
 * @import {On} from "../shared/dom"
 * @import {Post, Translation} from "../shared/wire"
 * @import {Picture} from "./types"
 * @typedef {ReturnType<typeof import("./answering.js").createAnswering>} Answering
 */

/** @param {{post: Post}} pop @param {Picture} desk @param {Answering} answering */
export function answerView({ post }, { on, board }, answering) {
  const others = answering.others(post);
  const field = (/** @type {Translation} */ { lang, text }) =>
    html`<label class="field"><span class="label"><bdi lang=${lang}>${ownName(lang)}</bdi></span><textarea class="input" data-lang=${lang} rows="2" maxlength=${unitsOf(limits().answer)} lang=${lang} dir="auto" .value=${live(text)} @input=${(/** @type {On<HTMLTextAreaElement>} */ event) => answering.typeIn(post, lang, event.target.value)}></textarea></label>`;
  return html`<div class="pop-head"><h2 id="pop-title">${ANSWER.title}</h2><button type="button" class="act" @click=${on.popClose}>${WORDS.close}</button></div>
    <p class="pop-about" dir="auto" lang=${languageOf(post.text)}>${post.text}</p>
    <form class="pop-form" @submit=${answering.save}>
      <label class="field"><span class="visually-hidden">${ANSWER.title}</span><textarea class="input" name="answer" rows="5" maxlength=${unitsOf(limits().answer)} dir="auto" autofocus .value=${live(answering.answer(post))} @input=${(/** @type {On<HTMLTextAreaElement>} */ event) => answering.type(post, event.target.value)}></textarea></label>
      <p class="hint">${ANSWER.hint}</p>
      ${others.map(field)}
      ${others.length ? html`<p class="hint">${ANSWER.othersHint}</p>` : nothing}
      ${others.length < limits().translations ? chooseView(post, others, board.languages ?? [], answering) : nothing}
      <label class="check"><input type="checkbox" name="answered" .checked=${true}> ${ANSWER.mark}</label>
      <button class="button button-strong" type="submit">${WORDS.save}</button>
    </form>`;
}

/** The language by its own name, and by that of the moderator's language. @param {string} tag @param {Intl.DisplayNames} named */
const namesOf = (tag, named) =>
  [...new Set([ownName(tag), named.of(tag)])].filter((name) => name !== tag).join(" · ") || tag;

/** @param {Post} post @param {Translation[]} others @param {string[]} ofBoard @param {Answering} answering */
function chooseView(post, others, ofBoard, answering) {
  const named = new Intl.DisplayNames([LOCALE], { type: "language" });
  const choose = (/** @type {On<HTMLSelectElement>} */ event) => {
    const lang = event.target.value;
    event.target.value = "";
    const { form } = event.target;
    answering.add(post, lang);
    // Once it is drawn, which is with the next frame.
    requestAnimationFrame(() =>
      /** @type {HTMLElement|null} */ (form?.querySelector(`[data-lang="${lang}"]`))?.focus(),
    );
  };
  return html`<label class="field"><span class="visually-hidden">${ANSWER.add}</span><select class="input" data-translate @change=${choose}>
    <option value="">${ANSWER.add}</option>
    ${toChoose(ofBoard, others).map((tag) => html`<option value=${tag} lang=${tag}>${namesOf(tag, named)}</option>`)}
  </select></label>`;
}
