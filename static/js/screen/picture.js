// The large screen as a small live picture at the desk: the same page and the same scenes. What is shown comes from the page around it, so
// it needs no connection of its own and no keys.
// @ts-check
import { wear } from "../shared/accent.js";
import { emptyBoard } from "../shared/board.js";
import { readConfig } from "../shared/config.js";
import { askBridges, askStory, askTotals } from "./asked.js";
import { createBridges } from "./bridges.js";
import { createCorner } from "./corner.js";
import { createLines } from "./lines.js";
import { createLogo } from "./logo.js";
import { createPainting } from "./painting.js";
import { drawnOf, findParts } from "./parts.js";
import { openRecap } from "./recap.js";
import { createScenes } from "./scenes.js";
import { keepShell } from "./shell.js";
import { createSizes } from "./sizes.js";
import { createStory } from "./story.js";

/** @import { Handed } from "../shared/shots.js" */

const TICK_MS = 1000;
const LETTERED_AFTER_MS = 50; // faces of type come one after the other

function createPicture() {
  const config = readConfig();
  const root = document.documentElement;
  const parts = findParts();
  /** @type {Handed} */
  const held = { state: emptyBoard(), lease: "safe", now: () => Date.now(), news: false };
  let inSight = true;

  const { own } = keepShell({ drawn: drawnOf(parts), startOver: () => painting.startOver() });
  const sizes = createSizes(window);
  const corner = createCorner({ parts });
  const recap = openRecap({ place: parts.recap });
  const scenes = createScenes({
    parts,
    own,
    look: sizes.look,
    wallLook: sizes.wall,
    room: corner.room,
    recap: () => recap,
  });
  const lines = createLines({ parts, title: config.title ?? "" });
  const logo = createLogo({ places: /** @type {HTMLImageElement[]} */ ([parts.logo, parts["slide-logo"]]) });
  const bridges = createBridges({ ask: askBridges, changed: () => painting.draw() });
  const story = createStory({ ask: askStory, changed: () => painting.draw() });
  const counted = createStory({ ask: askTotals, changed: () => painting.draw() });
  const painting = createPainting({
    root,
    own,
    hearing: {
      age: () => {},
      state: () => held.state,
      lease: () => held.lease,
      isLive: () => held.lease === "live",
    },
    operator: { scene: () => null, stage: () => null },
    bridges: bridges.known,
    story: story.known,
    counted: counted.known,
    scenes,
    lines,
    corner,
    serverNow: () => held.now(),
    painted: () => {},
    failed: () => {},
  });

  /** @param {Event} event */
  function heard(event) {
    Object.assign(held, /** @type {CustomEvent<Handed>} */ (event).detail);
    wear(held.state.board);
    logo.wear(held.state.board);
    if (inSight) painting.draw(held.news);
  }

  function tick() {
    if (!inSight || document.hidden) return;
    painting.draw();
    if (root.dataset.scene === "map" && held.state.epoch) bridges.want(held.state, performance.now());
    if (root.dataset.scene === "recap" && held.state.epoch)
      for (const one of [story, counted]) one.want(held.state, performance.now());
    painting.tick(performance.now());
  }

  let lettering = 0;
  function lettered() {
    clearTimeout(lettering);
    lettering = window.setTimeout(() => painting.resize(sizes.scale()), LETTERED_AFTER_MS);
  }

  /** A picture that nobody sees costs nothing. */
  function watch() {
    new IntersectionObserver((seen) => {
      inSight = Boolean(seen.at(-1)?.isIntersecting); // a busy page hears of several at once, the newest last
      if (inSight) painting.draw();
    }).observe(parts.slide.parentElement ?? root);
  }

  root.classList.add("no-cursor", "is-picture");
  document.addEventListener("board", heard);
  document.fonts.addEventListener("loadingdone", lettered);
  corner.setWords();
  painting.draw();
  watch();
  setInterval(tick, TICK_MS);
}

createPicture();
