// Looks for people on the roster while a name is typed. The last answer is kept: it is what can be offered at once.
// @ts-check
import { fold } from "./folding.js";
import { ended, offersFor } from "./recipients.js";

const PATIENCE_MS = 2000; // for the roster, when Enter or Send wait for it

/**
 * @import {Person} from "./wire"
 * @import {One} from "./recipients.js"
 * @param {{getBoard: () => import("./board.js").State, isSelf: (one: One) => boolean, getTaken: () => One[], typed: () => string,
 *   findPeople: (q: string, signal: AbortSignal) => Promise<{people: Person[]}>,
 *   hasRoster: () => boolean, answered: () => void}} sheet
 *   getTaken: the people named already; answered: other people may be offered now
 */
export function createLookup({ getBoard, isSelf, getTaken, typed, findPeople, hasRoster, answered }) {
  let roster = /** @type {One[]} */ ([]); // found for `askedFor`
  let askedFor = "";
  let strict = false; // there is a roster, and it has answered

  function reset() {
    roster = [];
    askedFor = "";
  }

  /** @param {string} text @param {AbortSignal} signal */
  async function ask(text, signal) {
    if (!text.trim()) return;
    let people = /** @type {Person[]} */ ([]);
    strict = hasRoster();
    try {
      people = (await findPeople(text.trim(), signal)).people;
    } catch {
      if (signal.aborted && ended(typed()) === null && fold(text) !== fold(typed())) return; // typed on
      strict = false; // no answer: nobody can say that nobody is called so
    }
    roster = people.map(({ id, name, team }) => ({ person: id, name, ...(team ? { team } : {}) }));
    askedFor = fold(text);
    answered();
  }

  /** Resolves when the roster has answered for this name, or had its time. @param {string} name */
  async function sure(name) {
    if (isAsked(name)) return;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
    try {
      await ask(name, abort.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  const isAsked = (/** @type {string} */ text) => askedFor === fold(text);

  /** @param {string} text */
  function offers(text) {
    const { teams, posts } = getBoard();
    return offersFor(text, { teams, posts: posts.values(), taken: getTaken(), roster, asked: isAsked(text), isSelf });
  }

  return { reset, ask, sure, isAsked, offers, isStrict: () => strict };
}
