// The map as a night sky: teams stand along a horizon, in the order of the board, and cards fly over it. Where things stand, and how old a
// light is. All lights are equal: nobody is ranked. Pure: no DOM, no clock. All lengths are px, counted from where a line begins.
// @ts-check
/** @import { Post } from "../shared/wire" */

const TALLEST = { wide: 0.93, upright: 0.28 }; // of the sky, for the widest bridge; upright, the card stands beside it
const FLATTER = 0.7; // short bridges are taller than their share
const STEEPEST = 0.9; // of the distance, so that two teams alone do not get a needle
const ONE_ROW = 5; // teams: so many names stand in one row, if they fit
const TWO_ROWS = 20;
const ROWS = 3;
const HOUR_MS = 3_600_000;
const NOW_MS = HOUR_MS / 12;
const DAY_MS = 12 * HOUR_MS;

/**
 * @typedef {"now"|"hour"|"day"|"past"} Age
 * @typedef {{x: number, y: number}} Spot
 * @typedef {{width: number, height: number, top: number, foot: number, upright: boolean}} Sky top: kept above; foot: for names and the card, below
 *   the horizon; upright: the horizon stands at the beginning of the line, and names before it
 * @typedef {{post: Post, from: string, to: string}} Crossing
 * @typedef {{from: string, to: string, age: Age}} Bridge the newest card went this way
 */

/** The colours of light, the oldest first: the newest are drawn above. @type {Age[]} */
export const AGES = ["past", "day", "hour", "now"];

/** @param {number} ms since the card came @returns {Age} */
export const ageOf = (ms) => (ms < NOW_MS ? "now" : ms < HOUR_MS ? "hour" : ms < DAY_MS ? "day" : "past");

/**
 * Cards between teams and within one, the newest first; each two teams have one bridge, each team one ring. Of bridges that only the
 * server knows, only the way of most of their cards is known: they are old.
 * @param {Post[]} cards the newest first @param {string[]} teams @param {string[][]} earlier pairs of teams, giver and receiver @param {number} now ms
 */
export function flights(cards, teams, earlier, now) {
  const crossings = /** @type {Crossing[]} */ ([]);
  const bridges = /** @type {Map<string, Bridge>} */ (new Map());
  const rings = /** @type {Map<string, Age>} */ (new Map());
  const bridge = (/** @type {string} */ from, /** @type {string} */ to, /** @type {Age} */ age) => {
    const pair = [from, to].sort().join("\n");
    if (!bridges.has(pair)) bridges.set(pair, { from, to, age });
  };
  for (const post of cards) {
    const from = post.author?.team;
    const age = ageOf(now - Date.parse(post.created_at));
    const reached = new Set((post.to ?? []).map(({ team }) => team ?? ""));
    if (!from || !teams.includes(from)) continue;
    if (reached.delete(from) && !rings.has(from)) rings.set(from, age);
    const others = [...reached].filter((team) => teams.includes(team));
    if (others.length) crossings.push({ post, from, to: others[0] });
    for (const to of others) bridge(from, to, age);
  }
  for (const [one, other] of earlier) bridge(one, other, "past");
  return { crossings, bridges: [...bridges.values()], rings: [...rings].map(([team, age]) => ({ team, age })) };
}

/** The way that most cards of a bridge went, giver and receiver. @param {import("../shared/wire").Bridges["bridges"][0]} bridge */
export const mostWay = ({ teams: [one, other], cards, forth = cards }) =>
  forth * 2 < cards ? [other, one] : [one, other];

/** @param {Sky} sky @param {number} count of teams @returns {Spot[]} */
export const spots = ({ width, height, top, foot, upright }, count) =>
  Array.from({ length: count }, (_, index) => {
    const along = (index + 0.5) / count;
    return upright
      ? { x: foot, y: round(top + (height - top) * along) }
      : { x: round(width * along), y: round(height - foot) };
  });

/**
 * Half an oval from one team to another: the further, the higher.
 * @param {Spot} from @param {Spot} to @param {Sky} sky
 */
export function arc(from, to, { width, height, top, foot, upright }) {
  const [far, long] = upright ? [to.y - from.y, height - top] : [to.x - from.x, width];
  const share = Math.min(1, Math.abs(far) / long);
  const sky = upright ? width - foot : height - foot;
  const high = round(
    Math.min(sky * TALLEST[upright ? "upright" : "wide"] * share ** FLATTER, Math.abs(far) * STEEPEST),
  );
  const half = round(Math.abs(far) / 2);
  const ahead = far > 0;
  return {
    high,
    ahead, // from the first to the last team: which end is bright
    path: `M${from.x} ${from.y}A${upright ? high : half} ${upright ? half : high} 0 0 ${ahead ? 1 : 0} ${to.x} ${to.y}`,
  };
}

/**
 * Where boxes begin that would stand in the middle of their spots, when none may cover another; null: they do not fit.
 * @param {number[]} middles ascending @param {number[]} sizes @param {number} from @param {number} until @param {number} gap
 */
export function packed(middles, sizes, from, until, gap) {
  const starts = /** @type {number[]} */ ([]);
  let free = from;
  middles.forEach((middle, index) => {
    starts.push(Math.max(free, middle - sizes[index] / 2));
    free = starts[index] + sizes[index] + gap;
  });
  let end = until;
  for (let index = starts.length - 1; index >= 0; index -= 1) {
    starts[index] = Math.min(starts[index], end - sizes[index]);
    end = starts[index] - gap;
  }
  return starts.length && starts[0] < from - 1 ? null : starts;
}

/**
 * In which row each name stands, and where it begins: in as few rows as do, else only those two that are lit; null: not shown.
 * @param {number[]} middles @param {number[]} sizes @param {{from: number, until: number, gap: number, rows?: number}} room
 * @param {number[]} lit which
 */
export function named(middles, sizes, { from, until, gap, rows: most = ROWS }, lit) {
  const count = middles.length;
  const all = [...middles.keys()];
  const placed = (/** @type {number[]} */ which, /** @type {number} */ rows) => {
    const places = /** @type {({row: number, start: number}|null)[]} */ (Array(count).fill(null));
    for (let row = 0; row < rows; row += 1) {
      const here = which.filter((_, index) => index % rows === row);
      const pick = (/** @type {number[]} */ of) => here.map((index) => of[index]);
      const starts = packed(pick(middles), pick(sizes), from, until, gap);
      if (!starts) return null;
      here.forEach((index, at) => (places[index] = { row, start: round(starts[at]) }));
    }
    return places;
  };
  for (let rows = Math.min(most, count > TWO_ROWS ? 3 : count > ONE_ROW ? 2 : 1); rows <= most; rows += 1) {
    const places = placed(all, rows);
    if (places) return places;
  }
  const two = all.filter((index) => lit.includes(index));
  return placed(two, 1) ?? placed(two, Math.min(2, most)) ?? all.map(() => null);
}

/**
 * The card stands at the foot of the map, under the middle of its bridge; upright, beside it.
 * @param {Spot} from @param {Spot} to @param {number} high of the highest bridge @param {{w: number, h: number}} size
 * @param {Sky} sky @param {number} gap @returns {Spot}
 */
export function cardAt(from, to, high, { w, h }, { width, height, top, foot, upright }, gap) {
  const within = (/** @type {number} */ wanted, /** @type {number} */ least, /** @type {number} */ most) =>
    round(Math.max(least, Math.min(most, wanted)));
  if (upright) return { x: round(foot + high + gap * 2), y: within((from.y + to.y - h) / 2, top, height - h) };
  return { x: within((from.x + to.x - w) / 2, 0, width - w), y: round(height - h) };
}

const round = (/** @type {number} */ number) => Math.round(number * 10) / 10;
