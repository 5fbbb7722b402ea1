// The server's clock in this page. What runs, what may still be edited and whose turn it is are decided by it: a device's own clock may be
// hours wrong. Heard from frames; between two of them the monotonic clock goes on, and the device's clock tells only how long it slept.
// @ts-check

const SAMPLES_KEPT = 8;
const SLEPT_MS = 3000; // the two clocks of a device differ by more only after a sleep, or where one was set

/**
 * @param {{mono?: () => number, wall?: () => number}} [device] ms; for tests
 * @returns {{heard(now: string|undefined): void, now(): number, isKnown(): boolean}} now: ms since 1970; the device's time until the server's is known
 */
export function createClock({ mono = () => performance.now(), wall = () => Date.now() } = {}) {
  let samples = /** @type {number[]} */ ([]); // how far the server is ahead of the monotonic clock
  let ahead = 0;
  let at = { mono: 0, wall: 0 }; // of the device, when the last one came

  /** A frame was late by what it took to come, never early: of some, the one that says latest is nearest to the truth. */
  function heard(/** @type {string|undefined} */ now) {
    const server = Date.parse(now ?? "");
    if (Number.isNaN(server)) return;
    if (asleep() > 0) samples = [];
    at = { mono: mono(), wall: wall() };
    samples = [...samples.slice(1 - SAMPLES_KEPT), server - at.mono];
    ahead = Math.max(...samples);
  }

  /** The monotonic clock stands still while some devices sleep. The next frame puts right what this guesses. */
  function asleep() {
    const slept = wall() - at.wall - (mono() - at.mono);
    return slept > SLEPT_MS ? slept : 0;
  }

  const now = () => (samples.length ? mono() + ahead + asleep() : wall());

  return { heard, now, isKnown: () => samples.length > 0 };
}
