// The page for the speaker: puts the line to the server, the agenda, the questions and the note together. It goes on without a connection, with
// what it has, and says so.
// @ts-check
import { current } from "../shared/agenda.js";
import { createAwake } from "../shared/awake.js";
import { askedIn as sessionsAsked, emptyBoard } from "../shared/board.js";
import { createClock } from "../shared/clock.js";
import { readConfig } from "../shared/config.js";
import { createHours } from "../shared/hours.js";
import { afresh } from "../shared/html.js";
import { createLine } from "../shared/line.js";
import { createMender } from "../shared/mender.js";
import { createActs } from "./acts.js";
import { askedIn } from "./asked.js";
import { api } from "./calls.js";
import { around, noteFor, timingOf } from "./timing.js";
import { stageView } from "./view.js";

/**
 * @import {Frame, Note, Session} from "../shared/wire"
 * @import {State} from "../shared/board.js"
 * @import {Fate} from "./calls.js"
 */

const TICK_MS = 250; // the clock's second is never late by more

function createStage() {
  const config = readConfig();
  const room = config.room ?? "";
  const root = /** @type {HTMLElement} */ (document.getElementById("app"));
  const { own, render } = createMender({ roots: [root] });
  const clock = createClock();
  const hours = createHours();
  const known = { base: emptyBoard() };
  const acts = createActs({ api, draw });
  const awake = createAwake({ lock: navigator.wakeLock, isHidden: () => document.hidden, onChange: () => {} });
  let note = /** @type {Note|null} */ (null);
  let kept = /** @type {string|null} */ (null);
  let heardAt = 0;
  let drawn = "";

  const line = createLine({
    url: config.api,
    feed: "stage",
    screen: room,
    known,
    clock,
    heard,
    restored: draw,
    refused: draw,
    draw,
  });

  /** @param {State} base @param {Frame} frame */
  function heard(base, frame) {
    known.base = base;
    heardAt = clock.now();
    if ("note" in frame) note = frame.note ?? null;
    draw();
  }

  function session() {
    const { base } = known;
    return current(base.sessions, clock.now(), { room, moved: base.screen.session, asked: sessionsAsked(base) });
  }

  /** In a break the room waits for what comes next: what is over is over. @param {Session|null} found @param {Session|null} pause */
  const onNow = (found, pause) => (found && pause && Date.parse(found.ends_at ?? "") <= clock.now() ? null : found);

  function picture() {
    const { base } = known;
    const now = clock.now();
    const { pause, next } = around(base.sessions, now, room);
    const found = onNow(session(), pause);
    const asked = found ? askedIn(base, found, kept) : null;
    const timed = found ?? pause;
    kept = asked?.shown?.id ?? null;
    return {
      title: base.board?.title ?? config.title ?? "",
      room,
      rooms: roomsOf(base.sessions, room),
      session: found,
      timing: timed && timingOf(timed, now),
      pause,
      following: next,
      asked,
      note: noteFor(note, now),
      online: base.online,
      doing: acts.doing,
      troubled: line.troubled,
      since: hour(heardAt),
      refused: line.status === "refused",
      closed: line.status === "refused" || Boolean(base.board?.archived),
      now,
      hour: (/** @type {string|null} */ iso) => (iso ? hour(Date.parse(iso)) : ""),
      on: { goOn, goBack, see },
    };
  }

  /** @param {number} time */
  const hour = (time) => hours.of(known.base.board?.time_zone)(time);

  function draw() {
    if (!known.base.epoch) return;
    if (!drawn) own(() => afresh(root)); // what came with the page
    const shown = picture();
    drawn = second();
    document.documentElement.dataset.time = shown.timing?.state ?? "none";
    render(stageView(shown), root);
    const bar = /** @type {HTMLElement|null} */ (root.querySelector(".stage-bar i")); // no style in markup: the page forbids it
    bar?.style.setProperty("inline-size", `${Number(bar.dataset.share) * 100}%`);
  }

  /** What the clock shows changes with it. */
  const second = () => String(Math.floor(clock.now() / 1000));

  function tick() {
    if (second() !== drawn) draw();
  }

  /** @param {Fate} to */
  function goOn(to) {
    const { asked, session: found } = picture();
    if (found && asked?.shown) acts.goOn(found.id, asked.shown, asked.next[0] ?? null, to);
  }

  function goBack() {
    const { session: found } = picture();
    if (found) acts.goBack(found.id);
  }

  function see() {
    if (note) acts.see(note.id);
  }

  document.addEventListener("visibilitychange", awake.ask);
  awake.ask();
  setInterval(tick, TICK_MS);
}

/** The other rooms of the agenda, each with the address of its stage. @param {Session[]} sessions @param {string} here */
function roomsOf(sessions, here) {
  const names = [...new Set(sessions.map(({ room }) => room).filter(Boolean))];
  const href = (/** @type {string} */ name) => {
    const target = new URL(location.href);
    target.searchParams.set("room", name);
    return target.href;
  };
  return names.length > 1 ? names.filter((name) => name !== here).map((name) => ({ name, href: href(name) })) : [];
}

createStage();
