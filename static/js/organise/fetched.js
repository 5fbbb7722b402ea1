// Something the page asks the server for, again each time it may have changed.
// @ts-check

/**
 * @template T @param {() => Promise<T>} ask @param {() => void} draw
 * @returns {{value: T|null, problem: any, load: () => Promise<void>, learn: (value: T) => void}} value: null until the first answer
 */
export function createFetched(ask, draw) {
  const fetched = { value: /** @type {T|null} */ (null), problem: /** @type {any} */ (null), load, learn };
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
      fetched.problem = problem;
    } finally {
      running = false;
      draw();
    }
  }

  function learn(value) {
    taught += 1;
    fetched.value = value;
    draw();
  }

  return fetched;
}
