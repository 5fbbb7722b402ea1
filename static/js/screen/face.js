// A post's face on the large screen: no buttons, two sizes of type, all of the text.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { girdle, table } from "../shared/brilliant.js";
import { html } from "../shared/html.js";
import {
  ANONYMOUS,
  called,
  direction,
  languageOf,
  namesText,
  sharedTeam,
  tall,
  themeClass,
  themeOf,
} from "../shared/text.js";
import { names, REACTIONS, themeTag, who } from "../shared/view.js";
import { say } from "../shared/words.js";
import { whole } from "./whole.js";

/** @import { Post, Theme } from "../shared/wire" */
/** @import { Need } from "./wall.js" */

const FEW_LINES = 6;

/** The cut in a card's far corner: three planes, as light falls on them. */
const facet = () =>
  html`<svg class="facet" viewBox="0 0 34 34" aria-hidden="true"><path d="M0 0h34v34z"/><path class="lit" d="M0 0h34L22.6 11.4z"/><path class="shade" d="M34 0v34L22.6 11.4z"/></svg>`;

/** @param {Post} post @param {Theme[]} themes */
export function cardFace(post, themes) {
  const theme = themeOf(post, themes);
  return html`<article class="card ${themeClass(theme)}" dir=${direction(post.text)} data-id=${post.id} aria-label=${spoken(post)}>
    <i class="paper"></i>
    ${facet()}
    <div class="fit">
      <p class="card-head"><span class="card-for">${pin(post)}${say("screen-celebrating")}</span>${themeTag(theme)}</p>
      <h2 class="card-to ${tall(nameText(post))}">${celebrated(post)}</h2>
      <p class="card-text ${tall(post.text)} ${keepsLines(post.text)}" lang=${languageOf(post.text)}>${whole(post.text)}</p>
      <p class="card-foot"><span class="card-who">${from(post)}</span><span class="card-meta">${reactions(post)}</span></p>
    </div>
  </article>`;
}

/** Names, and the team that they share. One name is in words, so that each can take its place alone. @param {Post} post */
function celebrated(post) {
  const team = sharedTeam(post);
  const words = post.to?.length === 1 ? called(post.to[0]).split(" ") : [];
  const name =
    words.length > 1
      ? html`<bdi>${words.map((word, index) => html`${index ? " " : ""}<span class="word">${word}</span>`)}</bdi>`
      : html`<span class="word">${names(post)}</span>`;
  return html`${name}${team ? html` <small class="card-team"><bdi>${team}</bdi></small>` : nothing}`;
}

/** @param {Post} post */
const from = ({ author }) =>
  author ? html`${say("screen-from")} ${who(author)}` : html`${say("screen-from-somebody")}`;

/** As it is read out. @param {Post} post */
const spoken = (post) =>
  say("screen-card-label", {
    to: [namesText(post), sharedTeam(post)].filter(Boolean).join(", "),
    from: post.author?.name ? called(post.author) : ANONYMOUS,
  });

/** @param {Post} post @param {{isFirst?: boolean}} [about] isFirst: of those that are voted on */
export function questionFace(post, { isFirst = false } = {}) {
  return html`<article class="card card-question theme-0" data-id=${post.id}>
    <i class="paper"></i>
    ${facet()}
    <div class="fit">
      <p class="card-head">${isFirst ? say("screen-top-question") : nothing}</p>
      <h2 class="card-text ${tall(post.text)} ${keepsLines(post.text)}" dir=${direction(post.text)} lang=${languageOf(post.text)}>${whole(post.text)}</h2>
      <p class="card-foot"><span class="card-who">${asker(post)}</span><span class="votes" dir="ltr">${votes(post)}</span></p>
    </div>
  </article>`;
}

/** Who asks, and whether aloud. @param {Post} post */
export const asker = (post) =>
  html`${who(post.author)}${post.voice ? html`<span class="voice"> · ${say("screen-at-microphone")}</span>` : nothing}`;

/** The number and its word. @param {Post} post */
export const votes = (post) =>
  html`<b class="count">${post.votes ?? 0}</b> ${say("screen-votes", { n: post.votes ?? 0 })}`;

const path = (/** @type {[number, number][]} */ corners) =>
  `M${corners.map((at) => at.map((one) => one.toFixed(2)).join(" ")).join("L")}z`;
const STUD = { rim: path(girdle()), table: path(table(0.58)) };

/** A pinned card carries a gold stud: it stays longer than others do. @param {Post} post */
const pin = ({ pinned }) =>
  pinned
    ? html`<svg class="card-pin" viewBox="-1 -1 2 2" role="img" aria-label=${say("screen-pinned")}><path class="rim" d=${STUD.rim}/><path class="table" d=${STUD.table}/></svg>`
    : nothing;

/** One small number, with the sign of applause where there was any: no ranking of kinds. @param {Post} post */
function reactions(post) {
  const given = REACTIONS.filter(({ key }) => (post.reactions?.[key] ?? 0) > 0);
  if (!given.length) return nothing;
  const total = given.reduce((sum, { key }) => sum + (post.reactions?.[key] ?? 0), 0);
  const sign = given.find((one) => one.sign)?.sign ?? REACTIONS[0].sign;
  return html`<span class="card-reactions" role="img" aria-label=${say("screen-reactions", { n: total })}>${sign} <b>${say("screen-number", { n: total })}</b></span>`;
}

/** A poem keeps its lines; a hundred empty lines do not. @param {string} text */
const keepsLines = (text) => ((text.match(/\n/g)?.length ?? 0) <= FEW_LINES ? "said" : "");

export const nameText = (/** @type {Post} */ post) => (post.to ?? []).map(called).join(" ");

// Line heights as css has them: latin, and scripts that stack above and below the line.
const LEADING = { text: [1.36, 1.75], name: [1.14, 1.5] };
const LONGEST_WORD_EM = 18; // longer ones are broken

/**
 * The lines to be measured for a card's need of room, and the need made of their widths.
 * @param {Post} post @param {Theme[]} themes
 */
export const rulerLines = (post, themes) => html`<span class="card-to">${celebrated(post)}</span
  ><span class="card-text">${whole(post.text)}</span
  ><span class="card-foot"><span class="card-who">${from(post)}</span> <span class="card-meta">${reactions(post)}</span></span
  ><span class="card-head"><span class="card-for">${pin(post)}${say("screen-celebrating")}</span> ${themeTag(themeOf(post, themes))}</span>`;

const LONGEST_LINE_EM = 17; // of the small lines: what is longer is cut off
const BESIDE_EM = 2; // between the two ends of such a line, and the facet

/** @param {Post} post @param {{whole: number, word: number}[]} widths of rulerLines @returns {Need} */
export function needOf(post, [name, text, foot, head]) {
  const small = Math.min(LONGEST_LINE_EM, Math.max(foot.whole, head.whole + BESIDE_EM));
  return {
    id: post.id,
    text: text.whole,
    name: name.whole,
    foot: [small],
    word: Math.min(LONGEST_WORD_EM, Math.max(name.word, text.word)),
    leading: LEADING.text[tall(post.text) ? 1 : 0],
    nameLeading: LEADING.name[tall(nameText(post)) ? 1 : 0],
  };
}
