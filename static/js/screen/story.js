// What the recap tells of the whole board, asked for when it is shown and something has changed. The clock is passed in.
// @ts-check
/** @import { State } from "../shared/board.js" */

const AGAIN_MS = 5000;

/** @template Answer @param {{ask: () => Promise<Answer>, changed: () => void}} page */
export function createStory({ ask, changed }) {
  let known = /** @type {Answer|null} */ (null);
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
      // asked again in a while; until then the recap has its numbers and cards
    } finally {
      asking = false;
    }
  }

  return { want, known: () => known };
}
