// When a phone lights up in the colour of the card that stands large on the screen. Pure.
// @ts-check

/** How long it lasts, and how long it takes at least from one to the next: never more than one flash in that time. */
export const LIT_MS = 3000;

/** The card that stands large. @param {import("../shared/wire").Scene|null} screen @returns {string} "" for none */
export const standing = (screen) => (screen?.scene === "spotlight" && screen.post) || "";

/**
 * @param {{before: string|null, now: string, since: number, off: boolean, still: boolean, busy: boolean, hidden: boolean}} facts before: the
 *   card that stood large when the phone looked last, null: it looks for the first time; since: ms since the last light began; off: somebody
 *   does not want it; still: nothing is to move; busy: somebody types or reads a sheet; hidden: nobody sees the page
 */
export const lightsUp = ({ before, now, since, off, still, busy, hidden }) =>
  before !== null && now !== "" && now !== before && since >= LIT_MS && !(off || still || busy || hidden);
