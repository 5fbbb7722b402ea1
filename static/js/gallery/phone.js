// The gallery of the phone: its parts by lanes.js and view.js, its sheet by composer.js, and the tokens of all pages.
// @ts-check
import { createComposer } from "../phone/composer.js";
import { html } from "../shared/html.js";
import { dockView, headerView, laneView } from "../phone/lanes.js";
import { themeClass } from "../shared/text.js";
import { mark, themeTag } from "../shared/view.js";
import { say } from "../shared/words.js";
import {
  NOW,
  REACTED,
  WORD,
  addressed,
  card,
  inScript,
  mixed,
  question,
  scripts,
  sessions,
  teams,
  themed,
  themes,
} from "./posts.js";
import { idle, ready, show, stopClock } from "./shelves.js";
import { applyTokens, tokenShelves } from "./tokens.js";

const TYPED_MS = 900; // until the sheet has asked for what is like the words typed

stopClock(NOW);

/** All that a phone shows, see paint() in phone.js. @param {Record<string, any>} [changes] */
const page = (changes) => ({
  ready: true,
  title: "Innovation Lab",
  status: "live",
  online: 214,
  lane: "celebrate",
  sort: "top",
  session: "",
  themes,
  sessions: sessions.map((one, index) => ({ ...one, running: index === 0 })),
  posts: [],
  more: false,
  loading: false,
  waiting: [],
  now: null,
  reacted: () => undefined,
  voted: () => false,
  who: { name: "Sokha Chan", team: "Cambodia" },
  time: Date.now(),
  mine: [],
  received: [],
  sure: "",
  editable: () => true,
  begun: () => false,
  votable: (post) => !post.answered,
  open: true,
  note: "",
  noteKind: "calm",
  news: 0,
  badge: 0,
  act: idle,
  ...changes,
});

const lane = (changes) => html`<div class="lane">${laneView(page(changes))}</div>`;
const ask = (changes) => lane({ lane: "ask", session: "heat", ...changes });
const inLane = ([name, post]) => ({ name, view: lane({ posts: [post] }) });
const header = (name, changes) => ({ name, view: headerView(page(changes)) });
const dock = (name, changes) => ({ name, view: dockView(page(changes)) });

const button = (kind, words, more = false) =>
  html`<button type="button" class="button ${kind}" ?disabled=${more}>${words}</button>`;
const input = (value, invalid = false) => html`<label class="field"><span class="label">${say("name-yours")}</span>
  <input class="input" type="text" placeholder=${say("recipient-placeholder")} .value=${value} aria-invalid=${invalid ? "true" : "false"} />
  ${invalid ? html`<span class="error">${say("name-missing")}</span>` : ""}</label>`;

const KINDER = "Please say it a little more kindly.";
const own = (fields) => (fields.kind === "question" ? question(fields) : card(fields));
const mine = (name, fields, { sure = false, editable = true } = {}) => {
  const post = own(fields);
  return {
    name,
    className: "is-me",
    view: lane({ lane: "me", mine: [post], sure: sure ? post.id : "", editable: () => editable }),
  };
};
const waiting = (name, fields) =>
  fields.kind === "question"
    ? { name, className: "is-question", view: ask({ waiting: [question(fields)] }) }
    : { name, view: lane({ waiting: [card(fields)] }) };
const asked = (name, fields, changes = {}) => {
  const post = question(fields);
  return { name, className: "is-question", view: ask({ posts: [post], ...changes, now: changes.now ? post : null }) };
};
const onScreen = card({ reactions: REACTED });
const behind = card({ theme: "tools" });

const sheet = (name, id) => ({ name, view: html`<dialog class="sheet" data-sheet=${id}></dialog>` });

show([
  ...tokenShelves(),
  {
    id: "buttons",
    title: "Buttons",
    note: "At least 44 px. One primary a page; ink where words are sent; quiet for what is rather not pressed.",
    pieces: [
      { name: "Plain", view: button("", say("me-change-name")) },
      { name: "Primary", view: button("button-primary", say("celebrate-someone")) },
      { name: "Ink", view: button("button-ink", say("sheet-send")) },
      { name: "Quiet", view: button("button-quiet", say("take-back")) },
      { name: "Bad", view: button("button-bad", say("take-back-yes")) },
      {
        name: "Disabled",
        view: html`${button("", say("me-change-name"), true)} ${button("button-primary", say("celebrate-someone"), true)}`,
      },
      { name: "With the keyboard’s focus", className: "is-focused", view: button("", say("me-change-name")) },
      { name: "Link", view: html`<button type="button" class="link">${say("name-change-here")}</button>` },
    ],
  },
  {
    id: "chips",
    title: "Chips, marks, switch",
    note: "Each theme has a mark and a word: colour is never the only sign.",
    pieces: [
      {
        name: "Themes to choose from",
        view: html`<div class="chips">${themes.map((one) => html`<button type="button" class="chip ${themeClass(one)}" aria-pressed="false">${mark(one.colour)}<bdi>${one.short}</bdi></button>`)}</div>`,
      },
      {
        name: "Chosen",
        view: html`<div class="chips">${themes.map((one) => html`<button type="button" class="chip ${themeClass(one)}" aria-pressed="true">${mark(one.colour)}<bdi>${one.short}</bdi></button>`)}</div>`,
      },
      {
        name: "Without a colour",
        view: html`<div class="chips"><button type="button" class="chip" aria-pressed="false">${say("sort-top")}</button><button type="button" class="chip" aria-pressed="true">${say("sort-new")}</button></div>`,
      },
      { name: "Tags", view: html`<div class="chips">${themes.map(themeTag)}</div>` },
      {
        name: "Switch, off and on",
        view: html`<div class="chips">${["false", "true"].map((on) => html`<button type="button" class="switch" role="switch" aria-checked=${on}><span class="switch-track" aria-hidden="true"></span>${say("anonymous-switch")}</button>`)}</div>`,
      },
    ],
  },
  {
    id: "inputs",
    title: "Inputs",
    pieces: [
      { name: "Empty", view: input("") },
      { name: "Filled", view: input("Nadia Rahman") },
      { name: "Filled, right to left", view: html`<div dir="rtl">${input("نادية رحمن")}</div>` },
      { name: "Wrong", view: input("", true) },
      {
        name: "Choice",
        view: html`<label class="field"><span class="label">${say("team-yours")}</span><select class="input">${teams.map(({ name }) => html`<option>${name}</option>`)}</select></label>`,
      },
    ],
  },
  {
    id: "header",
    title: "Header",
    pieces: [
      header("Connecting", { status: "connecting", online: null }),
      header("Live", {}),
      header("Offline", { status: "offline" }),
      header("Closed", { status: "refused" }),
      header("With news", { news: 3 }),
      header("A long title", {
        title: "Regional forum on social dialogue, occupational safety and health and decent work",
      }),
      header("Right to left", { title: "مختبر الابتكار" }),
    ],
  },
  {
    id: "dock",
    title: "Dock",
    note: "What can be done, and what will become of it, in thumb reach.",
    pieces: [
      dock("Celebrate", {}),
      dock("Ask", { lane: "ask" }),
      dock("Me, nothing to do", { lane: "me" }),
      dock("Something to look at in Me", { badge: 2 }),
      dock("Calm: cards wait for a moderator", { note: say("resting-card") }),
      dock("Warning: no Wi-Fi", {
        note: say("offline-write-already"),
        noteKind: "warn",
      }),
      dock("Bad: too fast", { note: say("too-fast", { seconds: 5 }), noteKind: "bad" }),
      dock("Good: it is there", { note: say("sent-to-board"), noteKind: "ok" }),
      dock("Closed", { note: say("asking-closed"), lane: "ask", open: false }),
    ],
  },
  { id: "card-themes", title: "Cards by theme", pieces: themed.map(inLane) },
  { id: "card-names", title: "Cards by name and length", pieces: addressed.map(inLane) },
  {
    id: "card-scripts",
    title: "Cards in every script",
    pieces: [...scripts, ["Two scripts in one", mixed]].map(inLane),
  },
  {
    id: "card-states",
    title: "Cards in their states",
    pieces: [
      inLane(["With reactions", card({ reactions: REACTED })]),
      inLane(["Reactions of hundreds", card({ reactions: { clap: 128, heart: 999, bulb: 340, "me-too": 712 } })]),
      {
        name: "Own reactions pressed",
        view: lane({ posts: [card({ reactions: REACTED })], reacted: () => new Set(["heart", "me-too"]) }),
      },
      inLane(["Pinned", card({ pinned: true })]),
      { name: "On the screen now, first in the list", view: lane({ posts: [onScreen], now: onScreen }) },
      { name: "On the screen now, further down", view: lane({ posts: [behind, onScreen], now: onScreen }) },
      inLane(["Reactions, right to left", { ...inScript("Arabic"), reactions: REACTED }]),
    ],
  },
  {
    id: "own",
    title: "Own posts on their way",
    note: "Send always works: a post says itself where it is.",
    pieces: [
      waiting("Sending", { state: "sending" }),
      waiting("No connection", { state: "waiting" }),
      waiting("Trying again", { state: "again" }),
      waiting("Refused, and why", { state: "refused", reason: say("cards-closed") }),
      waiting("Waiting for a moderator", { state: "pending" }),
      waiting("Held, and why", { state: "rejected", reason: KINDER }),
      waiting("A question with a moderator", { kind: "question", state: "pending" }),
      waiting("A question refused", {
        kind: "question",
        state: "refused",
        reason: say("questions-closed"),
      }),
    ],
  },
  {
    id: "questions",
    title: "Questions",
    pieces: [
      asked("No vote yet", { votes: 0 }),
      asked("One vote, own", { votes: 1 }, { voted: () => true }),
      asked("Many votes", { votes: 1234 }),
      asked("Pinned", { pinned: true }),
      asked("Being answered now", {}, { now: true }),
      asked("Being answered now, own vote", {}, { now: true, voted: () => true }),
      asked(
        "Answered, in words",
        { answered: true, answer: "The employer does, from the first of July. The form is on the table at the door." },
        { sort: "answered" },
      ),
      asked("Of all sessions", { author: null }, { session: "" }),
      asked("One very long word", { text: `${WORD}?` }),
      asked("Right to left", { text: "من يدفع تكاليف تدريب المندوبين؟", author: { name: "ثنا ملک" } }),
      asked("Khmer", { text: inScript("Khmer").text }),
    ],
  },
  {
    id: "empty",
    title: "Empty places invite",
    pieces: [
      { name: "Opening", view: lane({ ready: false }) },
      {
        name: "Refused",
        view: lane({
          ready: false,
          status: "refused",
          note: say("board-moved"),
        }),
      },
      { name: "No cards", view: lane({}) },
      { name: "No questions", view: lane({ lane: "ask" }) },
      { name: "None to this session", view: ask({}) },
      { name: "None answered", view: ask({ sort: "answered" }) },
      { name: "Nothing of mine, no name", view: lane({ lane: "me", who: {} }) },
      { name: "More to come", view: lane({ posts: [behind], more: true }) },
      { name: "Loading more", view: lane({ posts: [behind], more: true, loading: true }) },
    ],
  },
  {
    id: "me",
    title: "Me",
    pieces: [
      mine("On the board", { state: "visible" }),
      mine("Really take it back?", { state: "visible" }, { sure: true }),
      mine("Waiting for a moderator", { state: "pending" }),
      mine("Held, and why", { state: "hidden", reason: KINDER }, { editable: false }),
      mine("Taken back", { state: "withdrawn" }),
      mine(
        "Answered",
        { kind: "question", answered: true, answer: "Yes, tonight.", created_at: "2026-06-15T08:00:00Z" },
        { editable: false },
      ),
      mine("No connection", { state: "waiting" }),
      mine("Not sent", { state: "refused", reason: say("cards-closed") }),
      mine("Right to left", { ...inScript("Arabic"), state: "visible" }),
      {
        name: "Cards for me",
        className: "is-me",
        view: lane({ lane: "me", received: [card({ reactions: REACTED }), { ...inScript("Bengali") }] }),
      },
    ],
  },
  {
    id: "sheet-card",
    title: "The sheet: a card",
    pieces: [
      sheet("Empty", "empty"),
      sheet("Names, theme and words", "filled"),
      sheet("To whom?", "to-missing"),
      sheet("Too long", "too-long"),
      sheet("Names offered", "offers"),
    ],
  },
  {
    id: "sheet-question",
    title: "The sheet: a question, and the name",
    pieces: [
      sheet("Similar questions", "similar"),
      sheet("Right to left", "right-to-left"),
      sheet("From whom, asked once", "name"),
      sheet("Names of the roster, one in use", "name-offers"),
    ],
  },
]);
applyTokens();

/** The real sheet, lying on its shelf instead of over the page. @param {string} id @param {any} [changes] */
function composer(id, changes) {
  const dialog = /** @type {HTMLDialogElement} */ (document.querySelector(`[data-sheet="${id}"]`));
  dialog.showModal = () => dialog.show();
  const posts = new Map(addressed.map(([, post]) => [post.id, post]));
  return createComposer({
    dialog,
    keep: { get: (_key, otherwise = null) => otherwise, set() {} },
    onChange() {},
    getBoard: () =>
      /** @type {any} */ ({ board: { anonymous: true, names: "optional" }, themes, teams, sessions, posts }),
    getWho: () => ({ name: "Sokha Chan", team: "Cambodia", asked: true }),
    saveWho() {},
    onSend() {},
    onEdit: async () => {},
    getNote: () => "",
    getNews: () => 0,
    presetSession: () => "heat",
    findPeople: async () => ({
      people: [
        { id: "p1", name: "Nadia Rahman", team: "Bangladesh" },
        { id: "p2", name: "Nadine Fares", team: "Egypt" },
      ],
    }),
    findSimilar: async () => ({
      posts: [question({ votes: 0 }), question({ text: "Is the training of delegates paid time?", votes: 31 })],
    }),
    isVoted: () => false,
    voteInstead() {},
    ...changes,
  });
}

function type(id, field, words) {
  const box = /** @type {HTMLInputElement} */ (document.querySelector(`[data-sheet="${id}"] #${field}`));
  box.value = words;
  box.dispatchEvent(new Event("input"));
}

const body = {
  to: [{ name: "Nadia Rahman", team: "Bangladesh" }, { name: "Budi" }],
  theme: "osh",
  text: "You taught me how to measure heat where people sit.",
};
composer("empty").open("card");
composer("filled").open("card", { body });
composer("to-missing").open("card", {
  body: { ...body, to: [] },
  problem: { field: "to", detail: say("card-for-whom") },
});
composer("too-long").open("card", {
  body: { ...body, text: "You waited a full minute. ".repeat(12) },
  problem: { field: "text", detail: say("text-over", { n: 31 }) },
});
composer("offers").open("card", { body: { ...body, to: [], theme: "", text: "" } });
type("offers", "to", "Nad");
composer("similar").open("question");
type("similar", "text", "Who pays for the training?");
composer("right-to-left").open("question", { body: { text: "من يدفع تكاليف تدريب المندوبين؟", anonymous: true } });
composer("name", { getWho: () => ({}) }).openName("send");
composer("name-offers", {
  getWho: () => ({}),
  findPeople: async () => ({
    people: [
      { id: "p1", name: "Sokha Chan", team: "Cambodia", taken: true },
      { id: "p2", name: "Sokunthea Lim", team: "Cambodia" },
    ],
  }),
}).openName("send");
type("name-offers", "name", "Sok");

setTimeout(() => {
  // With nothing pressed so far, focus set from here shows as the keyboard's does.
  /** @type {HTMLElement} */ (document.querySelector(".is-focused .button")).focus({ preventScroll: true });
  scrollTo(0, 0);
  ready();
}, TYPED_MS);
