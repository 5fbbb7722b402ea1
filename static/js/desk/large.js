// The large screens at the desk as one part of it: which of them an act means, what they show, and their live pictures.
// @ts-check
import { createShots } from "../shared/shots.js";
import { createMeaning } from "./meaning.js";
import { createShowing } from "./showing.js";

/**
 * @typedef {ReturnType<typeof createLarge>} Large
 * @param {{known: {base: import("../shared/board.js").State, view: import("../shared/board.js").State}, acts: import("./acts.js").Acts, clock: {now: () => number},
 *   api: typeof import("../shared/staff.js").api, draw: () => void, say: (words: string) => void,
 *   complain: (words: string) => void}} desk
 */
export function createLarge({ known, acts, clock, api, draw, say, complain }) {
  const meaning = createMeaning({ known, draw, say });
  const showing = createShowing({ known, acts, meaning, clock, api, complain });
  const shots = createShots({ read: () => known.view, now: clock.now });

  /** The board as it is now. */
  function follow() {
    showing.follow();
    shots.follow();
  }

  return { meaning, showing, shots, follow };
}
