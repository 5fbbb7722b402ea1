// What the phone says beside its button: why one cannot send here, and what will happen to what one sends. Pure.
// @ts-check

const WORDS = {
  waiting: {
    card: "Waiting for the Wi-Fi: your card is safe on this phone.",
    question: "Waiting for the Wi-Fi: your question is safe on this phone.",
  },
  full: "This phone’s storage is full. Please leave this page open until everything is sent.",
  offline: "Waiting for the Wi-Fi. You can write already: it goes out by itself.",
  slow: "This network lets nothing through live: news come every few seconds.",
  refused: "This board is closed, or was moved. Please ask for the new code.",
  resting: {
    card: "The board is resting: your card will wait for a moderator.",
    question: "The board is resting: your question will wait for a moderator.",
  },
  read: { card: "A moderator reads each card first.", question: "A moderator reads each question first." },
  cardsClosed: "No new cards for now. You can still read and applaud.",
  paused: "Questions to this session are paused. You can still vote.",
  closed: "Questions to this session are closed.",
  muted: "A moderator has paused posting from this phone. You can read and vote.",
  noCookie:
    "This browser blocks cookies, so the board cannot take what you write. " +
    "Please allow cookies for this page, or open it in another browser.",
};

/**
 * @typedef {{board: import("../shared/board.js").State, status: string, troubled: boolean, cookie: boolean,
 *   muted: boolean, full: boolean, said: {words: string, kind: string}, entries: import("./outbox.js").Entry[]}} Facts
 *   status: of the feed; troubled: without a connection for longer than a hiccup; cookie: it comes back;
 *   full: the phone's storage; said: the line that is said for a while; entries: what waits to be sent
 */

/** What is sent to a lane. @param {string} lane */
export const kindOf = (lane) => (lane === "ask" ? "question" : "card");

const questionsOf = ({ sessions }, id) => sessions.find((one) => one.id === id)?.questions;

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
  if (muted) return WORDS.muted;
  if (kind === "card" && !board.board.cards_open) return WORDS.cardsClosed;
  const state = kind === "question" && questionsOf(board, session);
  if (state === "paused" || state === "closed") return WORDS[state];
  return board.board.frozen ? WORDS.resting[kind] : "";
}

/** The line of the sheet. @param {Facts} facts @param {string} kind @param {string} [session] */
export function sheetNote(facts, kind, session) {
  if (!facts.cookie) return WORDS.noCookie;
  if (facts.troubled) return WORDS.waiting[kind];
  return closedNote(facts, kind, session) || (facts.board.board?.premoderate?.[kind] ? WORDS.read[kind] : "");
}

/**
 * The line at the button.
 * @param {Facts} facts @param {string} lane @param {string} session @returns {{words: string, kind: string}}
 */
export function dockNote(facts, lane, session) {
  if (facts.status === "refused") return { words: WORDS.refused, kind: "bad" };
  if (!facts.cookie) return { words: WORDS.noCookie, kind: "bad" };
  if (facts.full) return { words: WORDS.full, kind: "bad" };
  if (facts.said.words) return facts.said;
  const kind = kindOf(lane);
  if (facts.troubled) {
    const waits = facts.entries.some((entry) => entry.body.kind === kind);
    return { words: waits ? WORDS.waiting[kind] : WORDS.offline, kind: "warn" };
  }
  const closed = lane === "me" ? "" : closedNote(facts, kind, session);
  if (facts.status === "slow" && !closed) return { words: WORDS.slow, kind: "warn" };
  return { words: closed, kind: "calm" };
}
