// The recap is a sequence: numbers, the days as a film, cards one after the other, all names where they do not fit round the stone, and the ending, which stays
// for the photograph. Pure: no DOM, the clock is passed in.
// @ts-check

const NUMBERS_MS = 8000;
const DAY_MS = 12000;
const FILM_MS = 40_000; // of all days: people wait for the ending
const CARD_MS = 7000;
const CARDS_MOST = 3;
const NAMES_MS = { most: 4000, least: 1600, all: 60_000 }; // for a page; no name is left out, however many there are
const NAMES_A_PAGE = 30;
const STILL_MS = 14_000; // the ending comes together, and stands
export const VISIT_MS = 15_000; // to one facet and back
const VISITS_MOST = 2;
const BETWEEN_MS = 5000;

/**
 * @typedef {{kind: "numbers", card: number}|{kind: "day", day: number}|{kind: "card", card: number}|{kind: "names", names: string[]}|{kind: "ending", visit?: number}} Part
 *   card, visit: which one of the cards to look back at
 * @param {{cards: number, days: number, names: string[], roll: boolean, story: boolean}} what there is; roll: the names do not fit beside the stone
 * @returns {{part: Part, ms: number}[]}
 */
export function reel({ cards, days, names, roll, story }) {
  const parts = /** @type {{part: Part, ms: number}[]} */ ([{ part: { kind: "numbers", card: 0 }, ms: NUMBERS_MS }]);
  for (let day = 0; day < days; day += 1) parts.push({ part: { kind: "day", day }, ms: dayMs(days) });
  for (let card = 0; card < Math.min(cards, CARDS_MOST); card += 1)
    parts.push({ part: { kind: "card", card }, ms: CARD_MS });
  const pages = story && roll ? Math.ceil(names.length / NAMES_A_PAGE) : 0;
  const pageMs = Math.max(NAMES_MS.least, Math.min(NAMES_MS.most, NAMES_MS.all / pages));
  for (let page = 0; page < pages; page += 1)
    parts.push({
      part: { kind: "names", names: names.slice(page * NAMES_A_PAGE, (page + 1) * NAMES_A_PAGE) },
      ms: pageMs,
    });
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

/** How long one of so many days is shown. @param {number} days */
export const dayMs = (days) => Math.min(DAY_MS, FILM_MS / days);

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
