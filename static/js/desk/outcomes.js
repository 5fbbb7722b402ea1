// What was done on the desk, by this moderator or by somebody else, in words. Pure.
// @ts-check
import { say } from "../shared/words.js";

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
 * @param {import("../shared/wire").Post} now
 */
export function faster(now) {
  const done = DONE[String(now.state)];
  return done ? WORDS.faster[done](now.moderated_by || WORDS.somebody) : "";
}

/** Why a post cannot be moved. @param {import("../shared/wire").Post} post */
export const whyNot = (post) =>
  ({ visible: WORDS.onBoardAlready, withdrawn: WORDS.takenBack })[String(post.state)] ?? WORDS.heldAlready;
