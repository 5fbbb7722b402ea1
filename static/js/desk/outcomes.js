// What was done on the desk, by this moderator or by somebody else, in words. Pure.
// @ts-check
import { byId } from "../shared/board.js";
import { WORDS as LABELS, label } from "./words.js";

export const WORDS = {
  others: {
    approved: (name) => `Approved by ${name}`,
    restored: (name) => `Put back by ${name}`,
    held: (name) => `Held by ${name}`,
    back: (name) => `Put back to waiting by ${name}`,
    withdrawn: () => "Taken back by its author",
    edited: () => "Its author has changed the text.",
    readdressed: () => "Its author has changed the recipient.",
    corrected: (name) => `Recipient corrected by ${name}`,
    pinned: (name) => `Pinned by ${name}`,
    unpinned: (name) => `Unpinned by ${name}`,
    answered: (name) => `Marked answered by ${name}`,
    reopened: (name) => `Opened again by ${name}`,
    answer: (name) => `Answer written by ${name}`,
    moved: (name) => `Moved to another session by ${name}`,
  },
  faster: {
    approved: (name) => `${name} approved this a moment ago.`,
    restored: (name) => `${name} put this back a moment ago.`,
    held: (name) => `${name} held this a moment ago.`,
    withdrawn: () => "Its author has just taken this back.",
  },
  somebody: "Another moderator",
  not: (words, detail) => `“${words.replace(/\.$/, "")}” did not go through. ${detail}`,
  pinned: ["Unpinned", "Pinned"],
  answered: ["Open again", "Marked answered"],
  answer: "Answer saved",
  moved: "Moved",
  corrected: "Recipient corrected",
  spotlight: ["Spotlight off", "In the spotlight"],
  frozen: ["Unfrozen", "Frozen"],
  blank: ["Screen on again", "Screen blank"],
  scene: (name) => `Screen: ${name}`,
  turns: "Scenes take turns",
  freed: (name, along) => `${name} can be taken on another phone now.${along ? " Their posts go along." : ""}`,
  twoTurns: "It takes two scenes to take turns.",
  premoderate: {
    card: ["Cards appear at once", "Cards wait for you"],
    question: ["Questions appear at once", "Questions wait for you"],
  },
  cardsOpen: ["Cards are closed", "Cards are open"],
  session: (title, state) => `${title}: ${state.toLowerCase()}`,
  muted: ["May post again", "Muted"],
  // of the audit trail; pairs are off and on
  audit: {
    visible: "approved",
    hidden: "took off the board",
    pending: "took back the approval of",
    rejected: "held",
    pinned: ["unpinned", "pinned"],
    answered: ["opened again", "marked answered"],
    answer: "wrote an answer to",
    session: "moved",
    to: "corrected a recipient:",
    present: "put on the screen:",
    frozen: ["unfroze the board", "froze the board"],
    cards_open: ["closed the cards", "opened the cards"],
    premoderate_card: ["let cards appear at once", "has cards wait"],
    premoderate_question: ["let questions appear at once", "has questions wait"],
    "questions open": "opened the questions of",
    "questions paused": "paused the questions of",
    "questions closed": "closed the questions of",
    mute: "muted an author",
    unmute: "let an author post again",
    "take-back-votes": "took back the votes",
    "free-name": "freed the name of",
    link: "made a link:",
    revoke: "took back a link:",
  },
  nothingToUndo: "Nothing to undo.",
  onBoardAlready: "It is on the board already.",
  heldAlready: "It is held already.",
  takenBack: "Its author has taken this back.",
  onlyQuestions: "Only questions can be marked answered.",
  onlyVisible: "Only what is on the board can be pinned or shown.",
  votesTaken: (votes, questions) =>
    votes
      ? `${votes === 1 ? "1 vote" : `${votes} votes`} taken back, from ${questions === 1 ? "1 question" : `${questions} questions`}.`
      : "No phone that came since then had voted.",
  newsShown: (n) => (n === 1 ? "1 new post shown." : `${n} new posts shown.`),
  anonymous: "this author",
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
