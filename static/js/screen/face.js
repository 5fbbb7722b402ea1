// A post's face on the large screen: no buttons, two sizes of type, all of the text.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { direction, tall, themeClass, themeOf } from "../shared/text.js";
import { facet, names, REACTIONS, themeTag, who } from "../shared/view.js";
import { say } from "../shared/words.js";

/** @import { Post, Theme } from "../shared/wire" */
/** @import { Need } from "./wall.js" */

const FEW_LINES = 6;

/** @param {Post} post @param {Theme[]} themes */
export function cardFace(post, themes) {
  const theme = themeOf(post, themes);
  return html`<article class="card ${themeClass(theme)}" dir=${direction(post.text)} data-id=${post.id}>
    ${facet()}
    <div class="fit">
      <h2 class="card-to ${tall(nameText(post))}">${names(post)}</h2>
      <p class="card-text ${tall(post.text)} ${keepsLines(post.text)}">${post.text}</p>
      <p class="card-foot"><span class="card-who">${who(post.author)}</span><span class="card-meta">${pin(post)}${reactions(post)}${themeTag(theme)}</span></p>
    </div>
  </article>`;
}

/** @param {Post} post @param {{rank?: number}} [about] */
export function questionFace(post, { rank } = {}) {
  return html`<article class="card card-question theme-0" dir=${direction(post.text)} data-id=${post.id}>
    ${facet()}
    <div class="fit">
      <p class="card-to">${rank ? html`<span class="rank">${rank}</span>` : nothing}<span class="votes" dir="ltr">${votes(post)}</span></p>
      <h2 class="card-text ${tall(post.text)} ${keepsLines(post.text)}">${post.text}</h2>
      <p class="card-foot"><span class="card-who">${who(post.author)}</span></p>
    </div>
  </article>`;
}

/** The number and its word. @param {Post} post */
export const votes = (post) =>
  html`<b class="count">${post.votes ?? 0}</b> ${say("screen-votes", { n: post.votes ?? 0 })}`;

/** A pinned card says so: it stays longer than others do. @param {Post} post */
const pin = ({ pinned }) =>
  pinned
    ? html`<span class="card-pin"><svg class="mark" viewBox="0 0 16 16" aria-hidden="true"><path d="M5 0h6l-1 6 3 3v2H9v4l-1 1-1-1v-4H3V9l3-3z" /></svg>${say("screen-pinned")}</span>`
    : nothing;

/** All kinds that were given, and one number: room for many. @param {Post} post */
function reactions(post) {
  const given = REACTIONS.filter(({ key }) => (post.reactions?.[key] ?? 0) > 0);
  if (!given.length) return nothing;
  const total = given.reduce((sum, { key }) => sum + (post.reactions?.[key] ?? 0), 0);
  const signs = given.filter(({ sign }) => sign);
  return html`<span class="card-reactions" role="img" aria-label=${say("screen-reactions", { n: total })}
    >${signs.length ? signs.map(({ sign }) => sign) : given[0].label} <b>${total}</b></span
  >`;
}

/** A poem keeps its lines; a hundred empty lines do not. @param {string} text */
const keepsLines = (text) => ((text.match(/\n/g)?.length ?? 0) <= FEW_LINES ? "said" : "");

export const nameText = (/** @type {Post} */ post) => (post.to ?? []).map(({ name }) => name).join(" ");

// Line heights as css has them: latin, and scripts that stack above and below the line.
const LEADING = { text: [1.36, 1.75], name: [1.14, 1.5] };
const LONGEST_WORD_EM = 18; // longer ones are broken

/**
 * The lines to be measured for a card's need of room, and the need made of their widths.
 * @param {Post} post @param {Theme[]} themes
 */
export const rulerLines = (
  post,
  themes,
) => html`<span class="card-to">${names(post)}</span><span class="card-text">${post.text}</span
  ><span class="card-who">${who(post.author)}</span><span class="card-meta">${pin(post)}${reactions(post)}${themeTag(themeOf(post, themes))}</span>`;

/** @param {Post} post @param {{whole: number, word: number}[]} widths of rulerLines @returns {Need} */
export function needOf(post, [name, text, author, meta]) {
  return {
    id: post.id,
    text: text.whole,
    name: name.whole,
    foot: [author.whole, meta.whole].filter(Boolean),
    word: Math.min(LONGEST_WORD_EM, Math.max(name.word, text.word, author.word, meta.word)),
    leading: LEADING.text[tall(post.text) ? 1 : 0],
    nameLeading: LEADING.name[tall(nameText(post)) ? 1 : 0],
  };
}
