// The lane Me: who one is here, cards for oneself, and the own posts with what became of them. Templates only; comes later.
// @ts-check
import { nothing, repeat } from "../../vendor/lit-html.js";
import { query } from "../shared/api.js";
import { daysOf } from "../shared/days.js";
import { html } from "../shared/html.js";
import { sentence } from "../shared/sentence.js";
import { direction, languageOf, namesText, tall, timeAgo } from "../shared/text.js";
import { cardView, names } from "../shared/view.js";
import { say } from "../shared/words.js";
import { translatedView } from "../shared/translated.js";
import { isJoined } from "./answers.js";
import { fateLine } from "./fateview.js";
import { joinedHere, joinedView } from "./joinedview.js";
import { stateView } from "./lanes.js";

/** @import { Post } from "../shared/wire" */
/** @import { Act, Drawn, OwnPost, Page } from "./types" */

/** @typedef {Page & {find: (id: string|undefined) => Post|null}} MePage find: a post that is on the board */

/** @param {MePage} page @param {unknown} [consent] what stands below one's posts */
export function meView(page, consent = nothing) {
  const { who: me, mine, received, act } = page;
  return html`<section class="me-who">
      ${
        me.name
          ? html`<p class="label">${say("me-you-are")}</p>
            <h2><bdi>${me.name}</bdi></h2>
            ${me.team ? html`<p class="hint"><bdi>${me.team}</bdi></p>` : nothing}`
          : html`<p>${say("me-no-name")}</p>`
      }
      <button type="button" class="button" @click=${act.changeName}>${say(me.name ? "me-change-name" : "me-add-name")}</button>
    </section>
    ${received.length ? receivedView(page) : nothing}
    <section aria-labelledby="mine-title">
      <h2 class="section-title" id="mine-title">${say("me-posts")}</h2>
      ${
        mine.length
          ? html`<ul class="mine">${repeat(
              mine,
              (post) => post.id,
              (post) => mineView(post, page),
            )}</ul>`
          : html`<div class="empty"><h3>${say("me-nothing-yet")}</h3><p>${say("me-nothing-more")}</p></div>`
      }
    </section>
    ${consent}`;
}

/**
 * Until when all this is kept, and pages without a script: what is stored, and how it goes. They keep `?lang=`.
 * @param {string} api @param {string} until the day on which the board is erased; "" while it is not known
 */
export function ownDataView(api, until) {
  const board = api.replace(/^\/api/, "");
  const kept = query({ lang: new URLSearchParams(location.search).get("lang") });
  return html`${until ? html`<p class="me-until"><time datetime=${until}>${say("me-until", { day: daysOf({ ends_on: until }) })}</time></p>` : nothing}<p class="me-data"><a href="${board}/me${kept}">${say("me-data")}</a> <a href="${board}/privacy${kept}">${say("me-privacy")}</a></p>`;
}

/** @param {Page} page */
function receivedView({ received, themes, reacted, ours, act }) {
  const foot = (/** @type {Post} */ post) => html`<div class="state-acts">${shareButton(post, act)}</div>`;
  return html`<section aria-labelledby="received-title">
    <h2 class="section-title" id="received-title">${say("me-received")} <small>${say("me-received-count", { n: received.length })}</small></h2>
    <div class="cards">
      ${repeat(
        received,
        (post) => post.id,
        (post) =>
          cardView(post, { themes, reacted: reacted(post.id), onReact: act.react, foot: foot(post), ...ours?.(post) }),
      )}
    </div>
  </section>`;
}

const shareButton = (/** @type {Drawn} */ post, /** @type {Act} */ act, words = say("card-share")) =>
  html`<button type="button" class="button" aria-label=${say("card-share-of", { names: namesText(post) })} @click=${() => act.share(post)}>${words}</button>`;

/** @param {OwnPost} post @param {MePage} page */
function mineView(post, { find, zone, act, sure, editable, begun, time }) {
  const sent = !["waiting", "sending", "again", "unkept", "refused"].includes(/** @type {string} */ (post.state));
  const label = post.kind === "card" ? namesText(post) : say("me-question");
  const edit = begun(post);
  return html`<li class="mine-post">
    <p class="mine-kind" dir=${direction(post.text)}>${post.kind === "card" ? html`<bdi>${sentence("card-for", { names: html`<strong>${names(post)}</strong>` })}</bdi>` : say("me-question")}${sent ? html`<span class="mine-when">${timeAgo(post.created_at, time, zone)}</span>` : nothing}</p>
    <p class="said ${tall(post.text)}" dir=${direction(post.text)} lang=${languageOf(post.text)}>${post.text}</p>
    ${isJoined(post) ? joinedView(find(post.merged_into)) : stateView(post, act)}
    ${post.thanks ? html`<p class="mine-thanks">${say("received-says-thanks", { names: post.thanks.join(", "), n: post.thanks.length })}</p>` : nothing}
    ${joinedHere(post)}${fateLine(post)}
    ${post.answer ? html`<p class="question-answer said" dir="auto" lang=${languageOf(post.answer)}>${post.answer}</p>${translatedView(post)}` : nothing}
    ${
      sent && post.state !== "withdrawn"
        ? sure === post.id
          ? html`<div class="state-acts" role="group" aria-label=${say("take-back-sure")}>
            <button type="button" class="button button-bad" @click=${() => act.withdraw(post)}>${say("take-back-yes")}</button>
            <button type="button" class="button" @click=${() => act.askSure(null)}>${say("take-back-no")}</button>
          </div>`
          : html`<div class="state-acts">
            ${editable(post) ? html`<button type="button" class="button" aria-label=${say(edit ? "post-edit-on-of" : "post-edit-of", { post: label })} @click=${() => act.edit(post)}>${say(edit ? "post-edit-on" : "post-edit")}</button>` : nothing}
            ${post.kind === "card" && post.state === "visible" ? shareButton(post, act, say("card-share-short")) : nothing}
            <button type="button" class="button button-quiet" aria-label=${say("take-back-of", { post: label })} @click=${() => act.askSure(post)}>${say("take-back")}</button>
          </div>`
        : nothing
    }
  </li>`;
}
