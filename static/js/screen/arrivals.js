// New cards: each goes onto the wall at once. One that comes alone first stands large, but never while another one waits.
// Pure: no DOM, the clock is passed in.
// @ts-check

const QUIET_MS = 8000; // since the last one came
/** A card that came to the wall is not sent away before. */
export const LEAST_STAY_MS = 6000;

export function createArrivals() {
  /** @type {string[]} */
  let waiting = []; // for a place on the wall, the oldest first
  let cameAt = -Infinity;

  return {
    /** @param {string[]} ids the oldest first @param {number} now ms @returns {string|null} which one may stand large */
    come(ids, now) {
      if (!ids.length) return null;
      const alone = ids.length === 1 && !waiting.length && now - cameAt >= QUIET_MS;
      cameAt = now;
      if (alone) return ids[0];
      waiting.push(...ids);
      return null;
    },
    /** One that found no place goes before the others. @param {string} id */
    again: (id) => void waiting.unshift(id),
    /** @returns {string|undefined} */
    next: () => waiting.shift(),
    keep: (/** @type {(id: string) => boolean} */ isThere) => void (waiting = waiting.filter(isThere)),
    list: () => waiting,
    clear: () => void (waiting = []),
  };
}
