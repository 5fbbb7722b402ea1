// The large screen: puts connection, lease, scenes and keys together. What is decided how stands in the modules it imports.
// If all of this fails the page still shows the title slide it was delivered with.
// @ts-check
import { wear } from "../shared/accent.js";
import { api } from "../shared/api.js";
import { readConfig } from "../shared/config.js";
import { createClock } from "../shared/clock.js";
import { openFeed } from "../shared/feed.js";
import { createApplied } from "./applied.js";
import { createAwake } from "../shared/awake.js";
import { createComing } from "../shared/coming.js";
import { createCorner } from "./corner.js";
import { startAfresh } from "./fresh.js";
import { createHearing } from "./hearing.js";
import { createHelp, drawHelp } from "./help.js";
import { createKeyRow } from "./keyrow.js";
import { createLines } from "./lines.js";
import { createLogo } from "./logo.js";
import { createLookback } from "./lookback.js";
import { createOperator } from "./operator.js";
import { createPainting } from "./painting.js";
import { drawnOf, findParts } from "./parts.js";
import { pin } from "./pinning.js";
import { createScenes } from "./scenes.js";
import { keepShell } from "./shell.js";
import { createSizes } from "./sizes.js";

/** @import { State } from "../shared/board.js" */
/** @import { Status } from "../shared/feed.js" */
/** @import { Frame } from "../shared/wire" */

const TICK_MS = 500;
const RETRY_REFUSED_MS = 30000;
const RESIZED_AFTER_MS = 150; // a window is drawn larger in many steps
const LETTERED_AFTER_MS = 50; // faces of type come one after the other

function createScreen() {
  const config = readConfig();
  const root = document.documentElement;
  const parts = findParts();
  const serverClock = createClock(); // for what runs, and whose turn it is
  const clocks = () => ({ mono: performance.now(), wall: Date.now() }); // of this device: for how long nothing was heard
  const fresh = () => startAfresh({ snapshot: api.snapshot, code: config.code });

  pin(config.screen?.id, config.screen?.several);
  drawHelp(parts.help);
  const row = createKeyRow({ place: parts.keyrow, act: (wish) => operator.does(wish) });
  const { own } = keepShell({ drawn: drawnOf(parts), startOver: () => painting.startOver() });
  const sizes = createSizes(window);
  const corner = createCorner({ parts });
  /** @type {import("../shared/coming.js").Coming<ReturnType<typeof import("./later.js").createLater>>} */
  const coming = createComing({ first: () => ({ parts, own }), onOther: fresh, onChange: () => painting.draw() });
  const recap = () => coming.part("recap");
  const scenes = createScenes({ parts, own, look: sizes.look, wallLook: sizes.wall, room: corner.room, recap });
  const lines = createLines({ parts, title: config.title ?? "" });
  const logo = createLogo({ places: /** @type {HTMLImageElement[]} */ ([parts.logo, parts["slide-logo"]]) });
  const help = createHelp({
    root,
    parts,
    joinUrl: config.join_url,
    own,
    row: (on) => row.show(on, operator.scene()),
  });
  const awake = createAwake({
    lock: navigator.wakeLock,
    isHidden: () => document.hidden,
    onChange: help.advise,
  });
  const hearing = createHearing({ clocks, reconnect: () => feed.reconnect(), changed });
  const lookback = createLookback({ api, read: hearing.state, write: hearing.put, changed: () => painting.draw() });
  const operator = createOperator({
    root,
    step: sizes.step,
    help: help.toggle,
    draw: () => painting.draw(),
    resized,
    chosen: row.mark,
  });
  const applied = createApplied({
    send: (message) => feed.send(message),
    read: hearing.state,
    now: () => performance.now(),
  });
  const painting = createPainting({
    root,
    own,
    hearing,
    operator,
    bridges: lookback.bridges,
    story: lookback.story,
    counted: lookback.counted,
    scenes,
    lines,
    corner,
    serverNow: serverClock.now,
    painted: applied.report,
    failed: fresh,
  });

  /** @param {Frame} frame */
  function onFrame(frame) {
    serverClock.heard(frame.now);
    hearing.hear(frame);
  }

  /** @param {State} before @param {Frame} frame */
  function changed(before, frame) {
    wear(hearing.state().board);
    logo.wear(hearing.state().board);
    help.name(hearing.state().screen);
    lookback.heard(before, frame, performance.now());
    const isSame = JSON.stringify(before.screen) === JSON.stringify(hearing.state().screen);
    if (before.epoch && !isSame) operator.follow();
    painting.draw(frame.type === "changes");
    if (frame.type === "snapshot") coming.bring(); // after the first picture
  }

  /** @param {Status} status */
  function onStatus({ state: link }) {
    hearing.linked(link);
    if (link === "live") applied.restart();
    if (link === "refused") setTimeout(() => feed.reconnect(), RETRY_REFUSED_MS * (1 + Math.random()));
    root.dataset.link = link;
  }

  function tick() {
    hearing.tick(TICK_MS);
    painting.draw();
    const now = performance.now();
    if (hearing.isLive()) lookback.tick(root.dataset.scene, now);
    painting.tick(now);
  }

  function resized() {
    painting.resize(sizes.scale());
  }

  let resizing = 0;
  /** @param {number} ms */
  function resizedIn(ms) {
    clearTimeout(resizing);
    resizing = window.setTimeout(resized, ms);
  }

  function listen() {
    addEventListener("resize", () => resizedIn(RESIZED_AFTER_MS));
    addEventListener("keydown", operator.pressed);
    addEventListener("pointermove", help.pointed);
    document.addEventListener("visibilitychange", awake.ask);
    document.fonts.addEventListener("loadingdone", () => resizedIn(LETTERED_AFTER_MS));
  }

  addEventListener("error", fresh);
  addEventListener("unhandledrejection", fresh);
  const feed = openFeed({
    url: config.api,
    feed: "screen",
    screen: config.screen?.id,
    getCursor: () => {
      const { seq, epoch } = hearing.state();
      return epoch ? { seq, epoch } : null;
    },
    onFrame,
    onStatus,
    capMs: 3000,
  });
  listen();
  awake.ask();
  help.pointed();
  corner.setWords();
  painting.draw();
  setInterval(tick, TICK_MS);
}

createScreen();
