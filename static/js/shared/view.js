// How posts look, shared by all pages. Text goes in through lit-html bindings only, so no text of a person ever becomes markup.
// @ts-check
import { nothing, svg } from "../../vendor/lit-html.js";
import { html } from "./html.js";
import { sentence } from "./sentence.js";
import {
  ANONYMOUS,
  called,
  direction,
  joint,
  languageOf,
  namesText,
  sharedTeam,
  tall,
  themeClass,
  themeOf,
  whoText,
} from "./text.js";
import { say } from "./words.js";

/** The reactions of the wire, in the order they are shown. */
export const REACTIONS = [
  { key: "clap", sign: "👏", label: say("reaction-clap") },
  { key: "heart", sign: "❤️", label: say("reaction-heart") },
  { key: "bulb", sign: "💡", label: say("reaction-bulb") },
  { key: "me-too", sign: "", label: say("reaction-me-too") },
];

// One simple shape a theme colour, on a 16 × 16 ground.
const MARKS = [
  svg`<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="3"/>`,
  svg`<path d="M8 0l8 8-8 8-8-8z"/>`,
  svg`<circle cx="8" cy="8" r="7.5"/>`,
  svg`<path d="M8 1l8 14H0z"/>`,
  svg`<path d="M8 0l2 6 6 2-6 2-2 6-2-6-6-2 6-2z"/>`,
  svg`<path d="M1 1h14v14H1z"/>`,
  svg`<path d="M4 1h8l4 7-4 7H4L0 8z"/>`,
  svg`<path d="M0 2h16L8 16z"/>`,
  svg`<path d="M5 0h6v5h5v6h-5v5H5v-5H0V5h5z"/>`,
];

/** The theme's own shape. @param {number} [colour] 1–8, 0 for no theme */
export const mark = (colour = 0) =>
  html`<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">${MARKS[colour] ?? MARKS[0]}</svg>`;

/** Mark and short name of a theme. @param {{colour: number, name: string, short: string}|null} theme */
export const themeTag = (theme) =>
  theme
    ? html`<span class="tag ${themeClass(theme)}" title=${theme.name}>${mark(theme.colour)}<bdi>${theme.short || theme.name}</bdi></span>`
    : nothing;

/** The cut in a card's far corner; its parent is positioned, has a theme class and clips. */
export const facet = () =>
  html`<svg class="facet" viewBox="0 0 34 34" aria-hidden="true"><path d="M0 0h34v34z"/><path class="lit" d="M0 0h34L21 13 17 17z"/></svg>`;

/** "Nadia & the Dhaka team", each name kept apart from the direction of the others. @param {{to?: {name: string}[]}} post */
export const names = ({ to = [] }) => to.map((one, index) => html`${joint(index, to.length)}<bdi>${called(one)}</bdi>`);

/** "Sokha · Cambodia", or that nobody is named. @param {{name: string, team?: string|null}|null|undefined} author */
export function who(author) {
  if (!author?.name) return author?.team ? html`<bdi>${author.team}</bdi>` : ANONYMOUS;
  return html`<bdi>${called(author)}</bdi>${author.team ? html` · <bdi>${author.team}</bdi>` : nothing}`;
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Draws, and lets what changed its place glide there from where it was (transform only, not under reduced motion).
 * @param {Element} container @param {string} selector @param {() => void} draw
 */
export function glide(container, selector, draw) {
  const before = new Map(
    Array.from(container.querySelectorAll(selector), (element) => [element, element.getBoundingClientRect().top]),
  );
  draw();
  if (calm.matches) return;
  for (const [element, top] of before) {
    const moved = element.isConnected ? top - element.getBoundingClientRect().top : 0;
    if (moved)
      element.animate([{ transform: `translateY(${moved}px)` }, { transform: "none" }], {
        duration: 400,
        easing: "cubic-bezier(0.2, 0.7, 0.2, 1)",
      });
  }
}

/**
 * Draws, and keeps what is in view where it is, whatever comes or goes above it. Browsers do so by themselves, but for Safari.
 * @param {Element} container @param {string} selector @param {() => void} draw
 */
export function hold(container, selector, draw) {
  const inView = Array.from(container.querySelectorAll(selector), (element) => ({ element, ...edges(element) })).filter(
    ({ top, bottom }) => bottom > 0 && top < innerHeight,
  );
  draw();
  const held = inView.find(({ element }) => element.isConnected);
  const moved = held ? edges(held.element).top - held.top : 0;
  if (moved) window.scrollBy({ top: moved, behavior: "instant" });
}

const edges = (/** @type {Element} */ element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return { top, bottom };
};

/** Draws; what has the focus keeps it, though an element that changes its place lets go of it. @param {Element} container @param {() => void} draw */
export function keepFocus(container, draw) {
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  draw();
  if (focused !== document.activeElement && container.contains(focused)) focused?.focus({ preventScroll: true });
}

/**
 * A card. Without onReact the counts are shown only. Each part is put where the page's css wants it.
 * @import {Post, Theme} from "./wire"
 * @typedef {Omit<Post, "state">} Drawn what is drawn of a post: not what became of it
 * @param {Drawn} post
 * @param {{themes: Theme[], reacted?: Set<string>, onReact?: (post: Drawn, key: string) => void, busy?: boolean,
 *   className?: string, badge?: unknown, foot?: unknown, now?: number}} ctx badge: above the name; foot: below all
 */
export function cardView(post, ctx) {
  const theme = themeOf(post, ctx.themes);
  const team = sharedTeam(post);
  return html`<article class="card ${themeClass(theme)} ${ctx.className ?? ""}" dir=${direction(post.text)} data-id=${post.id}
    aria-label=${say("card-label", { names: namesText(post), author: whoText(post.author) })}>
    ${facet()}
    ${ctx.badge ?? nothing}
    <h3 class="card-to"><bdi>${sentence("card-for", { names: html`<b>${names(post)}</b>` })}</bdi>${team ? html` <small class="card-team"><bdi>${team}</bdi></small>` : nothing}</h3>
    <p class="card-text said ${tall(post.text)}" lang=${languageOf(post.text)}>${post.text}</p>
    <p class="card-foot"><bdi class="card-who">${sentence("card-from", { author: who(post.author) })}</bdi>${themeTag(theme)}</p>
    ${ctx.onReact ? reactionButtons(post, ctx) : reactionCounts(post)}
    ${ctx.foot ?? nothing}
  </article>`;
}

/** @param {Drawn} post @param {{reacted?: Set<string>, onReact?: (post: Drawn, key: string) => void}} ctx */
function reactionButtons(post, { reacted, onReact }) {
  return html`<div class="reactions" role="group" aria-label=${say("reactions-label")}>
    ${REACTIONS.map(({ key, sign, label }) => {
      const count = post.reactions?.[key] || 0;
      return html`<button type="button" class="reaction" aria-pressed=${reacted?.has(key) ? "true" : "false"} @click=${() => onReact?.(post, key)}>
        ${sign ? html`<span aria-hidden="true">${sign}</span><span class="visually-hidden">${label}</span>` : label}
        ${count ? html`<span class="count">${say("number-alone", { n: count })}</span>` : nothing}
      </button>`;
    })}
  </div>`;
}

/** Reactions as counts, none where nobody reacted. @param {Drawn} post */
export function reactionCounts(post) {
  const counts = post.reactions ?? {};
  const given = REACTIONS.filter(({ key }) => counts[key] > 0);
  if (!given.length) return nothing;
  return html`<ul class="reactions">
    ${given.map(
      ({ key, sign, label }) => html`<li class="reaction is-count">
        ${sign ? html`<span aria-hidden="true">${sign}</span><span class="visually-hidden">${label}</span>` : label}
        <span class="count">${say("number-alone", { n: counts[key] })}</span>
      </li>`,
    )}
  </ul>`;
}

/**
 * A question. Without onVote the votes are shown only.
 * @param {Drawn} post
 * @param {{voted?: boolean, onVote?: (post: Drawn) => void, className?: string, badge?: unknown, foot?: unknown, session?: string}} ctx
 */
export function questionView(post, ctx) {
  const votes = post.votes ?? 0;
  return html`<article class="question ${ctx.className ?? ""}" data-id=${post.id}>
    <div class="question-body" dir=${direction(post.text)}>
      ${ctx.badge ?? nothing}
      <h3 class="question-text said ${tall(post.text)}" lang=${languageOf(post.text)}>${post.text}</h3>
      <p class="question-who">${who(post.author)}${ctx.session ? html` · <bdi>${ctx.session}</bdi>` : nothing}</p>
      ${post.answer ? html`<p class="question-answer said ${tall(post.answer)}" dir="auto"><strong>${say("answer-label")}</strong> <span lang=${languageOf(post.answer)}>${post.answer}</span></p>` : nothing}
      ${ctx.foot ?? nothing}
    </div>
    ${
      ctx.onVote
        ? html`<button type="button" class="vote" aria-pressed=${ctx.voted ? "true" : "false"} aria-label=${say("vote-for-question", { n: votes })} @click=${() => ctx.onVote?.(post)}>
          ${arrow()}<span class="count">${say("number-alone", { n: votes })}</span>
        </button>`
        : html`<p class="vote is-count">${arrow()}<span class="count">${say("number-alone", { n: votes })}</span><span class="visually-hidden"> ${say("votes-count", { n: votes })}</span></p>`
    }
  </article>`;
}

const arrow = () => html`<svg class="mark" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 3l7 11H1z"/></svg>`;
