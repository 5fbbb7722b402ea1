// The wall of cards on the page: keeps the elements, measures them, lets them come and go. What goes where and when is wall.js's business.
// @ts-check
import { nothing, render } from "../../vendor/lit-html.js";
import { createArrivals, LEAST_STAY_MS } from "./arrivals.js";
import { cardFace, lengthOf, needOf, rulerLines } from "./face.js";
import { fit, widths } from "./fit.js";
import { mayCome, pinTooMany, spread } from "./pins.js";
import { bestSwap, compose, inTurn, largeMs, pauseMs, stayMs } from "./wall.js";

const RIPE_AT_ONCE = 3;
const LOOKED_AT = 8; // candidates for an exchange
const PINS_LOOKED_AT = 2;
const PIN_STAYS = 2; // times as long as another card
const ADMITTED_AT_ONCE = 4; // of a burst: each costs a layout
const PATIENCE = 3; // exchanges that may pass over the fairest candidate because it fits nowhere
const TRIES = 4;
const ROOMIER = 1.14; // how much more room a card gets that turned out not to fit
const TWO_AT_ONCE_FROM = 9; // cards on the wall
const LIVELY = 1.3;
const FEW = 3;
const EASE = "cubic-bezier(0.2, 0.7, 0.2, 1)";
const CALM_MS = 400;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @param {{place: HTMLElement, light: HTMLElement, ruler: HTMLElement, own?: (act: () => void) => void}} parts place: the wall;
 *   light: where a new card stands large; own: within it the page is changed later than in a call
 */
export function openMosaic({ place, light, ruler, own = (act) => act() }) {
  const stage = /** @type {HTMLElement} */ (light.parentElement);
  /** @type {Map<string, any>} */
  let posts = new Map(); // newest first
  /** @type {any[]} */
  let themes = [];
  /** @type {import("./wall.js").Room|null} */
  let room = null;
  /** @type {import("./wall.js").Look} */
  let look = { min: 0, comfort: 0, max: 0, large: 0, most: 0 }; // comes with the room
  /** @type {(import("./wall.js").Cell & {since?: number})[]} */
  let cells = [];
  /** @type {Map<string, {box: HTMLElement, post: any, themes: any[]}>} */
  const faces = new Map();
  const needs = new Map();
  const shown = new Map();
  /** @type {Set<string>} */
  const known = new Set();
  const arrivals = createArrivals();
  /** @type {{id: string, box: HTMLElement, post: any, until: number}|null} */
  let large = null;
  let nextAt = 0;
  let passedOver = 0;

  /**
   * The cards there are now. A card that is no longer among them is gone from everything before this returns.
   * @param {any[]} list newest first @param {any[]} nowThemes @param {boolean} news may new ones enter large? @param {number} now
   */
  function show(list, nowThemes, news, now) {
    posts = new Map(list.map((post) => [post.id, post]));
    themes = nowThemes;
    const lost = leave();
    const came = list.filter(({ id }) => isNew(id) && news && room).map(({ id }) => id);
    if (!room) return;
    repaint();
    receive(came.reverse(), now);
    if (!cells.length) fill(now);
    else if (lost) close(now);
    else if (!news && hasSpace()) grow(now);
    dim();
  }

  function isNew(id) {
    if (known.has(id)) return false;
    known.add(id);
    return true;
  }

  /** New cards, the oldest first: onto the wall, and large only while no other one waits. */
  function receive(came, now) {
    const alone = arrivals.come(came, now);
    if (alone && !large) return enter(alone, now);
    if (alone) arrivals.again(alone);
    if (came.length && large) settle(now);
    admit(now);
  }

  function admit(now) {
    for (let count = 0; count < ADMITTED_AT_ONCE; count += 1) {
      const id = arrivals.next();
      const post = id && posts.get(id);
      if (!id) return;
      if (post && !take(post, now)) return arrivals.again(id);
      nextAt = now + pauseMs(post ? lengthOf(post) : 0);
    }
  }

  /** The wall steps back while a card stands before it. */
  function dim() {
    light.hidden = !large;
    place.classList.toggle("is-dimmed", Boolean(large));
  }

  const leaving = () => /** @type {NodeListOf<HTMLElement>} */ (stage.querySelectorAll("[data-leaving]"));

  function leave() {
    arrivals.keep((id) => posts.has(id));
    if (large && !posts.has(large.id)) dropLarge();
    for (const id of shown.keys()) if (!posts.has(id)) shown.delete(id);
    for (const id of needs.keys()) if (!posts.has(id)) needs.delete(id);
    for (const element of leaving()) if (!posts.has(element.dataset.leaving ?? "")) element.remove();
    const before = cells.length;
    for (const [id, face] of faces) {
      if (posts.has(id)) continue;
      face.box.remove();
      faces.delete(id);
    }
    return before > cells.filter(({ id }) => posts.has(id)).length;
  }

  /** Cards whose words or counts changed where they stand. */
  function repaint() {
    const jobs = [];
    for (const [id, face] of faces) {
      const post = posts.get(id);
      if (post === face.post && themes === face.themes) continue;
      needs.delete(id);
      paint(face, post);
      jobs.push(job(face.box, cells.find((cell) => cell.id === id)?.size ?? look.comfort, cells.length));
    }
    if (jobs.length) fit(jobs);
    if (large && posts.get(large.id) !== large.post) {
      paint(large, posts.get(large.id));
      fitLarge(large.box);
    }
  }

  function paint(face, post) {
    face.post = post;
    face.themes = themes;
    render(cardFace(post, themes), face.box);
  }

  // Short texts may be larger than their neighbours, but not so much that the wall looks restless.
  const job = (box, size, count) => ({
    box: box.querySelector(".card"),
    min: look.min,
    max: count > FEW ? Math.min(size * LIVELY, look.max) : look.max,
  });

  /** The whole wall anew: at first, and when the room changes. */
  function fill(now) {
    const [pins, others] = split(turn([]));
    lay(spread([...others, ...pins]), 1, now);
    nextAt = now + pauseMs(120);
  }

  const onWall = () => cells.map(({ id }) => posts.get(id)).filter(Boolean);

  /** Candidates in their turn, without these. */
  function turn(without) {
    const out = new Set([...without.map(({ id }) => id), ...arrivals.list(), large?.id]);
    const waiting = [...posts.values()].filter(({ id }) => !out.has(id));
    if (cells.length && cells.length < FEW) return inTurn(waiting, shown, without);
    const [pins, others] = split(waiting);
    return [...inTurn(others, shown, without), ...inTurn(pins, shown, without)];
  }

  const split = (list) => [list.filter(({ pinned }) => pinned), list.filter(({ pinned }) => !pinned)];

  /** May this card come for that one, as pins have a share of the places? */
  function mayComeFor(waiting) {
    const others = waiting.some(({ pinned }) => !pinned);
    const wall = { pins: onWall().filter(({ pinned }) => pinned).length, places: cells.length, others };
    return (comes, leaves) => mayCome(posts.get(comes.id), posts.get(leaves.id), wall);
  }

  /** As many of these, in this order, as fit. */
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

  /** Where there is no room yet, nothing is laid. */
  function ground() {
    if (!room) throw new Error("the wall has no room yet");
    return room;
  }

  const composed = (list, sure) =>
    compose(
      list.map(({ id }) => needs.get(id)),
      ground(),
      look,
      sure,
    );
  const tooMany = (next, list) =>
    pinTooMany(
      next.map(({ id }) => posts.get(id)),
      list,
    );

  function measure(list) {
    const fresh = list.filter(({ id }) => !needs.has(id));
    if (!fresh.length) return;
    const holders = fresh.map((post) => {
      const holder = document.createElement("div");
      render(rulerLines(post, themes), holder);
      return holder;
    });
    const found = widths(ruler, holders);
    fresh.forEach((post, index) => needs.set(post.id, needOf(post, found[index])));
  }

  /** Makes the page show these cells. False: a text did not fit, and its need was corrected. */
  function put(next, now) {
    const before = new Map(cells.map((cell) => [cell.id, cell]));
    const jobs = [];
    const news = [];
    for (const cell of next) {
      let face = faces.get(cell.id);
      if (!face) {
        face = { box: document.createElement("div"), post: null, themes };
        face.box.className = "cell";
        faces.set(cell.id, face);
        paint(face, posts.get(cell.id));
        place.append(face.box);
        news.push(cell.id);
      }
      setRect(face.box, cell);
      if (!same(before.get(cell.id), cell)) jobs.push({ cell, ...job(face.box, cell.size, next.length) });
    }
    const fits = fit(jobs);
    const tight = jobs.filter((_, index) => !fits[index] && next.length > 1);
    for (const { cell } of tight) widen(needs.get(cell.id));
    // Only now is it sure who leaves.
    const staying = new Set(next.map(({ id }) => id));
    for (const [id, face] of [...faces]) if (!staying.has(id)) goes(id, face);
    for (const id of news) if (!before.has(id)) count(id, now);
    const moved = before.size > 0;
    cells = next.map((cell) => ({ ...cell, since: before.get(cell.id)?.since ?? now }));
    if (moved) for (const cell of next) slide(before.get(cell.id), cell);
    place.dispatchEvent(new CustomEvent("arranged", { detail: { height: cells.at(-1)?.h ?? 0 } }));
    return tight.length === 0;
  }

  const same = (one, other) => one && one.w === other.w && one.h === other.h;

  function widen(need) {
    need.text *= ROOMIER;
    need.name *= ROOMIER;
    need.foot = need.foot.map((part) => part * 1.05);
  }

  function count(id, now) {
    shown.set(id, { times: (shown.get(id)?.times ?? 0) + 1, last: now });
  }

  function goes(id, face) {
    faces.delete(id);
    if (calm.matches || !cells.length) return face.box.remove();
    face.box.dataset.leaving = id;
    move(face.box, [{ opacity: 1 }, { opacity: 0 }], CALM_MS / 2)
      .finished.finally(() => own(() => face.box.remove()))
      .catch(() => {});
  }

  function slide(from, to) {
    const box = faces.get(to.id)?.box;
    if (!box) return;
    if (!from)
      return move(
        box,
        [
          { opacity: 0, transform: "translateY(1.5vmin)" },
          { opacity: 1, transform: "none" },
        ],
        CALM_MS,
        CALM_MS / 2,
      );
    const [dx, dy] = [from.x - to.x, from.y - to.y];
    if (Math.abs(dx) + Math.abs(dy) > 1)
      move(box, [{ transform: `translate(${dx}px, ${dy}px)` }, { transform: "none" }], CALM_MS);
  }

  /** Cards were hidden: others take their places, or the rest closes the gap. */
  function close(now) {
    const left = onWall();
    const gaps = cells.filter(({ id }) => !posts.has(id));
    const waiting = lookedAt(turn(left));
    measure(waiting);
    const may = mayComeFor(waiting);
    let next = cells;
    for (const gap of gaps) {
      const free = waiting.filter(({ id }) => !next.some((cell) => cell.id === id));
      const swap = bestSwap(
        [gap],
        free.map(({ id }) => needs.get(id)),
        ground(),
        look,
        may,
      );
      if (!swap) return lay([...left, ...turn(left)], Math.min(left.length, 1), now);
      next = next.map((cell) => (cell === gap ? { ...swapped(gap, swap.need) } : cell));
    }
    if (!put(next, now)) lay([...onWall(), ...turn(onWall())], 1, now);
  }

  const swapped = (cell, need) => ({ id: need.id, x: cell.x, y: cell.y, w: cell.w, h: cell.h, size: cell.size });

  /** Time passes: the large one settles, the next one enters, or, when it is quiet, cards are exchanged. @param {number} now */
  function tick(now) {
    if (!room) return;
    if (large && now >= large.until) settle(now);
    if (!large) admit(now);
    dim();
    if (large || now < nextAt || !cells.length) return;
    exchange(now);
  }

  function enter(id, now) {
    const post = posts.get(id);
    const box = document.createElement("div");
    box.className = "large";
    large = { id: post.id, box, post, until: now + largeMs(lengthOf(post)) };
    dim();
    light.replaceChildren(box);
    paint(large, post);
    fitLarge(box);
    move(
      box,
      [
        { opacity: 0, transform: "translateY(8vmin) scale(0.9)" },
        { opacity: 1, transform: "none" },
      ],
      CALM_MS,
    );
  }

  /** As large as half the stage allows, and no taller than its words. */
  function fitLarge(box) {
    const card = box.querySelector(".card");
    box.classList.add("measuring");
    fit([{ box: card, min: look.min, max: look.large }]);
    box.classList.remove("measuring");
  }

  function dropLarge() {
    large?.box.remove();
    large = null;
    dim();
  }

  function settle(now) {
    const { id, box, post } = /** @type {NonNullable<typeof large>} */ (large);
    const from = box.getBoundingClientRect();
    large = null;
    if (!take(post, now)) arrivals.again(id);
    const home = faces.get(id)?.box;
    if (home && !calm.matches) fly(id, box, from, home.getBoundingClientRect());
    else box.remove();
    nextAt = now + pauseMs(lengthOf(post));
  }

  /** The large card shrinks towards its place and gives way to the one that stands there. */
  function fly(id, ghost, from, to) {
    ghost.dataset.leaving = id;
    ghost.classList.add("flying");
    setRect(ghost, { x: from.left, y: from.top, w: from.width, h: from.height });
    stage.append(ghost);
    const scale = Math.min(to.width / from.width, to.height / from.height);
    const [dx, dy] = [
      to.left + to.width / 2 - from.left - from.width / 2,
      to.top + to.height / 2 - from.top - from.height / 2,
    ];
    const frames = [
      { opacity: 1, transform: "none" },
      { opacity: 1, offset: 0.6 },
      { opacity: 0, transform: `translate(${dx}px, ${dy}px) scale(${scale})` },
    ];
    move(ghost, frames, CALM_MS)
      .finished.finally(() => own(() => ghost.remove()))
      .catch(() => {});
  }

  /** A new card takes its place: one more where all there are fit, else for the ripest. False: it has to wait. */
  function take(post, now) {
    if (faces.has(post.id)) return true;
    if (!cells.length) lay([post], 1, now);
    else if (!(hasSpace() && grow(now, post)) && !swapIn([post], now, LEAST_STAY_MS)) {
      const [out] = ripest(now, LEAST_STAY_MS).filter((cell) => mayComeFor([post])(post, cell));
      if (!out) return false;
      lay([post, ...onWall().filter(({ id }) => id !== out.id)], 1, now);
    }
    return true;
  }

  const hasSpace = () => cells.length < look.most && onWall().length < posts.size && turn(onWall()).length <= 1;

  /** Room for one more without making the others small? */
  function grow(now, post = turn(onWall())[0]) {
    if (!post) return false;
    const list = [post, ...onWall()];
    measure(list);
    const next = compose(
      list.map(({ id }) => needs.get(id)),
      ground(),
      look,
      1,
    );
    if (next.length < list.length) return false;
    if (!put(next, now)) lay(list, 1, now);
    return true;
  }

  /** @param {import("./wall.js").Cell & {since?: number}} cell @param {number} now */
  const ripeness = (cell, now) => (now - (cell.since ?? now)) / stayMs(lengthOf(posts.get(cell.id)));

  function exchange(now) {
    const waiting = turn(onWall());
    const first = waiting[0];
    nextAt = now + pauseMs(first ? lengthOf(first) : 0);
    if (!first) return;
    const came = swapIn(lookedAt(waiting), now);
    if (came && cells.length >= TWO_AT_ONCE_FROM && waiting.length > cells.length)
      swapIn(lookedAt(turn(onWall())), now);
    nextPin(waiting, now);
    passedOver = came && came !== first.id ? passedOver + 1 : came ? 0 : passedOver + 1;
    if (passedOver >= PATIENCE) makeRoom(first, now);
  }

  /** A pinned card that had its time makes room for the next pinned one. */
  function nextPin(waiting, now) {
    const [pins, others] = split(waiting);
    const over = cells.some((cell) => posts.get(cell.id)?.pinned && ripeness(cell, now) >= PIN_STAYS);
    if (pins.length && others.length && over) swapIn(pins.slice(0, PINS_LOOKED_AT), now, 1, waiting);
  }

  function lookedAt(waiting) {
    const [pins, others] = split(waiting);
    return [...others.slice(0, LOOKED_AT), ...pins.slice(0, PINS_LOOKED_AT)];
  }

  /** Those that may go first, of both kinds: who may come for whom is decided later. */
  function ripest(now, leastMs) {
    const old = cells
      .filter((cell) => now - (cell.since ?? now) >= leastMs)
      .sort((a, b) => ripeness(b, now) - ripeness(a, now));
    const [pins, others] = split(old.map((cell) => ({ cell, pinned: posts.get(cell.id)?.pinned })));
    return [...others.slice(0, RIPE_AT_ONCE), ...pins.slice(0, 1)].map(({ cell }) => cell);
  }

  /** One of these for one of the ripest. @returns {string|null} who came */
  function swapIn(candidates, now, leastMs = 1, waiting = candidates) {
    const ripe = ripest(now, leastMs);
    measure(candidates);
    const swap = bestSwap(
      ripe,
      candidates.map(({ id }) => needs.get(id)),
      ground(),
      look,
      mayComeFor(waiting),
    );
    if (!swap) return null;
    if (
      !put(
        cells.map((cell) => (cell.id === swap.cell.id ? swapped(cell, swap.need) : cell)),
        now,
      )
    )
      lay(onWall(), 1, now);
    return swap.need.id;
  }

  /** The fairest candidate fits nowhere: the wall is laid anew around it. */
  function makeRoom(post, now) {
    passedOver = 0;
    const [out] = ripest(now, 1).filter((cell) => mayComeFor([post])(post, cell));
    if (out) lay([post, ...onWall().filter(({ id }) => id !== out.id), ...turn(onWall())], 1, now);
  }

  /** The room changed, or the faces of the type did: all is measured and laid anew. @param {any} nextRoom @param {any} nextLook @param {number} now */
  function resize(nextRoom, nextLook, now) {
    [room, look] = [nextRoom, nextLook];
    needs.clear();
    const keep = onWall();
    cells = [];
    if (!posts.size) return;
    if (!keep.length) return fill(now);
    lay([...keep, ...turn(keep)], 1, now);
    if (large) fitLarge(large.box);
  }

  /** The same cards in the same places, in new elements: others have changed those there were. */
  function redraw() {
    for (const element of leaving()) element.remove();
    const boxes = cells.flatMap((cell) => {
      const face = faces.get(cell.id);
      if (!face) return [];
      face.box = document.createElement("div");
      face.box.className = "cell";
      setRect(face.box, cell);
      paint(face, face.post);
      return [{ cell, box: face.box }];
    });
    place.replaceChildren(...boxes.map(({ box }) => box));
    fit(boxes.map(({ cell, box }) => job(box, cell.size, boxes.length)));
    light.replaceChildren();
    if (!large) return;
    large.box = document.createElement("div");
    large.box.className = "large";
    light.append(large.box);
    paint(large, large.post);
    fitLarge(large.box);
  }

  /** Nothing of it stays on the page; who was shown how often is remembered. */
  function clear() {
    dropLarge();
    arrivals.clear();
    for (const { box } of faces.values()) render(nothing, box);
    faces.clear();
    place.replaceChildren();
    for (const element of leaving()) element.remove();
    cells = [];
    room = null;
  }

  return { show, tick, resize, redraw, clear, isOpen: () => room !== null };
}

function setRect(box, { x, y, w, h }) {
  for (const [name, value] of [
    ["left", x],
    ["top", y],
    ["width", w],
    ["height", h],
  ])
    box.style.setProperty(name, `${value}px`);
}

function move(element, frames, duration, delay = 0) {
  const still = calm.matches;
  return element.animate(still ? [{}, {}] : frames, {
    duration: still ? 0 : duration,
    delay: still ? 0 : delay,
    easing: EASE,
    fill: "backwards",
  });
}
