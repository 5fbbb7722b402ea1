// What was done on the desk, by this moderator or by somebody else, in words. Pure.
// @ts-check
import { say } from "../shared/words.js";

/** @import {Post, Taking} from "../shared/wire" */

/** @type {Record<Taking, string>} */
const SESSIONS = {
  open: "desk-session-now-open",
  paused: "desk-session-now-paused",
  closed: "desk-session-now-closed",
};

/**
 * @typedef {(name: string) => string} Describe by the name of somebody
 * @type {{[Done in import("./queue.js").Deed]: Describe}}
 */
const OTHERS = {
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
  aside: (name) => say("desk-others-aside", { name }),
  "back-again": (name) => say("desk-others-back-again", { name }),
  given: (name) => say("desk-others-given", { name }),
  ungiven: (name) => say("desk-others-ungiven", { name }),
};

/** @type {Record<string, Describe>} */
const FASTER = {
  approved: (name) => say("desk-faster-approved", { name }),
  restored: (name) => say("desk-faster-restored", { name }),
  held: (name) => say("desk-faster-held", { name }),
  withdrawn: () => say("desk-faster-withdrawn"),
};

export const WORDS = {
  others: OTHERS,
  somebody: say("desk-another-moderator"),
  not: (/** @type {string} */ words, /** @type {string} */ detail) =>
    say("desk-not-done", { act: words.replace(/\.$/, ""), detail }),
  pinned: [say("desk-did-unpin"), say("desk-did-pin")],
  answered: [say("desk-did-reopen"), say("desk-did-answered")],
  moved: say("desk-did-move"),
  corrected: say("desk-did-correct"),
  spotlight: [say("desk-did-spotlight-off"), say("desk-did-spotlight")],
  frozen: [say("desk-did-unfreeze"), say("desk-did-freeze")],
  blank: [say("desk-did-unblank"), say("desk-did-blank")],
  scene: (/** @type {string} */ name) => say("desk-did-scene", { name }),
  turns: say("desk-did-turns"),
  freed: (/** @type {string} */ name, /** @type {boolean} */ along) =>
    say(along ? "desk-did-free-along" : "desk-did-free", { name }),
  twoTurns: say("desk-two-turns"),
  premoderate: {
    card: [say("desk-did-cards-at-once"), say("desk-did-cards-wait")],
    question: [say("desk-did-questions-at-once"), say("desk-did-questions-wait")],
  },
  cardsOpen: [say("desk-did-cards-close"), say("desk-did-cards-open")],
  session: (/** @type {string} */ title, /** @type {Taking} */ state) => say(SESSIONS[state], { title }),
  muted: [say("desk-did-unmute"), say("desk-did-mute")],
  nothingToUndo: say("desk-nothing-to-undo"),
  onBoardAlready: say("desk-on-board-already"),
  heldAlready: say("desk-held-already"),
  takenBack: say("desk-taken-back"),
  onlyQuestions: say("desk-only-questions"),
  onlyVisible: say("desk-only-visible"),
  votesTaken: (/** @type {number} */ votes, /** @type {number} */ questions) =>
    say("desk-votes-taken", { votes, questions }),
  newsShown: (/** @type {number} */ n) => say("desk-news-shown", { n }),
  anonymous: say("desk-this-author"),
};

/** @type {Record<string, string>} */
const DONE = { visible: "approved", hidden: "held", rejected: "held", withdrawn: "withdrawn" };

/**
 * "Rin approved this a moment ago." The move that was asked for is still shown, so only the state it has now tells.
 * @param {Post} now
 */
export function faster(now) {
  const done = DONE[String(now.state)];
  return done ? FASTER[done](now.moderated_by || WORDS.somebody) : "";
}

/** Why a post cannot be moved. @param {Post} post */
export const whyNot = (post) =>
  ({ visible: WORDS.onBoardAlready, withdrawn: WORDS.takenBack })[String(post.state)] ?? WORDS.heldAlready;
