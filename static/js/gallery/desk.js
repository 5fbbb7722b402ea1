// The gallery of the moderators' desk: whole desks in their states, and what its dialog asks.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { emptyBoard } from "../shared/board.js";
import { createFloor } from "../desk/floor.js";
import { createLater } from "../desk/later.js";
import { popView } from "../desk/popview.js";
import { createPowers } from "../desk/powers.js";
import { deskView } from "../desk/views.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { NO_FILTERS, counts } from "../desk/queue.js";
import { createWritten } from "../desk/written.js";
import { NOW, REACTED, WORD, addressed, card, inScript, question, sessions, teams, themes } from "./posts.js";
import { idle, ready, show, stopClock } from "./shelves.js";

stopClock(NOW);

/**
 * @import {Post, SceneName} from "../shared/wire"
 * @import {BoardShown, LargeShown, Picture, Pop, Row} from "../desk/types"
 */

const AGAIN = /** @type {Set<string>} */ (new Set());
const SECONDS = { cards: 60, questions: 30, map: 20, recap: 20, join: 0 };
/** @type {Partial<Post>} */
const held = {
  state: "hidden",
  moderated_by: "Mira",
  moderated_at: "2026-06-16T10:18:00Z",
  reason: "Please say it a little more kindly.",
};
/** @type {Post[]} */
const waiting = [
  card({ state: "pending" }),
  { ...inScript("Arabic"), state: "pending" },
  question({ state: "pending", text: inScript("Khmer").text }),
  card({ state: "pending", to: [{ name: WORD }], text: WORD }),
];
const lit = card({ reactions: REACTED });
const board = [
  lit,
  card({ pinned: true, theme: "ir" }),
  question({ answered: true, answer: "Yes, tonight." }),
  question({ participant: "muted", votes: 1234 }),
  addressed[2][1],
];
/** @type {Post[]} */
const heldPosts = [
  card(held),
  question({ ...held, state: "rejected", reason: undefined }),
  { ...inScript("Bengali"), ...held },
];
const all = [...waiting, ...board, ...heldPosts, card({ state: "withdrawn" })];

const nowhere = { get: (/** @type {string} */ _key, /** @type {any} */ fallback = null) => fallback, set: () => {} };
const never = () => new Promise(() => {});
const state = { ...emptyBoard(), sessions, themes, teams, posts: new Map(all.map((post) => [post.id, post])) };
const parts = {
  known: { base: state, view: state },
  again: AGAIN,
  api: { ...idle, people: never, mine: never, moderate: never },
  acts: idle,
  popover: idle,
  decisions: idle,
  me: "",
  teach: idle.teach,
  draw: idle.draw,
  say: idle.say,
  complain: idle.complain,
};
const later = createLater(/** @type {any} */ ({ ...parts, dialog: document.createElement("dialog"), keep: nowhere }));
later.correct.open(addressed[2][1]);
const on = Object.assign(Object.create(idle), {
  part: (/** @type {keyof typeof later} */ name) => later[name],
  floor: createFloor(parts),
  powers: createPowers({ ...parts, ask: (name, use) => use(later[name]) }),
  written: createWritten(nowhere),
});

/** A large screen, as picture.js tells the views of it; without its live picture. @param {Partial<LargeShown>} [changes] @returns {LargeShown} */
const large = (changes) => ({
  id: "first",
  name: "",
  room: null,
  applied: 0,
  seq: 0,
  connections: [],
  title: "",
  scene: "spotlight",
  session: null,
  post: lit.id,
  state: "live",
  ticked: false,
  current: false,
  until: undefined,
  questionsOf: undefined,
  next: null,
  ...changes,
});

/** @param {Post[]} posts @param {(index: number) => Partial<Row>} changes @returns {Row[]} */
const marked = (posts, changes) =>
  posts.map((post, index) => ({
    post,
    ghost: undefined,
    note: undefined,
    current: false,
    selected: false,
    ...changes(index),
  }));

/** All that a desk shows, see picture() in moderate.js. @param {Post[]} posts @param {Partial<Picture>} [changes] @returns {Picture} */
const desk = (posts, changes) => ({
  on,
  me: "Mira",
  again: AGAIN,
  ready: true,
  title: "Innovation Lab",
  links: { phone: "#", screen: "#" },
  status: "live",
  troubled: false,
  code: 0,
  board: { muted: ["muted"], frozen: false, premoderate: { card: true, question: false }, cards_open: true },
  sessions,
  near: sessions.slice(0, 2),
  state,
  overrun: nothing,
  themes,
  teams,
  screen: { scene: "spotlight", session: null, post: lit.id },
  screens: [{ name: "Hall", state: "live" }],
  large: [large()],
  meant: { ids: ["first"], all: true },
  blanks: 0,
  seconds: SECONDS,
  names: { typed: "", along: false, found: [] },
  online: 214,
  spotlit: lit,
  tab: "waiting",
  room: false,
  counts: counts(all, AGAIN),
  more: false,
  filters: NO_FILTERS,
  filtersOpen: false,
  search: { state: "", more: false, detail: "" },
  found: 0,
  authorName: "",
  rows: marked(posts, () => ({})),
  rest: 0,
  news: 0,
  older: false,
  loadingOlder: false,
  bulk: null,
  undo: null,
  flood: null,
  trouble: "",
  said: "",
  now: Date.parse(NOW),
  today: NOW.slice(0, 10),
  ...changes,
});
/** @param {string} id @param {string} title @param {Picture} picture */
const whole = (id, title, picture) => ({
  id,
  title,
  pieces: [{ name: title, className: "is-desk", view: html`<div class="console">${deskView(picture)}</div>` }],
});
/** @param {string} name @param {Pop} pop */
const asks = (name, pop) => ({ name, view: html`<dialog class="pop" open>${popView(pop, desk([]))}</dialog>` });

show([
  whole("waiting", "What waits", desk([], { rows: marked(waiting, (index) => ({ current: index === 0 })), news: 3 })),
  whole("board", "On the board", desk(board, { tab: "board", news: 3, older: true })),
  whole("held", "Held", desk(heldPosts, { tab: "held" })),
  whole(
    "selection",
    "Selected, just done, gone wrong",
    desk([], {
      rows: marked(waiting, (index) => ({
        selected: index < 2,
        ghost:
          index === 2 ? { kind: "done", words: say("desk-others-approved", { name: "Ravi" }), until: 0 } : undefined,
        note:
          index === 3 ? { kind: "conflict", words: say("desk-faster-held", { name: "Ravi" }), until: 0 } : undefined,
      })),
      bulk: { all: 4, count: 2, approve: 2, restoring: false, hold: 2 },
      undo: {
        words: say("desk-did-hold"),
        about: "Nadia Rahman",
        reached: say("desk-reached-all", { all: 1 }),
        lost: [],
        more: 2,
        seconds: 7,
      },
      trouble: say("desk-not-done", { act: say("desk-did-pin"), detail: say("network-silent") }),
    }),
  ),
  whole(
    "alarm",
    "Frozen, blank, flooded, old",
    desk(waiting.slice(0, 1), {
      troubled: true,
      board: { frozen: true, premoderate: { card: true, question: true }, cards_open: false, muted: [] },
      screen: { scene: "blank", session: null, post: null },
      large: [large({ scene: "blank", post: null, state: "stale" })],
      blanks: 1,
      screens: [
        { name: "Hall", state: "live" },
        { name: "Foyer", state: "stale" },
      ],
      flood: { voters: 431, online: 214 },
    }),
  ),
  whole("nothing", "Nothing to approve", desk([], { counts: counts([], AGAIN), screens: [] })),
  whole(
    "filtered",
    "Nothing matches",
    desk([], {
      filters: { ...NO_FILTERS, kind: "card", text: "overtime", author: "someone" },
      authorName: "Sokha Chan",
      filtersOpen: true,
    }),
  ),
  whole(
    "searched",
    "Found so far",
    desk(heldPosts.slice(0, 1), {
      tab: "held",
      filters: { ...NO_FILTERS, text: "nadia" },
      search: { state: "done", more: true, detail: "" },
      found: 1,
    }),
  ),
  whole(
    "unsearched",
    "Not searched",
    desk([], {
      filters: { ...NO_FILTERS, text: "nadia" },
      search: {
        state: "failed",
        more: false,
        detail: say("network-silent"),
      },
    }),
  ),
  whole("room", "The room, on a phone", desk([], { room: true })),
  whole(
    "turns",
    "Scenes rotate, a name moves to a new phone",
    desk([], {
      room: true,
      screen: {
        scene: "cards",
        session: null,
        post: null,
        turns: Object.entries(SECONDS).flatMap(([scene, seconds]) =>
          seconds ? [{ scene: /** @type {SceneName} */ (scene), seconds }] : [],
        ),
      },
      names: {
        typed: "nad",
        along: false,
        found: [{ id: "p1", name: "Nadia Rahman", team: "Bangladesh", taken: true }],
      },
    }),
  ),
  whole(
    "screens",
    "Several screens",
    desk([], {
      room: true,
      screens: [
        { name: "Hall", state: "live" },
        { name: "Foyer", state: "lost", seconds: 9 },
      ],
      screen: { scene: "questions", session: null, post: null },
      meant: { ids: ["hall"], all: false },
      large: [
        large({
          id: "hall",
          title: "Lotus Hall",
          scene: "questions",
          questionsOf: null,
          ticked: true,
          next: sessions[1],
        }),
        large({
          id: "foyer",
          title: "Foyer",
          scene: "cards",
          state: "stale",
          until: Date.parse(NOW) + 9000,
          current: true,
        }),
        large({ id: WORD, title: WORD, scene: "map", state: "safe" }),
      ],
    }),
  ),
  whole(
    "opening",
    "Opening",
    desk([], { ready: false, online: null, board: /** @type {BoardShown} */ ({}), sessions: [], teams: [] }),
  ),
  whole("refused", "Link taken back", desk([], { status: "refused", code: 4401 })),
  {
    id: "asked",
    title: "What the dialog asks",
    pieces: [
      asks("Why it is held", { kind: "reason", posts: [board[3]], about: "Nadia Rahman" }),
      asks("More", { kind: "menu", post: board[3], muted: true }),
      asks("An answer", { kind: "answer", post: board[3] }),
      asks("Which session", { kind: "move", post: board[3] }),
      asks("Which recipient", { kind: "correct", post: board[3] }),
      asks("More votes than phones", { kind: "flood" }),
      asks("Keys", { kind: "help" }),
    ],
  },
]);
ready();
