// The ending on the large screen: the brilliant with a facet for each card, title, place and days, and all names round it. It stands still for
// the photograph of the group; nothing vital is in the lowest fifth, where heads are.
// @ts-check
import { nothing, svg } from "../../vendor/lit-html.js";
import { girdle, table } from "../shared/brilliant.js";
import { daysOf } from "../shared/days.js";
import { gem, outlines } from "../shared/gem.js";
import { html } from "../shared/html.js";
import { tall } from "../shared/text.js";
import { say } from "../shared/words.js";

/** @import { Board, Story } from "../shared/wire" */

const BEFORE_SHARE = 0.53; // of the names: after the stone stands the corner with the code, too
const LAYERS = 8; // in which the facets arrive: each is one element that fades in
const path = (/** @type {[number, number][]} */ corners) =>
  `M${corners.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join("L")}z`;

/** Cuts a stone once, however often it is drawn: five thousand facets take longer than a frame. */
export function createStone() {
  let known = "";
  let facets = /** @type {ReturnType<typeof gem>} */ ([]);
  let view = /** @type {unknown} */ (nothing);

  /** @param {string} cards as the story has them */
  function cut(cards) {
    if (cards === known) return { facets, view };
    known = cards;
    facets = gem(cards);
    view = stoneView(cards, facets);
    return { facets, view };
  }

  return { cut };
}

/** The stone of a gathering. @param {string} cards as the story has them @param {ReturnType<typeof gem>} facets */
function stoneView(cards, facets) {
  const layers = Array.from({ length: LAYERS }, (_, layer) =>
    outlines(facets.filter((__, index) => (index * 5) % LAYERS === layer)),
  );
  return html`<div class="stone" role="img" aria-label=${say("screen-stone-label", { n: cards.length })}>
    ${layers.map((layer, index) => html`<svg class=${`stone-layer is-${index}`} viewBox="-1.02 -1.02 2.04 2.04">${[...layer].map(([fill, d]) => svg`<path fill=${fill} stroke=${fill} d=${d} />`)}</svg>`)}
    <svg class="stone-edges" viewBox="-1.02 -1.02 2.04 2.04"><path d=${path(girdle())} /><path d=${path(table())} /></svg>
  </div>`;
}

/**
 * @param {unknown} stone as it was cut @param {Story} story @param {Partial<Board>} board @param {{people: number, cards: number}} counts true ones, also where the stone has fewer facets
 * @param {boolean} roll names do not fit: teams stand there @param {unknown} [visited] the card whose facet is visited
 */
export function endingView(stone, story, board, counts, roll, visited) {
  const names = roll ? story.teams : story.people;
  const half = Math.ceil(names.length * (roll ? 0.5 : BEFORE_SHARE));
  const under = [board.subtitle, daysOf(board)].filter(Boolean);
  return html`<div class="ending ${roll ? "has-teams" : ""}">
    <header class="ending-head"><h2 class=${tall(board.title ?? "")} dir="auto">${board.title ?? ""}</h2>${under.length ? html`<p>${under.map((one, index) => html`${index ? " · " : ""}<bdi>${one}</bdi>`)}</p>` : nothing}</header>
    <p class="ending-names is-before"><i></i>${listed(names.slice(0, half))}</p>
    ${stone}
    <p class="ending-names is-after"><i></i><b></b><b></b>${listed(names.slice(half))}</p>
    <p class="ending-foot">${say("screen-ending", counts)}</p>
    ${visited ? html`<div class="ending-visit">${visited}</div>` : nothing}
  </div>`;
}

/** @param {string[]} names */
export const listed = (names) => names.map((name) => html`<span class="ending-name"><bdi>${name}</bdi></span> `);
