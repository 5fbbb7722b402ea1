// Which card comes to the wall next, and for which one: fair to teams, to pinned cards and to those that wait. What a wall holds
// stands here, too. Pure: no DOM, the clock is passed in.
// @ts-check
import { mayCome } from "./pins.js";
import { inTurn, lengthOf, stayMs } from "./wall.js";

/** @import { Post, Theme } from "../shared/wire" */
/** @import { Cell, Look, Need, Room, Shown } from "./wall.js" */

const RIPE_AT_ONCE = 3;
const LOOKED_AT = 8; // candidates for an exchange
const PINS_LOOKED_AT = 2;
const PIN_STAYS = 2; // times as long as another card
const PATIENCE = 3; // exchanges that may pass over the fairest candidate because it fits nowhere
const LIVELY = 1.3;
const FEW = 3;

/**
 * @typedef {Cell & {since: number}} Placed since: when the card took its place, ms
 * @typedef {{posts: Map<string, Post>, themes: Theme[], room: Room|null, look: Look, cells: Placed[],
 *   needs: Map<string, Need>, shown: Map<string, Shown>, nextAt: number}} Wall
 *   posts: newest first; room: null as long as the wall is not to be seen; nextAt: when it may change next, ms
 */

/** @returns {Wall} */
export const emptyWall = () => ({
  posts: new Map(),
  themes: [],
  room: null,
  look: { min: 0, comfort: 0, max: 0, large: 0, most: 0 }, // comes with the room
  cells: [],
  needs: new Map(),
  shown: new Map(),
  nextAt: 0,
});

/** The cards that have a place now. @param {Wall} wall @returns {Post[]} */
export const onWall = ({ cells, posts }) => cells.flatMap(({ id }) => posts.get(id) ?? []);

/** Pinned ones and others. @template {{pinned?: boolean}} One @param {One[]} list @returns {[One[], One[]]} */
export const split = (list) => [list.filter(({ pinned }) => pinned), list.filter(({ pinned }) => !pinned)];

/**
 * Candidates in their turn, those that are pinned after the others.
 * @param {Wall} wall @param {Post[]} without these have a place @param {Iterable<string|undefined>} arriving ids of those that come another way
 * @returns {Post[]}
 */
export function turn({ posts, cells, shown }, without, arriving) {
  const out = new Set([...without.map(({ id }) => id), ...arriving]);
  const waiting = [...posts.values()].filter(({ id }) => !out.has(id));
  if (cells.length && cells.length < FEW) return inTurn(waiting, shown, without);
  const [pins, others] = split(waiting);
  return [...inTurn(others, shown, without), ...inTurn(pins, shown, without)];
}

/** Those of them that an exchange tries. @param {Post[]} waiting in their turn */
export function lookedAt(waiting) {
  const [pins, others] = split(waiting);
  return [...others.slice(0, LOOKED_AT), ...pins.slice(0, PINS_LOOKED_AT)];
}

/** May this card come for that one, as pins have a share of the places? @param {Wall} wall @param {Post[]} waiting */
export function mayComeFor(wall, waiting) {
  const others = waiting.some(({ pinned }) => !pinned);
  const share = { pins: onWall(wall).filter(({ pinned }) => pinned).length, places: wall.cells.length, others };
  return (/** @type {{id: string}} */ comes, /** @type {{id: string}} */ leaves) =>
    mayCome(wall.posts.get(comes.id) ?? {}, wall.posts.get(leaves.id), share);
}

/** From 1 on a card had its time. @param {Wall} wall @param {Placed} cell @param {number} now */
const ripeness = ({ posts }, cell, now) => (now - cell.since) / stayMs(lengthOf(posts.get(cell.id) ?? { text: "" }));

/** Those that may go first, of both kinds: which may come for which is decided later. @param {Wall} wall @param {number} now @param {number} leastMs */
export function ripest(wall, now, leastMs) {
  const old = wall.cells
    .filter((cell) => now - cell.since >= leastMs)
    .sort((a, b) => ripeness(wall, b, now) - ripeness(wall, a, now));
  const [pins, others] = split(old.map((cell) => ({ cell, pinned: wall.posts.get(cell.id)?.pinned })));
  return [...others.slice(0, RIPE_AT_ONCE), ...pins.slice(0, 1)].map(({ cell }) => cell);
}

/** The card that goes for this one, whatever their sizes. @param {Wall} wall @param {Post} post @param {number} now @param {number} leastMs */
export const outFor = (wall, post, now, leastMs) =>
  ripest(wall, now, leastMs).find((cell) => mayComeFor(wall, [post])(post, cell));

/** Has a pinned card had its time, while another one and cards that are not pinned wait? @param {Wall} wall @param {Post[]} waiting @param {number} now @returns {Post[]} the cards that may take its place */
export function nextPins(wall, waiting, now) {
  const [pins, others] = split(waiting);
  const isOver = (/** @type {Placed} */ cell) =>
    wall.posts.get(cell.id)?.pinned && ripeness(wall, cell, now) >= PIN_STAYS;
  return others.length && wall.cells.some(isOver) ? pins.slice(0, PINS_LOOKED_AT) : [];
}

/** Is there a place for one more, and is it clear which card gets it? @param {Wall} wall @param {() => Post[]} waiting in their turn */
export const hasSpace = (wall, waiting) =>
  wall.cells.length < wall.look.most && onWall(wall).length < wall.posts.size && waiting().length <= 1;

/**
 * How often the fairest card was passed over, and whether it has waited long enough for the wall to be laid anew around it.
 * @param {number} passedOver so far @param {string} first its id @param {string|null} came the id of the one that came
 */
export function patience(passedOver, first, came) {
  const times = came === first ? 0 : passedOver + 1;
  return { times, isOver: times >= PATIENCE };
}

/** Short texts may be larger than their neighbours, but not so much that the wall looks restless. @param {number} size px @param {number} count of cards @param {Look} look */
export const sizesOf = (size, count, look) => ({
  min: look.min,
  max: count > FEW ? Math.min(size * LIVELY, look.max) : look.max,
});
