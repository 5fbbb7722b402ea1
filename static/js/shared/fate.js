// What became of a question: answered, set aside, owned by somebody, or open; one rule with `board/model/totals.py`
// (`tests/vectors/fate.json`). Pure.
// @ts-check

/**
 * @typedef {"answered"|"set_aside"|"owned"|"open"} Fate
 * @typedef {{answered?: boolean, set_aside?: string|null, owner?: string|null, due?: string|null}} Fated
 */

/** @param {Fated} post @returns {Fate} */
export function fateOf(post) {
  if (post.answered) return "answered";
  if (post.set_aside) return "set_aside";
  return post.owner ? "owned" : "open";
}

/** Whether its owner is late. @param {Fated} post @param {string} today as 2026-05-04, in the board's zone */
export const isLate = (post, today) => fateOf(post) === "owned" && Boolean(post.due && post.due < today);

/** Nobody looks after it, or not in time. @param {Fated} post @param {string} today */
export const isLeft = (post, today) => fateOf(post) === "open" || isLate(post, today);

/** The day as 2026-05-04. @param {number} now ms, the server's clock @param {string} [zone] the board's */
export function dayOf(now, zone) {
  const shape = /** @type {const} */ ({ year: "numeric", month: "2-digit", day: "2-digit" });
  try {
    return new Intl.DateTimeFormat("en-CA", { ...shape, timeZone: zone || undefined }).format(now);
  } catch {
    return new Intl.DateTimeFormat("en-CA", shape).format(now); // a zone this browser does not know
  }
}
