// The line of a staff page to the server: frames become the state, a frame that is missing is asked for again, and a lost line is shown after a while.
// @ts-check
import { wear } from "./accent.js";
import { apply } from "./board.js";
import { openFeed } from "./feed.js";
import { createTrouble } from "./trouble.js";

const GAP_MS = 1000;
const TROUBLED_AFTER_MS = 1500;

/**
 * @import {FeedName, Frame} from "./wire"
 * @import {State} from "./board.js"
 * @import {Status} from "./feed.js"
 * @param {{url: string, known: {base: State}, clock: {heard: (now: string|undefined) => void},
 *   heard: (base: State, frame: Frame) => void, restored: () => void, refused: () => void, draw: () => void,
 *   feed?: FeedName, screen?: string}} desk screen: of a stage, its room
 */
export function createLine({
  url,
  feed: name = "moderate",
  screen = "",
  known,
  clock,
  heard,
  restored,
  refused,
  draw,
}) {
  const line = { status: /** @type {Status["state"]} */ ("connecting"), code: 0, troubled: false }; // troubled: without a connection for longer than a hiccup
  let gapTimer = 0;
  const trouble = createTrouble({ afterMs: TROUBLED_AFTER_MS, onTrouble: lose });
  const feed = openFeed({
    url,
    feed: name,
    screen,
    capMs: 5000,
    getCursor: () => (known.base.epoch ? { seq: known.base.seq, epoch: known.base.epoch } : null),
    onFrame,
    onStatus,
  });

  function onFrame(/** @type {Frame} */ frame) {
    clock.heard(frame.now);
    const next = apply(known.base, frame);
    if (!next) return feed.reconnect();
    watchForGap(frame);
    wear(next.board);
    heard(next, frame);
  }

  /** A beat ahead of us: what is missing is under way, or lost. */
  function watchForGap(/** @type {Frame} */ frame) {
    if (frame.type !== "beat" || frame.seq <= known.base.seq) return;
    clearTimeout(gapTimer);
    gapTimer = setTimeout(() => frame.seq > known.base.seq && feed.reconnect(), GAP_MS);
  }

  function onStatus(/** @type {Status} */ news) {
    line.status = news.state;
    line.code = news.code ?? line.code;
    if (trouble.update(line.status)) {
      line.troubled = false;
      restored();
    }
    if (line.status === "refused") refused();
    draw();
  }

  function lose() {
    line.troubled = Boolean(known.base.epoch);
    draw();
  }

  return line;
}
