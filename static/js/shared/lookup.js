// People who are offered while a name is typed, and which of them is marked: the one that Enter takes. The roster's last answer is kept: it is
// what can be offered at once.
// @ts-check
import { fold } from "./folding.js";
import { ended, keyOf, offersFor, settled, takenOf } from "./recipients.js";

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
  let shown = /** @type {One[]} */ ([]);
  let shownFor = ""; // this name, folded
  let chosen = ""; // by arrow keys: the person, not a place, where another may stand a moment later

  function reset() {
    roster = [];
    askedFor = "";
    shown = [];
    shownFor = "";
    chosen = "";
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
    offer();
    answered();
  }

  /** Resolves when the roster has answered for this name, or had its time. @param {string} name */
  async function sure(name) {
    if (isAsked(name) || chosen) return;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
    try {
      await ask(name, abort.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  const isAsked = (/** @type {string} */ text) => askedFor === fold(text);
  const isShownFor = (/** @type {string} */ name) => shownFor === fold(name);
  const mustBeListed = (/** @type {string} */ name) => strict && isAsked(name) && !isSelf({ name });

  /** @param {string} text */
  function offers(text) {
    const { teams, posts } = getBoard();
    return offersFor(text, { teams, posts: posts.values(), taken: getTaken(), roster, asked: isAsked(text), isSelf });
  }

  /** For the name that is typed, or was just ended: then a comma takes what was marked. */
  function offer() {
    const name = ended(typed())?.name ?? typed();
    const next = offers(name);
    shown = isShownFor(name) ? settled(shown, next, marked(name)) : next;
    shownFor = fold(name);
    if (!shown.some((one) => keyOf(one) === chosen)) chosen = "";
  }

  /** What Enter, a comma and Send take for this name. Null: nobody. */
  const marked = (name = typed()) =>
    takenOf(isShownFor(name) ? shown : offers(name), { typed: name, chosen, strict: mustBeListed(name) });

  /** The mark goes to the row below or above, round and round. @param {1|-1} by */
  function step(by) {
    const { length } = shown;
    const next = shown[(shown.indexOf(/** @type {One} */ (marked())) + by + length) % length];
    chosen = next ? keyOf(next) : "";
  }

  /** What the list shows: `strict`, nobody else is on the roster; `looking`, it has not answered yet. */
  const seen = (name = typed()) => ({
    shown,
    marked: marked(),
    strict: mustBeListed(name),
    looking: Boolean(name.trim()) && !isAsked(name) && !ended(name),
  });

  return { reset, ask, sure, mustBeListed, offer, marked, step, seen };
}
