// The moderators' desk: holds what is known, reacts to the feed, to fingers and keys, and hands everything to be shown to desk.js.
// @ts-check
import { openActs } from "./acts.js";
import { api, readConfig } from "../shared/api.js";
import { apply, askedAt, byId, cards, emptyBoard, withOlder } from "../shared/board.js";
import { createClock } from "../shared/clock.js";
import { createCorrect } from "./correct.js";
import { popView } from "./popview.js";
import { deskView } from "./views.js";
import { WORDS as LABELS, label } from "./words.js";
import { openFeed } from "../shared/feed.js";
import { openKeep } from "../shared/keep.js";
import { meant } from "../shared/layout.js";
import { createMender } from "../shared/mender.js";
import { NO_FILTERS, allowed, belongs, beside, command, counts, deed, destination, filtering, learnt, listed, near, newsOf, reached, resumed, successor, tabOf } from "./queue.js";
import { createSearch } from "./search.js";
import { isComposing, whenQuiet } from "../shared/typing.js";
import { whoText } from "../shared/text.js";
import { addressed } from "../shared/recipients.js";
import { createWritten } from "./written.js";

const WORDS = {
  others: {
    approved: (name) => `Approved by ${name}`,
    restored: (name) => `Put back by ${name}`,
    held: (name) => `Held by ${name}`,
    back: (name) => `Put back to waiting by ${name}`,
    withdrawn: () => "Taken back by its author",
    edited: () => "Its author has changed the text.",
    readdressed: () => "Its author has changed the recipient.",
    corrected: (name) => `Recipient corrected by ${name}`,
    pinned: (name) => `Pinned by ${name}`,
    unpinned: (name) => `Unpinned by ${name}`,
    answered: (name) => `Marked answered by ${name}`,
    reopened: (name) => `Opened again by ${name}`,
    answer: (name) => `Answer written by ${name}`,
    moved: (name) => `Moved to another session by ${name}`,
  },
  faster: {
    approved: (name) => `${name} approved this a moment ago.`,
    restored: (name) => `${name} put this back a moment ago.`,
    held: (name) => `${name} held this a moment ago.`,
    withdrawn: () => "Its author has just taken this back.",
  },
  somebody: "Another moderator",
  not: (words, detail) => `“${words.replace(/\.$/, "")}” did not go through. ${detail}`,
  pinned: ["Unpinned", "Pinned"],
  answered: ["Open again", "Marked answered"],
  answer: "Answer saved",
  moved: "Moved",
  corrected: "Recipient corrected",
  spotlight: ["Spotlight off", "In the spotlight"],
  frozen: ["Unfrozen", "Frozen"],
  blank: ["Screen on again", "Screen blank"],
  scene: (name) => `Screen: ${name}`,
  turns: "Scenes take turns",
  freed: (name, along) => `${name} can be taken on another phone now.${along ? " Their posts go along." : ""}`,
  twoTurns: "It takes two scenes to take turns.",
  premoderate: { card: ["Cards appear at once", "Cards wait for you"], question: ["Questions appear at once", "Questions wait for you"] },
  cardsOpen: ["Cards are closed", "Cards are open"],
  session: (title, state) => `${title}: ${state.toLowerCase()}`,
  muted: ["May post again", "Muted"],
  // of the audit trail; pairs are off and on
  audit: {
    visible: "approved",
    hidden: "took off the board",
    pending: "took back the approval of",
    rejected: "held",
    pinned: ["unpinned", "pinned"],
    answered: ["opened again", "marked answered"],
    answer: "wrote an answer to",
    session: "moved",
    to: "corrected a recipient:",
    present: "put on the screen:",
    frozen: ["unfroze the board", "froze the board"],
    cards_open: ["closed the cards", "opened the cards"],
    premoderate_card: ["let cards appear at once", "has cards wait"],
    premoderate_question: ["let questions appear at once", "has questions wait"],
    "questions open": "opened the questions of",
    "questions paused": "paused the questions of",
    "questions closed": "closed the questions of",
    mute: "muted an author",
    unmute: "let an author post again",
    "take-back-votes": "took back the votes",
    "free-name": "freed the name of",
    link: "made a link:",
    revoke: "took back a link:",
  },
  nothingToUndo: "Nothing to undo.",
  onBoardAlready: "It is on the board already.",
  heldAlready: "It is held already.",
  takenBack: "Its author has taken this back.",
  onlyQuestions: "Only questions can be marked answered.",
  onlyVisible: "Only what is on the board can be pinned or shown.",
  votesTaken: (votes, questions) =>
    votes
      ? `${votes === 1 ? "1 vote" : `${votes} votes`} taken back, from ${questions === 1 ? "1 question" : `${questions} questions`}.`
      : "No phone that came since then had voted.",
  newsShown: (n) => (n === 1 ? "1 new post shown." : `${n} new posts shown.`),
  anonymous: "this author",
};
const TURN_SECONDS = { cards: 60, questions: 30, map: 20, recap: 20, join: 15 };
const TURN_LEAST = 5;
const TURN_MOST = 3600;
const NAMES_AFTER_MS = 250; // of quiet
const LATELY_SHOWN = 30;
const ROWS_AT_ONCE = 100;
const OLDER_AT_ONCE = 100;
const GHOST_MS = 5000;
const CONFLICT_MS = 8000;
const NOTE_MS = 6000;
const TROUBLE_MS = 12000;
const GAP_MS = 1000;
const TROUBLED_AFTER_MS = 1500;
const TICK_MS = 1000;
const TIMES_EVERY_MS = 30000;
const VOTERS_MS = 60000; // VOTERS_SECONDS in board/live/presence.py

const config = readConfig();
const me = config.name ?? "";
const clock = createClock();
const keep = openKeep(config.code);
const written = createWritten(keep, (id) => byId(view, id));
const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("pop"));
const mender = createMender({ roots: [root, dialog] });

let base = emptyBoard(); // what the server said
let view = base; // and what was asked for on top of it
let status = "connecting";
let refusedCode = 0;
let troubled = false; // without a connection for longer than a hiccup
let troubleTimer = 0;

let tab = /** @type {import("./queue.js").Tab} */ ("waiting");
let filters = NO_FILTERS;
let filtersOpen = false;
let room = false; // on a narrow screen: the room's switches instead of the queue
let shown = /** @type {string[]} */ ([]); // the list in front of the moderator, in the order it keeps
let news = /** @type {string[]} */ ([]); // ids that would be in it, were it made now
let limit = ROWS_AT_ONCE;
let current = ""; // the row the keys act on
let authorName = ""; // of filters.author
let loadingOlder = false;
let usingKeys = false;
let pop = /** @type {any} */ (null);
let popAnchor = /** @type {Element|null} */ (null);
let popShown = "";
let flood = /** @type {{voters: number, online: number}|null} */ (null); // stays until a moderator has looked
let floodQuiet = 0; // until then the voters counted are those the moderator has seen to
let said = "";
let trouble = { words: "", until: 0 };
let lately = /** @type {any[]} */ ([]);
let seconds = { ...TURN_SECONDS };
let names = { typed: "", along: false, found: /** @type {any[]} */ ([]) };
let gapTimer = 0;
let drawn = 0;
let timesAt = 0;
let focusOn = /** @type {{id: string, scroll: boolean}|null} */ (null);

const again = new Set(); // ids to be decided once more, see wayBack
const selected = new Set();
const inList = new Set(); // ids of `shown` that belonged there at the last look
const ghosts = new Map(); // id → why it leaves: rows that somebody else took out of the list
const notes = new Map(); // id → what somebody else did to it

const acts = openActs({ me, again, label, learn, changed: acted, refused, say });
const search = createSearch({ ask: api.posts, read: () => base, found: bring, changed: draw });
const correct = createCorrect({
  dialog,
  keep,
  getBoard: () => view,
  isOpen: () => pop?.kind === "correct",
  refresh: draw,
  findPeople: api.people,
  askMine: api.mine,
  send: api.moderate,
  saved: corrected,
  failed: complain,
});
const feed = openFeed({
  url: config.api,
  feed: "moderate",
  capMs: 5000,
  getCursor: () => (base.epoch ? { seq: base.seq, epoch: base.epoch } : null),
  onFrame: heard,
  onStatus: connected,
});

// -- what comes in ------------------------------------------------------------------------------------------------

function heard(frame) {
  clock.heard(frame.now);
  const next = apply(base, frame);
  if (!next) return feed.reconnect();
  watchForGap(frame);
  const first = !base.epoch;
  base = next;
  if (base.voters && performance.now() > floodQuiet) flood = { voters: base.voters, online: base.online ?? 0 };
  refresh();
  if (first) relist();
  if (frame.type === "snapshot") search.restart();
}

function connected(told) {
  status = told.state;
  refusedCode = told.code ?? refusedCode;
  clearTimeout(troubleTimer);
  if (status === "live" || status === "slow") {
    troubled = false;
    search.retry();
  }
  else troubleTimer = setTimeout(lose, TROUBLED_AFTER_MS);
  if (status === "refused") closePop();
  draw();
}

function lose() {
  troubled = Boolean(base.epoch);
  draw();
}

/** A beat ahead of us: what is missing is under way, or lost. */
function watchForGap(frame) {
  if (frame.type !== "beat" || frame.seq <= base.seq) return;
  clearTimeout(gapTimer);
  gapTimer = setTimeout(() => frame.seq > base.seq && feed.reconnect(), GAP_MS);
}

function learn(change) {
  base = change(base);
  refresh();
}

/** After an own act: its posts leave or enter the list without a word. */
function acted(act) {
  refresh(new Set(act?.ids));
  if (act?.ids) admit(act.ids);
  if (act && !act.quiet) say(act.about ? `${act.words}: ${act.about}` : act.words);
}

function refused(problem, act) {
  if (act.inTheirWords) return complain(WORDS.not(act.words, problem.detail));
  if (problem.post) learn((state) => ({ ...state, posts: learnt(state.posts, [problem.post]) }));
  const [id] = act.ids?.length === 1 ? act.ids : [""];
  const conflict = problem.post && id ? faster(byId(view, id), problem.post) : "";
  if (!conflict) {
    if (id && shown.includes(id)) go(id, false);
    return complain(WORDS.not(act.words, problem.detail));
  }
  const kind = "conflict";
  if (shown.includes(id)) ghosts.set(id, { words: conflict, kind, until: performance.now() + CONFLICT_MS });
  else complain(conflict);
  say(conflict);
}

/** "Rin approved this a moment ago." The move we asked for is still shown, so only the state it has now tells. */
function faster(_asked, now) {
  const name = now.moderated_by || WORDS.somebody;
  const done = { visible: "approved", hidden: "held", rejected: "held", withdrawn: "withdrawn" }[now.state];
  return done ? WORDS.faster[done](name) : "";
}

function complain(words) {
  trouble = { words, until: performance.now() + TROUBLE_MS };
  draw();
}

/** For screen readers: the outcome, once. */
function say(words) {
  said = words;
  draw();
}

// -- the list -----------------------------------------------------------------------------------------------------

/** @param {Set<string>} [own] ids that the moderator moved */
function refresh(own = new Set()) {
  const before = view;
  view = acts.over(base);
  if (view.screen.turns) seconds = secondsOf(view.screen.turns);
  noticeOthers(before, own);
  news = newsOf(shown, listed(view.posts.values(), tab, filters, again));
  appendOld();
  for (const id of selected) if (!inList.has(id)) selected.delete(id);
  if (!visibleIds().length && news.length) return relist();
  draw();
}

function noticeOthers(before, own) {
  const fits = belongs(tab, filters, again);
  for (const id of shown) {
    const [was, is] = [before.posts.get(id), view.posts.get(id)];
    const here = Boolean(is && fits(is));
    if (inList.has(id) && !here && !own.has(id)) leaves(id, was, is);
    else if (here && was && is && was !== is && !own.has(id)) notice(id, was, is);
    if (here) {
      inList.add(id);
      ghosts.delete(id);
    } else inList.delete(id);
  }
}

function leaves(id, was, is) {
  const done = was && is ? deed(was, is) : "";
  if (!done) return; // not acted upon: it fits the filters no more, or is older than what the server sends
  ghosts.set(id, { words: WORDS.others[done](is?.moderated_by || WORDS.somebody), kind: "ghost", until: performance.now() + GHOST_MS });
}

function notice(id, was, is) {
  const done = deed(was, is);
  const byAuthor = done === "edited" || done === "readdressed";
  if (!done || (!byAuthor && (!is.moderated_by || is.moderated_by === me))) return;
  notes.set(id, { words: WORDS.others[done](is.moderated_by), kind: byAuthor ? "edited" : "note", until: performance.now() + NOTE_MS * (byAuthor ? 5 : 1) });
}

/** What is older than all of the list came into sight because others left: it goes to the end, where nothing moves. */
function appendOld() {
  if (tab === "waiting" || !news.length || !shown.length) return;
  const order = listed(view.posts.values(), tab, filters, again);
  const old = [];
  while (order.length && !inList.has(order[order.length - 1])) old.unshift(order.pop());
  if (!order.length) return;
  for (const id of old) inList.add(id);
  shown = [...shown.filter((id) => !old.includes(id)), ...old];
  news = news.filter((id) => !old.includes(id));
}

/** Makes the list anew: on another tab or filter, or when its news are wanted. */
function relist() {
  shown = listed(view.posts.values(), tab, filters, again);
  news = [];
  inList.clear();
  for (const id of shown) inList.add(id);
  ghosts.clear();
  for (const id of selected) if (!inList.has(id)) selected.delete(id);
  draw();
}

/** An own act brought these posts into the list: each takes its place, nothing else moves. */
function admit(ids) {
  const entering = ids.filter((id) => news.includes(id));
  if (!entering.length) return;
  const order = listed(view.posts.values(), tab, filters, again);
  const known = new Set([...shown, ...entering]);
  const following = order.filter((id) => known.has(id));
  for (const id of entering) {
    const next = following[following.indexOf(id) + 1];
    const at = next === undefined ? shown.length : shown.indexOf(next);
    shown = [...shown.slice(0, at), id, ...shown.slice(at)];
    inList.add(id);
  }
  news = news.filter((id) => !entering.includes(id));
}

const visibleIds = () => shown.filter((id) => view.posts.has(id) && (inList.has(id) || ghosts.has(id)));

function go(id, scroll) {
  current = id;
  focusOn = { id, scroll };
  const at = visibleIds().indexOf(id);
  if (at >= limit) limit = at + ROWS_AT_ONCE;
  draw();
}

function openTab(name) {
  room = false;
  if (tab === name) return showNews();
  tab = name;
  limit = ROWS_AT_ONCE;
  current = "";
  selected.clear();
  notes.clear();
  search.want(tab, filters);
  relist();
  scrollTo({ top: 0 });
}

function showNews() {
  const [first] = news;
  const count = news.length;
  relist();
  if (first) say(WORDS.newsShown(count));
  return first;
}

function filter(changes) {
  filters = { ...filters, ...changes };
  limit = ROWS_AT_ONCE;
  current = "";
  search.want(tab, filters);
  relist();
}

/** Older posts came into the state: each takes its place in the list. */
function bring(state, ids) {
  base = state;
  refresh();
  admit(ids);
}

async function fetchOlder() {
  const oldest = cards(base).filter((post) => tabOf(post, again) === "board" && !search.strays.has(post.id)).pop();
  if (!oldest || loadingOlder) return;
  loadingOlder = true;
  const asked = askedAt(base);
  draw();
  try {
    const answer = await api.posts(/** @type {any} */ ({ feed: "moderate", kind: "card", state: "visible", before: oldest.id, limit: OLDER_AT_ONCE }));
    const state = withOlder(base, answer.posts, answer.more, asked);
    if (state === base) return; // a snapshot came first: the button is there again
    limit += OLDER_AT_ONCE;
    bring(state, answer.posts.map((post) => post.id));
    for (const { id } of answer.posts) search.strays.delete(id);
  } catch (problem) {
    complain(problem.detail);
  } finally {
    loadingOlder = false;
    draw();
  }
}

// -- acts on posts ------------------------------------------------------------------------------------------------

/** @param {string} name @param {any[]} posts @param {string} [reason] @param {() => void} [saved] */
function moderate(name, posts, reason, saved) {
  const move = name === "restore" ? "approve" : name;
  const willing = posts.filter((post) => destination(post, move) || (move === "hold" && again.has(post.id)));
  if (!willing.length) return posts.length ? say(whyNot(posts[0])) : undefined;
  const next = successor(visibleIds().slice(0, limit), current, new Set(willing.map((post) => post.id)));
  for (const post of willing) selected.delete(post.id);
  acts.move(willing, move, reason, saved);
  if (current && !inList.has(current)) go(next, usingKeys);
}

const whyNot = (post) => ({ visible: WORDS.onBoardAlready, withdrawn: WORDS.takenBack }[post.state] ?? WORDS.heldAlready);

function act(name, id, event) {
  if (event?.detail > 1) return; // the second half of a double tap falls on the row that moved up
  const post = byId(view, id);
  if (!post || ghosts.has(id)) return;
  if (event) current = id;
  if (name === "menu" || name === "reason") return openPop({ kind: name, post, posts: [post], about: label(post), muted: isMuted(post) }, event?.currentTarget);
  if (["approve", "restore", "hold"].includes(name)) return moderate(name, [post]);
  if (!allowed(post, again).has(name)) return say(name === "answered" && post.kind !== "question" ? WORDS.onlyQuestions : WORDS.onlyVisible);
  if (name === "spotlight") return spotlight(post);
  const value = !post[name === "pin" ? "pinned" : "answered"];
  const key = name === "pin" ? "pinned" : "answered";
  acts.change(post, { [key]: value }, WORDS[key][Number(value)]);
}

function spotlight(post) {
  const on = !(view.screen.scene === "spotlight" && view.screen.post === post.id);
  const value = on ? { scene: "spotlight", session: view.screen.session, post: post.id } : resumed(view.screen);
  show(value, WORDS.spotlight[Number(on)], label(post));
}

const isMuted = (post) => Boolean(post.participant && view.board.muted?.includes(post.participant));

function mute(post) {
  const value = !isMuted(post);
  acts.turn({
    key: `mute ${post.participant}`,
    value,
    former: !value,
    words: WORDS.muted[Number(value)],
    about: post.author ? whoText(post.author) : WORDS.anonymous,
    show: (state, on) => {
      const others = (state.board.muted ?? []).filter((one) => one !== post.participant);
      return { ...state, board: { ...state.board, muted: on ? [...others, post.participant] : others } };
    },
    send: (on) => api.mute(post.participant, on),
  });
}

function selectOne(id) {
  if (!selected.delete(id) && inList.has(id)) selected.add(id);
  draw();
}

function bulk(name, event) {
  const posts = [...selected].map((id) => byId(view, id)).filter(Boolean);
  if (name === "reason") return openPop({ kind: "reason", posts, about: LABELS.selected(posts.length) }, event?.currentTarget);
  moderate(name, posts);
}

// -- the room -----------------------------------------------------------------------------------------------------

function show(value, words, about) {
  const former = view.screen;
  acts.turn({ key: "screen", value, former, words, about, show: (state, screen) => ({ ...state, screen }), send: (screen) => api.screen(screen) });
}

function scene(name, session = view.screen.session) {
  if (name === "blank") return blank();
  show({ scene: name, session: session ?? null, post: null }, WORDS.scene(LABELS.scenes[name]));
}

function questionsOf(session) {
  if (view.screen.turns) return show({ ...view.screen, session }, WORDS.scene(LABELS.scenes.questions));
  scene("questions", session);
}

/** By scene; 0 for those that are left out. */
const secondsOf = (turns) => Object.fromEntries(Object.keys(TURN_SECONDS).map((scene) => [scene, turns.find((turn) => turn.scene === scene)?.seconds ?? 0]));

function turns() {
  if (view.screen.turns && !["blank", "spotlight"].includes(view.screen.scene)) return scene("cards");
  takeTurns(seconds);
}

function turnSeconds(scene, field) {
  const wanted = Math.round(Number(field.value));
  const value = wanted > 0 ? Math.min(TURN_MOST, Math.max(TURN_LEAST, wanted)) : 0;
  const next = { ...seconds, [scene]: value };
  const enough = Object.values(next).filter(Boolean).length > 1;
  field.value = String(enough ? value : seconds[scene]);
  if (enough) takeTurns(next);
  else complain(WORDS.twoTurns);
}

function takeTurns(wanted) {
  const list = Object.entries(wanted).flatMap(([scene, seconds]) => (seconds ? [{ scene, seconds }] : []));
  show({ scene: list[0].scene, session: view.screen.session, post: null, turns: list }, WORDS.turns);
}

function blank() {
  const on = view.screen.scene !== "blank";
  show(on ? { scene: "blank", session: view.screen.session, post: null } : resumed(view.screen), WORDS.blank[Number(on)]);
}

// Whose name is in use on another phone: found while typing, freed at a tap.
const findNames = whenQuiet(NAMES_AFTER_MS, async (signal) => {
  const { people } = names.typed.trim() ? await api.people(names.typed, signal) : { people: [] };
  names = { ...names, found: people.filter(({ taken }) => taken) };
  draw();
});

function typeName(typed) {
  names = { ...names, typed, found: typed.trim() ? names.found : [] };
  draw();
  findNames();
}

function postsAlong(along) {
  names = { ...names, along };
  draw();
}

async function freeName({ id, name }) {
  const { along } = names;
  try {
    await api.freeName(id, along);
    // Off again: whether posts go along is decided for each name.
    names = { ...names, along: false, found: names.found.filter((one) => one.id !== id) };
    say(WORDS.freed(name, along));
  } catch (problem) {
    complain(WORDS.not(LABELS.free(name), problem.detail));
  }
}

/** @param {object} changes as the API takes them @param {object} former @param {string} words */
function changeBoard(changes, former, words) {
  acts.turn({
    key: "board",
    value: changes,
    former,
    words,
    show: (state, values) => ({ ...state, board: { ...state.board, ...values, premoderate: { ...state.board.premoderate, ...values.premoderate } } }),
    send: (values) => api.board(values),
  });
}

function freeze() {
  const on = !view.board.frozen;
  changeBoard({ frozen: on }, { frozen: !on }, WORDS.frozen[Number(on)]);
}

function premoderate(kind) {
  const on = !view.board.premoderate[kind];
  changeBoard({ premoderate: { [kind]: on } }, { premoderate: { [kind]: !on } }, WORDS.premoderate[kind][Number(on)]);
}

function cardsOpen() {
  const on = !view.board.cards_open;
  changeBoard({ cards_open: on }, { cards_open: !on }, WORDS.cardsOpen[Number(on)]);
}

function changeSession(id, questions) {
  const session = view.sessions.find((one) => one.id === id);
  acts.turn({
    key: `session ${id}`,
    value: questions,
    former: session.questions,
    words: WORDS.session(session.title, LABELS.sessionStates[questions]),
    show: (state, value) => ({ ...state, sessions: state.sessions.map((one) => (one.id === id ? { ...one, questions: value } : one)) }),
    send: (value) => api.session(id, { questions: value }),
  });
}

async function fetchLately(event) {
  if (!event.target.open) return;
  try {
    const { entries } = await api.audit();
    lately = entries.slice(0, LATELY_SHOWN).map((entry) => ({ ...entry, words: wordsOf(entry), about: aboutEntry(entry) }));
    draw();
  } catch (problem) {
    complain(problem.detail);
  }
}

function wordsOf({ action, detail }) {
  const words = WORDS.audit[action];
  return Array.isArray(words) ? words[Number(detail === "on")] : words ?? action.replace(/_/g, " ");
}

function aboutEntry({ action, post, detail }) {
  if (action === "to") return detail; // who it was for, and who it is for now
  if (post) return byId(view, post) ? label(byId(view, post)) : "";
  return Array.isArray(WORDS.audit[action]) || ["mute", "unmute"].includes(action) ? "" : LABELS.scenes[detail] ?? detail ?? "";
}

// -- popovers -----------------------------------------------------------------------------------------------------

function openPop(what, anchor) {
  pop = what;
  popAnchor = anchor ?? null;
  draw();
}

function closePop() {
  if (dialog.open) dialog.close();
  pop = null;
  draw();
}

/** @param {string} reason @param {() => void} [saved] */
function holdFor(reason, saved) {
  const { posts } = pop;
  closePop();
  moderate("hold", posts.map((post) => byId(view, post.id) ?? post), reason, saved);
}

/** An own reason is kept until the server has it: offline, what was typed is still there. */
function holdForOwn(event) {
  event.preventDefault();
  const { posts } = pop;
  const reason = String(new FormData(event.target).get("reason")).trim();
  holdFor(reason, () => written.reasonSaved(posts, reason));
}

function choose(name) {
  const { post } = pop;
  if (name === "correct") correct.open(byId(view, post.id) ?? post);
  if (name === "correct" || name === "answer" || name === "move") return openPop({ kind: name, post }, popAnchor);
  closePop();
  if (name === "pin") return act("pin", post.id, null);
  if (name === "mute") return mute(post);
  filtersOpen = true;
  authorName = post.author ? whoText(post.author) : WORDS.anonymous;
  filter({ ...NO_FILTERS, author: post.participant });
}

function saveAnswer(event) {
  event.preventDefault();
  const { post } = pop;
  const form = new FormData(event.target);
  const answer = String(form.get("answer")).trim();
  closePop();
  const saved = () => written.answerSaved(post, answer);
  acts.change(byId(view, post.id) ?? post, { answer: answer || null, answered: form.has("answered") }, WORDS.answer, saved);
}

function moveTo(session) {
  const { post } = pop;
  closePop();
  if ((post.session ?? null) !== session) acts.change(byId(view, post.id) ?? post, { session }, WORDS.moved);
}

/** The server has it; `before` and `after` are the same where nothing was changed. */
function corrected(before, after) {
  if (pop?.kind === "correct" && pop.post.id === before.id) closePop();
  if (before === after) return;
  learn((state) => ({ ...state, posts: learnt(state.posts, [after]) }));
  const back = { to: before.to.map(addressed), expect: after.state, expect_to: after.to.map(addressed) };
  acts.done({ id: after.id, words: WORDS.corrected, about: [before, after].map(({ to }) => to.map(whoText).join(", ")).join(" → "), sendBack: () => api.moderate(after.id, back) });
}

/** Of phones that came in the last so many minutes; 0: of none. */
async function takeBackVotes(minutes) {
  closePop();
  flood = null;
  floodQuiet = performance.now() + VOTERS_MS;
  if (!minutes) return draw();
  try {
    const { posts, votes } = await api.takeBackVotes(minutes);
    say(WORDS.votesTaken(votes, posts.length));
  } catch (problem) {
    complain(problem.detail);
  }
  draw();
}

function showPop() {
  if (!pop) return;
  if (!dialog.open) dialog.showModal();
  else if (pop.kind !== popShown) /** @type {HTMLElement|null} */ (["[autofocus]", "#to", ".to-away"].map((what) => dialog.querySelector(what)).find(Boolean))?.focus();
  popShown = pop.kind;
  place();
}

/** Beside what opened it where there is room; narrow screens show it as a sheet. */
function place() {
  dialog.style.removeProperty("left");
  dialog.style.removeProperty("top");
  const beside = Boolean(popAnchor?.isConnected) && matchMedia("(min-width: 640px)").matches;
  dialog.classList.toggle("is-placed", beside);
  if (!popAnchor || !beside) return;
  const at = popAnchor.getBoundingClientRect();
  const { width, height } = dialog.getBoundingClientRect();
  const left = document.dir === "rtl" || getComputedStyle(root).direction === "rtl" ? at.left : at.right - width;
  const [above, below] = [at.top - height - 6, at.bottom + 6];
  const top = below + height > innerHeight - 8 && above > 8 ? above : below;
  dialog.style.left = `${Math.min(Math.max(left, 8), innerWidth - width - 8)}px`;
  dialog.style.top = `${Math.min(Math.max(top, 8), Math.max(innerHeight - height - 8, 8))}px`;
}

// -- keys ---------------------------------------------------------------------------------------------------------

function pressed(event) {
  usingKeys = true;
  if (event.defaultPrevented || status === "refused" || isComposing(event)) return; // a key of an input method is no command
  if (dialog.open) return pressedInPop(event);
  const wanted = command(event);
  if (typing(event.target)) return wanted === "escape" ? leaveField(event.target) : undefined;
  if (!wanted || (event.key.startsWith("Arrow") && !focusedRow())) return;
  if (event.repeat && wanted !== "next" && wanted !== "previous") return event.preventDefault(); // a key held down decides once
  event.preventDefault();
  if (wanted.startsWith("tab:")) return openTab(wanted.slice(4));
  COMMANDS[wanted]();
}

const COMMANDS = {
  next: () => step(1),
  previous: () => step(-1),
  approve: () => onCurrent("approve"),
  hold: () => onCurrent("hold"),
  reason: () => (selected.size ? bulk("reason") : onCurrent("reason")),
  spotlight: () => onCurrent("spotlight"),
  pin: () => onCurrent("pin"),
  answered: () => onCurrent("answered"),
  select: () => current && selectOne(current),
  undo,
  search: () => {
    room = false;
    paint(); // now: what is hidden takes no focus
    const field = /** @type {HTMLInputElement|null} */ (document.getElementById("search"));
    field?.focus();
    field?.select();
  },
  help: () => openPop({ kind: "help" }),
  escape: () => {
    if (selected.size) selected.clear();
    else if (room) room = false;
    else if (filtering(filters)) return filter(NO_FILTERS);
    else /** @type {HTMLElement|null} */ (document.activeElement)?.blur();
    draw();
  },
};

function step(by) {
  const ids = visibleIds();
  if (by > 0 && current && current === ids[ids.length - 1] && news.length && tab === "waiting") {
    showNews(); // those who wait came in below
    return go(beside(visibleIds(), current, 1), true);
  }
  go(beside(ids, ids.includes(current) ? current : "", by), true);
}

function onCurrent(name) {
  if (selected.size && (name === "approve" || name === "hold")) return bulk(name);
  const post = byId(view, current);
  if (!post || !inList.has(current)) return;
  if (name !== "reason") return act(name, current, null);
  if (destination(post, "hold")) openPop({ kind: "reason", post, posts: [post], about: label(post) }, rowOf(current)?.querySelector("[data-act=reason]"));
}

function undo() {
  const act = acts.undo();
  if (!act) return say(WORDS.nothingToUndo);
  const back = act.ids?.find((id) => inList.has(id)); // most likely it is wanted for the right act now
  if (back) go(back, usingKeys);
}

const DIGITS = "123456789"; // the reasons to hold a post

function pressedInPop(event) {
  if (pop?.kind !== "reason" || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = meant(event, DIGITS);
  const reason = LABELS.reasons[Number(key) - 1];
  if (reason) {
    event.preventDefault();
    holdFor(reason);
  } else if (key === "h" && !event.repeat) {
    event.preventDefault();
    holdFor("");
  }
}

function typing(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function leaveField(field) {
  if (field.id === "search" && filters.text) filter({ text: "" });
  else field.blur();
}

// -- drawing ------------------------------------------------------------------------------------------------------

const on = {
  act,
  bulk,
  scene,
  questionsOf,
  turns,
  turnSeconds,
  typeName,
  freeName,
  postsAlong,
  blank,
  freeze,
  premoderate,
  cardsOpen,
  filter,
  undo,
  menu: choose,
  holdFor,
  holdForOwn,
  moveTo,
  tab: openTab,
  news: () => go(showNews() ?? "", true),
  older: fetchOlder,
  searchOn: search.next,
  searchAgain: search.again,
  select: selectOne,
  session: changeSession,
  lately: fetchLately,
  answer: saveAnswer,
  written,
  correct,
  popClose: closePop,
  flood: (anchor) => openPop({ kind: "flood" }, anchor),
  takeBackVotes,
  help: () => openPop({ kind: "help" }),
  reload: () => location.reload(),
  room: () => {
    room = !room;
    scrollTo({ top: 0 });
    draw();
  },
  fold: () => {
    filtersOpen = !filtersOpen;
    draw();
  },
  more: () => {
    limit += ROWS_AT_ONCE;
    draw();
  },
  dismiss: () => complain(""),
  selectAll: () => {
    for (const id of visibleIds().slice(0, limit)) if (inList.has(id)) selected.add(id);
    draw();
  },
  selectNone: () => {
    selected.clear();
    draw();
  },
};

function draw() {
  drawn ||= requestAnimationFrame(paint);
}

function paint() {
  drawn = 0;
  timesAt = performance.now();
  const held = focusedRow();
  if (!("_$litPart$" in root)) mender.own(() => root.replaceChildren()); // the shell that came with the page
  const desk = picture();
  mender.render(deskView(desk), root);
  mender.render(popView(pop, desk), dialog);
  showPop();
  document.title = `${desk.counts.waiting ? `(${desk.counts.waiting}) ` : ""}${desk.title} · Moderate`;
  keepFocus(held);
}

function picture() {
  const ids = visibleIds();
  const drawnIds = ids.slice(0, limit);
  const stays = drawnIds.filter((id) => inList.has(id));
  const spare = view.board ?? {};
  return {
    on,
    me,
    again,
    ready: Boolean(base.epoch),
    title: spare.title ?? config.title,
    links: config.links,
    status,
    troubled,
    code: refusedCode,
    board: spare,
    sessions: view.sessions,
    near: near(view, clock.now()),
    themes: view.themes,
    teams: view.teams,
    screen: view.screen,
    screens: view.screens ?? [],
    seconds,
    names,
    online: view.online,
    spotlit: byId(view, view.screen.post),
    tab,
    room,
    counts: counts(view.posts.values(), again),
    more: view.more,
    filters,
    filtersOpen,
    authorName,
    rows: drawnIds.map((id) => ({ post: byId(view, id), ghost: ghosts.get(id), note: notes.get(id), current: id === current, selected: selected.has(id) })),
    rest: ids.length - drawnIds.length,
    search: search.progress(),
    found: ids.filter((id) => inList.has(id)).length,
    news: news.length,
    older: view.more,
    loadingOlder,
    bulk: selected.size ? bulkOf(stays.length) : null,
    undo: undoOf(),
    flood,
    trouble: trouble.words,
    lately,
    said,
    now: clock.now(),
  };
}

function bulkOf(all) {
  const posts = [...selected].map((id) => byId(view, id)).filter(Boolean);
  return {
    all,
    count: posts.length,
    approve: posts.filter((post) => destination(post, "approve")).length,
    restoring: posts.every((post) => post.state !== "pending"),
    hold: posts.filter((post) => destination(post, "hold")).length,
  };
}

function undoOf() {
  const { undo: latest, more } = acts.latest();
  if (!latest) return null;
  const screens = view.screens ?? [];
  const leftBoard = latest.seq && latest.offBoard && screens.length;
  return {
    more,
    words: latest.words,
    about: latest.about,
    seconds: Math.max(1, Math.ceil((latest.until - performance.now()) / 1000)),
    reached: leftBoard ? LABELS.reached(reached(screens, latest.seq), screens.length) + LABELS.stillShown(screens.filter(({ state, seq }) => state === "lost" && seq < latest.seq)) : "",
  };
}

const rowOf = (id) => /** @type {HTMLElement|null} */ (root.querySelector(`.row[data-id="${CSS.escape(id)}"]`));
const focusedRow = () => /** @type {HTMLElement|null} */ (document.activeElement?.closest(".row") ?? null);

/** A row that left took the focus with it: it goes on to the next one. */
function keepFocus(held) {
  if (dialog.open) return;
  const lost = held && !held.isConnected;
  if (lost && !focusOn) focusOn = { id: current, scroll: false };
  if (!focusOn) return;
  const row = focusOn.id ? rowOf(focusOn.id) : null;
  const target = row ?? (lost ? document.getElementById("rows") : null);
  target?.focus({ preventScroll: !focusOn.scroll });
  if (focusOn.scroll) row?.scrollIntoView({ block: "nearest" });
  focusOn = null;
}

function tick() {
  const now = performance.now();
  let changed = now - timesAt > TIMES_EVERY_MS || Boolean(acts.latest().undo) || document.querySelector("[data-undo]") !== null;
  for (const [id, note] of notes) if (note.until <= now) changed = notes.delete(id);
  for (const [id, ghost] of ghosts) {
    if (ghost.until > now) continue;
    changed = true;
    if (current === id) current = successor(visibleIds(), id, new Set(ghosts.keys()));
    ghosts.delete(id);
  }
  if (trouble.words && trouble.until <= now) trouble = { words: "", until: 0 };
  if (changed) refresh();
}

root.addEventListener("focusin", (event) => {
  const row = /** @type {HTMLElement} */ (event.target).closest(".row");
  if (!row || row.dataset.id === current) return;
  current = row.dataset.id ?? "";
  draw();
});
document.addEventListener("keydown", pressed);
document.addEventListener("pointerdown", () => (usingKeys = false));
dialog.addEventListener("close", () => pop && closePop());
dialog.addEventListener("click", (event) => event.target === dialog && closePop());
setInterval(tick, TICK_MS);
draw();
