// How the stage looks: time on one side, questions on the other. lit-html templates only.
// @ts-check
import { nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { direction, languageOf, tall } from "../shared/text.js";
import { who } from "../shared/view.js";
import { say } from "../shared/words.js";
import { clockText } from "./timing.js";

/**
 * @import {Note, Post, Session} from "../shared/wire"
 * @import {Asked} from "./asked.js"
 * @import {Doing} from "./acts.js"
 * @import {Fate} from "./calls.js"
 * @import {Timing} from "./timing.js"
 * @typedef {{title: string, room: string, rooms: {name: string, href: string}[], session: Session|null, timing: Timing|null,
 *   pause: Session|null, following: Session|null, asked: Asked|null, note: Note|null, online: number|null, doing: Doing,
 *   troubled: boolean, since: string, refused: boolean, closed: boolean, now: number, hour: (iso: string|null) => string,
 *   on: {goOn: (to: Fate) => void, goBack: () => void, see: () => void}}} Picture
 *   following: the session that comes next; since: when the last frame came; closed: nobody can act here any more
 */

const NEXT = 3;

/** @param {Picture} picture */
export function stageView(picture) {
  return html`<div class="stage-time is-${timeState(picture)}">${headView(picture)} ${clockView(picture)} ${footView(picture)}</div>
    <main class="stage-main">
      ${troubleView(picture)} ${noteView(picture)}
      ${picture.session ? questionView(picture, picture.session) : idleView(picture)}
    </main>`;
}

/** @param {Picture} picture */
const timeState = ({ pause, timing }) => (pause && timing?.state !== "over" ? "break" : (timing?.state ?? "none"));

/** @param {Picture} picture */
function headView({ title, session, room, hour }) {
  const speakers = session?.speakers ?? [];
  const place = session?.room || room;
  const until = session?.ends_at ? say("stage-until", { time: hour(session.ends_at) }) : "";
  return html`<header class="stage-head">
    <h1 class=${tall(session?.title ?? title)} dir="auto">${session?.title ?? title}</h1>
    <p>${[place, until].filter(Boolean).map((part, index) => html`${index ? ", " : ""}<bdi>${part}</bdi>`)}</p>
    ${speakers.length ? html`<p class="stage-speakers">${speakers.map((name, index) => html`${index ? ", " : ""}<bdi>${name}</bdi>`)}</p>` : nothing}
  </header>`;
}

/** @param {Picture} picture */
function clockView({ pause, session, timing, now, hour }) {
  if (!timing) return nothing;
  const state = timing.state;
  const text = state === "open" ? hour(new Date(now).toISOString()) : clockText(timing);
  return html`<div class="stage-clock">
    <p class="stage-label">${say(labelOf(state, pause && !session ? pause : null))}</p>
    <p class="stage-left ${text.split(":").length > 2 ? "is-hours" : ""}" role="timer" dir="ltr">${text}</p>
    ${state === "left" || state === "short" || state === "over" ? barView(timing, session ?? pause, now, hour) : nothing}
  </div>`;
}

/** @param {Timing["state"]} state @param {Session|null} pause */
function labelOf(state, pause) {
  if (pause) return "stage-break-left";
  if (state === "ahead") return "stage-begins-in";
  if (state === "over") return "stage-over";
  return state === "open" ? "stage-time-now" : "stage-time-left";
}

/** @param {Timing} timing @param {Session|null} session @param {number} now @param {Picture["hour"]} hour */
function barView({ state, share }, session, now, hour) {
  const ends = [hour(new Date(now).toISOString()), hour(session?.ends_at ?? null)];
  return html`<div class="stage-bar" aria-hidden="true"><i data-share=${share.toFixed(4)}></i></div>
    <p class="stage-hours" dir="ltr">${[hour(session?.starts_at ?? null), ...(state === "over" ? ends.reverse() : ends)].map((time) => html`<span>${time}</span>`)}</p>`;
}

/** @param {Picture} picture */
function footView({ online, asked, rooms }) {
  const count = (/** @type {string} */ key, /** @type {number} */ n) =>
    html`<span><b>${n}</b> ${say(key, { n })}</span>`;
  return html`<footer class="stage-foot">
    ${asked ? html`<p class="stage-counts">${online === null ? nothing : count("stage-here", online)} ${count("stage-open", asked.open)} ${count("stage-answered", asked.answered)}</p>` : nothing}
    ${
      rooms.length > 1
        ? html`<nav class="stage-rooms" aria-label=${say("stage-rooms")}>${rooms.map(({ name, href }) => html`<a href=${href}><bdi>${name}</bdi></a>`)}</nav>`
        : nothing
    }
  </footer>`;
}

/** @param {Picture} picture */
function troubleView({ refused, closed, troubled, since, doing }) {
  const words = refused
    ? say("stage-refused")
    : troubled
      ? say("stage-lost", { time: since })
      : closed
        ? say("stage-closed")
        : doing.problem;
  return html`<div role="alert">${words ? html`<p class="stage-trouble">${words}</p>` : nothing}</div>`;
}

/** @param {Picture} picture */
function noteView({ note, doing, troubled, closed, on }) {
  return html`<div aria-live="assertive">${
    note
      ? html`<section class="note ${note.seen_at ? "is-seen" : ""}" aria-label=${say("stage-note")}>
          <div>
            <p class="note-by">${say("stage-note-from", { name: note.by })}</p>
            <p class="note-text ${tall(note.text)}" dir=${direction(note.text)} lang=${languageOf(note.text)}>${note.text}</p>
          </div>
          ${
            note.seen_at
              ? html`<p class="note-seen">${say("stage-seen-already")}</p>`
              : html`<button type="button" class="note-see" ?disabled=${doing.busy || troubled || closed} @click=${on.see}>${say("stage-see")}</button>`
          }
        </section>`
      : nothing
  }</div>`;
}

/** @param {Picture} picture @param {Session} session */
function questionView(picture, session) {
  const { asked, doing, troubled, closed, on } = picture;
  const shown = asked?.shown;
  if (!asked || !shown)
    return html`<section class="now is-empty"><p class="empty">${say(session.questions === "closed" ? "stage-questions-closed" : "stage-no-questions")}</p>${undoView(picture, session)}</section>`;
  const still = doing.busy || troubled || closed;
  return html`<section class="now" aria-labelledby="now">
      <div class="now-head">
        <h2 id="now" class="now-label">${say(HOW[asked.how])}</h2>
        ${shown.voice ? html`<p class="voice">${micView()} ${say("stage-at-microphone")}</p>` : nothing}
        <p class="votes"><b>${shown.votes ?? 0}</b> ${say("stage-votes", { n: shown.votes ?? 0 })}</p>
      </div>
      <p class="now-text ${sizeOf(shown.text)} ${tall(shown.text)}" dir=${direction(shown.text)} lang=${languageOf(shown.text)}>${shown.text}</p>
      <p class="by">${who(shown.author)}</p>
      <div class="acts" role="group" aria-label=${say("stage-acts")}>
        <button type="button" class="act-answered" ?disabled=${still} @click=${() => on.goOn("answered")}>${say("stage-answered-next")}</button>
        <button type="button" class="act-later" ?disabled=${still} @click=${() => on.goOn("later")}>${say("stage-later-next")}</button>
      </div>
      ${undoView(picture, session)}
    </section>
    ${nextView(asked, session)}`;
}

const HOW = /** @type {const} */ ({ taken: "stage-now", spotlit: "stage-on-screen", next: "stage-first" });
const LONG = 130; // letters: more of them are set smaller, so that the two acts stay in sight
const LONGER = 220;

/** @param {string} text */
const sizeOf = ({ length }) => (length > LONGER ? "is-longer" : length > LONG ? "is-long" : "");

/** What was done in the session before stays done: the room has gone on. @param {Picture} picture @param {Session} session */
function undoView({ doing, troubled, closed, on }, session) {
  if (doing.last?.session !== session.id) return nothing;
  const key = doing.last.to === "answered" ? "stage-did-answered" : "stage-did-later";
  return html`<p class="undo"><span>${say(key)} <bdi>${doing.last.post.text}</bdi></span>
    <button type="button" ?disabled=${doing.busy || troubled || closed} @click=${on.goBack}>${say("stage-undo")}</button></p>`;
}

const RULE = /** @type {const} */ ({ first: "floor-rule-first", teams: "floor-rule-teams", votes: "floor-rule-votes" });

/** @param {Asked} asked @param {Session} session */
function nextView({ next }, session) {
  if (!next.length) return html`<p class="next-none">${say("stage-no-next")}</p>`;
  return html`<section class="next" aria-labelledby="next">
    <h2 id="next" class="next-label">${say("stage-next")} <span>${say(RULE[session.floor ?? "votes"])}</span></h2>
    <ol>${repeat(next.slice(0, NEXT), ({ id }) => id, rowView)}</ol>
  </section>`;
}

/** @param {Post} post */
function rowView(post) {
  return html`<li>
    <div>
      <p class="next-text ${tall(post.text)}" dir=${direction(post.text)} lang=${languageOf(post.text)}>${post.text}</p>
      <p class="by">${post.voice ? html`<span class="voice">${micView()} ${say("stage-at-microphone")}</span> · ` : nothing}${who(post.author)}</p>
    </div>
    <p class="votes" aria-label=${`${post.votes ?? 0} ${say("stage-votes", { n: post.votes ?? 0 })}`}><b>${post.votes ?? 0}</b></p>
  </li>`;
}

const micView = () =>
  html`<svg class="mic" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1a2.5 2.5 0 0 1 2.5 2.5v4a2.5 2.5 0 0 1-5 0v-4A2.5 2.5 0 0 1 8 1z"/><path d="M3.5 7.5a4.5 4.5 0 0 0 9 0M8 12v3M5.5 15h5" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"/></svg>`;

/** No session is on: a break, or none yet. @param {Picture} picture */
function idleView({ pause, following, hour }) {
  return html`<section class="now is-empty">
    <p class="empty">${pause ? say("stage-break", { time: hour(pause.ends_at) }) : say("stage-no-session")}</p>
    ${
      following
        ? html`<p class="following">${say("stage-following", { time: hour(following.starts_at) })} <bdi>${following.title}</bdi></p>`
        : nothing
    }
  </section>`;
}
