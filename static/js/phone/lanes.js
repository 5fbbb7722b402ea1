// What the phone shows: header, the lanes Celebrate and Ask, and the dock in thumb reach. Templates only; phone.js decides.
// @ts-check
import { nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { sentence } from "../shared/sentence.js";
import { cardView, names, questionView, who } from "../shared/view.js";
import { say } from "../shared/words.js";

/** @import { On } from "../shared/dom" */
/** @import { Post } from "../shared/wire" */
/** @import { Act, BoardPart, OwnPost, Page } from "./types" */

/** The lanes and their names, in the order of the tabs. */
export const LANES = /** @type {Record<string, string>} */ ({
  celebrate: "tab-celebrate",
  ask: "tab-ask",
  me: "tab-me",
});
const SORTS = { top: "sort-top", new: "sort-new", answered: "sort-answered" };
/** @type {Record<string, string>} */
const STATES = {
  sending: "state-sending",
  waiting: "state-waiting",
  unkept: "state-unkept",
  changing: "state-changing",
  unchanged: "state-unchanged",
  again: "state-again",
  refused: "state-refused",
  pending: "state-pending",
  visible: "state-visible",
  rejected: "state-held",
  hidden: "state-held",
  withdrawn: "state-withdrawn",
  answered: "state-answered",
};

/**
 * The dock stands before the lane, for the keyboard: not after hundreds of reactions. The style sheet puts it below.
 * @param {Page} page everything to be shown, see phone.js @returns {unknown}
 */
export function pageView(page) {
  return html`${headerView(page)}
    ${dockView(page)}
    <main id="lane" class="lane" aria-label=${say(LANES[page.lane])}>${laneView(page)}</main>`;
}

/** @param {Page} page */
export function headerView({ title, status, online, news, act }) {
  return html`<header class="top">
    <div class="top-line">
      <h1 class="top-title"><bdi>${title}</bdi></h1>
      ${
        news
          ? html`<button type="button" class="button news" aria-label=${say("news-show", { n: news })} @click=${act.showNews}><span aria-hidden="true">↑</span> ${say("news-count", { n: news })}</button>`
          : html`<p class="top-live is-${status}"><span class="dot" aria-hidden="true"></span>${liveWords(status, online)}</p>`
      }
    </div>
  </header>`;
}

/** @param {string} status @param {number|null} online */
function liveWords(status, online) {
  if (status === "offline") return say("live-offline");
  if (status === "refused") return say("live-closed");
  if (status === "slow") return say("live-slow");
  if (online === null) return status === "connecting" ? say("phone-connecting") : "";
  return say("people-here", { n: online });
}

/** @param {Page} page */
function askBar({ sort, session, sessions, rooms, act }) {
  return html`<div class="ask-bar">
    ${rooms?.() ?? nothing}
    ${sessions.length ? sessionChoice(sessions, session, act) : nothing}
    <div class="sorts" role="group" aria-label=${say("sort-label")}>
      ${Object.entries(SORTS).map(
        ([key, label]) =>
          html`<button type="button" class="sort" aria-pressed=${key === sort ? "true" : "false"} @click=${() => act.sort(key)}>${say(label)}</button>`,
      )}
    </div>
  </div>`;
}

/** @param {BoardPart["sessions"]} sessions @param {string} chosen @param {Act} act */
const sessionChoice = (
  sessions,
  chosen,
  act,
) => html`<select class="session-choice select" aria-label=${say("session-label")} @change=${(/** @type {On<HTMLSelectElement>} */ event) => act.session(event.target.value)}>
  <option value="" ?selected=${!chosen}>${say("all-sessions")}</option>
  ${sessions.map((one) => html`<option value=${one.id} ?selected=${one.id === chosen}>${one.running ? say("session-running", { title: one.title }) : one.title}</option>`)}
</select>`;

/** @param {Page} page */
const opening = ({ status, note }) =>
  html`<p class="quiet-line" role="status">${status === "refused" ? note : say("opening-board")}</p>`;

/** @param {Page} page */
export function laneView(page) {
  if (!page.ready) return opening(page);
  if (page.lane === "me") return page.me?.(page) ?? opening(page);
  const ask = page.lane === "ask";
  return html`<h2 class="visually-hidden">${say(ask ? "lane-questions" : "lane-cards")}</h2>
    ${ask ? [askBar(page), page.floor?.(page)] : nothing}${nowView(page)}${page.waiting.map((post) => waitingView(post, page))}${ask ? questionsView(page) : cardsView(page)}`;
}

/** The post that is on the large screen at this moment; where it stands first in the list, it is marked there instead. @param {Page} page */
function nowView({ now, posts, act }) {
  if (!now || now === posts[0]) return nothing;
  const isCard = now.kind === "card";
  return html`<button type="button" class="now" @click=${() => act.goTo(now)}>
    <span class="now-label">${say(isCard ? "now-on-screen" : "now-answered")}</span>
    <span class="now-text">${isCard ? sentence("card-label", { names: names(now), author: who(now.author) }) : html`<bdi>${now.text}</bdi>`}</span>
  </button>`;
}

/** @param {Page} page */
function cardsView({ posts, more, loading, themes, reacted, now, waiting, ours, act }) {
  if (!posts.length && !waiting.length) return emptyView(say("no-cards-yet"), say("no-cards-more"));
  return html`<div class="cards">
      ${repeat(
        posts,
        (post) => post.id,
        (post) =>
          cardView(post, {
            themes,
            reacted: reacted(post.id),
            onReact: act.react,
            className: post === now ? "is-now" : "",
            badge:
              post === now
                ? html`<p class="badge">${say("now-on-screen")}</p>`
                : post.pinned
                  ? html`<p class="badge">${say("badge-pinned")}</p>`
                  : nothing,
            ...ours?.(post, post === now),
          }),
      )}
    </div>
    ${olderView(more, loading, act)}`;
}

/** @param {Page} page */
function questionsView({
  posts,
  more,
  loading,
  sort,
  session,
  sessions,
  voted,
  votable,
  now,
  waiting,
  translated,
  act,
}) {
  if (!posts.length && !waiting.length) {
    if (sort === "answered") return emptyView(say("no-answers-yet"), say("no-answers-more"));
    return session
      ? emptyView(
          say("no-questions-here"),
          say("no-questions-more"),
          html`<button type="button" class="button" @click=${() => act.session("")}>${say("all-sessions")}</button>`,
        )
      : emptyView(say("no-questions-yet"), say("no-questions-more"));
  }
  const title = (/** @type {string|null|undefined} */ id) =>
    session ? "" : sessions.find((one) => one.id === id)?.title;
  return html`<div class="questions">
      ${repeat(
        posts,
        (post) => post.id,
        (post) =>
          questionView(post, {
            voted: voted(post.id),
            onVote: votable(post) ? act.vote : undefined,
            session: title(post.session),
            className: post === now ? "is-now" : "",
            badge: badgeOf(post, now, sort),
            foot: translated?.(post),
          }),
      )}
    </div>
    ${olderView(more, loading, act)}`;
}

/** @param {Post} post @param {Post|null} now @param {string} sort */
function badgeOf(post, now, sort) {
  if (post === now) return html`<p class="badge">${say("now-answered")}</p>`;
  if (post.answered && sort !== "answered") return html`<p class="badge is-ok">${say("badge-answered")}</p>`;
  if (post.set_aside) return html`<p class="badge">${say("badge-set-aside")}</p>`;
  if (post.voice) return html`<p class="badge">${say("badge-voice")}</p>`;
  return post.pinned ? html`<p class="badge">${say("badge-pinned")}</p>` : nothing;
}

const olderView = (/** @type {boolean} */ more, /** @type {boolean} */ loading, /** @type {Act} */ act) =>
  more
    ? html`<button type="button" class="button older" ?disabled=${loading} @click=${act.older}>${say(loading ? "older-loading" : "older-show")}</button>`
    : nothing;

const emptyView = (
  /** @type {string} */ line,
  /** @type {string} */ more,
  /** @type {unknown} */ then = nothing,
) => html`<div class="empty">
  <svg class="empty-sign" viewBox="-8 -8 16 16" aria-hidden="true">
    <path class="a" d="M3-7 7-3v6L3 7h-6l-4-4v-6l4-4z" /><path class="b" d="M-3-7h6L2-4h-4zM-7-3l4-4 1 3-2 2z" /><path class="c" d="M2-4l2 2v4L2 4h-4l-2-2v-4l2-2z" /><path class="d" d="M7-3v6L4 2v-4z" />
  </svg>
  <h2>${line}</h2>
  <p>${more}</p>
  ${then}
</div>`;

/** An own post that is not on the board (yet): it says itself where it is. @param {OwnPost} post @param {Page} page */
function waitingView(post, { themes, session, sessions, act }) {
  const badge = stateView(post, act);
  if (post.kind === "card")
    return html`<div class="waiting" role="status">${cardView(post, { themes, badge, className: "is-waiting" })}</div>`;
  return html`<div class="waiting" role="status">${questionView(post, { badge, className: "is-waiting", session: session ? "" : sessions.find((one) => one.id === post.session)?.title })}</div>`;
}

/** @param {OwnPost} post @param {Act} act */
export function stateView(post, act) {
  const state = post.answered ? "answered" : /** @type {string} */ (post.state);
  const refused = state === "refused" || state === "unchanged";
  const reason = refused || ["again", "rejected", "hidden"].includes(state) ? post.reason : "";
  return html`<div class="state is-${state}" dir="ltr">
    <p class="state-words">${say(STATES[state])}${reason ? html` <span class="state-reason" dir="auto">${reason}</span>` : nothing}</p>
    ${
      refused
        ? html`<div class="state-acts">
          <button type="button" class="button" @click=${() => act.rewrite(post)}>${say("post-edit")}</button>
          <button type="button" class="button button-quiet" @click=${() => act.discard(post)}>${say("post-discard")}</button>
        </div>`
        : nothing
    }
  </div>`;
}

/** @param {Page} page */
export function dockView(page) {
  const { lane, note, noteKind, open, badge, act, ready } = page;
  return html`<div class="dock">
    <p class="note is-${noteKind}" role="status" ?hidden=${!note || !ready}>${note}</p>
    ${
      lane === "me"
        ? nothing
        : html`<div class="dock-do">
          <button type="button" class="button button-primary" ?disabled=${!open} @click=${act.compose}>${say(lane === "celebrate" ? "celebrate-someone" : "ask-question")}</button>
        </div>`
    }
    <nav class="tabs" aria-label=${say("tabs-label")}>
      ${Object.entries(LANES).map(
        ([
          key,
          label,
        ]) => html`<button type="button" class="tab" aria-current=${key === lane ? "page" : nothing} @click=${() => act.lane(key)}>
          ${say(label)}${key === "me" && badge ? html`<span class="tab-badge"><span aria-hidden="true">${badge}</span><span class="visually-hidden">${say("tab-to-look-at", { n: badge })}</span></span>` : nothing}
        </button>`,
      )}
    </nav>
  </div>`;
}
