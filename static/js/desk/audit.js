// What an entry of the audit trail says: who did what, and to what. Pure.
// @ts-check
import { byId } from "../shared/board.js";
import { say } from "../shared/words.js";
import { label, WORDS } from "./words.js";

/**
 * @import {AuditLine, SceneName} from "../shared/wire"
 * @typedef {Omit<AuditLine, "at">} Entry
 */

const MOVE = "reorder-prepared";
const MOVES = "reordered-prepared"; // several of them, see gathered()

// The texts of the audit trail; pairs are off and on.
/** @type {Record<string, string | [off: string, on: string]>} */
const AUDIT = {
  visible: "desk-audit-visible",
  hidden: "desk-audit-hidden",
  pending: "desk-audit-pending",
  rejected: "desk-audit-rejected",
  pinned: ["desk-audit-unpinned", "desk-audit-pinned"],
  answered: ["desk-audit-reopened", "desk-audit-answered"],
  answer: "desk-audit-answer",
  answer_translations: "desk-audit-translated",
  session: "desk-audit-moved",
  owner: "desk-audit-owner",
  due: "desk-audit-due",
  set_aside: "desk-audit-aside",
  to: "desk-audit-corrected",
  present: "desk-audit-present",
  "webhook-added": "desk-audit-webhook-added",
  "webhook-removed": "desk-audit-webhook-removed",
  "screen-added": "desk-audit-screen-added",
  "screen-changed": "desk-audit-screen-changed",
  "screen-removed": "desk-audit-screen-removed",
  frozen: ["desk-audit-unfroze", "desk-audit-froze"],
  cards_open: ["desk-audit-cards-closed", "desk-audit-cards-opened"],
  premoderate_card: ["desk-audit-cards-at-once", "desk-audit-cards-wait"],
  premoderate_question: ["desk-audit-questions-at-once", "desk-audit-questions-wait"],
  "questions open": "desk-audit-questions-opened",
  "questions paused": "desk-audit-questions-paused",
  "questions closed": "desk-audit-questions-closed",
  "microphone first": "desk-audit-microphone",
  "microphone teams": "desk-audit-microphone",
  "microphone votes": "desk-audit-microphone",
  "microphone off": "desk-audit-microphone-off",
  "taken-up": "desk-audit-taken-up",
  later: "desk-audit-later",
  note: "desk-audit-note",
  "note-taken-back": "desk-audit-note-back",
  mute: "desk-audit-mute",
  unmute: "desk-audit-unmute",
  trust: "desk-audit-trust",
  untrust: "desk-audit-untrust",
  join: "desk-audit-join",
  part: "desk-audit-part",
  prepare: "desk-audit-prepare",
  "reword-prepared": "desk-audit-reword-prepared",
  "reorder-prepared": "desk-audit-reorder-prepared",
  "reordered-prepared": "desk-audit-reordered-prepared",
  unprepare: "desk-audit-unprepare",
  "add-prepared": "desk-audit-add-prepared",
  behalf: "desk-audit-behalf",
  "take-back-votes": "desk-audit-votes",
  "free-name": "desk-audit-free-name",
  "badge-moved": "desk-audit-badge-moved",
  "import-agenda": "desk-audit-import-agenda",
  "import-people": "desk-audit-import-people",
  "session-added": "desk-audit-session-added",
  "session-changed": "desk-audit-session-changed",
  "session-removed": "desk-audit-session-removed",
  shift: "desk-audit-shift",
  "person-added": "desk-audit-person-added",
  "person-changed": "desk-audit-person-changed",
  "people-merged": "desk-audit-people-merged",
  "person-removed": "desk-audit-person-removed",
  "person-erased": "desk-audit-person-erased",
  "person-undone": "desk-audit-person-undone",
  "revoke-undone": "desk-audit-revoke-undone",
  settings: "desk-audit-settings",
  team: "desk-audit-team",
  archive: "desk-audit-archive",
  unarchive: "desk-audit-unarchive",
  "retention-first": "desk-audit-retention",
  "retention-last": "desk-audit-retention",
  rehearsal: "desk-audit-rehearsal",
  simulated: "desk-audit-simulated",
  "simulated-stopped": "desk-audit-simulated-stopped",
  poster: "desk-audit-poster",
  "import-agenda-undone": "desk-audit-import-agenda-undone",
  "import-people-undone": "desk-audit-import-people-undone",
  link: "desk-audit-link",
  revoke: "desk-audit-revoke",
};

// The board stores no sentences, but who acted without a link, and what was counted, in these English words.
const COMMAND_LINE = "command line";
const COUNTED = /^(\d+) added, (\d+) changed$/;
const WITH_POSTS = /^(.*), with posts: (\d+)$/s;
const PRESENTED = /^(\w+): (.*)$/s;
const LINK = /^(moderator|organiser|screen|stage|kiosk) (.*)$/s;
/** @type {Record<string, string>} */
const ROLES = {
  moderator: "desk-role-moderator",
  organiser: "desk-role-organiser",
  screen: "desk-role-screen",
  kiosk: "desk-role-kiosk",
  stage: "desk-role-stage",
};

/** The key of its text, "" where there is none. @param {Entry} entry */
export function keyOf({ action, detail }) {
  const keys = AUDIT[action] ?? "";
  return Array.isArray(keys) ? keys[Number(detail === "on")] : keys;
}

const PAUSE_MS = 10 * 60_000;

/**
 * Taps of one person that follow each other without a long pause, and put prepared questions in order, as one entry with the time of the
 * last: what was done is one thing, and twenty lines of it would hide the others. The audit trail itself keeps each of them.
 * @param {AuditLine[]} entries newest first
 * @returns {AuditLine[]}
 */
export function gathered(entries) {
  const lines = /** @type {(AuditLine & {moves: number, first: string})[]} */ ([]);
  for (const entry of entries) {
    const last = lines.at(-1);
    if (
      last &&
      entry.action === MOVE &&
      last.action === MOVE &&
      last.actor === entry.actor &&
      near(entry.at, last.first)
    ) {
      last.moves += 1;
      last.first = entry.at;
    } else lines.push({ ...entry, moves: 1, first: entry.at });
  }
  return lines.map(({ moves, first, ...line }) =>
    moves > 1 ? { ...line, action: MOVES, detail: say("desk-audit-moves", { n: moves }) } : line,
  );
}

const near = (/** @type {string} */ at, /** @type {string} */ then) => Date.parse(then) - Date.parse(at) < PAUSE_MS;

/** @param {Entry} entry */
export const actorOf = ({ actor }) => (actor === COMMAND_LINE ? say("desk-command-line") : actor);

/** What it is about: a post by its name, or what the entry tells. @param {import("../shared/board.js").State} view @param {Entry} entry */
export function aboutEntry(view, { action, post, detail: whole }) {
  const detail = whole ?? "";
  if (action === "to") return detail; // who it was for, and who it is for now
  const known = byId(view, post);
  if (post) return known ? label(known) : WORDS.aPost;
  if (action === "present") return presented(detail);
  return described(detail);
}

/** A scene, and the names of the screens where there are several. @param {string} detail */
function presented(detail) {
  const [, scene, names] = PRESENTED.exec(detail) ?? ["", detail, ""];
  const shown = scene === "turns" ? WORDS.turns : (WORDS.scenes[/** @type {SceneName} */ (scene)] ?? scene);
  return names ? say("desk-audit-shown-on", { scene: shown, names }) : shown;
}

/** @param {string} detail */
function described(detail) {
  const counted = COUNTED.exec(detail);
  if (counted) return say("desk-audit-counted", { added: Number(counted[1]), changed: Number(counted[2]) });
  const withPosts = WITH_POSTS.exec(detail);
  if (withPosts) return say("desk-audit-with-posts", { name: withPosts[1], n: Number(withPosts[2]) });
  const link = LINK.exec(detail);
  return link ? say("desk-audit-link-of", { role: say(ROLES[link[1]]), name: link[2] }) : detail;
}
