// Something the page asks the server for, again each time it may have changed.
// @ts-check
import { problemOf } from "../shared/api.js";

/** @import { Problem } from "../shared/api.js" */

/**
 * @template T
 * @typedef {{value: T|null, problem: Problem|null, load: () => Promise<void>, learn: (value: T) => void}} Fetched
 *   value: null until the first answer
 */

/** @template T @param {() => Promise<T>} ask @param {() => void} draw @returns {Fetched<T>} */
export function createFetched(ask, draw) {
  /** @type {Fetched<T>} */
  const fetched = { value: null, problem: null, load, learn };
  let running = false;
  let again = false; // it may have changed while the answer was under way
  let taught = 0;

  async function load() {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        const before = taught;
        const value = await ask();
        if (before === taught) fetched.value = value;
        else again = true; // the answer may be older than what the page has learned meanwhile
        fetched.problem = null;
      }
    } catch (problem) {
      fetched.problem = problemOf(problem);
    } finally {
      running = false;
      draw();
    }
  }

  /** @param {T} value */
  function learn(value) {
    taught += 1;
    fetched.value = value;
    draw();
  }

  return fetched;
}
