// The phone: holds what is known, reacts to the feed and to fingers, and hands everything to be shown to lanes.js.
// @ts-check
import { current, phases } from "../shared/agenda.js";
import { api, readConfig } from "../shared/api.js";
import { apply, askedAt, askedIn, byId, cards, emptyBoard, glimpsed, patched, questions, withOlder } from "../shared/board.js";
import { createClock } from "../shared/clock.js";
import { createComposer } from "./composer.js";
import { fold } from "../shared/folding.js";
import { isScript } from "./delivered.js";
import { openFeed } from "../shared/feed.js";
import { pageView, WORDS as LABELS } from "./lanes.js";
import { openKeep } from "../shared/keep.js";
import { createMender } from "../shared/mender.js";
import { newId, openOutbox } from "./outbox.js";
import { teamMeant } from "../shared/recipients.js";
import { mayEdit, mayVote } from "./may.js";
import { themeOf } from "../shared/text.js";
import { glide, hold, keepFocus } from "../shared/view.js";

const WORDS = {
  waiting: { card: "Waiting for the Wi-Fi: your card is safe on this phone.", question: "Waiting for the Wi-Fi: your question is safe on this phone." },
  full: "This phone’s storage is full. Please leave this page open until everything is sent.",
  changeWaits: "Waiting for the Wi-Fi: your change is safe on this phone.",
  offline: "Waiting for the Wi-Fi. You can write already: it goes out by itself.",
  slow: "This network lets nothing through live: news come every few seconds.",
  refused: "This board is closed, or was moved. Please ask for the new code.",
  resting: { card: "The board is resting: your card will wait for a moderator.", question: "The board is resting: your question will wait for a moderator." },
  read: { card: "A moderator reads each card first.", question: "A moderator reads each question first." },
  cardsClosed: "No new cards for now. You can still read and applaud.",
  paused: "Questions to this session are paused. You can still vote.",
  closed: "Questions to this session are closed.",
  sent: { visible: "On the board. Thank you!", pending: "Sent. A moderator will read it first." },
  notCounted: "That did not count: ",
  takenBack: "Taken back.",
  muted: "A moderator has paused posting from this phone. You can read and vote.",
  noCookie: "This browser blocks cookies, so the board cannot take what you write. Please allow cookies for this page, or open it in another browser.",
  forTeam: (name) => (name ? `${name} celebrates your team. See it under Me.` : "Somebody celebrates your team. See it under Me."),
  forYou: (name) => (name ? `${name} celebrates you. See it under Me.` : "Somebody celebrates you. See it under Me."),
  saved: "Saved as a picture.",
  notSaved: "The picture could not be made. Please try again.",
};
const FIRST_PAINTED = 12; // about two screens: the rest follows a moment later
const FIRST_SHOWN = 60;
const STILL_BELOW_PX = 120; // scrolled further than this, the list stands still
const STILL_AFTER_TOUCH_MS = 2000; // no question moves under the finger
const SAY_MS = 6000;
const SNAPSHOT_PATIENCE_MS = 6000;
const GAP_MS = 1000;
const TROUBLED_AFTER_MS = 2500;
const NAME_PATIENCE_MS = 3000;
const BUZZ_MS = 12;
const RECEIVED_AT_MOST = 100;

const config = readConfig();
const keep = openKeep(config.code, draw);
const clock = createClock();
const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const sheet = /** @type {HTMLDialogElement} */ (document.getElementById("composer"));
const mender = createMender({ roots: [root, sheet], translatable: true });

let feed = /** @type {ReturnType<typeof openFeed>|null} */ (null);
let board = glimpsed(JSON.parse(document.getElementById("glance")?.textContent || '{"posts":[]}'));
let status = "connecting";
let lane = LABELS.lanes[location.hash.slice(1)] ? location.hash.slice(1) : "celebrate";
let sort = "top";
let session = ""; // the one shown, "": all; follows the agenda until somebody chooses
let limit = FIRST_PAINTED;
let loadingOlder = false;
let answeredLoaded = false;
let said = { words: "", kind: "" };
let saidTimer = 0;
let sure = ""; // the own post whose taking back is being confirmed
let standing = { key: "", ids: /** @type {string[]} */ ([]) };
let touchedAt = -Infinity;
let news = 0;
let gapTimer = 0;
let troubled = false; // without a connection for longer than a hiccup
let troubleTimer = 0;
let drawn = 0;
const places = { celebrate: 0, ask: 0, me: 0 }; // how far each lane is scrolled

const mine = {
  posts: /** @type {Map<string, any>} */ (new Map()),
  votes: /** @type {Set<string>} */ (new Set()),
  reactions: /** @type {Map<string, Set<string>>} */ (new Map()),
  roster: false, // names are those of a list
  muted: false,
  cookie: navigator.cookieEnabled, // it comes back; else the board takes nothing from this phone
  received: /** @type {Map<string, any>} */ (new Map()), // cards for me that the board no longer holds here; asked for with Me
  fresh: /** @type {Set<string>} */ (new Set()), // sent from this page: shown on top of their lane until they are on the board
};

const outbox = openOutbox({
  keep,
  before: nameSelf,
  owes: () => Boolean(self().name && !self().synced),
  deliver: async ({ body, edits }) => (await (edits ? api.edit(edits, body) : api.post(body))).post,
  onChange: draw,
  onSent: sent,
  onRefused: refused,
  onOwedRefused: nameRefused,
});
const composer = createComposer({
  dialog: sheet,
  render: mender.render,
  keep,
  onChange: draw,
  getBoard: () => board,
  getWho: self,
  saveWho,
  onSend: send,
  onEdit: edit,
  getNote: sheetNote,
  getNews: () => news,
  findPeople: api.people,
  hasRoster: () => mine.roster,
  findSimilar: api.similar,
  isVoted: (id) => mine.votes.has(id),
  voteInstead: (id) => {
    if (!mine.votes.has(id)) vote({ id });
  },
  presetSession: () => (board.epoch && open("question", sessionNow()) ? sessionNow() : ""),
  isOver: (id) => id !== sessionNow() && phases(board.sessions, clock.now()).get(id) === "over",
});

// ---- the feed

// First what came with the page, then the snapshot over HTTP, compressed, and the feed goes on from there; without it the feed brings one.
async function start() {
  const hasFonts = keep.get("fonts") === config.server;
  if (hasFonts) loadFonts();
  paint();
  connection({ state: "connecting" });
  setInterval(draw, 30000); // times, the running session, the ten minutes for editing
  openAsked();
  try {
    await Promise.race([loadSnapshot(), pause(SNAPSHOT_PATIENCE_MS)]);
  } catch (problem) {
    if (problem.status === 404) return connection({ state: "refused" });
  }
  feed = openFeed({
    url: config.api,
    getCursor: () => (board.epoch ? { seq: board.seq, epoch: board.epoch } : null),
    onFrame: heard,
    onStatus: connection,
  });
  if (!hasFonts) loadFonts();
}

// The sheet that was open before a reload, or that a finger asked for which was quicker than this script: the shell's button is a link.
function openAsked() {
  if (location.hash === "#write") {
    history.replaceState(null, "", location.pathname);
    composer.open("card");
  } else if (history.state?.sheet) composer.restore(history.state);
}

async function loadSnapshot() {
  const snapshot = await api.snapshot();
  if (!board.epoch) heard({ type: "snapshot", ...snapshot }); // the feed may have been quicker
}

function heard(frame) {
  clock.heard(frame.now);
  if (frame.type === "mine") return heardMine(frame.posts);
  if (frame.type === "beat") return checkBeat(frame);
  const next = apply(board, frame);
  if (!next) return feed?.reconnect();
  const before = board;
  board = next;
  if (frame.type === "changes") tellOfCards(frame, before);
  else if (frame.type === "snapshot") {
    mine.received.clear();
    // What is said to the author alone comes by a connection only, and where this frame is not its first, some of it may be missing.
    if (status === "slow" || before.epoch) loadMine();
  }
  draw();
}

/** Somebody celebrates me: that is worth a line, whatever one looks at. */
function tellOfCards(frame, before) {
  for (const id of frame.gone ?? []) mine.received.delete(id);
  const forMe = isForMe(self());
  const wasForMe = ({ id }) => byId(before, id)?.to && forMe(byId(before, id));
  for (const post of frame.posts ?? []) if (post.to && !forMe(post)) mine.received.delete(post.id); // a moderator has corrected the recipient
  const card = frame.posts?.find((post) => post.to && forMe(post) && !wasForMe(post));
  if (!card) return;
  say((card.to.some(isMe(self())) ? WORDS.forYou : WORDS.forTeam)(card.author?.name), "ok");
  buzz();
}

// The board's number ran ahead of ours and no changes followed: something got lost.
function checkBeat({ seq }) {
  clearTimeout(gapTimer);
  if (seq > board.seq) gapTimer = setTimeout(() => seq > board.seq && feed?.reconnect(), GAP_MS);
}

function connection({ state }) {
  status = state;
  if (state === "live" || state === "slow") {
    clearTimeout(troubleTimer);
    troubleTimer = 0;
    troubled = false;
    loadMine();
    outbox.flush();
  } else if (!troubled) troubleTimer ||= setTimeout(inTrouble, TROUBLED_AFTER_MS);
  draw();
}

function inTrouble() {
  troubleTimer = 0;
  troubled = true;
  draw();
}

// ---- fonts

// On a slow line they would take the room of the first card, so they come last; on a second visit, when the phone has them, first.
function loadFonts() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=fonts]")).content;
  link.onload = () => document.fonts.ready.then(() => keep.set("fonts", config.server));
  document.head.append(link);
}

// ---- what is mine

async function loadMine() {
  try {
    const answer = await api.mine();
    mine.posts = new Map(answer.posts.map((post) => [post.id, post]));
    mine.votes = new Set(answer.votes);
    mine.reactions = new Map(Object.entries(answer.reactions).map(([id, keys]) => [id, new Set(keys)]));
    mine.roster = Boolean(answer.roster);
    mine.muted = Boolean(answer.muted);
    mine.cookie = answer.cookie !== false;
    learnSelf(answer.participant);
    if (mine.cookie) outbox.flush();
    draw();
  } catch {
    // comes again with the next connection
  }
}

/** Cards for me of days ago. */
async function loadReceived() {
  const { person } = self();
  if (!person) return;
  try {
    const { posts } = await api.posts({ kind: "card", person, limit: RECEIVED_AT_MOST });
    mine.received = new Map(posts.filter((post) => !board.gone.has(post.id)).map((post) => [post.id, post]));
    draw();
  } catch {
    // comes again when Me is opened again
  }
}

const isMe = ({ name, team, person }) => (one) =>
  Boolean((person && one.person === person) || (name && fold(one.name) === fold(name) && (one.team ?? "") === (team ?? "")));

/** A card to a team is one for each of it. */
function isForMe(who) {
  const me = isMe(who);
  return ({ to }) => to.some((one) => me(one) || (who.team && teamMeant(one, board.teams) === who.team));
}

function received() {
  const found = new Map(mine.received);
  for (const post of cards(board).filter(isForMe(self()))) found.set(post.id, post);
  return [...found.values()].sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
}

function heardMine(changes) {
  for (const change of changes) {
    const known = mine.posts.get(change.id);
    // Neither state nor reason is new: a moderator has corrected the recipient.
    if (!known || (known.state === change.state && known.reason === change.reason)) return loadMine();
    mine.posts.set(change.id, { ...known, reason: undefined, ...change });
  }
  draw();
}

/** @returns {{name?: string, team?: string, person?: string, asked?: boolean, synced?: boolean}} */
function self() {
  return keep.get("who", {});
}

// The board knows best, unless this phone has a name it could not deliver yet (or the board has forgotten it: another cookie).
function learnSelf(participant) {
  const who = self();
  if (participant?.name && (who.synced || !who.name)) {
    const { name, team, person } = participant;
    keep.set("who", { name, team: team ?? undefined, person, asked: true, synced: true });
  } else if (who.synced && participant) keep.set("who", null); // a moderator gave the name to another phone
  else if (who.name && !participant) keep.set("who", { ...who, synced: false });
}

async function saveWho({ name, team, person }) {
  const before = self();
  keep.set("who", name ? { name, team, person, asked: true, synced: false } : { ...before, asked: true });
  if (!name) return;
  try {
    await Promise.race([nameSelf(), pause(NAME_PATIENCE_MS)]);
  } catch (problem) {
    if (problem.passes) return void outbox.flush(); // says it again until it is heard
    keep.set("who", before);
    throw problem;
  } finally {
    draw();
  }
}

async function nameSelf() {
  const { name, team, person, synced } = self();
  if (!name || synced) return;
  const { participant } = await api.join(person ? { person } : team ? { name, team } : { name });
  keep.set("who", { ...self(), synced: true });
  learnSelf(participant); // spelt as on the roster
}

// ---- sending

function send(body, shown) {
  const id = newId();
  outbox.add({ id, body: { ...body, id }, shown });
  lane = body.kind === "card" ? "celebrate" : "ask";
  if (body.kind === "question" && sort === "answered") sort = "top";
  toTop();
}

function sent(post, entry) {
  if (entry.edits) return keepMine(post);
  buzz();
  mine.posts.set(post.id, post);
  mine.fresh.add(post.id);
  say(WORDS.sent[post.state] ?? WORDS.sent.visible, "ok");
}

// The board will not take it as it is: back into the sheet, unless something else is being written there.
function refused(entry) {
  loadMine(); // what this phone may do has changed, perhaps
  if (composer.isFree(entry.edits ? "" : entry.body.kind)) rewrite(entry);
  draw();
}

function rewrite(entry) {
  const { id, body, shown, detail, field } = entry;
  const post = entry.edits ? mine.posts.get(entry.edits) : null;
  if (entry.edits && !post) return;
  outbox.remove(id);
  if (post) return composer.open(post.kind, { post, body: { ...body, ...shown }, problem: { field, detail } });
  if (field === "name" || field === "team") keep.set("who", null); // to be asked again
  const { id: _, ...draft } = body;
  composer.open(body.kind, { body: { ...draft, ...shown }, problem: { field, detail } });
}

function nameRefused(problem) {
  keep.set("who", null); // to be asked again
  say(problem.detail, "bad");
}

// What waits already is part of it. Without an answer it is kept, and goes out by itself.
async function edit(id, changes, shown) {
  const waits = changeOf(id);
  const body = { ...waits?.body, ...changes };
  if (!Object.keys(body).length) return;
  try {
    keepMine((await api.edit(id, body)).post);
    if (waits) outbox.remove(waits.id);
  } catch (problem) {
    if (!problem.passes) throw problem;
    outbox.add({ id: newId(), body, edits: id, shown: { ...waits?.shown, ...shown } });
    say(WORDS.changeWaits, "warn");
  }
}

const changeOf = (id) => outbox.entries().find((entry) => entry.edits === id);

async function withdraw({ id }) {
  sure = "";
  try {
    keepMine((await api.withdraw(id)).post);
    say(WORDS.takenBack, "ok");
  } catch (problem) {
    say(problem.detail, "bad");
  }
}

function keepMine(post) {
  mine.posts.set(post.id, post);
  draw();
}

/** A short tremor, where a phone has it and somebody has touched it. */
function buzz() {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZ_MS);
}

// ---- a card as a picture

// Not needed for the first card. A browser may remember a failed import, so the file is fetched before.
async function loadPicture() {
  const response = await fetch(new URL("picture.js", import.meta.url));
  if (!isScript(response)) throw new Error(`picture.js: ${response.status}`);
  return import("./picture.js");
}

async function share(post) {
  try {
    const { savePicture } = await loadPicture();
    if ((await savePicture(post, { theme: themeOf(post, board.themes), title: board.board.title })) === "saved") say(WORDS.saved, "ok");
  } catch {
    say(WORDS.notSaved, "bad");
  }
}

// ---- votes and reactions: shown at once, taken back where the board says no

const toggles = new Map(); // what is under way: the last wish counts, one request at a time

function vote({ id }) {
  const show = (on) => {
    if (mine.votes.has(id) === on) return;
    mine.votes[on ? "add" : "delete"](id);
    const votes = Math.max(0, (byId(board, id)?.votes ?? 0) + (on ? 1 : -1));
    board = patched(board, id, { votes });
  };
  const tell = async (on) => ({ votes: (await api.vote(id, on)).votes });
  toggle(id, id, !mine.votes.has(id), show, tell);
}

function react({ id }, key) {
  const own = mine.reactions.get(id) ?? new Set();
  mine.reactions.set(id, own);
  const show = (on) => {
    if (own.has(key) === on) return;
    own[on ? "add" : "delete"](key);
    const counts = byId(board, id)?.reactions ?? {};
    board = patched(board, id, { reactions: { ...counts, [key]: Math.max(0, (counts[key] ?? 0) + (on ? 1 : -1)) } });
  };
  const tell = async (on) => ({ reactions: (await api.react(id, key, on)).reactions });
  toggle(`${id} ${key}`, id, !own.has(key), show, tell);
}

async function toggle(name, id, want, show, tell) {
  touchedAt = performance.now();
  setTimeout(draw, STILL_AFTER_TOUCH_MS + 50);
  if (want) buzz();
  show(want);
  draw();
  const running = toggles.get(name);
  if (running) return void (running.want = want);
  const wish = { want, is: !want };
  toggles.set(name, wish);
  try {
    while (wish.want !== wish.is) {
      const seq = byId(board, id)?.seq;
      const next = wish.want;
      const counts = await tell(next);
      wish.is = next;
      // A frame that came meanwhile is newer than this answer.
      if (wish.want === next && byId(board, id)?.seq === seq) board = patched(board, id, counts);
    }
  } catch (problem) {
    show(wish.is);
    say(WORDS.notCounted + problem.detail, "bad");
  } finally {
    toggles.delete(name);
    draw();
  }
}

// ---- what is shown

// While one writes, reads further down, or has just touched a question, nothing moves: news wait behind a button. What must leave, leaves.
function order() {
  const key = `${lane} ${sort} ${session}`;
  const wanted = wantedIds();
  const still = composer.isOpen() || window.scrollY > STILL_BELOW_PX || performance.now() - touchedAt < STILL_AFTER_TOUCH_MS;
  if (!still || standing.key !== key) {
    standing = { key, ids: wanted };
    news = 0;
    return wanted;
  }
  const held = new Set(standing.ids);
  const last = wanted.findIndex((id) => id === standing.ids[standing.ids.length - 1]);
  const older = lane === "celebrate" && last >= 0 ? wanted.slice(last + 1).filter((id) => !held.has(id)) : [];
  standing = { key, ids: [...standing.ids.filter((id) => board.posts.has(id)), ...older] };
  news = wanted.filter((id) => !held.has(id) && !mine.fresh.has(id)).length - older.length;
  return standing.ids;
}

function wantedIds() {
  if (lane === "me") return [];
  const list =
    lane === "celebrate" ? cards(board) : questions(board, { session, order: sort === "top" ? "top" : "new", answered: sort === "answered" });
  return list.map((post) => post.id);
}

function waitingPosts(shown) {
  const kind = lane === "celebrate" ? "card" : "question";
  const there = new Set(shown); // the board may tell of an own post before its own answer is here
  const fresh = [...mine.fresh].map((id) => mine.posts.get(id));
  return [...unsent(), ...fresh.reverse()].filter((post) => post?.kind === kind && post.state !== "withdrawn" && !there.has(post.id));
}

/** New posts in the outbox, newest first, as they will look. */
function unsent() {
  return outbox
    .entries()
    .filter((entry) => !entry.edits)
    .map((entry) => ({ ...entry.body, ...entry.shown, author: entry.body.anonymous ? null : self(), created_at: entry.at, state: unsentState(entry), reason: entry.detail, entry }))
    .reverse();
}

function unsentState({ state, tries }) {
  if (state === "refused") return "refused";
  if (keep.isFull()) return "unkept";
  if (troubled || !navigator.onLine) return "waiting";
  return tries ? "again" : "sending";
}

function ownPosts() {
  const known = [...mine.posts.values()].map((post) => withChange({ ...post, ...byId(board, post.id), state: post.state, reason: post.reason }));
  known.sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return [...unsent(), ...known];
}

/** An own post as it will be when its change has arrived. */
function withChange(post) {
  const entry = changeOf(post.id);
  if (!entry) return post;
  return { ...post, ...entry.body, ...entry.shown, state: entry.state === "refused" ? "unchanged" : "changing", reason: entry.detail, entry };
}

// What Me has to tell since it was last looked at: own posts whose fate changed, and cards for me.
function unseen() {
  const seen = keep.get("seen", {});
  return tidings().filter(([id, fate]) => seen[id] !== fate);
}

const tidings = () => [...ownPosts().flatMap((post) => (fate(post) ? [[post.id, fate(post)]] : [])), ...received().map((post) => [post.id, "received"])];

const fate = (post) => (post.answered ? "answered" : post.state === "unchanged" ? "" : ["rejected", "hidden"].includes(post.state) ? post.state : "");

function nowPost() {
  const { scene, post } = board.screen;
  return scene === "spotlight" || scene === "questions" ? byId(board, post) : null;
}

function sessionNow() {
  const choice = { moved: board.screen?.session, chosen: keep.get("session"), asked: askedIn(board) };
  return current(board.sessions, clock.now(), choice)?.id ?? "";
}

/** Kept until that session ends. */
function chooseSession(id) {
  session = id;
  keep.set("session", { session: id, at: clock.now() });
}

function open(kind, toSession) {
  if (status === "refused" || !board.board || mine.muted) return false;
  if (kind === "card") return board.board.cards_open !== false;
  return !toSession || board.sessions.find((one) => one.id === toSession)?.questions === "open";
}

/** Why one cannot send here, or what will happen to what one sends. */
function closedNote(kind, toSession) {
  if (!board.board) return "";
  if (mine.muted) return WORDS.muted;
  if (kind === "card" && !board.board.cards_open) return WORDS.cardsClosed;
  const state = kind === "question" && board.sessions.find((one) => one.id === toSession)?.questions;
  if (state === "paused" || state === "closed") return WORDS[state];
  return board.board.frozen ? WORDS.resting[kind] : "";
}

function sheetNote(kind, toSession) {
  if (!mine.cookie) return WORDS.noCookie;
  if (troubled) return WORDS.waiting[kind];
  return closedNote(kind, toSession) || (board.board?.premoderate?.[kind] ? WORDS.read[kind] : "");
}

function note() {
  if (status === "refused") return { words: WORDS.refused, kind: "bad" };
  if (!mine.cookie) return { words: WORDS.noCookie, kind: "bad" };
  if (keep.isFull()) return { words: WORDS.full, kind: "bad" };
  if (said.words) return said;
  const kind = lane === "ask" ? "question" : "card";
  if (troubled) return { words: outbox.entries().some((entry) => entry.body.kind === kind) ? WORDS.waiting[kind] : WORDS.offline, kind: "warn" };
  const closed = lane === "me" ? "" : closedNote(kind, session);
  if (status === "slow" && !closed) return { words: WORDS.slow, kind: "warn" };
  return { words: closed, kind: "calm" };
}

/** A line at the button, for a while. */
function say(words, kind) {
  clearTimeout(saidTimer);
  said = { words, kind };
  saidTimer = setTimeout(() => say("", ""), SAY_MS);
  draw();
}

function draw() {
  drawn ||= requestAnimationFrame(paint);
}

function paint() {
  drawn = 0;
  if (board.epoch) session = sessionNow();
  const ids = order();
  const now = nowPost();
  const line = note();
  if (!("_$litPart$" in root)) mender.own(() => root.replaceChildren()); // the shell that came with the page
  const page = {
    ready: Boolean(board.epoch) || (lane === "celebrate" && ids.length > 0), // a glance shows cards, and not whether there are none
    title: board.board?.title ?? config.title,
    status: status === "refused" ? status : troubled ? "offline" : status === "live" || status === "slow" ? status : "connecting",
    online: board.online,
    lane,
    sort,
    session,
    sessions: sessionsToShow(),
    themes: board.themes,
    zone: board.board?.time_zone,
    posts: withNowFirst(ids.slice(0, limit).map((id) => byId(board, id)), now),
    more: ids.length > limit || (lane === "celebrate" && board.more),
    loading: loadingOlder,
    waiting: waitingPosts(ids),
    now,
    reacted: (id) => mine.reactions.get(id),
    voted: (id) => mine.votes.has(id),
    who: self(),
    time: clock.now(),
    mine: lane === "me" ? ownPosts() : [],
    received: lane === "me" ? received() : [],
    sure,
    editable: (post) => !mine.muted && mayEdit(post, board.board, clock.now()),
    votable: (post) => mayVote(post, board),
    begun: (post) => composer.hasEdit(post.id),
    open: open(lane === "ask" ? "question" : "card", session),
    note: line.words,
    noteKind: line.kind,
    news,
    badge: lane === "me" ? 0 : outbox.entries().length + unseen().length,
    act,
  };
  if (lane === "me" && unseen().length) keep.set("seen", Object.fromEntries(tidings()));
  const draw = () => keepFocus(root, () => mender.render(pageView(page), root));
  if (window.scrollY > STILL_BELOW_PX) hold(root, "[data-id]", draw);
  else if (lane === "ask" && !composer.isOpen()) glide(root, ".questions > .question", draw);
  else draw();
  composer.refresh();
  if (limit === FIRST_PAINTED && ids.length) setTimeout(showMore);
}

function showMore() {
  limit = Math.max(limit, FIRST_SHOWN);
  draw();
}

function sessionsToShow() {
  const phase = phases(board.sessions, clock.now());
  return board.sessions.map((one) => ({ ...one, running: phase.get(one.id) === "running" }));
}

// The question being answered stands first; a card on the large screen keeps its place.
function withNowFirst(posts, now) {
  if (!now || now.kind !== "question" || !posts.includes(now)) return posts;
  return [now, ...posts.filter((post) => post !== now)];
}

// ---- fingers

const act = {
  lane: go,
  sort(next) {
    sort = next;
    if (next === "answered" && !answeredLoaded) loadAnswered();
    toTop();
  },
  session(next) {
    chooseSession(next);
    toTop();
  },
  compose: (event) => composer.isEcho(event) || composer.open(lane === "ask" ? "question" : "card"),
  showNews: toTop,
  older,
  goTo,
  share,
  react,
  vote,
  edit: (post) => composer.open(post.kind, { post }),
  withdraw,
  askSure(post) {
    sure = post?.id ?? "";
    draw();
  },
  rewrite: (post) => rewrite(post.entry),
  discard: (post) => outbox.remove(post.entry.id),
  changeName: () => composer.openName(),
};

function go(next) {
  if (next === lane) return toTop();
  places[lane] = window.scrollY;
  said = { words: "", kind: "" };
  lane = next;
  history.replaceState(history.state, "", `#${next}`);
  limit = Math.max(limit, FIRST_SHOWN);
  if (next === "me") {
    loadReceived();
    loadPicture().catch(() => {}); // early, so that a tap is answered while the browser still counts it as one
  }
  paint();
  window.scrollTo(0, places[next]);
}

function toTop() {
  standing = { key: "", ids: [] };
  limit = FIRST_SHOWN;
  window.scrollTo(0, 0);
  draw();
}

function goTo(post) {
  const home = post.kind === "card" ? "celebrate" : "ask";
  if (home === "ask") {
    chooseSession("");
    sort = post.answered ? "answered" : "top";
  }
  if (lane !== home) go(home);
  limit = Infinity;
  paint();
  root.querySelector(`[data-id="${CSS.escape(post.id)}"]`)?.scrollIntoView({ block: "center" });
}

async function older() {
  limit += FIRST_SHOWN;
  draw();
  if (limit <= wantedIds().length || !board.more || loadingOlder || lane !== "celebrate") return;
  loadingOlder = true;
  const asked = askedAt(board);
  draw();
  try {
    const before = cards(board).pop()?.id;
    const answer = await api.posts({ kind: "card", before, limit: 100 });
    board = withOlder(board, answer.posts, answer.more, asked);
  } catch (problem) {
    say(problem.detail, "bad");
  } finally {
    loadingOlder = false;
    draw();
  }
}

// The snapshot holds open questions only for certain; answered ones of days ago are fetched when asked for.
async function loadAnswered() {
  answeredLoaded = true;
  try {
    answeredLoaded = (await askAnswered()) || (await askAnswered()); // a snapshot may come while the page is under way
  } catch {
    answeredLoaded = false;
  }
  draw();
}

/** True: taken. */
async function askAnswered() {
  const asked = askedAt(board);
  const answer = await api.posts({ kind: "question", limit: 100 });
  const known = board;
  board = withOlder(known, answer.posts, known.more, asked);
  return board !== known;
}

let wasStill = false;
window.addEventListener(
  "scroll",
  () => {
    const still = window.scrollY > STILL_BELOW_PX;
    if (still !== wasStill) draw();
    wasStill = still;
    const left = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
    if (left < 800 && standing.ids.length > limit) {
      limit += FIRST_SHOWN;
      draw();
    }
  },
  { passive: true },
);
for (const event of ["online", "offline"]) window.addEventListener(event, draw);

start();

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
