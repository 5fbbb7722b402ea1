// The recap is a sequence: numbers, questions by session, the days as a film, the farthest bridge and a card that went over it, cards one after
// the other, all names where they do not fit round the stone, and the ending, which stays for the photograph. Pure: no DOM, the clock is passed in.
// @ts-check
/** @import { Counted, SessionCounted } from "../shared/wire" */

const NUMBERS_MS = 8000;
const TALLIED_MS = 10_000;
const SESSIONS_A_PAGE = 4;
const TALLIED_MOST = 5; // pages: people wait for the ending
const DAY_MS = 12000;
const FILM_MS = 40_000; // of all days: people wait for the ending
const FAR_MS = 10_000; // there, back, and a moment to look at it
const CARD_MS = 7000;
const CARDS_MOST = 3;
const NAMES_MS = { most: 4000, least: 1600, all: 60_000 }; // for a page; no name is left out, however many there are
const NAMES_A_PAGE = 30;
const STILL_MS = 14_000; // the ending comes together, and stands
export const VISIT_MS = 15_000; // to one facet and back
const VISITS_MOST = 2;
const BETWEEN_MS = 5000;

/**
 * @typedef {{kind: "numbers", card: number}|{kind: "tallied", page: number}|{kind: "day", day: number}|{kind: "far"}|{kind: "letter"}|{kind: "card", card: number}|{kind: "names", names: string[]}|{kind: "ending", visit?: number}} Part
 *   card, visit: which one of the cards to look back at
 * @param {{cards: number, tallied?: number, days: number, far?: boolean, letter?: boolean, names: string[], roll: boolean, story: boolean}} what there is; tallied: pages of sessions; far: two teams are known to be the farthest apart; letter: a card between them is here; roll: the names do not fit beside the stone
 * @returns {{part: Part, ms: number}[]}
 */
export function reel({ cards, tallied = 0, days, far = false, letter = false, names, roll, story }) {
  const parts = /** @type {{part: Part, ms: number}[]} */ ([{ part: { kind: "numbers", card: 0 }, ms: NUMBERS_MS }]);
  for (let page = 0; page < tallied; page += 1) parts.push({ part: { kind: "tallied", page }, ms: TALLIED_MS });
  for (let day = 0; day < days; day += 1) parts.push({ part: { kind: "day", day }, ms: dayMs(days) });
  if (far) parts.push({ part: { kind: "far" }, ms: FAR_MS });
  if (far && letter) parts.push({ part: { kind: "letter" }, ms: CARD_MS });
  for (let card = 0; card < Math.min(cards, CARDS_MOST); card += 1)
    parts.push({ part: { kind: "card", card }, ms: CARD_MS });
  const pages = story && roll ? Math.ceil(names.length / NAMES_A_PAGE) : 0;
  const pageMs = Math.max(NAMES_MS.least, Math.min(NAMES_MS.most, NAMES_MS.all / pages));
  for (let page = 0; page < pages; page += 1) {
    const [from, to] = [page, page + 1].map((at) => Math.round((names.length * at) / pages)); // no page is nearly empty
    parts.push({ part: { kind: "names", names: names.slice(from, to) }, ms: pageMs });
  }
  return story ? [...parts, ...ending(Math.min(cards, VISITS_MOST))] : parts;
}

/** It stands still at last. @param {number} visits @returns {{part: Part, ms: number}[]} */
function ending(visits) {
  const goes = Array.from({ length: visits }, (_, visit) => [
    { part: { kind: /** @type {"ending"} */ ("ending") }, ms: visit ? BETWEEN_MS : STILL_MS },
    { part: { kind: /** @type {"ending"} */ ("ending"), visit }, ms: VISIT_MS },
  ]);
  return [...goes.flat(), { part: { kind: "ending" }, ms: Infinity }];
}

/**
 * The sessions page by page, in the order of the agenda; of very many those where most was asked.
 * @param {Counted|null} counted @returns {SessionCounted[][]}
 */
export function pagesOf(counted) {
  const there = counted?.sessions ?? [];
  const most = [...there].sort((a, b) => b.asked - a.asked || b.held - a.held).slice(0, SESSIONS_A_PAGE * TALLIED_MOST);
  const shown = there.filter((one) => most.includes(one));
  const pages = Math.ceil(shown.length / SESSIONS_A_PAGE);
  const rows = Math.ceil(shown.length / pages); // no page has one row alone where another is full
  return Array.from({ length: pages }, (_, page) => shown.slice(page * rows, (page + 1) * rows));
}

/** How long one of so many days is shown. @param {number} days */
export const dayMs = (days) => Math.min(DAY_MS, FILM_MS / days);

/** How much of a number has been counted: fast, then slower. @param {number} n @param {number} share of the time, 0 to 1 */
export const countedBy = (n, share) => Math.round(n * (1 - (1 - Math.min(1, Math.max(0, share))) ** 3));

/** What stands there after so many milliseconds; without an ending it goes round. @param {ReturnType<typeof reel>} parts @param {number} since ms @returns {Part} */
export function partAt(parts, since) {
  const whole = parts.reduce((sum, { ms }) => sum + ms, 0);
  let left = Number.isFinite(whole) ? since % whole : since;
  for (const { part, ms } of parts) {
    if (left < ms) return part;
    left -= ms;
  }
  return parts[parts.length - 1].part;
}
