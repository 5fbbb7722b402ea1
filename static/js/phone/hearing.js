// What the phone hears of its board: the snapshot, the frames after it, and whether there is a connection at all.
// @ts-check
import { wear } from "../shared/accent.js";
import { api, problemOf } from "../shared/api.js";
import { apply } from "../shared/board.js";
import { openFeed } from "../shared/feed.js";
import { createTrouble } from "../shared/trouble.js";
import { say as tell } from "../shared/words.js";
import { isMe, tidingsOf } from "./forme.js";
import { buzz } from "./saying.js";

/** @import { State } from "../shared/board.js" */
/** @import { Line, Status } from "../shared/feed.js" */
/** @import { BeatFrame, ChangesFrame, Frame } from "../shared/wire" */
/** @import { Own, Say } from "./types" */
/** @import { Who } from "./who.js" */

const SNAPSHOT_PATIENCE_MS = 6000;
const GAP_MS = 1000;
const TROUBLED_AFTER_MS = 2500;

/**
 * @param {{url: string, held: {board: State}, clock: {heard(now?: string): void},
 *   own: Own, self: () => Who, say: Say, onSnapshot: () => void, onConnected: () => void,
 *   onChange: () => void}} page
 */
export function createHearing({ url, held, clock, own, self, say, onSnapshot, onConnected, onChange }) {
  let feed = /** @type {ReturnType<typeof openFeed>|null} */ (null);
  let status = /** @type {Line} */ ("connecting");
  let gapTimer = 0;
  const trouble = createTrouble({ afterMs: TROUBLED_AFTER_MS, onTrouble: onChange });

  /**
   * The snapshot over HTTP, compressed, and the feed goes on from there; without it the feed brings one.
   * @returns {Promise<boolean>} false: there is no such board
   */
  async function start() {
    connection({ state: "connecting" });
    try {
      await Promise.race([loadSnapshot(), new Promise((done) => setTimeout(done, SNAPSHOT_PATIENCE_MS))]);
    } catch (problem) {
      if (problemOf(problem).status === 404) return gone();
    }
    const getCursor = () => (held.board.epoch ? { seq: held.board.seq, epoch: held.board.epoch } : null);
    feed = openFeed({ url, getCursor, onFrame: heard, onStatus: connection });
    return true;
  }

  async function loadSnapshot() {
    const snapshot = await api.snapshot();
    if (!held.board.epoch) heard({ type: "snapshot", ...snapshot }); // the feed may have been quicker
  }

  function gone() {
    connection({ state: "refused" });
    return false;
  }

  /** @param {Frame} frame */
  function heard(frame) {
    clock.heard(frame.now);
    if (frame.type === "mine") return own.heard(frame.posts);
    if (frame.type === "beat") return checkBeat(frame);
    const before = held.board;
    const next = apply(before, frame);
    if (!next) return feed?.reconnect();
    held.board = next;
    wear(next.board);
    if (frame.type === "changes") tellOfCards(frame, before);
    else if (frame.type === "snapshot") heardWhole(before);
    onChange();
  }

  /**
   * Somebody celebrates me: that is worth a line, whatever one looks at.
   * @param {ChangesFrame} frame @param {State} before
   */
  function tellOfCards(frame, before) {
    const { card, left } = tidingsOf(frame, before, self(), held.board.teams);
    for (const id of left) own.received.delete(id);
    if (!card) return;
    say(celebrated(card.author?.name, Boolean(card.to?.some(isMe(self())))), "ok");
    buzz();
  }

  /** @param {State} before */
  function heardWhole(before) {
    own.received.clear();
    // Messages to the author alone come only by a connection.
    // Where this frame is not its first, some of it may be missing.
    if (status === "slow" || before.epoch) own.load();
    onSnapshot();
  }

  /** The board's number ran ahead of ours and no changes followed: something got lost. @param {BeatFrame} frame */
  function checkBeat({ seq }) {
    clearTimeout(gapTimer);
    const isBehind = () => seq > held.board.seq;
    if (isBehind()) gapTimer = setTimeout(() => isBehind() && feed?.reconnect(), GAP_MS);
  }

  /** @param {Pick<Status, "state">} status */
  function connection({ state }) {
    status = state;
    if (trouble.update(state)) onConnected();
    onChange();
  }

  return { start, status: () => status, isTroubled: trouble.is };
}

/** @param {string|undefined} name of the author @param {boolean} isMine else it is for the team */
function celebrated(name, isMine) {
  if (name) return isMine ? tell("you-are-celebrated", { name }) : tell("team-is-celebrated", { name });
  return tell(isMine ? "you-are-celebrated-by-somebody" : "team-is-celebrated-by-somebody");
}
