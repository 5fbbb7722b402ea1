// What the phone says beside its button: why one cannot send here, and what will happen to what one sends. Pure.
// @ts-check
import { say } from "../shared/words.js";

/** @import { State } from "../shared/board.js" */
/** @import { Line } from "../shared/feed.js" */
/** @import { Kind } from "../shared/wire" */
/** @import { Entry } from "./outbox.js" */

// The texts by kind of post, and by state of a session's questions.
/** @type {Record<string, string>} */
const WAITING = { card: "waits-card", question: "waits-question" };
/** @type {Record<string, string>} */
const RESTING = { card: "resting-card", question: "resting-question" };
/** @type {Record<string, string>} */
const READ = { card: "read-first-card", question: "read-first-question" };
const NOT_OPEN = { paused: "asking-paused", closed: "asking-closed" };

/**
 * @typedef {{board: State, status: Line, troubled: boolean, cookie: boolean,
 *   muted: boolean, full: boolean, said: {words: string, kind: string}, entries: Entry[]}} Facts
 *   status: of the feed; troubled: without a connection for longer than a hiccup; cookie: it comes back;
 *   full: the phone's storage; said: the toast; entries: what waits to be sent
 */

/** What is sent to a lane. @param {string} lane @returns {Kind} */
export const kindOf = (lane) => (lane === "ask" ? "question" : "card");

const questionsOf = (/** @type {State} */ { sessions }, /** @type {string|undefined} */ id) =>
  sessions.find((one) => one.id === id)?.questions;

/** Does the board take such a post? @param {Facts} facts @param {string} kind @param {string} [session] */
export function isOpen({ board, status, muted }, kind, session) {
  if (status === "refused" || !board.board || muted) return false;
  if (kind === "card") return board.board.cards_open !== false;
  return !session || questionsOf(board, session) === "open";
}

/**
 * Why one cannot send here, or what will happen to what one sends.
 * @param {Facts} facts @param {string} kind @param {string} [session]
 */
export function closedNote({ board, muted }, kind, session) {
  if (!board.board) return "";
  if (muted) return say("phone-muted");
  if (kind === "card" && !board.board.cards_open) return say("no-cards-now");
  const state = kind === "question" && questionsOf(board, session);
  if (state === "paused" || state === "closed") return say(NOT_OPEN[state]);
  return board.board.frozen ? say(RESTING[kind]) : "";
}

/** The line of the sheet. @param {Facts} facts @param {Kind} kind @param {string} [session] */
export function sheetNote(facts, kind, session) {
  if (!facts.cookie) return say("no-cookies");
  if (facts.troubled) return say(WAITING[kind]);
  return closedNote(facts, kind, session) || (facts.board.board?.premoderate?.[kind] ? say(READ[kind]) : "");
}

/**
 * The line at the button.
 * @param {Facts} facts @param {string} lane @param {string} session @returns {{words: string, kind: string}}
 */
export function dockNote(facts, lane, session) {
  if (facts.status === "refused") return { words: say("board-moved"), kind: "bad" };
  if (!facts.cookie) return { words: say("no-cookies"), kind: "bad" };
  if (facts.full) return { words: say("phone-full"), kind: "bad" };
  if (facts.said.words) return facts.said;
  const kind = kindOf(lane);
  if (facts.troubled) {
    const waits = facts.entries.some((entry) => entry.body.kind === kind);
    return { words: say(waits ? WAITING[kind] : "offline-write-already"), kind: "warn" };
  }
  const closed = lane === "me" ? "" : closedNote(facts, kind, session);
  if (facts.status === "slow" && !closed) return { words: say("network-slow"), kind: "warn" };
  return { words: closed, kind: "calm" };
}
