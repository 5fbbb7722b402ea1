// The wall of cards on the page: what comes is taken in, what is hidden is gone at once, and time passes. Which card comes for which
// one is decided in choosing.js, where it goes in wall.js; what was decided is done by exchange.js and laying.js.
// @ts-check
import { createApplause } from "./applause.js";
import { createArrivals } from "./arrivals.js";
import { emptyWall, onWall, split, turn } from "./choosing.js";
import { createExchange } from "./exchange.js";
import { createFaces } from "./faces.js";
import { createGhosts } from "./ghosts.js";
import { createLarge } from "./large.js";
import { createLaying } from "./laying.js";
import { spread } from "./pins.js";
import { largeMs, lengthOf, pauseMs } from "./wall.js";

/** @import { Post, Theme } from "../shared/wire" */
/** @import { Look, Room } from "./wall.js" */

const ADMITTED_AT_ONCE = 4; // of a burst: each costs a layout
const USUAL_LENGTH = 120; // characters

/**
 * @param {{place: HTMLElement, light: HTMLElement, ruler: HTMLElement, own?: (act: () => void) => void}} parts place: the wall;
 *   light: where a new card stands large; own: within it the page is changed later than in a call
 */
export function openMosaic({ place, light, ruler, own = (act) => act() }) {
  const wall = emptyWall();
  /** @type {Set<string>} */
  const known = new Set();
  const arrivals = createArrivals();
  const applause = createApplause({ own });
  const faces = createFaces({ place });
  const ghosts = createGhosts({ stage: /** @type {HTMLElement} */ (light.parentElement), own });
  const large = createLarge({ place, light, wall });
  const laying = createLaying({ wall, ruler, faces, ghosts });
  const arriving = () => [...arrivals.list(), large.id];
  const exchange = createExchange({ wall, laying, arriving });

  /**
   * The cards there are now. A card that is no longer among them is gone from everything before this returns.
   * @param {Post[]} list newest first @param {Theme[]} themes @param {boolean} news may new ones enter large? @param {number} now ms
   */
  function show(list, themes, news, now) {
    wall.posts = new Map(list.map((post) => [post.id, post]));
    wall.themes = themes;
    leave();
    const lost = onWall(wall).length < wall.cells.length;
    const came = list.filter(({ id }) => isNew(id) && news && wall.room).map(({ id }) => id);
    if (!wall.room) return;
    laying.repaint();
    applause.hear(wall.posts, faces.boxOf, now);
    receive(came.reverse(), now);
    if (!wall.cells.length) fill(now);
    else if (lost) exchange.close(now);
    else if (!news) exchange.addOne(now);
    large.dim();
  }

  function leave() {
    const isThere = (/** @type {string|undefined} */ id) => id !== undefined && wall.posts.has(id);
    arrivals.keep(isThere);
    if (large.id !== undefined && !isThere(large.id)) large.drop();
    for (const kept of [wall.shown, wall.needs]) for (const id of kept.keys()) if (!isThere(id)) kept.delete(id);
    ghosts.keep(isThere);
    faces.keep(isThere);
  }

  /** @param {string} id */
  function isNew(id) {
    if (known.has(id)) return false;
    known.add(id);
    return true;
  }

  /**
   * New cards, the oldest first: onto the wall, and large only while no other one waits.
   * @param {string[]} came @param {number} now
   */
  function receive(came, now) {
    const alone = arrivals.come(came, now);
    if (alone && large.id === undefined) return enter(alone, now);
    if (alone) arrivals.again(alone);
    if (came.length && large.id !== undefined) settle(now);
    admit(now);
  }

  /** It takes its place on the wall, and stands large before it flies there. @param {string} id @param {number} now */
  function enter(id, now) {
    const post = wall.posts.get(id);
    if (!post) return;
    if (!wall.cells.length) fill(now);
    const box = take(post, now) && faces.boxOf(id);
    if (box) large.enter(id, box, now + largeMs(lengthOf(post)));
    else arrivals.again(id);
  }

  /** The large card goes to its place: its time there begins. @param {number} now */
  function settle(now) {
    const id = large.land();
    for (const cell of wall.cells) if (cell.id === id) cell.since = now;
    wall.nextAt = now + pauseMs(lengthOf(wall.posts.get(id) ?? { text: "" }));
  }

  const take = (/** @type {Post} */ post, /** @type {number} */ now) =>
    Boolean(faces.boxOf(post.id)) || exchange.take(post, now);

  /** @param {number} now */
  function admit(now) {
    for (let count = 0; count < ADMITTED_AT_ONCE; count += 1) {
      const id = arrivals.next();
      const post = id && wall.posts.get(id);
      if (!id) return;
      if (post && !take(post, now)) return arrivals.again(id);
      faces.boxOf(id)?.classList.add("is-new");
      wall.nextAt = now + pauseMs(post ? lengthOf(post) : 0);
    }
  }

  /** The whole wall anew. @param {number} now */
  function fill(now) {
    const [pins, others] = split(turn(wall, [], arriving()));
    laying.lay(spread([...others, ...pins]), 1, now);
    wall.nextAt = now + pauseMs(USUAL_LENGTH);
  }

  /** Time passes: the large one settles, the next one enters, or, when it is quiet, cards are exchanged. @param {number} now ms */
  function tick(now) {
    if (!wall.room) return;
    if (now >= large.until) settle(now);
    if (large.id === undefined) admit(now);
    large.dim();
    if (large.id !== undefined || now < wall.nextAt || !wall.cells.length) return;
    exchange.exchange(now);
  }

  /**
   * The room changed, or the faces of the type did: all is measured and laid anew.
   * @param {Room} room @param {Look} look @param {number} now ms
   */
  function resize(room, look, now) {
    [wall.room, wall.look] = [room, look];
    wall.needs.clear();
    const keep = onWall(wall).sort((one, other) => Number(other.id === large.id) - Number(one.id === large.id));
    wall.cells = [];
    if (!wall.posts.size) return;
    if (!keep.length) return fill(now);
    laying.lay([...keep, ...turn(wall, keep, arriving())], 1, now);
    large.replace();
  }

  /** The same cards in the same places, in new elements: others have changed those there were. */
  function redraw() {
    ghosts.clear();
    laying.redraw();
    large.redraw(large.id === undefined ? undefined : faces.boxOf(large.id));
  }

  /** Nothing of it stays on the page; how often each was shown is remembered. */
  function clear() {
    large.drop();
    arrivals.clear();
    faces.clear();
    ghosts.clear();
    wall.cells = [];
    wall.room = null;
  }

  return { show, tick, resize, redraw, clear, isOpen: () => wall.room !== null };
}
