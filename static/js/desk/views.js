// How the moderators' desk looks: lit-html templates only. What happened is told through `desk.on`, never decided here.
// @ts-check
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { NO_SESSION, NO_FILTERS, allowed, filtering, screenCounts, tabOf } from "./queue.js";
import { graphemes, namesText, sharedTeam, tall, themeOf, timeAgo, whoText } from "../shared/text.js";
import { REACTIONS, names, themeTag, who } from "../shared/view.js";

export const WORDS = {
  tabs: { waiting: "Waiting", board: "On the board", held: "Held", withdrawn: "Withdrawn" },
  tabsShort: { waiting: "Waiting", board: "On board", held: "Held", withdrawn: "Withdrawn" },
  states: { pending: "waiting", visible: "on the board", hidden: "held", rejected: "held", withdrawn: "withdrawn" },
  again: "held, decide again",
  room: "Room",
  queue: "Queue",
  live: "Live",
  opening: "Opening the board …",
  offline: "Reconnecting …",
  slow: "Slow network: news come every few seconds",
  old: "What you see may be old.",
  phones: (n) => (n === 1 ? "1 phone" : `${n} phones`),
  screens: (count) => {
    const some = ["live", "stale", "lost"].filter((state) => count[state]);
    return some.map((state, at) => (at ? `${count[state]} ${state}` : `${count[state]} ${count[state] === 1 ? "screen" : "screens"} ${state}`)).join(", ") || "No screen is open";
  },
  stillShown: (lost) => lost.map(({ name, seconds }) => ` “${name}” is lost and may show it for ${seconds} s.`).join(""),
  screenState: ({ state, seconds }) => (state === "lost" ? `lost, may show what it has for ${seconds} s` : state),
  freeze: "Freeze",
  blank: "Blank",
  frozenNow: "Frozen. New posts wait for you, nothing new goes public.",
  unfreeze: "Unfreeze",
  blankNow: "The screen is blank.",
  unblank: "Show it again",
  approve: "Approve",
  hold: "Hold",
  holdWhy: "Hold with a reason",
  restore: "Restore",
  pin: "Pin",
  spotlight: "Spotlight",
  answered: "Answered",
  more: "More",
  writeAnswer: "Write an answer …",
  changeAnswer: "Change the answer …",
  move: "Move to another session …",
  correct: "Correct the recipient …",
  allOf: "All posts of this author",
  mute: "Mute this author",
  unpin: "Take the pin off",
  unmute: "Let this author post again",
  select: "Select",
  card: "Card for",
  question: "Question",
  noSession: "No session",
  pinnedTag: "Pinned",
  answeredTag: "Answered",
  onScreen: "On the screen now",
  mutedTag: "Muted",
  answer: "Answer:",
  reason: "Reason:",
  heldBy: (name) => `Held by ${name}`,
  votes: (n) => (n === 1 ? "1 vote" : `${n} votes`),
  empty: {
    waiting: ["Nothing waits.", "The room is all yours."],
    board: ["Nothing is on the board yet.", "The first card or question appears here."],
    held: ["Nothing is held.", "What you hold can be found here, and put back."],
    withdrawn: ["Nothing was taken back.", "Posts their authors withdraw appear here."],
  },
  atOnce: "New cards and questions appear at once. You can have them wait for you under Room.",
  nothingFound: ["Nothing here matches.", "Try fewer words, another list, or clear the filters."],
  searching: "Searching all posts …",
  found: (n, more) => (n ? `${n} found${more ? " so far" : ""}` : more ? "Nothing found so far" : "Nothing found"),
  searchOn: "Search older posts",
  notSearched: (detail) => `Older posts were not searched. ${detail}`,
  searchAgain: "Try again",
  clear: "Clear filters",
  news: (n) => `${n} new`,
  show: "Show",
  showMore: (n) => `Show more (${n} left)`,
  older: "Show older cards",
  loading: "Fetching …",
  search: "Search",
  searchHint: "Search names and text",
  filters: "Filters",
  kinds: { "": "All", card: "Cards", question: "Questions" },
  allSessions: "All sessions",
  allTeams: "All teams",
  author: (name) => `By ${name}`,
  selected: (n) => `${n} selected`,
  all: "All in this list",
  none: "None",
  done: "Just done",
  undo: "Undo",
  moreUndo: (n) => `${n} more`,
  reached: (n, all) => (n >= all ? (all === 1 ? "Gone from the screen." : `Gone from all ${all} screens.`) : `Gone from ${n} of ${all} screens …`),
  close: "Close",
  keys: "Keys",
  screen: "Screen",
  scenes: { join: "Join", cards: "Cards", questions: "Questions", spotlight: "Spotlight", map: "Map", recap: "Recap", blank: "Blank" },
  turns: "Scenes take turns",
  turnsHow: "Seconds for each; 0 leaves it out.",
  spotlightHow: "Press Spotlight on a post to show it alone.",
  spotlit: "Shown alone:",
  running: "The running session",
  questionsOf: "Questions of",
  approval: "New posts",
  cardsWait: "Cards wait for approval",
  questionsWait: "Questions wait for approval",
  cardsOpen: "People can post cards",
  sessions: "Questions by session",
  sessionStates: { open: "Open", paused: "Paused", closed: "Closed" },
  otherSessions: (n) => (n === 1 ? "1 other session" : `${n} other sessions`),
  flood: (voters, online) => `More votes than phones: ${voters} voted within a minute, ${online} ${online === 1 ? "phone is" : "phones are"} here.`,
  floodLook: "Look",
  floodTitle: "More votes than phones",
  floodWhy: "Somebody may be voting many times, from a program that pretends to be many phones. You can take back all votes of phones that came to this board lately. Real people among them lose their votes, too, and can vote again.",
  floodTake: "Take back the votes of phones that came",
  floodSince: [
    ["in the last 5 minutes", 5],
    ["in the last hour", 60],
    ["today", 24 * 60],
  ],
  floodLeave: "Leave them as they are",
  names: "Free a name",
  namesHow: "For somebody who changes phones: the name can then be taken again.",
  namesAlong: "Their posts go along.",
  namesAlongHow: "On the new phone they can be taken back, on the old one no more.",
  namesHint: "A name that is in use",
  namesNone: "No name in use begins so.",
  free: (name) => `Free ${name}`,
  freeIt: "Free",
  lately: "Lately",
  phonePage: "Phone page",
  screenPage: "Screen page",
  refused: {
    4401: ["This link was taken back", "Ask the organiser for a new one. What you did so far is kept."],
    4404: ["This board is no longer here", "It was moved or erased. Ask the organiser for its new link."],
    4400: ["This page is too old", "The board has moved on. Please reload the page."],
  },
  reload: "Reload",
  holdTitle: "Hold, and tell the author why",
  reasons: [
    "Please say it a little more kindly.",
    "It names somebody who may not want that.",
    "It was asked already. Please vote for the other one.",
    "It belongs to another session.",
    "We cannot answer this here. Please find us at the break.",
  ],
  ownWords: "In your own words",
  holdNow: "Hold",
  answerTitle: "Write an answer",
  answerHint: "Everyone can read it under the question.",
  markAnswered: "Mark the question as answered",
  save: "Save",
  correctTitle: "Correct the recipient",
  moveTitle: "Move to another session",
  helpTitle: "Keys",
  help: [
    ["J  K", "next, previous post"],
    ["A", "approve or restore"],
    ["H", "hold"],
    ["Shift H", "hold with a reason"],
    ["S", "spotlight on the screen"],
    ["P", "pin"],
    ["D", "mark answered"],
    ["X", "select; A and H then act on all selected"],
    ["U", "undo"],
    ["/", "search"],
    ["1 – 4", "waiting, on the board, held, withdrawn"],
    ["Esc", "close, clear"],
  ],
};

const LABEL_AT_MOST = 48;

/** What a post is called in labels and in the undo bar. @param {any} post */
export function label(post) {
  const name = post.kind === "card" ? namesText(post) : post.text;
  const signs = graphemes(name);
  return signs.length > LABEL_AT_MOST ? `${signs.slice(0, LABEL_AT_MOST - 2).join("").trimEnd()} …` : name;
}

/** The whole page. @param {any} desk */
export function deskView(desk) {
  if (desk.status === "refused") return refusedView(desk);
  return html`
    ${headView(desk)}
    <div class="desk ${desk.room ? "is-room" : ""}">
      <main class="queue" aria-label=${WORDS.queue}>
        ${bannersView(desk)} ${tabsView(desk)} ${filtersView(desk)} ${foundView(desk)} ${listView(desk)}
      </main>
      <aside class="room" aria-label=${WORDS.room}>${desk.ready ? roomView(desk) : nothing}</aside>
    </div>
    ${footView(desk)}
    <p class="visually-hidden" role="status">${desk.said}</p>
  `;
}

function refusedView({ code, title, on }) {
  const [head, line] = WORDS.refused[code] ?? WORDS.refused[4401];
  return html`<main class="refused">
    <p class="refused-board"><bdi>${title}</bdi></p>
    <h1>${head}</h1>
    <p>${line}</p>
    <button type="button" class="button" @click=${on.reload}>${WORDS.reload}</button>
  </main>`;
}

// -- head ---------------------------------------------------------------------------------------------------------

function headView(desk) {
  const { title, status, troubled: trouble, ready, online, screens, board, screen, on } = desk;
  return html`<header class="head">
    <div class="head-who">
      <h1 class="head-title"><bdi>${title}</bdi></h1>
      <p class="live ${trouble || status === "slow" ? "is-offline" : ""}">
        <span class="live-dot" aria-hidden="true"></span>
        <span role="status">${!ready ? WORDS.opening : trouble ? WORDS.offline : status === "slow" ? WORDS.slow : WORDS.live}</span>
        ${trouble ? html`<span class="is-wide">${WORDS.old}</span>` : nothing}
        ${trouble || !ready ? nothing : html`<span class="live-count">${online === null ? "" : WORDS.phones(online)}</span><span class="live-count is-wide">${WORDS.screens(screenCounts(screens))}</span>`}
      </p>
    </div>
    <p class="head-me"><bdi>${desk.me}</bdi></p>
    <button type="button" class="panic" data-do="freeze" aria-pressed=${yes(board?.frozen)} ?disabled=${!ready} @click=${on.freeze}>${WORDS.freeze}</button>
    <button type="button" class="panic" data-do="blank" aria-pressed=${yes(screen.scene === "blank")} ?disabled=${!ready} @click=${on.blank}>${WORDS.blank}</button>
  </header>`;
}

const yes = (value) => (value ? "true" : "false");

function bannersView({ board, screen, troubled, flood, on }) {
  return html`
    ${troubled ? html`<p class="banner is-narrow" data-banner="offline">${WORDS.offline} ${WORDS.old}</p>` : nothing}
    ${board?.frozen ? banner("frozen", WORDS.frozenNow, WORDS.unfreeze, on.freeze) : nothing}
    ${flood ? banner("flood", WORDS.flood(flood.voters, flood.online), WORDS.floodLook, (event) => on.flood(event.currentTarget)) : nothing}
    ${screen.scene === "blank" ? banner("blank", WORDS.blankNow, WORDS.unblank, on.blank) : nothing}
  `;
}

const banner = (name, words, button, act) =>
  html`<p class="banner" data-banner=${name}><span>${words}</span><button type="button" class="act" @click=${act}>${button}</button></p>`;

// -- tabs and filters ---------------------------------------------------------------------------------------------

function tabsView(desk) {
  const { tab, counts, room, on } = desk;
  return html`<nav class="tabs" aria-label=${WORDS.queue}>
    ${["waiting", "board", "held", "withdrawn"].map(
      (name) => html`<button type="button" class="tab is-${name}" data-tab=${name} aria-current=${tab === name && !room ? "page" : "false"} @click=${() => on.tab(name)}>
        <span class="tab-name">${WORDS.tabs[name]}</span><span class="tab-short" aria-hidden="true">${WORDS.tabsShort[name]}</span>
        <span class="tab-count">${counts[name]}${name === "board" && desk.more ? "+" : ""}</span>
      </button>`,
    )}
    <button type="button" class="tab is-room-tab" data-tab="room" aria-current=${room ? "page" : "false"} @click=${on.room}>
      <span class="tab-short">${WORDS.room}</span><span class="tab-count"><span class="tab-sliders" aria-hidden="true"></span></span>
    </button>
    <button type="button" class="keys-button" @click=${on.help}>${WORDS.keys} <kbd>?</kbd></button>
  </nav>`;
}

function filtersView(desk) {
  const { filters, filtersOpen, sessions, teams, on } = desk;
  const folded = filtering({ ...filters, text: "" });
  return html`<div class="filters ${filtersOpen ? "is-open" : ""}" role="search">
    <label class="search"><span class="visually-hidden">${WORDS.search}</span>
      <input id="search" class="input" type="search" placeholder=${WORDS.searchHint} autocomplete="off" spellcheck="false" enterkeyhint="search" maxlength="400" .value=${live(filters.text)} @input=${(event) => on.filter({ text: event.target.value })}>
      <kbd aria-hidden="true">/</kbd>
    </label>
    <button type="button" class="button fold" aria-expanded=${yes(filtersOpen)} aria-controls="choices" @click=${on.fold}>
      ${WORDS.filters}${folded ? html`<span class="fold-dot"><span class="visually-hidden">on</span></span>` : nothing}
    </button>
    <div class="choices" id="choices">
      <div class="kinds" role="group" aria-label=${WORDS.filters}>
        ${Object.entries(WORDS.kinds).map(([kind, name]) => html`<button type="button" data-kind=${kind} aria-pressed=${yes(filters.kind === kind)} @click=${() => on.filter({ kind })}>${name}</button>`)}
      </div>
      ${sessions.length ? choice("session", WORDS.allSessions, filters.session, [...sessions.map((one) => [one.id, one.title]), [NO_SESSION, WORDS.noSession]], on) : nothing}
      ${teams.length ? choice("team", WORDS.allTeams, filters.team, teams.map((one) => [one.name, one.name]), on) : nothing}
      ${filters.author ? html`<button type="button" class="chip" @click=${() => on.filter({ author: "" })}>${WORDS.author(desk.authorName)} <span aria-hidden="true">×</span></button>` : nothing}
      ${filtering(filters) ? html`<button type="button" class="act" @click=${() => on.filter(NO_FILTERS)}>${WORDS.clear}</button>` : nothing}
    </div>
  </div>`;
}

/** How far the search has come; the list shows what is found so far. */
function foundView({ search, found, on }) {
  const words = { asking: WORDS.searching, done: WORDS.found(found, search.more), failed: WORDS.notSearched(search.detail) }[search.state] ?? "";
  return html`<div class="found ${search.state ? `is-${search.state}` : ""}">
    <p role="status" class=${search.state === "done" && !found && !search.more ? "visually-hidden" : ""}>${words}</p>
    ${search.more ? html`<button type="button" class="act" data-do="search-on" @click=${on.searchOn}>${WORDS.searchOn}</button>` : nothing}
    ${search.state === "failed" ? html`<button type="button" class="act" data-do="search-again" @click=${on.searchAgain}>${WORDS.searchAgain}</button>` : nothing}
  </div>`;
}

function choice(name, all, value, options, on) {
  return html`<select class="choice ${value ? "is-on" : ""}" aria-label=${name === "session" ? WORDS.allSessions : WORDS.allTeams} @change=${(event) => on.filter({ [name]: event.target.value })}>
    <option value="" .selected=${live(!value)}>${all}</option>
    ${options.map(([id, title]) => html`<option value=${id} .selected=${live(value === id)}>${title}</option>`)}
  </select>`;
}

// -- list ---------------------------------------------------------------------------------------------------------

function listView(desk) {
  const { tab, rows, news, rest, older, loadingOlder, on } = desk;
  const newsBar = news ? html`<button type="button" class="news" data-news=${news} @click=${on.news}><strong>${WORDS.news(news)}</strong> · ${WORDS.show}</button>` : nothing;
  return html`
    ${tab === "waiting" ? nothing : newsBar}
    <ul class="rows" id="rows" tabindex="-1" aria-label=${WORDS.tabs[tab]}>
      ${repeat(rows, (row) => row.post.id, (row) => rowView(row, desk))}
    </ul>
    ${rest ? html`<button type="button" class="button more" data-do="more" @click=${on.more}>${WORDS.showMore(rest)}</button>` : nothing}
    ${tab === "waiting" && !rest ? newsBar : nothing}
    ${tab === "board" && older && !rest && !desk.search.state ? html`<button type="button" class="button more" ?disabled=${loadingOlder} @click=${on.older}>${loadingOlder ? WORDS.loading : WORDS.older}</button>` : nothing}
    ${rows.length ? nothing : emptyView(desk)}
    ${tab === "held" && desk.counts.withdrawn ? html`<button type="button" class="act to-withdrawn" @click=${() => on.tab("withdrawn")}>${WORDS.tabs.withdrawn} · ${desk.counts.withdrawn}</button>` : nothing}
  `;
}

function emptyView({ ready, tab, filters, search, board, on }) {
  if (!ready) return html`<p class="empty">${WORDS.opening}</p>`;
  if (search.state === "asking") return nothing; // nothing yet
  const filtered = filtering(filters);
  const [head, usual] = filtered ? WORDS.nothingFound : WORDS.empty[tab];
  const unasked = tab === "waiting" && !filtered && !board.frozen && !board.premoderate.card && !board.premoderate.question;
  const line = unasked ? WORDS.atOnce : usual;
  return html`<div class="empty">
    <p class="empty-head">${head}</p>
    <p>${line}</p>
    ${filtered ? html`<button type="button" class="button" @click=${() => on.filter(NO_FILTERS)}>${WORDS.clear}</button>` : nothing}
  </div>`;
}

function rowView(row, desk) {
  const { post, ghost, note, current, selected } = row;
  const { themes, sessions, screen, board, again, on } = desk;
  const tab = tabOf(post, again);
  const lit = screen.scene === "spotlight" && screen.post === post.id;
  const muted = board.muted?.includes(post.participant);
  const session = post.session && sessions.find((one) => one.id === post.session);
  return html`<li class="row is-${tab} ${ghost ? "is-ghost" : ""} ${current ? "is-current" : ""} ${selected ? "is-selected" : ""}" data-id=${post.id} data-state=${post.state} data-kind=${post.kind} tabindex="-1" aria-current=${yes(current)}>
    <label class="pick"><input type="checkbox" .checked=${live(selected)} ?disabled=${Boolean(ghost)} aria-label="${WORDS.select}: ${label(post)}" @change=${() => on.select(post.id)}></label>
    <p class="row-head">
      ${post.kind === "card"
        ? html`<strong class="row-to"><span class="visually-hidden">${WORDS.card}</span> ${names(post)}${sharedTeam(post) ? html` <bdi class="row-team">${sharedTeam(post)}</bdi>` : nothing}</strong>`
        : html`<strong class="row-to is-question">${WORDS.question}</strong>${session ? html`<bdi class="row-session">${session.title}</bdi>` : nothing}`}
      <span class="row-state">${again.has(post.id) && tab === "waiting" ? WORDS.again : WORDS.states[post.state]}</span>
    </p>
    <div class="row-said">
      <p class="row-text said ${tall(post.text)}" dir="auto">${post.text}</p>
      ${post.answer ? html`<p class="row-more said ${tall(post.answer)}" dir="auto"><strong>${WORDS.answer}</strong> ${post.answer}</p>` : nothing}
      ${tab === "held" && !ghost && (post.reason || post.moderated_by)
        ? html`<p class="row-more">${post.moderated_by ? html`<span>${WORDS.heldBy(post.moderated_by)}, ${timeAgo(post.moderated_at, desk.now, desk.board.time_zone)}</span>` : nothing}${post.reason ? html`<span><strong>${WORDS.reason}</strong> <bdi>${post.reason}</bdi></span>` : nothing}</p>`
        : nothing}
    </div>
    <div class="row-foot">
      <p class="row-meta">
        <span>${who(post.author)}</span>
        <time datetime=${post.created_at}>${timeAgo(post.created_at, desk.now, desk.board.time_zone)}</time>
        ${themeTag(themeOf(post, themes))}
        ${post.kind === "question" && (post.votes || tab === "board") ? html`<span class="number">${WORDS.votes(post.votes ?? 0)}</span>` : nothing}
        ${REACTIONS.filter(({ key }) => post.reactions?.[key] > 0).map(({ key, sign, label: name }) => html`<span class="number">${sign ? html`<span aria-hidden="true">${sign}</span><span class="visually-hidden">${name}</span>` : name} ${post.reactions[key]}</span>`)}
        ${lit ? html`<strong class="row-sign">${WORDS.onScreen}</strong>` : nothing}
        ${post.pinned ? html`<strong class="row-sign">${WORDS.pinnedTag}</strong>` : nothing}
        ${post.answered ? html`<strong class="row-sign">${WORDS.answeredTag}</strong>` : nothing}
        ${muted ? html`<strong class="row-sign">${WORDS.mutedTag}</strong>` : nothing}
      </p>
      ${ghost ? html`<p class="row-note is-${ghost.kind}">${ghost.words}</p>` : actsView(post, lit, desk)}
    </div>
    ${note && !ghost ? html`<p class="row-note is-${note.kind}">${note.words}</p>` : nothing}
  </li>`;
}

function actsView(post, lit, { again, on }) {
  const may = allowed(post, again);
  const name = label(post);
  const button = (act, words, className = "", pressed = undefined) =>
    html`<button type="button" class="act ${className}" data-act=${act} aria-label="${words}: ${name}" aria-pressed=${pressed === undefined ? nothing : yes(pressed)} @click=${(event) => on.act(act, post.id, event)}>${words}</button>`;
  const more = ["pin", "answer", "move", "author", "mute"].some((act) => may.has(act));
  return html`<div class="acts">
    ${may.has("approve") ? button("approve", WORDS.approve, "is-ok") : nothing}
    ${may.has("restore") ? button("restore", WORDS.restore, "is-ok") : nothing}
    ${may.has("hold")
      ? html`<span class="split">${button("hold", WORDS.hold)}<button type="button" class="act is-icon" data-act="reason" aria-label="${WORDS.holdWhy}: ${name}" aria-haspopup="dialog" @click=${(event) => on.act("reason", post.id, event)}><span class="sign-down" aria-hidden="true"></span></button></span>`
      : nothing}
    ${may.has("pin") ? button("pin", WORDS.pin, "", Boolean(post.pinned)) : nothing}
    ${may.has("spotlight") ? button("spotlight", WORDS.spotlight, "", lit) : nothing}
    ${may.has("answered") ? button("answered", WORDS.answered, "", Boolean(post.answered)) : nothing}
    ${more ? html`<button type="button" class="act is-icon" data-act="menu" aria-label="${WORDS.more}: ${name}" aria-haspopup="dialog" @click=${(event) => on.act("menu", post.id, event)}><span class="sign-dots" aria-hidden="true"></span></button>` : nothing}
  </div>`;
}

// -- foot: what is selected, what can be undone, what went wrong --------------------------------------------------

function footView(desk) {
  const { trouble, on } = desk;
  return html`<div class="foot" role="region" aria-label=${WORDS.done}>
    ${trouble ? html`<div class="bar is-bad" role="alert"><p class="bar-words">${trouble}</p><button type="button" class="bar-act" @click=${on.dismiss}>${WORDS.close}</button></div>` : nothing}
    ${undoView(desk)} ${bulkView(desk)}
  </div>`;
}

function undoView({ undo, on }) {
  if (!undo) return nothing;
  return html`<div class="bar undo" data-undo>
    <p class="bar-words"><strong>${undo.words}</strong>${undo.about ? html` <bdi class="bar-about">${undo.about}</bdi>` : nothing}${undo.reached ? html` <span class="bar-soft">${undo.reached}</span>` : nothing}</p>
    ${undo.more ? html`<span class="bar-soft">${WORDS.moreUndo(undo.more)}</span>` : nothing}
    <button type="button" class="bar-act" data-do="undo" @click=${on.undo}>${WORDS.undo} <kbd>U</kbd></button>
    <span class="bar-soft number" aria-hidden="true">${undo.seconds}</span>
  </div>`;
}

function bulkView({ bulk, on }) {
  if (!bulk) return nothing;
  return html`<div class="bar bulk" role="group" aria-label=${WORDS.selected(bulk.count)} data-bulk=${bulk.count}>
    <p class="bar-words"><strong>${WORDS.selected(bulk.count)}</strong></p>
    ${bulk.approve ? html`<button type="button" class="bar-act is-do" data-bulk-act="approve" @click=${() => on.bulk("approve")}>${bulk.restoring ? WORDS.restore : WORDS.approve}</button>` : nothing}
    ${bulk.hold
      ? html`<button type="button" class="bar-act is-do" data-bulk-act="hold" @click=${() => on.bulk("hold")}>${WORDS.hold}</button>
          <button type="button" class="bar-act is-do" data-bulk-act="reason" aria-label=${WORDS.holdWhy} aria-haspopup="dialog" @click=${(event) => on.bulk("reason", event)}><span class="sign-down" aria-hidden="true"></span></button>`
      : nothing}
    ${bulk.count < bulk.all ? html`<button type="button" class="bar-act" @click=${on.selectAll}>${WORDS.all}</button>` : nothing}
    <button type="button" class="bar-act" @click=${on.selectNone}>${WORDS.none}</button>
  </div>`;
}

// -- room: screen, approval, sessions -----------------------------------------------------------------------------

function roomView(desk) {
  return html`${screenPanel(desk)} ${approvalPanel(desk)} ${sessionsPanel(desk)} ${namesPanel(desk)} ${latelyPanel(desk)}`;
}

function screenPanel(desk) {
  const { screen, screens, sessions, spotlit, links, on } = desk;
  const count = screenCounts(screens);
  return html`<section class="panel" aria-labelledby="panel-screen">
    <div class="panel-head"><h2 id="panel-screen">${WORDS.screen}</h2><p class="screens ${count.stale || count.lost ? "is-stale" : ""}">${WORDS.screens(count)}</p></div>
    <div class="scenes" role="group" aria-labelledby="panel-screen">
      ${Object.entries(WORDS.scenes).map(
        ([scene, name]) => html`<button type="button" data-scene=${scene} aria-pressed=${yes(screen.scene === scene && !takingTurns(screen))} ?disabled=${scene === "spotlight" && screen.scene !== scene} @click=${() => on.scene(scene)}>${name}</button>`,
      )}
    </div>
    ${turnsView(desk)}
    ${(screen.scene === "questions" || takingTurns(screen)) && sessions.length
      ? html`<label class="panel-field"><span>${WORDS.questionsOf}</span>
          <select class="choice" @change=${(event) => on.questionsOf(event.target.value || null)}>
            <option value="" .selected=${live(!screen.session)}>${WORDS.running}</option>
            ${sessions.map((one) => html`<option value=${one.id} .selected=${live(screen.session === one.id)}>${one.title}</option>`)}
          </select></label>`
      : nothing}
    ${screen.scene === "spotlight" && spotlit
      ? html`<p class="panel-note"><strong>${WORDS.spotlit}</strong> <bdi>${label(spotlit)}</bdi></p>`
      : html`<p class="panel-note">${WORDS.spotlightHow}</p>`}
    ${screens.length > 1 || count.stale || count.lost ? html`<ul class="screen-list">${screens.map((one) => html`<li class="is-${one.state}"><bdi>${one.name}</bdi> <span>${WORDS.screenState(one)}</span></li>`)}</ul>` : nothing}
    <p class="panel-links"><a href=${links.screen} target="_blank" rel="noopener">${WORDS.screenPage}</a> <a href=${links.phone} target="_blank" rel="noopener">${WORDS.phonePage}</a></p>
  </section>`;
}

const takingTurns = (screen) => Boolean(screen.turns) && !["spotlight", "blank"].includes(screen.scene);

function turnsView({ screen, seconds, on }) {
  return html`${switchView("turns", WORDS.turns, takingTurns(screen), on.turns)}
    ${takingTurns(screen)
      ? html`<p class="panel-note" id="turns-how">${WORDS.turnsHow}</p>
          <ul class="turns" aria-describedby="turns-how">
            ${Object.entries(seconds).map(
              ([scene, value]) => html`<li><label><span>${WORDS.scenes[scene]}</span>
                <input class="choice" type="number" inputmode="numeric" min="0" max="3600" step="5" data-turn=${scene} .value=${String(value)} @change=${(event) => on.turnSeconds(scene, event.target)}></label></li>`,
            )}
          </ul>`
      : nothing}`;
}

const switchView = (key, words, checked, toggle) =>
  html`<button type="button" class="switch" role="switch" data-switch=${key} aria-checked=${yes(checked)} @click=${toggle}><span>${words}</span><span class="switch-knob" aria-hidden="true"></span></button>`;

function approvalPanel({ board, on }) {
  return html`<section class="panel" aria-labelledby="panel-approval">
    <h2 id="panel-approval">${WORDS.approval}</h2>
    ${switchView("card", WORDS.cardsWait, board.premoderate.card, () => on.premoderate("card"))}
    ${switchView("question", WORDS.questionsWait, board.premoderate.question, () => on.premoderate("question"))}
    ${switchView("cards_open", WORDS.cardsOpen, board.cards_open, on.cardsOpen)}
  </section>`;
}

function sessionsPanel({ sessions, near, on }) {
  if (!sessions.length) return nothing;
  const others = sessions.filter((one) => !near.includes(one));
  const line = (one) => html`<li class="session">
    <span class="session-title"><bdi>${one.title}</bdi></span>
    <select class="choice is-${one.questions}" data-session=${one.id} aria-label="${WORDS.sessions}: ${one.title}" @change=${(event) => on.session(one.id, event.target.value)}>
      ${Object.entries(WORDS.sessionStates).map(([state, name]) => html`<option value=${state} .selected=${live(one.questions === state)}>${name}</option>`)}
    </select>
  </li>`;
  return html`<section class="panel" aria-labelledby="panel-sessions">
    <h2 id="panel-sessions">${WORDS.sessions}</h2>
    <ul>${repeat(near, (one) => one.id, line)}</ul>
    ${others.length ? html`<details><summary>${WORDS.otherSessions(others.length)}</summary><ul>${repeat(others, (one) => one.id, line)}</ul></details>` : nothing}
  </section>`;
}

function namesPanel({ names, on }) {
  return html`<section class="panel"><details>
    <summary>${WORDS.names}</summary>
    <p class="panel-note">${WORDS.namesHow}</p>
    <label class="panel-field"><span>${WORDS.namesHint}</span>
      <input class="choice" type="search" autocomplete="off" dir="auto" data-names .value=${live(names.typed)} @input=${(event) => on.typeName(event.target.value)}></label>
    <label class="panel-along"><input type="checkbox" .checked=${live(names.along)} @change=${(event) => on.postsAlong(event.target.checked)}>
      <span>${WORDS.namesAlong} <small>${WORDS.namesAlongHow}</small></span></label>
    <ul class="names" aria-live="polite">
      ${names.found.map((one) => html`<li><span><bdi>${one.name}</bdi> <small><bdi>${one.team ?? ""}</bdi></small></span>
        <button type="button" class="act" aria-label=${WORDS.free(one.name)} @click=${() => on.freeName(one)}>${WORDS.freeIt}</button></li>`)}
      ${names.typed.trim() && !names.found.length ? html`<li class="panel-note">${WORDS.namesNone}</li>` : nothing}
    </ul>
  </details></section>`;
}

function latelyPanel({ board, lately, on, now }) {
  return html`<section class="panel"><details @toggle=${on.lately}>
    <summary>${WORDS.lately}</summary>
    <ul class="lately">${lately.map((line) => html`<li><bdi>${line.actor}</bdi> <span>${line.words}</span>${line.about ? html` <bdi class="lately-about">${line.about}</bdi>` : nothing} <time datetime=${line.at}>${timeAgo(line.at, now, board.time_zone)}</time></li>`)}</ul>
  </details></section>`;
}

// -- popovers -----------------------------------------------------------------------------------------------------

/** What the one dialog shows. @param {any} pop @param {any} desk */
export function popView(pop, desk) {
  if (!pop) return nothing;
  return { reason: reasonView, menu: menuView, answer: answerView, move: moveView, correct: correctView, flood: floodView, help: helpView }[pop.kind](pop, desk);
}

const popHead = (title, on) =>
  html`<div class="pop-head"><h2 id="pop-title">${title}</h2><button type="button" class="act" @click=${on.popClose}>${WORDS.close}</button></div>`;

function reasonView(pop, { on }) {
  return html`${popHead(WORDS.holdTitle, on)}
    ${pop.about ? html`<p class="pop-about"><bdi>${pop.about}</bdi></p>` : nothing}
    <ul class="pop-list">${WORDS.reasons.map((reason, index) => html`<li><button type="button" data-reason=${index + 1} ?autofocus=${index === 0} @click=${() => on.holdFor(reason)}><kbd>${index + 1}</kbd><span>${reason}</span></button></li>`)}</ul>
    <form class="pop-form" @submit=${on.holdForOwn}>
      <label class="field"><span class="label">${WORDS.ownWords}</span><input class="input" name="reason" maxlength="200" autocomplete="off" dir="auto" .value=${live(on.written.reason(pop.posts))} @input=${(event) => on.written.typeReason(pop.posts, event.target.value)}></label>
      <button class="button button-strong" type="submit">${WORDS.holdNow}</button>
    </form>`;
}

function menuView({ post, muted }, { again, on }) {
  const may = allowed(post, again);
  const item = (act, words) => (may.has(act) ? html`<li><button type="button" data-menu=${act} @click=${() => on.menu(act)}>${words}</button></li>` : nothing);
  return html`<h2 class="visually-hidden" id="pop-title">${WORDS.more}: ${label(post)}</h2>
    <ul class="pop-list">
      ${may.has("pin") && post.kind === "question" ? html`<li class="is-narrow"><button type="button" data-menu="pin" @click=${() => on.menu("pin")}>${post.pinned ? WORDS.unpin : WORDS.pin}</button></li>` : nothing}
      ${item("answer", post.answer ? WORDS.changeAnswer : WORDS.writeAnswer)} ${item("move", WORDS.move)} ${item("correct", WORDS.correct)}
      ${item("author", `${WORDS.allOf}${post.author?.name ? `: ${whoText(post.author)}` : ""}`)} ${item("mute", muted ? WORDS.unmute : WORDS.mute)}
    </ul>`;
}

function floodView(pop, { on }) {
  return html`${popHead(WORDS.floodTitle, on)}
    <p class="pop-words">${WORDS.floodWhy}</p>
    <h3 class="label">${WORDS.floodTake}</h3>
    <ul class="pop-list">
      ${WORDS.floodSince.map(([words, minutes]) => html`<li><button type="button" data-minutes=${minutes} @click=${() => on.takeBackVotes(minutes)}>${words}</button></li>`)}
      <li><button type="button" data-minutes="0" @click=${() => on.takeBackVotes(0)}>${WORDS.floodLeave}</button></li>
    </ul>`;
}

function answerView({ post }, { on }) {
  return html`${popHead(WORDS.answerTitle, on)}
    <p class="pop-about" dir="auto">${post.text}</p>
    <form class="pop-form" @submit=${on.answer}>
      <label class="field"><span class="visually-hidden">${WORDS.answerTitle}</span><textarea class="input" name="answer" rows="5" maxlength="1000" dir="auto" autofocus .value=${live(on.written.answer(post))} @input=${(event) => on.written.typeAnswer(post, event.target.value)}></textarea></label>
      <p class="hint">${WORDS.answerHint}</p>
      <label class="check"><input type="checkbox" name="answered" .checked=${true}> ${WORDS.markAnswered}</label>
      <button class="button button-strong" type="submit">${WORDS.save}</button>
    </form>`;
}

const correctView = (_pop, { on }) => html`${popHead(WORDS.correctTitle, on)} ${on.correct.view()}`;

function moveView({ post }, { sessions, on }) {
  const option = (id, title) => html`<li><button type="button" data-to=${id ?? ""} aria-pressed=${yes((post.session ?? null) === id)} @click=${() => on.moveTo(id)}><bdi>${title}</bdi></button></li>`;
  return html`${popHead(WORDS.moveTitle, on)}
    <ul class="pop-list">${sessions.map((one) => option(one.id, one.title))} ${option(null, WORDS.noSession)}</ul>`;
}

function helpView(_pop, { on }) {
  return html`${popHead(WORDS.helpTitle, on)}
    <dl class="help">${WORDS.help.map(([keys, does]) => html`<div><dt>${keys.split("  ").map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${does}</dd></div>`)}</dl>`;
}
