// How a card for the reader looks when it fills the phone, and how several look that came while the reader was away. Templates only.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { sentence } from "../shared/sentence.js";
import { called, direction, languageOf, tall, themeClass, themeOf, whoText } from "../shared/text.js";
import { themeTag } from "../shared/view.js";
import { say } from "../shared/words.js";
import { sizeOf, writers } from "./receiving.js";

/** @import { Post, Theme } from "../shared/wire" */

const CROSS = html`<svg class="line-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>`;
const CUT = html`<svg class="moment-facet" viewBox="0 0 34 34" aria-hidden="true"><path d="M0 0h34v34z" /><path class="lit" d="M0 0h34L22.500 11.500z" /><path class="deep" d="M34 0v34L22.500 11.500z" /></svg>`;
// Where each facet comes to rest: across and down, turned, how large.
const FACETS = [
  [38, 78, 20, 15],
  [72, 120, -35, 9],
  [14, 150, 60, 12],
  [118, 58, 10, 7],
  [138, 120, 75, 16],
  [176, 40, -20, 10],
  [196, 140, 40, 13],
  [232, 92, 15, 17],
  [262, 150, -60, 11],
  [318, 168, 30, 12],
  [96, 164, -10, 8],
  [52, 30, 25, 9],
  [356, 196, 70, 8],
  [160, 84, -45, 9],
];
const FALLING = html`<svg class="falling" viewBox="0 0 390 420" preserveAspectRatio="xMidYMin slice" aria-hidden="true">${FACETS.map(
  ([x, y, turned, size]) =>
    html`<svg x=${x} y=${y} width="40" height="40" viewBox="-20 -20 40 40" overflow="visible"><g class="falls"><path transform="rotate(${turned}) scale(${size / 10})" d="M-9-8 10-3-3 9z" /></g></svg>`,
)}</svg>`;

/**
 * @typedef {{close: () => void, next: () => void, open: (at: number) => void, thank: (post: Post) => void, keep: (post: Post) => void}} Fingers
 * @typedef {{post: Post, name: string, themes: Theme[], at: number, all: number, thanked: boolean, waits: boolean, act: Fingers}} Moment
 * @param {Moment} moment
 */
export function cardMoment({ post, name, themes, at, all, thanked, waits, act }) {
  const theme = themeOf(post, themes);
  const alone = (post.to ?? []).length === 1;
  return html`<article class="moment ${themeClass(theme)}" dir=${direction(post.text)}>
    ${CUT}${FALLING} ${head(act.close, all > 1 ? say("received-place", { n: at + 1, all }) : "")}
    <div class="moment-body">
      <h2 class="moment-for" id="moment-title" tabindex="-1" autofocus>${say(alone ? "received-for-you" : "received-for-you-all", { name })}</h2>
      <p class="moment-text said ${sizeOf(post.text)} ${tall(post.text)}" id="moment-text" lang=${languageOf(post.text)}>${post.text}</p>
      <p class="moment-from"><bdi>${sentence("card-from", { author: author(post) })}</bdi></p>
      ${theme ? html`<p>${themeTag(theme)}</p>` : nothing}
    </div>
    <footer class="moment-foot">
      ${thanked ? thankedView(post, waits, act) : html`<button type="button" class="button moment-thanks" @click=${() => act.thank(post)}>${say("received-thanks")}</button>`}
      <div class="moment-acts">
        <button type="button" class="button" @click=${() => act.keep(post)}>${say("received-keep")}</button>
        <button type="button" class="button" @click=${at + 1 < all ? act.next : act.close}>${say(at + 1 < all ? "received-next" : "received-close")}</button>
      </div>
    </footer>
  </article>`;
}

/** @param {Post} post */
const author = ({ author: one }) =>
  one?.name
    ? html`<strong><bdi>${called(one)}</bdi></strong>${one.team ? html` · <bdi>${one.team}</bdi>` : nothing}`
    : html`<strong>${whoText(one)}</strong>`;

/** @param {() => void} close @param {string} place */
const head = (close, place) => html`<header class="moment-head">
  <button type="button" class="icon-button" aria-label=${say("received-close")} @click=${close}>${CROSS}</button>
  <p class="moment-place" dir=${document.documentElement.dir || "ltr"}>${place}</p>
</header>`;

/** @param {Post} post @param {boolean} waits @param {Fingers} act */
function thankedView(post, waits, act) {
  const name = post.author?.name && called(post.author);
  const words = name ? say("received-knows", { name }) : say("received-knows-somebody");
  return html`<p class="moment-thanked" role="status">${waits ? say("received-thanks-waits") : html`<span aria-hidden="true">✓ </span>${words}`}
    <button type="button" class="link" @click=${() => act.thank(post)}>${say("received-thanks-back")}</button></p>`;
}

/**
 * What came while one was away: sealed, first words only; many are a list.
 * @param {{cards: Post[], themes: Theme[], isList: boolean, act: Fingers}} moment
 */
export function sealedMoment({ cards, themes, isList, act }) {
  const many = writers(cards);
  return html`<section class="moment is-sealed">
    ${head(act.close, "")}
    <div class="moment-body">
      <p class="moment-away">${say("received-away")}</p>
      <h2 id="moment-title" tabindex="-1" autofocus>${many ? say("received-many", { n: many }) : say("received-cards", { n: cards.length })}</h2>
      ${isList ? listView(cards, themes, act) : stackView(cards, themes, act)}
    </div>
    <footer class="moment-foot">
      <button type="button" class="button moment-thanks" @click=${() => act.open(0)}>${say("received-open")}</button>
      <button type="button" class="button moment-later" @click=${act.close}>${say("received-later")}</button>
    </footer>
  </section>`;
}

/** The first lies on top; the button below opens it, too. @param {Post[]} cards @param {Theme[]} themes @param {Fingers} act */
const stackView = (cards, themes, act) => html`<div class="stack" aria-hidden="true" @click=${() => act.open(0)}>
  ${[...cards].reverse().map(
    (post) => html`<div class="stack-card ${themeClass(themeOf(post, themes))}" dir=${direction(post.text)}>
      ${CUT}
      <p class="stack-text ${tall(post.text)}" lang=${languageOf(post.text)}>${post.text}</p>
      <p class="moment-from"><bdi>${sentence("card-from", { author: author(post) })}</bdi></p>
    </div>`,
  )}
</div>`;

/** @param {Post[]} cards @param {Theme[]} themes @param {Fingers} act */
const listView = (cards, themes, act) => html`<ul class="sealed-list">
  ${cards.map(
    (
      post,
      at,
    ) => html`<li><button type="button" class="sealed ${themeClass(themeOf(post, themes))}" dir=${direction(post.text)} @click=${() => act.open(at)}>
      <span class="sealed-text">${post.text}</span><bdi class="sealed-from">${sentence("card-from", { author: author(post) })}</bdi></button></li>`,
  )}
</ul>`;

/** @param {() => void} close */
export const goneMoment = (close) => html`<section class="moment theme-0">
  ${head(close, "")}
  <div class="moment-body"><h2 class="moment-for" id="moment-title" tabindex="-1">${say("received-gone")}</h2></div>
  <footer class="moment-foot"><button type="button" class="button moment-thanks" @click=${close}>${say("received-close")}</button></footer>
</section>`;
