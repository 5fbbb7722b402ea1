// The large screen: puts connection, lease, scenes and keys together. What is decided how stands in the modules it imports.
// If all of this fails the page still shows the title slide it was delivered with.
// @ts-check
import { nothing, render } from "../../vendor/lit-html.js";
import { api, readConfig } from "../shared/api.js";
import { advice } from "./advice.js";
import { createAwake } from "./awake.js";
import { createBridges } from "./bridges.js";
import { apply, emptyBoard } from "../shared/board.js";
import { createClock } from "../shared/clock.js";
import { cardFace, questionFace } from "./face.js";
import { openFeed } from "../shared/feed.js";
import { fit } from "./fit.js";
import { afresh, html } from "../shared/html.js";
import { command, KEYS } from "./keys.js";
import { aged, heard, joined, jumped, parted, unheard } from "./lease.js";
import { openMosaic } from "./mosaic.js";
import { createOlder } from "./older.js";
import { openMap } from "./map.js";
import { openQuestions } from "./questions.js";
import { openRecap } from "./recap.js";
import { accented, counts, headline, pictureOf } from "./scene.js";
import { keepShell } from "./shell.js";

const WORDS = {
  now: "Now",
  next: (time) => `At ${time}`,
  here: (n) => `${n} here`,
  cards: (n) => (n === 1 ? "1 card" : `${n} cards`),
  from: (n) => (n === 1 ? "from 1 team" : `from ${n} teams`),
  join: "Celebrate someone. Ask anything.",
  invite: "Nobody has been celebrated yet. Who taught you something today?",
  celebrateAt: "Celebrate someone at",
  askAt: "Ask your question at",
  ask: "No questions yet. What would you like to ask?",
};

const TICK_MS = 500;
const APPLIED_EVERY_MS = 250;
const GAP_AFTER_MS = 1000;
const RETRY_REFUSED_MS = 30000;
const RELOAD_AFTER_MS = 2500;
const RELOAD_AT_MOST_EVERY_MS = 60000;
const HELP_MS = 8000;
const CURSOR_MS = 3000;
const SMALLEST_SHARE = 0.022; // of the height: nothing is set smaller
const CARD_PADDING_SHARE = 0.026; // of the shorter side, as in screen.css
const HUGE_CORNER = 1.35; // from which it is a column of its own
const TALL_CORNER = 0.72; // height : width from which the code stands under the QR
const SIZES = [0.85, 1, 1.15, 1.3, 1.5, 1.75];

const config = readConfig();
const root = document.documentElement;
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-part="${name}"]`));
const parts = Object.fromEntries(
  [
    "title",
    "now",
    "scene",
    "wall",
    "questions",
    "map",
    "recap",
    "spotlight",
    "foot",
    "corner",
    "corner-label",
    "code",
    "slide",
    "slide-words",
    "slide-title",
    "slide-line",
    "slide-count",
    "light",
    "help",
    "advice",
    "ruler",
  ].map((name) => [name, part(name)]),
);

const clocks = () => ({ mono: performance.now(), wall: Date.now() }); // of this device: for how long nothing was heard
const serverClock = createClock(); // for what runs, and whose turn it is

let state = emptyBoard();
let held = unheard();
let local = /** @type {string|null} */ (null); // the operator's scene, until the moderator chooses another
let stage = /** @type {string|null} */ (null); // the operator's choice of ground
let size = SIZES.indexOf(1);
let appliedSeq = -1;
let appliedAt = -Infinity;
let reporting = 0;
let gapSince = 0;
let ticked = clocks();
let drawnText = "";
let advised = "";

render(
  KEYS.map(([key, does]) => html`<dt>${key}</dt><dd>${does}</dd>`),
  parts.help,
);
const DRAWN = ["title", "now", "wall", "light", "questions", "map", "recap", "foot", "corner-label", "spotlight"];
const DRAWN_ON_SLIDE = ["slide-title", "slide-line", "slide-count", "advice", "ruler"];
const { own } = keepShell({ drawn: [...DRAWN, ...DRAWN_ON_SLIDE].map((name) => parts[name]), startOver });
const mosaic = openMosaic({ place: parts.wall, light: parts.light, ruler: parts.ruler, own });
const questions = openQuestions({ place: parts.questions });
const map = openMap({ place: parts.map });
const recap = openRecap({ place: parts.recap });
const older = createOlder({ ask: (before) => api.posts({ kind: "card", before, limit: 100 }) });
const bridges = createBridges({ ask: api.bridges, changed: () => withBridges() });

// Frames ---------------------------------------------------------------------------------------------------------

function onFrame(frame) {
  serverClock.heard(frame.now);
  const next = apply(state, frame);
  if (!next) return feed.reconnect();
  const before = state;
  state = frame.type === "snapshot" ? { ...next, bridges: bridges.known() } : next;
  if (frame.type === "snapshot") older.restart(performance.now());
  else if ((state.totals?.cards ?? 0) > (before.totals?.cards ?? 0)) older.news(performance.now());
  if (isUpToDate(frame)) held = heard(held, clocks());
  if (moderatorChanged(before)) local = null;
  draw(frame.type === "changes");
}

function withBridges() {
  state = { ...state, bridges: bridges.known() };
  draw();
}

/** A quiet wall goes through all cards, not only the newest that a snapshot has. */
function lookBack(now) {
  const put = (next) => {
    state = next;
    draw();
  };
  if (root.dataset.scene === "cards" && held.state === "live" && older.due(state, now))
    older.turn(() => state, put, now);
  if (root.dataset.scene === "map" && held.state === "live") bridges.want(state, now);
}

/** A beat that is ahead of us says that something was missed, and presence says nothing of posts: they prove life, but not that nothing was hidden. */
function isUpToDate(frame) {
  if (frame.type === "presence") return false;
  const behind = frame.type === "beat" && frame.seq > state.seq;
  if (!behind) gapSince = 0;
  else if (!gapSince) gapSince = performance.now();
  else if (performance.now() - gapSince > GAP_AFTER_MS) {
    gapSince = 0;
    feed.reconnect();
  }
  return !behind && state.epoch !== null;
}

const moderatorChanged = (before) => before.epoch && JSON.stringify(before.screen) !== JSON.stringify(state.screen);

function onStatus({ state: link }) {
  held = link === "live" || link === "slow" ? joined(held) : parted(held); // slow: each answer is as new as its question
  if (link === "live") appliedSeq = -1; // the other end is new to us
  if (link === "refused") setTimeout(() => feed.reconnect(), RETRY_REFUSED_MS * (1 + Math.random()));
  root.dataset.link = link;
}

// Drawing --------------------------------------------------------------------------------------------------------

/** @param {boolean} [news] may cards that are new enter large? */
function draw(news = false) {
  try {
    own(() => drawPicture(news));
  } catch (error) {
    console.error(error);
    retreat();
  }
}

/** Whatever cannot be drawn, the slide that came with the page can: it only has to be shown. */
function retreat() {
  root.dataset.scene = "join";
  root.dataset.slide = "join";
  startAfresh();
}

function drawPicture(news) {
  held = aged(held, clocks(), state.board?.lease);
  const picture = pictureOf(state, held.state, local, serverClock.now());
  const changed = root.dataset.scene !== picture.scene || root.dataset.slide !== (picture.slide ?? undefined);
  leaveScenes(picture);
  setData({
    scene: picture.scene,
    slide: picture.slide,
    lease: held.state,
    seq: String(state.seq),
    stage: stage ?? state.board?.stage ?? root.dataset.stage,
  });
  drawText(picture);
  if (changed) {
    resetCorner();
    measureText();
  }
  drawScene(picture, news);
  requestAnimationFrame(reportApplied);
}

/** Somebody else has changed the page: nothing of what was drawn is relied on. */
function startOver() {
  drawnText = "";
  for (const name of ["questions", "map", "recap", "spotlight"]) afresh(parts[name]);
  for (const scene of [questions, map, recap]) scene.clear();
  mosaic.redraw();
  draw();
}

/** What is not shown is not kept on the page either: hidden text cannot come to light by accident. */
function leaveScenes(picture) {
  if (picture.scene !== "cards" || picture.slide) mosaic.clear();
  if (picture.scene !== "questions" || picture.slide) questions.clear();
  if (picture.scene !== "map" || picture.slide) map.clear();
  if (picture.scene !== "recap" || picture.slide) recap.clear();
  if (picture.scene !== "spotlight") render(nothing, parts.spotlight);
}

function setData(values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === null) delete root.dataset[name];
    else if (root.dataset[name] !== value) root.dataset[name] = value;
  }
}

function drawScene(picture, news) {
  if (picture.slide) return;
  if (picture.scene === "cards") {
    if (!mosaic.isOpen()) mosaic.resize(room(), look(), performance.now());
    mosaic.show(picture.cards, state.themes, news && held.state === "live", performance.now());
  } else if (picture.scene === "questions") questions.show(picture, look());
  else if (picture.scene === "map") map.show(picture, state.themes, look(), performance.now());
  else if (picture.scene === "recap") recap.show(picture, state.themes, look(), performance.now());
  else if (picture.scene === "spotlight") drawSpotlight(picture.post);
}

function drawSpotlight(post) {
  render(post.kind === "card" ? cardFace(post, state.themes) : questionFace(post), parts.spotlight);
  const { min } = look();
  fit([
    {
      box: /** @type {HTMLElement} */ (parts.spotlight.querySelector(".card")),
      min,
      max: Math.min(innerHeight, innerWidth) * 0.125,
    },
  ]);
}

function drawText(picture) {
  const title = state.board?.title ?? config.title ?? "";
  const { cards, teams } = counts(state);
  const here = !state.online ? "" : WORDS.here(state.online);
  const cardWords = cards ? `${WORDS.cards(cards)}${teams ? ` ${WORDS.from(teams)}` : ""}` : "";
  const foot = [here, cardWords].filter(Boolean).join(" · ");
  const live = held.state === "live";
  const texts = [
    title,
    nowText(picture),
    live ? foot : cardWords,
    picture.slide ? WORDS[picture.slide] : "",
    live ? here : "",
    picture.scene === "questions" ? WORDS.askAt : WORDS.celebrateAt,
  ];
  if (JSON.stringify(texts) === drawnText) return;
  drawnText = JSON.stringify(texts);
  setTitle(parts.title, title);
  setTitle(parts["slide-title"], title);
  setNow(nowText(picture));
  parts.foot.textContent = texts[2];
  parts["corner-label"].textContent = texts[5];
  parts["slide-line"].textContent = texts[3] || WORDS.join;
  parts["slide-count"].textContent = texts[4];
}

function setTitle(place, title) {
  const [first, rest] = accented(title);
  const accent = document.createElement("span");
  accent.className = "accent";
  accent.textContent = first;
  place.replaceChildren(accent, rest);
}

/** @returns {[string, string, string]} before the session, its title, after it */
function nowText(picture) {
  const now = serverClock.now();
  const { session, is } = state.epoch ? headline(state, picture, now) : { session: null, is: "" };
  const after = [session?.room, clock(now)].filter(Boolean).join(" · ");
  if (!session) return ["", "", after];
  return [is === "next" ? WORDS.next(clock(Date.parse(session.starts_at))) : is ? WORDS.now : "", session.title, after];
}

function setNow([label, title, after]) {
  const lead = document.createElement("span");
  const strong = document.createElement("bdi");
  strong.className = "now-title";
  strong.textContent = title;
  const rest = document.createElement("span");
  rest.className = "now-rest";
  lead.append(label ? `${label}: ` : "", strong);
  rest.textContent = after;
  parts.now.replaceChildren(...(title ? [lead] : []), rest);
}

/** @type {Intl.DateTimeFormat|null} */
let clockFormat = null;
let clockZone = "";

function clock(time) {
  const zone = state.board?.time_zone ?? "";
  if (!clockFormat || zone !== clockZone) {
    clockZone = zone;
    try {
      clockFormat = new Intl.DateTimeFormat("en-GB", {
        hour: "2-digit",
        minute: "2-digit",
        timeZone: zone || undefined,
      });
    } catch {
      clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }); // a zone this browser does not know
    }
  }
  return clockFormat.format(time);
}

/** At most four times a second, and only after the picture was painted. */
function reportApplied() {
  if (reporting || !state.epoch || state.seq === appliedSeq) return;
  const wait = appliedAt + APPLIED_EVERY_MS - performance.now();
  if (wait > 0) {
    reporting = setTimeout(() => {
      reporting = 0;
      reportApplied();
    }, wait);
  } else if (feed.send({ type: "applied", seq: state.seq })) {
    appliedSeq = state.seq;
    appliedAt = performance.now();
  }
}

// Sizes ----------------------------------------------------------------------------------------------------------

/** Text sizes in px for this window and the operator's taste. */
function look() {
  const min = innerHeight * SMALLEST_SHARE;
  const side = Math.min(innerHeight, innerWidth * 1.1);
  const comfort = Math.max(min * 1.06, side * 0.0265 * SIZES[size]);
  return {
    min,
    comfort,
    max: Math.max(min * 1.3, side * 0.072),
    large: Math.max(min * 1.4, side * 0.066),
    most: innerWidth > innerHeight ? 14 : 12,
  };
}

function room() {
  resetCorner();
  const style = getComputedStyle(parts.scene);
  const gap = parseFloat(style.columnGap);
  const pad = Math.min(innerHeight, innerWidth) * CARD_PADDING_SHARE;
  return { width: parts.wall.clientWidth, height: parts.wall.clientHeight, gap, pad, notch: notch() };
}

/** The corner with the code is a tile of the last row, and reaches down to the edge of the page. */
function notch() {
  const wall = parts.wall.getBoundingClientRect();
  const corner = parts.corner.getBoundingClientRect();
  if (corner.top >= wall.bottom) return null; // it has a row of its own
  return { width: corner.width, height: Math.max(0, wall.bottom - corner.top) };
}

/** The words that are not cards: the slide's, and the code in the corner. */
function measureText() {
  const min = innerHeight * SMALLEST_SHARE;
  const jobs = [
    { box: parts["slide-words"], min, max: Math.min(innerHeight, innerWidth) * 0.05 },
    { box: parts.code, min, max: innerHeight * 0.075 },
  ];
  fit(jobs.filter(({ box }) => box.clientHeight > 0));
}

function resized() {
  root.style.setProperty("--scale", String(SIZES[size]));
  measureText();
  own(() => questions.clear());
  if (mosaic.isOpen()) own(() => mosaic.resize(room(), look(), performance.now()));
  draw();
}

// The operator ---------------------------------------------------------------------------------------------------

/** @type {Record<string, (wish: any) => void>} */
const actions = {
  scene: ({ scene }) => choose(scene),
  toggle: ({ scene }) => choose(root.dataset.scene === scene ? (local ? null : "cards") : scene),
  moderator: () => choose(null),
  size: ({ by }) => {
    size = Math.min(SIZES.length - 1, Math.max(0, size + by));
    resized();
  },
  stage: () => {
    stage = root.dataset.stage === "light" ? "dark" : "light";
    draw();
  },
  full: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.()),
  help: () => help(),
};

function choose(scene) {
  local = scene;
  draw();
}

let helpTimer = 0;
function help(on = parts.help.hidden) {
  clearTimeout(helpTimer);
  parts.help.hidden = !on;
  parts.advice.hidden = !on || !advised;
  if (on) helpTimer = setTimeout(() => help(false), HELP_MS);
}

function onKey(event) {
  if (event.repeat) return;
  const wish = command(event, root.dataset.scene ?? "cards");
  if (!wish) return;
  event.preventDefault();
  if (wish.do !== "help") help(false);
  actions[wish.do](wish);
}

let cursorTimer = 0;
function onPointer() {
  root.classList.remove("no-cursor");
  clearTimeout(cursorTimer);
  parts.advice.hidden = !advised;
  cursorTimer = setTimeout(() => {
    root.classList.add("no-cursor");
    parts.advice.hidden = true;
  }, CURSOR_MS);
}

const awake = createAwake({ lock: navigator.wakeLock, isHidden: () => document.hidden, onChange: advise });

/** Said while an operator moves the mouse, and with the help: the hall need not read it. */
function advise(isAwake) {
  const words = advice({ joinUrl: config.join_url, awake: isAwake });
  if (words.join() === advised) return;
  advised = words.join();
  own(() =>
    render(
      words.map((line) => html`<p>${line}</p>`),
      parts.advice,
    ),
  );
}

// Staying alive --------------------------------------------------------------------------------------------------

function tick() {
  const now = clocks();
  if (jumped(ticked, now, TICK_MS)) {
    held = parted(aged(held, now, state.board?.lease));
    feed.reconnect(); // whatever still comes on the old connection may be from before the sleep
  }
  ticked = now;
  draw();
  lookBack(now.mono);
  try {
    own(() => mosaic.tick(now.mono));
  } catch (error) {
    console.error(error);
    retreat();
  }
}

/** Nobody is here to press reload. At most once a minute, not all screens at once, and only where the server answers: else the picture would go. */
async function startAfresh() {
  if (Math.abs(Date.now() - Number(sessionStorage.getItem("fresh") ?? 0)) < RELOAD_AT_MOST_EVERY_MS) return;
  sessionStorage.setItem("fresh", String(Date.now()));
  await new Promise((resolve) => setTimeout(resolve, RELOAD_AFTER_MS * (1 + 3 * Math.random())));
  const answer = await api.snapshot().catch(() => null);
  if (answer?.board?.code === config.code) location.reload(); // the log-in page of a Wi-Fi answers 200, too
}

addEventListener("error", startAfresh);
addEventListener("unhandledrejection", startAfresh);

const feed = openFeed({
  url: config.api,
  feed: "screen",
  getCursor: () => (state.epoch ? { seq: state.seq, epoch: state.epoch } : null),
  onFrame,
  onStatus,
  capMs: 3000,
});

let resizing = 0;
addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(resized, 150);
});
addEventListener("keydown", onKey);
addEventListener("pointermove", onPointer);
document.addEventListener("visibilitychange", awake.ask);
document.fonts.addEventListener("loadingdone", () => {
  clearTimeout(resizing);
  resizing = setTimeout(resized, 50);
});
parts.wall.addEventListener("arranged", (event) => {
  const { height } = /** @type {CustomEvent} */ (event).detail;
  growCorner(height);
});

function resetCorner() {
  parts.corner.style.removeProperty("--free");
  parts.corner.classList.remove("is-tall", "is-huge");
}

/** The corner is as tall as the row it ends. */
function growCorner(rowHeight) {
  const wall = parts.wall.getBoundingClientRect();
  const corner = parts.corner.getBoundingClientRect();
  if (corner.top >= wall.bottom) return;
  const height = corner.bottom - wall.bottom + rowHeight;
  parts.corner.style.setProperty("--free", `${height}px`);
  parts.corner.classList.toggle("is-tall", height > corner.width * TALL_CORNER);
  parts.corner.classList.toggle("is-huge", height > corner.width * HUGE_CORNER);
  measureText();
}

awake.ask();
onPointer();
measureText();
draw();
setInterval(tick, TICK_MS);
