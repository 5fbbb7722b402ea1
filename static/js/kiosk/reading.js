// What the tablet knows of the board: read again while nobody stands before it.
// @ts-check
import { api } from "../shared/api.js";
import { apply, emptyBoard } from "../shared/board.js";
import { createClock } from "../shared/clock.js";

const REFRESH_MS = 30000;

/** @param {{changed: () => void}} kiosk */
export function createReading({ changed }) {
  const clock = createClock();
  const reading = { board: emptyBoard(), hasRoster: true, clock, refresh };
  let readAt = -Infinity;

  /** Every now and then. */
  async function refresh() {
    const now = performance.now();
    if (now - readAt < REFRESH_MS) return;
    readAt = now;
    try {
      const [frame, mine] = await Promise.all([api.snapshot(), api.mine()]);
      clock.heard(frame.now);
      reading.board = apply(reading.board, { type: "snapshot", ...frame }) ?? reading.board;
      reading.hasRoster = Boolean(mine.roster);
    } catch {
      // what was there before will do; the next look comes soon
    }
    changed();
  }

  return reading;
}
