// What became of the questions of each session, on the recap of the large screen: counts alone, no text of a question.
// @ts-check
import { nothing, svg } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";

/** @import { SessionCounted } from "../shared/wire" */

/** In the order in which they stand in the bar. @type {{[fate: string]: (n: number) => string}} */
export const FATES = {
  answered: (n) => say("answers-count-answered", { n }),
  owned: (n) => say("answers-count-owned", { n }),
  set_aside: (n) => say("answers-count-set-aside", { n }),
  open: (n) => say("answers-count-open", { n }),
};

/** @param {SessionCounted[]} rows */
export function talliedView(rows) {
  const most = Math.max(...rows.map(({ asked }) => asked));
  return html`<div class="tallied"><p class="tallied-head">${say("screen-tallied")}</p><ul>${rows.map(
    (row) =>
      html`<li><p class="tallied-title"><bdi>${row.title ?? say("answers-no-session")}</bdi></p><p class="tallied-asked">${say("answers-count-asked", { n: row.asked })}</p>
        ${row.asked ? barView(row, most) : nothing}${row.held ? heldView(row) : nothing}</li>`,
  )}</ul></div>`;
}

/** @param {SessionCounted} row @param {number} most how many the longest bar has */
function barView(row, most) {
  let before = 0;
  const there = Object.entries(FATES).flatMap(([fate, words]) => {
    const n = Number(Reflect.get(row, fate));
    const from = before;
    before += n;
    return n ? [{ fate, words, n, from }] : [];
  });
  return html`<svg class="tallied-bar" viewBox="0 0 ${most} 1" preserveAspectRatio="none" aria-hidden="true">${there.map(({ fate, n, from }) => svg`<rect class="is-${fate}" x=${from} width=${n} height="1" />`)}</svg>
    <p class="tallied-fates">${there.map(({ fate, words, n }) => html`<span class="is-${fate}">${words(n)}</span> `)}</p>`;
}

/** Held questions by the reasons that moderators gave, the most frequent first: there is room for few. @param {SessionCounted} row */
const heldView = ({ held, held_for }) =>
  html`<p class="tallied-held">${say("answers-count-held", { n: held })} ${[...held_for].sort((a, b) => b.questions - a.questions).map(({ reason, questions: n }) => html`<span>${say("answers-held-for", { n, reason })}</span> `)}</p>`;
