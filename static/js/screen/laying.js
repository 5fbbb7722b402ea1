// Puts cards into places: measures what each needs, asks wall.js where it goes, and makes the page show that.
// @ts-check
import { render } from "../../vendor/lit-html.js";
import { onWall, sizesOf } from "./choosing.js";
import { needOf, rulerLines } from "./face.js";
import { fit, widths } from "./fit.js";
import { CALM_MS, isCalm, move, setCell, wayOf } from "./motion.js";
import { pinTooMany } from "./pins.js";
import { compose } from "./wall.js";

/** @import { Post } from "../shared/wire" */
/** @import { Wall } from "./choosing.js" */
/** @import { Job } from "./fit.js" */
/** @import { Cell, Need } from "./wall.js" */

const TRIES = 4;
const ROOMIER = 1.14; // how much more room a card gets that turned out not to fit
const FOOT_ROOMIER = 1.05;

/**
 * @param {{wall: Wall, ruler: HTMLElement,
 *   faces: ReturnType<import("./faces.js").createFaces>, ghosts: ReturnType<import("./ghosts.js").createGhosts>}} parts
 */
export function createLaying({ wall, ruler, faces, ghosts }) {
  /** Where there is no room yet, nothing is laid. */
  function ground() {
    if (!wall.room) throw new Error("the wall has no room yet");
    return wall.room;
  }

  /** As many of these, in this order, as fit; the first `sure` ones before all. @param {Post[]} list @param {number} sure @param {number} now */
  function lay(list, sure, now) {
    measure(list);
    let left = list;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      let next = composed(left, sure);
      for (let pin = tooMany(next, left); pin; pin = tooMany(next, left)) {
        left = left.filter((post) => post !== pin);
        next = composed(left, sure);
      }
      if (put(next, now)) return;
    }
  }

  /** @param {Post[]} list */
  function measure(list) {
    const fresh = list.filter(({ id }) => !wall.needs.has(id));
    if (!fresh.length) return;
    const holders = fresh.map((post) => {
      const holder = document.createElement("div");
      render(rulerLines(post, wall.themes), holder);
      return holder;
    });
    const found = widths(ruler, holders);
    fresh.forEach((post, index) => wall.needs.set(post.id, needOf(post, found[index])));
  }

  /** What was measured for these. @param {{id: string}[]} list */
  const needsOf = (list) => list.map(({ id }) => /** @type {Need} */ (wall.needs.get(id)));

  /** @param {Post[]} list measured @param {number} sure */
  const composed = (list, sure) => compose(needsOf(list), ground(), wall.look, sure);

  const tooMany = (/** @type {Cell[]} */ next, /** @type {Post[]} */ list) =>
    pinTooMany(
      next.flatMap(({ id }) => wall.posts.get(id) ?? []),
      list,
    );

  /** Makes the page show these cells. False: a text did not fit, and its need was corrected. @param {Cell[]} next @param {number} now */
  function put(next, now) {
    const before = new Map(wall.cells.map((cell) => [cell.id, cell]));
    const isFit = bring(next, before, now);
    // Only now is it sure which cards leave.
    for (const [id, box] of faces.dismiss(new Set(next.map(({ id }) => id)))) goes(id, box);
    wall.cells = next.map((cell) => ({ ...cell, since: before.get(cell.id)?.since ?? now }));
    if (before.size) for (const cell of next) slide(before.get(cell.id), cell);
    return isFit;
  }

  /**
   * Each of these in its place, its text as large as the place allows. Do all texts fit?
   * @param {Cell[]} next @param {Map<string, Cell>} before @param {number} now
   */
  function bring(next, before, now) {
    /** @type {({cell: Cell} & Job)[]} */
    const jobs = [];
    for (const cell of next) {
      const post = wall.posts.get(cell.id);
      if (!post) continue;
      const { face, isNew } = faces.bring(post, wall.themes);
      if (isNew && !before.has(cell.id)) count(cell.id, now);
      setCell(face.box, cell);
      if (!sameSize(before.get(cell.id), cell)) jobs.push({ cell, ...job(face.box, cell.size, next.length) });
    }
    const fits = fit(jobs);
    const tight = jobs.filter((_, index) => !fits[index] && next.length > 1);
    for (const { cell } of tight) widen(/** @type {Need} */ (wall.needs.get(cell.id)));
    return tight.length === 0;
  }

  /** @param {string} id @param {number} now */
  function count(id, now) {
    wall.shown.set(id, { times: (wall.shown.get(id)?.times ?? 0) + 1, last: now });
  }

  const sameSize = (/** @type {Cell|undefined} */ one, /** @type {Cell} */ other) =>
    one && one.w === other.w && one.h === other.h;

  const job = (/** @type {HTMLElement} */ box, /** @type {number} */ size, /** @type {number} */ count) => ({
    box: /** @type {HTMLElement} */ (box.querySelector(".card")),
    ...sizesOf(size, count, wall.look),
    sure: wall.look.comfort,
  });

  /** @param {Need} need */
  function widen(need) {
    need.text *= ROOMIER;
    need.name *= ROOMIER;
    need.foot = need.foot.map((part) => part * FOOT_ROOMIER);
  }

  /** @param {string} id @param {HTMLElement} box */
  function goes(id, box) {
    if (isCalm() || !wall.cells.length) return box.remove();
    ghosts.leave(box, id, [{ opacity: 1 }, { opacity: 0 }], CALM_MS / 2);
  }

  /** @param {Cell|undefined} from @param {Cell} to */
  function slide(from, to) {
    const box = faces.boxOf(to.id);
    if (!box) return;
    const coming = [
      { opacity: 0, transform: "translateY(1.5vmin)" },
      { opacity: 1, transform: "none" },
    ];
    if (!from) return move(box, coming, CALM_MS, CALM_MS / 2);
    const [dx, dy] = wayOf(from, to);
    if (Math.abs(dx) + Math.abs(dy) > 1)
      move(box, [{ transform: `translate(${dx}px, ${dy}px)` }, { transform: "none" }], CALM_MS);
  }

  /** Cards whose words or counts changed are measured anew when they are laid next; for now they fit where they stand. */
  function repaint() {
    const changed = faces.repaint(wall.posts, wall.themes);
    for (const { post } of changed) wall.needs.delete(post.id);
    const sizeOf = (/** @type {Post} */ post) => wall.cells.find(({ id }) => id === post.id)?.size ?? wall.look.comfort;
    if (changed.length) fit(changed.map(({ box, post }) => job(box, sizeOf(post), wall.cells.length)));
  }

  /** The same cards in the same places, in new elements: others have changed those there were. */
  function redraw() {
    const drawn = faces.redraw(wall.cells, wall.themes);
    fit(drawn.map(({ cell, box }) => job(box, cell.size, drawn.length)));
  }

  /** All cards that have a place, and these, if they fit. @param {Post} post @param {number} now */
  function grow(post, now) {
    const list = [post, ...onWall(wall)];
    measure(list);
    const next = composed(list, 1);
    if (next.length < list.length) return false;
    if (!put(next, now)) lay(list, 1, now);
    return true;
  }

  return { ground, lay, measure, needsOf, put, grow, repaint, redraw };
}
