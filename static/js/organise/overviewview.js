// How the overview looks: the stone, what is to do, what is done.
// @ts-check
import { nothing, svg } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { overview, standing } from "./overview.js";
import { rehearsalView } from "./lifeview.js";
import { stone, TABLE_PATH } from "./stone.js";
import { dayName, dayOf, localOf } from "./times.js";
import { CHECKS } from "./words.js";

/** @import { Check, Page } from "./types" */

/** @param {Page} page */
export function overviewView(page) {
  const { checklist } = page;
  if (!checklist.value) return html`${headView(page, null)} ${waitingView(checklist)}`;
  const items = checklist.value.items.filter(({ key }) => CHECKS[key]);
  const { todo, done, share } = overview(items);
  return html`${headView(page, { share, done: done.length, all: items.length, left: todo.length })}
    <div class="two">
      <div>
        ${todo.length ? html`<h2 id="todo">${say("overview-todo")}</h2><ul class="todo" aria-labelledby="todo">${todo.map(todoView)}</ul>` : nothing}
        ${done.length ? html`<h2 id="done">${say("overview-done")}</h2><ul class="done" aria-labelledby="done">${done.map(doneView)}</ul>` : nothing}
      </div>
      <aside class="door" aria-labelledby="door"><h2 id="door">${say("overview-door")}</h2>
        ${doorView(page)}
        <p class="ways"><a class="way" href=${page.config.links.phone} target="_blank" rel="noopener">${say("overview-as-attendee")}</a>
        <a class="way" href="#print">${say("overview-print")}</a></p>
        ${rehearsalView(page)}
      </aside>
    </div>`;
}

/** @param {Page["checklist"]} checklist */
const waitingView = ({ problem, load }) =>
  problem
    ? html`<p class="problem" role="alert">${problem.detail} <button type="button" class="link" @click=${load}>${say("organise-again")}</button></p>`
    : html`<p class="hint">${say("organise-loading")}</p>`;

/** @param {Page} page @param {{share: number, done: number, all: number, left: number}|null} count */
function headView(page, count) {
  return html`<header class="top is-overview">
    ${count ? stoneView(count) : nothing}
    <div><h1 id="heading" tabindex="-1">${readyWords(page)}</h1>
    ${count ? html`<p class="lead">${count.left ? say("overview-left", { n: count.left }) : say("overview-ready")}</p>` : nothing}</div>
  </header>`;
}

/** @param {Page} page */
function readyWords({ board, language, now }) {
  const today = dayOf(localOf(new Date(now).toISOString(), board.time_zone ?? "UTC"));
  const starts = board.starts_on ?? "";
  const { phase } = standing(starts, board.ends_on ?? null, today);
  if (phase === "undated") return say("ready-undated");
  if (phase === "far") return say("ready-far", { day: dayName(starts, language, { day: "numeric", month: "long" }) });
  if (phase === "near") return say("ready-near", { day: dayName(starts, language, { weekday: "long" }) });
  return {
    tomorrow: say("ready-tomorrow"),
    today: say("ready-today"),
    running: say("ready-running"),
    over: say("ready-over"),
  }[phase];
}

/** @param {{share: number, done: number, all: number}} count */
function stoneView({ share, done, all }) {
  return html`<svg class="stone" viewBox="-1.04 -1.04 2.08 2.08" role="img" aria-label=${say("overview-stone", { done, all })}>
    ${stone(share).map(({ d, tone, lit }) => svg`<path class="facet-${lit ? tone : "dim"}" d=${d}></path>`)}
    <path class="stone-table" d=${TABLE_PATH}></path>
    <text class="stone-number" y="0.06">${done}</text><text class="stone-of" y="0.28">${say("overview-of", { all })}</text>
  </svg>`;
}

/** @param {Check} check @param {number} index */
function todoView({ key }, index) {
  const { todo, why, verb, href } = CHECKS[key];
  return html`<li><div><h3>${todo}</h3><p>${why}</p></div><a class="button ${index ? "button-line" : "button-gold"}" href=${href}>${verb}</a></li>`;
}

/** @param {Check} check */
const doneView = ({ key, count }) =>
  html`<li><svg class="tick" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8.5l3.2 3.2L13 5"></path></svg><span>${CHECKS[key].done(count ?? 0)}</span><a class="link" href=${CHECKS[key].href} aria-label=${say("overview-look-at", { what: CHECKS[key].done(count ?? 0) })}>${say("overview-look")}</a></li>`;

/** What people meet at the door, small: the large screen's first scene. @param {Page} page */
function doorView({ config, board }) {
  return html`<div class="picture"><div class="picture-in">
    <p class="picture-title"><bdi>${board.title ?? config.title}</bdi></p>
    <p class="picture-words">${say("overview-picture")}</p>
    <p class="picture-code"><span>${say("overview-picture-type", { host: config.host })}</span> <strong>${config.code}</strong></p>
    <svg class="picture-qr" viewBox="0 0 ${config.qr.size} ${config.qr.size}" shape-rendering="crispEdges" aria-hidden="true"><path d=${config.qr.path}></path></svg>
  </div></div>`;
}
