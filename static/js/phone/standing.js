// Keeps a lane still while one writes, reads further down, or has just touched a question.
// @ts-check
import { NOTHING_STANDS, ordered } from "./order.js";

/** @import { State } from "../shared/board.js" */

const STILL_AFTER_TOUCH_MS = 2000; // no question moves under the finger
export const STILL_BELOW_PX = 120; // scrolled further than this, the list stands still

/**
 * @param {{held: {board: State}, fresh: Set<string>, isWriting: () => boolean,
 *   onChange: () => void}} page fresh: own posts, which are no news
 */
export function createStanding({ held, fresh, isWriting, onChange }) {
  let standing = NOTHING_STANDS;
  let news = 0;
  let touchedAt = -Infinity;

  const isTouched = () => performance.now() - touchedAt < STILL_AFTER_TOUCH_MS;

  /** @param {{lane: string, sort: string, session: string}} choice @returns {string[]} */
  function order(choice) {
    const still = isWriting() || window.scrollY > STILL_BELOW_PX || isTouched();
    ({ standing, news } = ordered(standing, { board: held.board, choice, still, fresh }));
    return standing.ids;
  }

  function touch() {
    touchedAt = performance.now();
    setTimeout(onChange, STILL_AFTER_TOUCH_MS + 50);
  }

  const letGo = () => void (standing = NOTHING_STANDS);
  return { order, touch, letGo, news: () => news, count: () => standing.ids.length };
}
