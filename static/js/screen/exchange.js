// Cards come to the wall and go: one more where there is room, one for another where there is none. Which ones is choosing.js's business.
// @ts-check
import { LEAST_STAY_MS } from "./arrivals.js";
import { hasSpace, lookedAt, mayComeFor, nextPins, onWall, outFor, patience, ripest, turn } from "./choosing.js";
import { bestSwap, lengthOf, pauseMs } from "./wall.js";

/** @import { Post } from "../shared/wire" */
/** @import { Wall } from "./choosing.js" */
/** @import { Cell, Need } from "./wall.js" */

const TWO_AT_ONCE_FROM = 9; // cards on the wall
const HAD_TIME_MS = 1; // any card may go that is older than this moment

/**
 * @param {{wall: Wall, laying: ReturnType<import("./laying.js").createLaying>,
 *   arriving: () => (string|undefined)[]}} parts arriving: ids of cards that come to the wall another way
 */
export function createExchange({ wall, laying, arriving }) {
  let passedOver = 0;

  const standing = () => onWall(wall);
  const waiting = () => turn(wall, standing(), arriving());

  /** A new card takes its place: one more where all there are fit, else for the ripest. False: it has to wait. @param {Post} post @param {number} now */
  function take(post, now) {
    if (!wall.cells.length) laying.lay([post], 1, now);
    else if (!(hasSpace(wall, waiting) && laying.grow(post, now)) && !swapIn([post], now, LEAST_STAY_MS)) {
      const out = outFor(wall, post, now, LEAST_STAY_MS);
      if (!out) return false;
      laying.lay([post, ...standing().filter(({ id }) => id !== out.id)], 1, now);
    }
    return true;
  }

  /** One more, where it is clear which one and all there are stay as large. @param {number} now */
  function addOne(now) {
    const [next] = hasSpace(wall, waiting) ? waiting() : [];
    if (next) laying.grow(next, now);
  }

  /** Cards were hidden: others take their places, or the rest closes the gap. @param {number} now */
  function close(now) {
    const left = standing();
    const candidates = lookedAt(turn(wall, left, arriving()));
    laying.measure(candidates);
    const may = mayComeFor(wall, candidates);
    let next = /** @type {Cell[]} */ (wall.cells);
    for (const gap of wall.cells.filter(({ id }) => !wall.posts.has(id))) {
      const free = candidates.filter(({ id }) => !next.some((cell) => cell.id === id));
      const swap = bestSwap([gap], laying.needsOf(free), laying.ground(), wall.look, may);
      if (!swap) return laying.lay([...left, ...turn(wall, left, arriving())], Math.min(left.length, 1), now);
      next = next.map((cell) => (cell === gap ? swapped(gap, swap.need) : cell));
    }
    if (!laying.put(next, now)) laying.lay([...standing(), ...waiting()], 1, now);
  }

  const swapped = (/** @type {Cell} */ cell, /** @type {Need} */ need) => ({
    id: need.id,
    x: cell.x,
    y: cell.y,
    w: cell.w,
    h: cell.h,
    size: cell.size,
  });

  /** It is quiet: cards that wait come for cards that had their time. @param {number} now */
  function exchange(now) {
    const candidates = waiting();
    const first = candidates[0];
    wall.nextAt = now + pauseMs(first ? lengthOf(first) : 0);
    if (!first) return;
    const came = swapIn(lookedAt(candidates), now);
    if (came && wall.cells.length >= TWO_AT_ONCE_FROM && candidates.length > wall.cells.length)
      swapIn(lookedAt(waiting()), now);
    const pins = nextPins(wall, candidates, now);
    if (pins.length) swapIn(pins, now, HAD_TIME_MS, candidates);
    const { times, isOver } = patience(passedOver, first.id, came);
    passedOver = times;
    if (isOver) makeRoom(first, now);
  }

  /**
   * One of these for one of the ripest.
   * @returns {string|null} the id of the one that came @param {Post[]} candidates
   * @param {number} now @param {number} [leastMs] @param {Post[]} [others]
   */
  function swapIn(candidates, now, leastMs = HAD_TIME_MS, others = candidates) {
    laying.measure(candidates);
    const may = mayComeFor(wall, others);
    const ripe = ripest(wall, now, leastMs);
    const swap = bestSwap(ripe, laying.needsOf(candidates), laying.ground(), wall.look, may);
    if (!swap) return null;
    const next = wall.cells.map((cell) => (cell.id === swap.cell.id ? swapped(cell, swap.need) : cell));
    if (!laying.put(next, now)) laying.lay(standing(), 1, now);
    return swap.need.id;
  }

  /**
   * The fairest candidate fits nowhere: the wall is laid anew around it.
   * @param {Post} post @param {number} now
   */
  function makeRoom(post, now) {
    passedOver = 0;
    const out = outFor(wall, post, now, HAD_TIME_MS);
    if (!out) return;
    laying.lay([post, ...standing().filter(({ id }) => id !== out.id), ...waiting()], 1, now);
  }

  return { take, addOne, close, exchange, waiting };
}
