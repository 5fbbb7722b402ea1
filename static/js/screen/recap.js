// The recap on the large screen: what has come together so far in numbers, cards to look back at, and the ending.
// @ts-check
import { nothing, render, repeat } from "../../vendor/lit-html.js";
import { countUp } from "./counting.js";
import { createStone, endingView, listed } from "./ending.js";
import { cardFace } from "./face.js";
import { farView, fly } from "./far.js";
import { filmView, play } from "./film.js";
import { fit } from "./fit.js";
import { html } from "../shared/html.js";
import { isCalm, move } from "./motion.js";
import { VISIT_MS, pagesOf, partAt, reel } from "./reel.js";
import { themeOf } from "../shared/text.js";
import { facetOf, visit } from "./visiting.js";
import { say } from "../shared/words.js";
import { FATES, talliedView } from "./tallied.js";

/** @import { Post, Theme } from "../shared/wire" */
/** @import { Part } from "./reel.js" */
/** @import { Fates, Picture } from "./scene.js" */

// Names round the stone, and on pages before it: how much larger than the smallest letters; the largest that leave them all room are used.
const NAMES_LARGER = { ending: [1.5, 1.3, 1.15, 1], names: [3, 2.8, 2.6, 2.4, 2.2, 2, 1.85, 1.7, 1.45, 1.25, 1.1, 1] };

const STONES = ["is-close", "is-closest"]; // smaller ones
// All names of a page are there before the shortest page is over.
const [RISE_MS, RISING_MS] = [400, 700];

/** What was counted. @type {Record<string, (n: number) => string>} */
const COUNTED = {
  cards: (n) => say("screen-so-far-cards", { n }),
  people: (n) => say("screen-so-far-people", { n }),
  bridges: (n) => say("screen-so-far-pairs", { n }),
  sessions: (n) => say("screen-so-far-sessions", { n }),
  asked: (n) => say("screen-so-far-asked", { n }),
};

/** And what became of it; what there is none of is not said. @param {Fates} fates */
const fatesView = (fates) =>
  html`<span class="recap-fates">${Object.entries(fates).map(([fate, n]) => (n && FATES[fate] ? html`<span>${FATES[fate](n)}</span> ` : nothing))}</span>`;

/**
 * @typedef {ReturnType<typeof openRecap>} Recap
 * @param {{place: HTMLElement, own?: (act: () => void) => void}} parts own: within it the page is changed later than in a call; without it
 *   no number counts
 */
export function openRecap({ place, own }) {
  const stone = createStone();
  let drawn = "";
  let since = /** @type {number|null} */ (null); // when it began
  let roll = false; // do the names not fit beside the stone?
  const fitted = /** @type {WeakMap<Element, string>} */ (new WeakMap()); // endings, and what their names were measured for

  /**
   * @param {Picture} picture @param {Theme[]} themes @param {{min: number, comfort: number}} look
   * @param {number} now ms
   */
  function show(picture, themes, look, now) {
    const begins = since === null;
    since ??= now;
    const { cards, story } = picture;
    const days = story?.film?.days.length ?? 0;
    const tallied = pagesOf(picture.counted).length;
    const parts = reel({
      cards: cards.length,
      tallied,
      days,
      far: Boolean(story?.farthest),
      letter: Boolean(picture.letter),
      names: story?.people ?? [],
      roll,
      story: Boolean(story?.cards),
    });
    const part = partAt(parts, now - since);
    const signature = JSON.stringify([part, roll, dataOf(part, picture), look, place.clientWidth, place.clientHeight]);
    if (signature === drawn) return;
    drawn = signature;
    place.dataset.show = part.kind;
    render(keyed(keyOf(part), viewOf(part, picture, themes)), place);
    if (part.kind === "day") play(place, days);
    if (part.kind === "far") fly(place, own);
    if (begins && own && part.kind === "numbers") countUp(place, own);
    sizeOf(part, picture, look);
    const visited = visitOf(part, picture);
    if (part.kind === "names") rise(place, part.names.length);
    if (visited && story)
      visit(place, facetOf(stone.cut(story.cards).facets, themeOf(visited, themes)?.colour ?? 0), VISIT_MS);
  }

  /** The card whose facet is visited now. @param {Part} part @param {Picture} picture */
  function visitOf(part, { cards }) {
    return part.kind === "ending" && part.visit !== undefined && !isCalm() ? cards[part.visit] : undefined;
  }

  /** What is drawn of the picture: all else may change without a new one. @param {Part} part @param {Picture} picture */
  function dataOf(part, picture) {
    const { numbers, cards, story, counted, about } = picture;
    const visited = visitOf(part, picture);
    if (part.kind === "numbers" || part.kind === "card") return [numbers, cards[part.card]?.id, cards[part.card]?.seq];
    if (part.kind === "tallied") return counted?.sessions;
    if (part.kind === "day") return [story?.film, about.starts_on];
    if (part.kind === "far") return story?.farthest;
    if (part.kind === "letter") return [picture.letter?.id, picture.letter?.seq];
    return [about, story?.cards, story?.people, visited?.id, visited?.seq];
  }

  /** @param {Part} part @param {Picture} picture @param {Theme[]} themes */
  function viewOf(part, picture, themes) {
    const { numbers, cards, story, counted, about } = picture;
    const visited = visitOf(part, picture);
    const card = "card" in part ? cards[part.card] : part.kind === "letter" ? picture.letter : null;
    if (part.kind === "letter" && card) return cardView(card, themes, bridgeOf(card, story?.farthest?.teams ?? []));
    if (part.kind === "card" && card) return cardView(card, themes, whyOf(card));
    if (part.kind === "tallied") return talliedView(pagesOf(counted)[part.page]);
    if (part.kind === "day" && story?.film) return filmView(story.film, part.day, about.starts_on);
    if (part.kind === "far" && story?.farthest) return farView(story.farthest);
    if (part.kind === "names")
      return html`<p class="recap-why">${say("screen-names-head")}</p><p class="roll">${listed(part.names)}</p>`;
    if (part.kind === "ending" && story)
      return endingView(stone.cut(story.cards).view, story, about, about, roll, visited && cardFace(visited, themes));
    return numbersView(numbers, card, themes);
  }

  /** @param {Part} part @param {Picture} picture @param {{min: number, comfort: number}} look */
  function sizeOf(part, picture, look) {
    const card = /** @type {HTMLElement|null} */ (place.querySelector(".beside .card, .ending-visit .card"));
    if (card) fit([{ box: card, min: look.min, max: look.comfort * (part.kind === "numbers" ? 2.4 : 3) }]);
    if (part.kind === "names") NAMES_LARGER.names.some((share) => isNamed(look.min * share));
    const ending = place.querySelector(".ending");
    if (
      !ending ||
      roll ||
      isMeasured(
        ending,
        JSON.stringify([look, picture.about, picture.story?.people, place.clientWidth, place.clientHeight]),
      )
    )
      return;
    roll = !["", ...STONES].some((close) => NAMES_LARGER.ending.some((share) => isNamed(look.min * share, close)));
    if (!roll) return;
    drawn = ""; // the names come page by page before the stone: the next picture begins with them
    if (picture.story)
      render(
        keyed(
          "teams",
          endingView(stone.cut(picture.story.cards).view, picture.story, picture.about, picture.about, true),
        ),
        place,
      );
  }

  /** A card that comes and goes before it moves no name. @param {Element} ending @param {string} wanted */
  function isMeasured(ending, wanted) {
    const isKnown = fitted.get(ending) === wanted;
    fitted.set(ending, wanted);
    return isKnown;
  }

  /** Do all names find room in letters of so many px? @param {number} size @param {string} [close] round a smaller stone */
  function isNamed(size, close = "") {
    for (const name of STONES) place.querySelector(".ending")?.classList.toggle(name, name === close);
    const lists = /** @type {HTMLElement[]} */ ([...place.querySelectorAll(".ending-names, .roll")]);
    for (const { style } of lists) style.setProperty("font-size", `${size}px`);
    const isIn = (/** @type {HTMLElement} */ list) =>
      !list.matches(".roll") || list.scrollWidth <= list.clientWidth + 2; // a column more
    return lists.every((list) => list.scrollHeight <= list.clientHeight + 2 && isIn(list));
  }

  function clear() {
    since = null;
    if (!drawn) return;
    render(nothing, place);
    delete place.dataset.show;
    drawn = "";
  }

  return { show, clear };
}

/** @param {Picture["numbers"]} numbers @param {Post|null} card @param {Theme[]} themes */
const numbersView = (numbers, card, themes) =>
  html`<dl class="recap-numbers" aria-label=${say("scene-recap-label")}>
      ${numbers.map(
        ({ what, count, fates }) =>
          html`<div class="recap-number"><dt>${COUNTED[what](count)}${fates ? fatesView(fates) : nothing}</dt><dd data-n=${count}>${say("screen-number", { n: count })}</dd></div>`,
      )}
    </dl>
    ${card ? html`<div class="beside">${cardFace(card, themes)}</div>` : nothing}`;

/** A card alone, and above it why it is shown. @param {Post} card @param {Theme[]} themes @param {unknown} why */
const cardView = (card, themes, why) =>
  html`<p class="recap-why">${why}</p><div class="beside">${cardFace(card, themes)}</div>`;

/** The way that the card went. @param {Post} card @param {string[]} teams */
const bridgeOf = ({ author }, [one, other]) =>
  html`<bdi>${author?.team}</bdi> <span class="arrow" aria-hidden="true">→</span> <bdi>${author?.team === one ? other : one}</bdi>`;

/** It is the only one of its kind in no way: nobody is ranked. @param {Post} card */
function whyOf({ reactions }) {
  const n = Object.values(reactions ?? {}).reduce((sum, one) => sum + one, 0);
  return n ? say("screen-card-applauded", { n }) : say("screen-card-chosen");
}

/** Names come one after the other. @param {HTMLElement} place @param {number} count */
function rise(place, count) {
  const names = /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(".ending-name"));
  names.forEach(
    (name, at) =>
      void move(name, [{ opacity: 0, transform: "translateY(0.5em)" }, {}], RISE_MS, (RISING_MS * at) / count),
  );
}

/** @param {Part} part */
const keyOf = (part) =>
  part.kind === "card"
    ? part.card
    : part.kind === "day"
      ? `day ${part.day}`
      : part.kind === "tallied"
        ? `sessions ${part.page}`
        : part.kind;

/** A view of its own for each key: of the one before nothing stays. @param {unknown} key @param {unknown} view */
const keyed = (key, view) =>
  html`${repeat(
    [view],
    () => key,
    (one) => one,
  )}`;
