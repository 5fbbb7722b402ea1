// What the phone shows: header, the lanes Celebrate and Ask, Me, and the dock in thumb reach. Templates only; phone.js decides.
// @ts-check
import { nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { direction, namesText, tall, timeAgo } from "../shared/text.js";
import { cardView, names, questionView, who } from "../shared/view.js";

export const WORDS = {
  lanes: { celebrate: "Celebrate", ask: "Ask", me: "Me" },
  here: (count) => `${count} here`,
  connecting: "Connecting …",
  offline: "Waiting for the Wi-Fi",
  slow: "Slow network",
  refused: "Closed",
  now: "On screen now",
  nowAnswered: "Being answered now",
  by: "by",
  answered: "Answered",
  pinned: "Pinned",
  celebrate: "Celebrate someone",
  ask: "Ask a question",
  news: (count) => `${count} new`,
  showNews: (count) => `Show ${count} new`,
  older: "Show older",
  loading: "Looking …",
  sorts: { top: "Top", new: "New", answered: "Answered" },
  cards: "Cards",
  questions: "Questions",
  sort: "Order",
  session: "Session",
  allSessions: "All sessions",
  running: "Now: ",
  loadingBoard: "Opening the board …",
  noCards: "Nobody has been celebrated yet.",
  noCardsMore: "Who taught you something today?",
  noQuestions: "No questions yet.",
  noQuestionsMore: "What would you like to know? Everyone can vote for it.",
  noAnswers: "Nothing answered yet.",
  noAnswersMore: "Answered questions gather here, with their answers.",
  noneHere: "No questions to this session yet.",
  states: {
    sending: "Sending …",
    waiting: "Waiting for the Wi-Fi: it is safe on this phone.",
    unkept: "Not sent yet. This phone’s storage is full: please leave this page open.",
    changing: "Your change is not sent yet: it is safe on this phone.",
    unchanged: "Your change was not saved.",
    again: "Not sent yet, trying again: it is safe on this phone.",
    refused: "Not sent.",
    pending: "With a moderator",
    visible: "On the board",
    rejected: "Held by a moderator",
    hidden: "Held by a moderator",
    withdrawn: "Taken back",
    answered: "Answered",
  },
  edit: "Edit",
  editOn: "Edit on",
  takeBack: "Take back",
  takeBackSure: "Take back for good?",
  yes: "Yes, take back",
  no: "Keep it",
  discard: "Throw away",
  me: "Me",
  youAre: "You post as",
  noName: "You have not given a name yet.",
  addName: "Add your name",
  change: "Change",
  received: "For you",
  receivedCount: (count) => (count === 1 ? "1 card" : `${count} cards`),
  share: "Share as a picture",
  shareShort: "Share",
  mine: "My posts",
  nothingMine: "Nothing yet.",
  nothingMineMore: "Your cards and questions will be here, each with what became of it.",
  question: "Question",
};

/** @param {any} page everything to be shown, see phone.js @returns {unknown} */
export function pageView(page) {
  return html`${headerView(page)}
    <main id="lane" class="lane" aria-label=${WORDS.lanes[page.lane]}>${laneView(page)}</main>
    ${dockView(page)}`;
}

export function headerView({ title, status, online, news, act }) {
  return html`<header class="top">
    <div class="top-line">
      <h1 class="top-title"><bdi>${title}</bdi></h1>
      ${
        news
          ? html`<button type="button" class="button news" aria-label=${WORDS.showNews(news)} @click=${act.showNews}><span aria-hidden="true">↑</span> ${WORDS.news(news)}</button>`
          : html`<p class="top-live is-${status}"><span class="dot" aria-hidden="true"></span>${liveWords(status, online)}</p>`
      }
    </div>
  </header>`;
}

function liveWords(status, online) {
  if (status === "offline") return WORDS.offline;
  if (status === "refused") return WORDS.refused;
  if (status === "slow") return WORDS.slow;
  if (online === null) return status === "connecting" ? WORDS.connecting : "";
  return WORDS.here(online);
}

function askBar({ sort, session, sessions, act }) {
  return html`<div class="ask-bar">
    ${sessions.length ? sessionChoice(sessions, session, act) : nothing}
    <div class="sorts" role="group" aria-label=${WORDS.sort}>
      ${Object.entries(WORDS.sorts).map(
        ([key, label]) =>
          html`<button type="button" class="sort" aria-pressed=${key === sort ? "true" : "false"} @click=${() => act.sort(key)}>${label}</button>`,
      )}
    </div>
  </div>`;
}

const sessionChoice = (
  sessions,
  chosen,
  act,
) => html`<select class="session-choice select" aria-label=${WORDS.session} @change=${(event) => act.session(event.target.value)}>
  <option value="" ?selected=${!chosen}>${WORDS.allSessions}</option>
  ${sessions.map((one) => html`<option value=${one.id} ?selected=${one.id === chosen}>${one.running ? WORDS.running : ""}${one.title}</option>`)}
</select>`;

export function laneView(page) {
  if (!page.ready)
    return html`<p class="quiet-line" role="status">${page.status === "refused" ? page.note : WORDS.loadingBoard}</p>`;
  if (page.lane === "me") return meView(page);
  const ask = page.lane === "ask";
  return html`<h2 class="visually-hidden">${ask ? WORDS.questions : WORDS.cards}</h2>
    ${ask ? askBar(page) : nothing}${nowView(page)}${page.waiting.map((post) => waitingView(post, page))}${ask ? questionsView(page) : cardsView(page)}`;
}

// The post that is on the large screen at this moment; where it stands first in the list, it is marked there instead.
function nowView({ now, posts, act }) {
  if (!now || now === posts[0]) return nothing;
  const isCard = now.kind === "card";
  return html`<button type="button" class="now" @click=${() => act.goTo(now)}>
    <span class="now-label">${isCard ? WORDS.now : WORDS.nowAnswered}</span>
    <span class="now-text" dir="auto">${isCard ? html`${names(now)}, ${WORDS.by} ${who(now.author)}` : html`<bdi>${now.text}</bdi>`}</span>
  </button>`;
}

function cardsView({ posts, more, loading, themes, reacted, now, waiting, act }) {
  if (!posts.length && !waiting.length) return emptyView(WORDS.noCards, WORDS.noCardsMore);
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
                ? html`<p class="badge">${WORDS.now}</p>`
                : post.pinned
                  ? html`<p class="badge">${WORDS.pinned}</p>`
                  : nothing,
          }),
      )}
    </div>
    ${olderView(more, loading, act)}`;
}

function questionsView({ posts, more, loading, sort, session, sessions, voted, votable, now, waiting, act }) {
  if (!posts.length && !waiting.length) {
    if (sort === "answered") return emptyView(WORDS.noAnswers, WORDS.noAnswersMore);
    return session
      ? emptyView(
          WORDS.noneHere,
          WORDS.noQuestionsMore,
          html`<button type="button" class="button" @click=${() => act.session("")}>${WORDS.allSessions}</button>`,
        )
      : emptyView(WORDS.noQuestions, WORDS.noQuestionsMore);
  }
  const title = (id) => (session ? "" : sessions.find((one) => one.id === id)?.title);
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
          }),
      )}
    </div>
    ${olderView(more, loading, act)}`;
}

function badgeOf(post, now, sort) {
  if (post === now) return html`<p class="badge">${WORDS.nowAnswered}</p>`;
  if (post.answered && sort !== "answered") return html`<p class="badge is-ok">${WORDS.answered}</p>`;
  return post.pinned ? html`<p class="badge">${WORDS.pinned}</p>` : nothing;
}

const olderView = (more, loading, act) =>
  more
    ? html`<button type="button" class="button older" ?disabled=${loading} @click=${act.older}>${loading ? WORDS.loading : WORDS.older}</button>`
    : nothing;

const emptyView = (line, more, /** @type {unknown} */ then = nothing) => html`<div class="empty">
  <svg class="empty-sign" viewBox="0 0 64 64" aria-hidden="true">
    <path class="a" d="M19 15h26l9 13-22 24L10 28z" /><path class="b" d="M19 15h26l-4 13H23z" /><path class="c" d="M23 28 32 15l9 13z" />
    <path class="d" d="m54 28-22 24 9-24z" /><path class="b" d="M10 28h13l9 24z" />
  </svg>
  <h2>${line}</h2>
  <p>${more}</p>
  ${then}
</div>`;

// An own post that is not on the board (yet): it says itself where it is.
function waitingView(post, { themes, session, sessions, act }) {
  const foot = stateView(post, act);
  if (post.kind === "card")
    return html`<div class="waiting" role="status">${cardView(post, { themes, foot, className: "is-waiting" })}</div>`;
  return html`<div class="waiting" role="status">${questionView(post, { foot, className: "is-waiting", session: session ? "" : sessions.find((one) => one.id === post.session)?.title })}</div>`;
}

function stateView(post, act) {
  const state = post.answered ? "answered" : post.state;
  const refused = state === "refused" || state === "unchanged";
  const reason = refused || ["again", "rejected", "hidden"].includes(state) ? post.reason : "";
  return html`<div class="state is-${state}" dir="ltr">
    <p class="state-words">${WORDS.states[state]}${reason ? html` <span class="state-reason" dir="auto">${reason}</span>` : nothing}</p>
    ${
      refused
        ? html`<div class="state-acts">
          <button type="button" class="button" @click=${() => act.rewrite(post)}>${WORDS.edit}</button>
          <button type="button" class="button button-quiet" @click=${() => act.discard(post)}>${WORDS.discard}</button>
        </div>`
        : nothing
    }
  </div>`;
}

function meView(page) {
  const { who: me, mine, received, act } = page;
  return html`<section class="me-who">
      ${
        me.name
          ? html`<p class="label">${WORDS.youAre}</p>
            <h2><bdi>${me.name}</bdi></h2>
            ${me.team ? html`<p class="hint"><bdi>${me.team}</bdi></p>` : nothing}`
          : html`<p>${WORDS.noName}</p>`
      }
      <button type="button" class="button" @click=${act.changeName}>${me.name ? WORDS.change : WORDS.addName}</button>
    </section>
    ${received.length ? receivedView(page) : nothing}
    <section aria-labelledby="mine-title">
      <h2 class="section-title" id="mine-title">${WORDS.mine}</h2>
      ${
        mine.length
          ? html`<ul class="mine">${repeat(
              mine,
              (post) => post.id,
              (post) => mineView(post, page),
            )}</ul>`
          : html`<div class="empty"><h3>${WORDS.nothingMine}</h3><p>${WORDS.nothingMineMore}</p></div>`
      }
    </section>`;
}

function receivedView({ received, themes, reacted, act }) {
  const foot = (post) => html`<div class="state-acts">${shareButton(post, act)}</div>`;
  return html`<section aria-labelledby="received-title">
    <h2 class="section-title" id="received-title">${WORDS.received} <small>${WORDS.receivedCount(received.length)}</small></h2>
    <div class="cards">
      ${repeat(
        received,
        (post) => post.id,
        (post) => cardView(post, { themes, reacted: reacted(post.id), onReact: act.react, foot: foot(post) }),
      )}
    </div>
  </section>`;
}

const shareButton = (post, act, words = WORDS.share) =>
  html`<button type="button" class="button" aria-label="${WORDS.share}: ${namesText(post)}" @click=${() => act.share(post)}>${words}</button>`;

function mineView(post, { zone, act, sure, editable, begun, time }) {
  const sent = !["waiting", "sending", "again", "unkept", "refused"].includes(post.state);
  const label = post.kind === "card" ? namesText(post) : WORDS.question;
  const edit = begun(post) ? WORDS.editOn : WORDS.edit;
  return html`<li class="mine-post">
    <p class="mine-kind" dir=${direction(post.text)}>${post.kind === "card" ? html`<strong>${names(post)}</strong>` : WORDS.question}${sent ? html`<span class="mine-when">${timeAgo(post.created_at, time, zone)}</span>` : nothing}</p>
    <p class="said ${tall(post.text)}" dir=${direction(post.text)}>${post.text}</p>
    ${stateView(post, act)}
    ${post.answer ? html`<p class="question-answer said" dir="auto">${post.answer}</p>` : nothing}
    ${
      sent && post.state !== "withdrawn"
        ? sure === post.id
          ? html`<div class="state-acts" role="group" aria-label=${WORDS.takeBackSure}>
            <button type="button" class="button button-bad" @click=${() => act.withdraw(post)}>${WORDS.yes}</button>
            <button type="button" class="button" @click=${() => act.askSure(null)}>${WORDS.no}</button>
          </div>`
          : html`<div class="state-acts">
            ${editable(post) ? html`<button type="button" class="button" aria-label="${edit}: ${label}" @click=${() => act.edit(post)}>${edit}</button>` : nothing}
            ${post.kind === "card" && post.state === "visible" ? shareButton(post, act, WORDS.shareShort) : nothing}
            <button type="button" class="button button-quiet" aria-label="${WORDS.takeBack}: ${label}" @click=${() => act.askSure(post)}>${WORDS.takeBack}</button>
          </div>`
        : nothing
    }
  </li>`;
}

export function dockView(page) {
  const { lane, note, noteKind, open, badge, act, ready } = page;
  return html`<div class="dock">
    <p class="note is-${noteKind}" role="status" ?hidden=${!note || !ready}>${note}</p>
    ${
      lane === "me"
        ? nothing
        : html`<div class="dock-do">
          <button type="button" class="button button-primary" ?disabled=${!open} @click=${act.compose}>${lane === "celebrate" ? WORDS.celebrate : WORDS.ask}</button>
        </div>`
    }
    <nav class="tabs" aria-label="Board">
      ${Object.entries(WORDS.lanes).map(
        ([
          key,
          label,
        ]) => html`<button type="button" class="tab" aria-current=${key === lane ? "page" : nothing} @click=${() => act.lane(key)}>
          ${label}${key === "me" && badge ? html`<span class="tab-badge"><span class="visually-hidden">, </span>${badge}<span class="visually-hidden"> to look at</span></span>` : nothing}
        </button>`,
      )}
    </nav>
  </div>`;
}
