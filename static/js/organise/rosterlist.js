// The roster as the organiser sees it: searched while typing, page after page.
// @ts-check
import { problemOf } from "../shared/api.js";
import { limits } from "../shared/limits.js";
import { whenQuiet } from "../shared/typing.js";

/** @import { Entry } from "../shared/wire" */
/** @import { Calls, Trouble } from "./types" */

/** Of quiet. */
export const SEARCH_AFTER_MS = 250;

/** @param {{calls: Calls, draw: () => void}} page */
export function createRosterList({ calls, draw }) {
  const state = {
    q: "",
    view: "all", // or "quiet": not celebrated yet; "silent": has not written
    people: /** @type {Entry[]|null} */ (null),
    total: 0,
    more: false,
    problem: /** @type {Trouble|null} */ (null),
    busy: false,
  };
  const search = whenQuiet(SEARCH_AFTER_MS, async () => load());

  /** @param {boolean} [further] the next page */
  async function load(further = false) {
    const { q } = state;
    const after = further ? state.people?.at(-1)?.id : undefined;
    state.busy = true;
    draw();
    try {
      const answer = await calls.roster({ q: q.trim(), after, limit: limits().posts_a_page });
      if (q !== state.q) return;
      const people = further ? [...(state.people ?? []), ...answer.people] : answer.people;
      Object.assign(state, { people, total: answer.total, more: answer.more, problem: null });
    } catch (problem) {
      if (q === state.q) state.problem = problemOf(problem);
    } finally {
      state.busy = false;
      draw();
    }
  }

  /** @param {string} q */
  function type(q) {
    state.q = q;
    draw();
    search();
  }

  /** @param {string} view */
  function show(view) {
    state.view = view;
    draw();
  }

  /** @param {{person?: Entry, present?: Partial<Entry>}} answer */
  function learn({ person, present }) {
    const news = person ?? present;
    if (!news?.id || !state.people) return;
    const there = state.people.some(({ id }) => id === news.id);
    if (there) state.people = state.people.map((one) => (one.id === news.id ? { ...one, ...news } : one));
    draw();
  }

  return { state, load, type, show, learn };
}
