// What somebody else did to a row: a note on it, or a ghost where it leaves the list. Each goes after a while.
// @ts-check
import { WORDS } from "./outcomes.js";
import { deed } from "./queue.js";

const GHOST_MS = 5000;
const CONFLICT_MS = 8000;
const NOTE_MS = 6000;
const NOTE_OF_AUTHOR_MS = 5 * NOTE_MS; // another text has to be read

/**
 * @import {Post} from "../shared/wire"
 * @typedef {{words: string, kind: string, until: number}} Mark
 * @typedef {ReturnType<typeof createMarks>} Marks
 */

/** @param {{me: string}} desk */
export function createMarks({ me }) {
  const ghosts = /** @type {Map<string, Mark>} */ (new Map()); // id → why it leaves
  const notes = /** @type {Map<string, Mark>} */ (new Map()); // id → what was done to it
  /** @param {Map<string, Mark>} marks @param {string} id @param {string} words @param {string} kind @param {number} ms */
  const mark = (marks, id, words, kind, ms) => marks.set(id, { words, kind, until: performance.now() + ms });

  /** @param {string} id @param {Post|undefined} was @param {Post|undefined} is */
  function leaves(id, was, is) {
    const done = was && is ? deed(was, is) : "";
    if (!done) return; // not acted upon: it fits the filters no more, or is older than what the server sends
    mark(ghosts, id, WORDS.others[done](is?.moderated_by || WORDS.somebody), "ghost", GHOST_MS);
  }

  /** @param {string} id @param {Post} was @param {Post} is */
  function stays(id, was, is) {
    const done = deed(was, is);
    const byAuthor = done === "edited" || done === "readdressed";
    if (!done || (!byAuthor && (!is.moderated_by || is.moderated_by === me))) return;
    mark(
      notes,
      id,
      WORDS.others[done](is.moderated_by ?? WORDS.somebody),
      byAuthor ? "edited" : "note",
      byAuthor ? NOTE_OF_AUTHOR_MS : NOTE_MS,
    );
  }

  const conflict = (/** @type {string} */ id, /** @type {string} */ words) =>
    mark(ghosts, id, words, "conflict", CONFLICT_MS);

  /** @param {number} now @param {(id: string) => void} leaving called before a ghost goes @returns {boolean} something went */
  function expire(now, leaving) {
    let gone = false;
    for (const [id, note] of notes) if (note.until <= now) gone = notes.delete(id);
    for (const [id, ghost] of ghosts) {
      if (ghost.until > now) continue;
      gone = true;
      leaving(id);
      ghosts.delete(id);
    }
    return gone;
  }

  return { ghosts, notes, leaves, stays, conflict, expire };
}
