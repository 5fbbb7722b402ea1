// What was done on the desk, by this moderator or by somebody else, in words. Pure.
// @ts-check
import { byId } from "../shared/board.js";
import { say } from "../shared/words.js";
import { WORDS as LABELS, label } from "./words.js";

const SESSIONS = {
  open: "desk-session-now-open",
  paused: "desk-session-now-paused",
  closed: "desk-session-now-closed",
};

export const WORDS = {
  others: {
    approved: (name) => say("desk-others-approved", { name }),
    restored: (name) => say("desk-others-restored", { name }),
    held: (name) => say("desk-held-by", { name }),
    back: (name) => say("desk-others-back", { name }),
    withdrawn: () => say("desk-others-withdrawn"),
    edited: () => say("desk-others-edited"),
    readdressed: () => say("desk-others-readdressed"),
    corrected: (name) => say("desk-others-corrected", { name }),
    pinned: (name) => say("desk-others-pinned", { name }),
    unpinned: (name) => say("desk-others-unpinned", { name }),
    answered: (name) => say("desk-others-answered", { name }),
    reopened: (name) => say("desk-others-reopened", { name }),
    answer: (name) => say("desk-others-answer", { name }),
    moved: (name) => say("desk-others-moved", { name }),
  },
  faster: {
    approved: (name) => say("desk-faster-approved", { name }),
    restored: (name) => say("desk-faster-restored", { name }),
    held: (name) => say("desk-faster-held", { name }),
    withdrawn: () => say("desk-faster-withdrawn"),
  },
  somebody: say("desk-another-moderator"),
  not: (words, detail) => say("desk-not-done", { act: words.replace(/\.$/, ""), detail }),
  pinned: [say("desk-did-unpin"), say("desk-did-pin")],
  answered: [say("desk-did-reopen"), say("desk-did-answered")],
  answer: say("desk-did-answer"),
  moved: say("desk-did-move"),
  corrected: say("desk-did-correct"),
  spotlight: [say("desk-did-spotlight-off"), say("desk-did-spotlight")],
  frozen: [say("desk-did-unfreeze"), say("desk-did-freeze")],
  blank: [say("desk-did-unblank"), say("desk-did-blank")],
  scene: (name) => say("desk-did-scene", { name }),
  turns: say("desk-did-turns"),
  freed: (name, along) => say(along ? "desk-did-free-along" : "desk-did-free", { name }),
  twoTurns: say("desk-two-turns"),
  premoderate: {
    card: [say("desk-did-cards-at-once"), say("desk-did-cards-wait")],
    question: [say("desk-did-questions-at-once"), say("desk-did-questions-wait")],
  },
  cardsOpen: [say("desk-did-cards-close"), say("desk-did-cards-open")],
  session: (title, state) => say(SESSIONS[state], { title }),
  muted: [say("desk-did-unmute"), say("desk-did-mute")],
  // of the audit trail; pairs are off and on
  audit: {
    visible: say("desk-audit-visible"),
    hidden: say("desk-audit-hidden"),
    pending: say("desk-audit-pending"),
    rejected: say("desk-audit-rejected"),
    pinned: [say("desk-audit-unpinned"), say("desk-audit-pinned")],
    answered: [say("desk-audit-reopened"), say("desk-audit-answered")],
    answer: say("desk-audit-answer"),
    session: say("desk-audit-moved"),
    to: say("desk-audit-corrected"),
    present: say("desk-audit-present"),
    frozen: [say("desk-audit-unfroze"), say("desk-audit-froze")],
    cards_open: [say("desk-audit-cards-closed"), say("desk-audit-cards-opened")],
    premoderate_card: [say("desk-audit-cards-at-once"), say("desk-audit-cards-wait")],
    premoderate_question: [say("desk-audit-questions-at-once"), say("desk-audit-questions-wait")],
    "questions open": say("desk-audit-questions-opened"),
    "questions paused": say("desk-audit-questions-paused"),
    "questions closed": say("desk-audit-questions-closed"),
    mute: say("desk-audit-mute"),
    unmute: say("desk-audit-unmute"),
    "take-back-votes": say("desk-audit-votes"),
    "free-name": say("desk-audit-free-name"),
    "badge-moved": say("desk-audit-badge-moved"),
    link: say("desk-audit-link"),
    revoke: say("desk-audit-revoke"),
  },
  nothingToUndo: say("desk-nothing-to-undo"),
  onBoardAlready: say("desk-on-board-already"),
  heldAlready: say("desk-held-already"),
  takenBack: say("desk-taken-back"),
  onlyQuestions: say("desk-only-questions"),
  onlyVisible: say("desk-only-visible"),
  votesTaken: (votes, questions) => say("desk-votes-taken", { votes, questions }),
  newsShown: (n) => say("desk-news-shown", { n }),
  anonymous: say("desk-this-author"),
};

const DONE = { visible: "approved", hidden: "held", rejected: "held", withdrawn: "withdrawn" };

/**
 * "Rin approved this a moment ago." The move that was asked for is still shown, so only the state it has now tells.
 * @param {import("./queue.js").Post} now
 */
export function faster(now) {
  const done = DONE[String(now.state)];
  return done ? WORDS.faster[done](now.moderated_by || WORDS.somebody) : "";
}

/** Why a post cannot be moved. @param {import("./queue.js").Post} post */
export const whyNot = (post) =>
  ({ visible: WORDS.onBoardAlready, withdrawn: WORDS.takenBack })[String(post.state)] ?? WORDS.heldAlready;

/** What an entry of the audit trail says was done. @param {{action: string, detail?: string}} entry */
export function wordsOf({ action, detail }) {
  const words = WORDS.audit[action];
  return Array.isArray(words) ? words[Number(detail === "on")] : (words ?? action.replace(/_/g, " "));
}

/** What an entry of the audit trail is about. @param {import("../shared/board.js").State} view @param {any} entry */
export function aboutEntry(view, { action, post, detail }) {
  if (action === "to") return detail; // who it was for, and who it is for now
  if (post) return byId(view, post) ? label(/** @type {any} */ (byId(view, post))) : "";
  return Array.isArray(WORDS.audit[action]) || ["mute", "unmute"].includes(action)
    ? ""
    : (LABELS.scenes[detail] ?? detail ?? "");
}
