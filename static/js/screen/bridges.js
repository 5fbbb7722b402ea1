// Between which teams cards went, over all cards of the board: the map's arcs. Asked for when the map is shown and something has changed.
// The clock is passed in.
// @ts-check
/** @import { State } from "../shared/board.js" */
/** @import { Bridges } from "../shared/wire" */

const AGAIN_MS = 1000;

/**
 * @param {{ask: () => Promise<Bridges>, changed: () => void}} page
 */
export function createBridges({ ask, changed }) {
  let known = /** @type {Bridges|null} */ (null);
  let knownFor = /** @type {State["totals"]|undefined} */ (undefined); // the object: two states may have the same numbers
  let askedAt = -Infinity;
  let asking = false;

  /** @param {State} state @param {number} now ms */
  async function want(state, now) {
    const wanted = state.totals;
    if (asking || wanted === knownFor || now - askedAt < AGAIN_MS) return;
    [asking, askedAt] = [true, now];
    try {
      known = await ask();
      knownFor = wanted;
      changed();
    } catch {
      // the next picture asks again; until then the map shows what the page knows by itself
    } finally {
      asking = false;
    }
  }

  return { want, known: () => known };
}
