// What came together on the board, asked for when the recap is shown and something has changed. The clock is passed in.
// @ts-check
/** @import { State } from "../shared/board.js" */
/** @import { Story } from "../shared/wire" */

const AGAIN_MS = 5000;

/** @param {{ask: () => Promise<Story>, changed: () => void}} page */
export function createStory({ ask, changed }) {
  let known = /** @type {Story|null} */ (null);
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
