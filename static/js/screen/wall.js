// The rules of the wall of cards: how much room each needs, where it goes, who comes next and for how long.
// Pure: no DOM, no clock. Needs are in em of the card's text, so one measurement serves every size; rooms and cells are in px.
// @ts-check
import { graphemes } from "../shared/graphemes.js";

/** @import { Post } from "../shared/wire" */

/**
 * @typedef {{id: string, text: number, name: number, foot: number[], word: number, leading: number, nameLeading: number}} Need
 *   text, name and the parts of the foot as wide as they are unbroken; word: the longest that cannot break
 * @typedef {{width: number, height: number, gap: number, pad: number, notch: {width: number, height: number}|null}} Room
 *   notch: kept free in the lower far corner
 * @typedef {{id: string, x: number, y: number, w: number, h: number, size: number}} Cell size: px of text it was laid out for
 * @typedef {{min: number, comfort: number, max: number, large: number, most: number}} Look px of text; large: a card
 *   before the wall; most: cards at once
 * @typedef {{times: number, last: number}} Shown how often, and when last (ms)
 */

/** The name's size in em of the text. */
export const NAME_EM = 1.42; // as in screen.css
const GAPS_EM = 1.5; // between head, name, text and foot
const SMALL_LINES_EM = 2.2; // head and foot, one line each
const RAGGED_EM = 1.7; // a broken line ends about half a word early
const FOOT_GAP_EM = 1;
const SLIMMEST = 0.82; // width : height of a card
const WIDEST = 4.2;
const MOST_IN_A_ROW = 6;
const ROUNDED_PX = 0.5; // by which a row may be too low: sizes are found by halving
const ENOUGH_REFUSED = 6; // candidates too long for what room is left

/**
 * Justified rows that fill the room with the largest common text size.
 * @param {Need[]} needs @param {Room} room @param {Look} look
 * @returns {Cell[]|null} null: not even the smallest text fits
 */
export function arrange(needs, room, look) {
  if (!needs.length) return [];
  let rows = rowsAt(needs, room, look.min);
  if (!rows) return null;
  let [low, high] = [look.min, look.max];
  for (let step = 0; step < 8; step += 1) {
    const middle = (low + high) / 2;
    const larger = rowsAt(needs, room, middle);
    if (larger) [low, rows] = [middle, larger];
    else high = middle;
  }
  return cellsOf(stretched(rows, room), room, low, look.max);
}

/**
 * As many of these as fit in comfort, in this order of preference; one too many for the room is passed over for shorter ones.
 * The first `sure` ones come in as long as they fit at all.
 * @param {Need[]} needs @param {Room} room @param {Look} look @param {number} [sure]
 * @returns {Cell[]}
 */
export function compose(needs, room, look, sure = 1) {
  if (!needs.length) return [];
  for (let count = Math.min(needs.length, Math.max(1, sure)); count >= 1; count -= 1) {
    let chosen = needs.slice(0, count);
    if (!rowsAt(chosen, room, look.min)) continue;
    let refused = 0;
    const heights = /** @type {Map<string, number>} */ (new Map());
    for (const need of needs.slice(count)) {
      if (chosen.length >= look.most || refused >= ENOUGH_REFUSED) break;
      if (rowsAt([...chosen, need], room, look.comfort, heights)) chosen = [...chosen, need];
      else refused += 1;
    }
    const cells = arrange(chosen, room, look);
    if (cells) return cells;
  }
  return [whole(needs[0], room, look)];
}

/**
 * One card that is too much for the room: all of it, and the text as large as it can be.
 * @param {Need} need @param {Room} room @param {Look} look @returns {Cell}
 */
function whole(need, room, look) {
  const width = room.width - (room.notch ? room.notch.width + room.gap : 0);
  return { id: need.id, x: 0, y: 0, w: width, h: room.height, size: look.min };
}

/**
 * Breaks the needs into rows of the least total height at this text size.
 * @param {Need[]} needs @param {Room} room @param {number} size
 * @param {Map<string, number>} [heights] of rows already tried, for calls that differ in the last need only
 * @typedef {{items: Need[], width: number, height: number}} Row
 * @returns {Row[]|null}
 */
function rowsAt(needs, room, size, heights = new Map()) {
  const count = needs.length;
  const lastWidth = room.notch ? room.width - room.notch.width - room.gap : room.width;
  const heightOf = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ width) => {
    const key = `${needs[from].id} ${needs[to - 1].id} ${width}`;
    let height = heights.get(key);
    if (height === undefined) heights.set(key, (height = rowHeight(needs.slice(from, to), width, size, room)));
    return height;
  };
  const row = (/** @type {number} */ from, /** @type {number} */ to) => heightOf(from, to, room.width);
  // best[to] = least height of the first `to` cards in full rows, and where the last of these rows begins
  const best = [{ height: 0, from: 0 }];
  for (let to = 1; to < count; to += 1) {
    best[to] = { height: Infinity, from: 0 };
    for (let from = Math.max(0, to - MOST_IN_A_ROW); from < to; from += 1) {
      const height = best[from].height + row(from, to) + room.gap;
      if (height < best[to].height) best[to] = { height, from };
    }
  }
  let end = { height: Infinity, from: 0, last: 0 };
  for (let from = Math.max(0, count - MOST_IN_A_ROW); from < count; from += 1) {
    const last = Math.max(heightOf(from, count, lastWidth), room.notch?.height ?? 0);
    const height = best[from].height + last;
    if (height < end.height) end = { height, from, last };
  }
  if (end.height > room.height) return null;
  const rows = [{ items: needs.slice(end.from), width: lastWidth, height: end.last }];
  for (let to = end.from; to > 0; to = best[to].from) {
    const { from } = best[to];
    rows.unshift({ items: needs.slice(from, to), width: room.width, height: row(from, to) });
  }
  return rows;
}

/**
 * The least height at which these cards stand side by side in this width.
 * @param {Need[]} items @param {number} width @param {number} size @param {Room} room
 */
function rowHeight(items, width, size, room) {
  const free = width - room.gap * (items.length - 1);
  const taken = (/** @type {number} */ height, slimmest = 0) =>
    items.reduce((sum, need) => sum + Math.max(widthFor(need, height, size, room), height * slimmest), 0);
  if (taken(room.height) > free) return Infinity;
  let [low, high] = [0, room.height];
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2;
    if (taken(middle) <= free) high = middle;
    else low = middle;
  }
  if (taken(high, SLIMMEST) > free) return Infinity;
  return Math.max(high, free / items.length / WIDEST);
}

/**
 * The least width in which this card is no taller than `height`.
 * @param {Need} need @param {number} height @param {number} size @param {Room} room
 */
function widthFor(need, height, size, room) {
  const free = (height - 2 * room.pad) / size;
  let least = Infinity;
  for (let nameLines = 1; nameLines <= 3; nameLines += 1) {
    const left = free - nameLines * NAME_EM * need.nameLeading - SMALL_LINES_EM - GAPS_EM;
    const lines = Math.floor(left / need.leading + 0.001);
    if (lines < 1) continue;
    const width = Math.max(broken(need.name, nameLines), footWidth(need.foot), broken(need.text, lines), need.word);
    least = Math.min(least, width);
  }
  return least * size + 2 * room.pad;
}

const broken = (/** @type {number} */ length, /** @type {number} */ lines) =>
  lines === 1 ? length + 0.1 : length / lines + Math.min(RAGGED_EM, length / 4);

/** One line. @param {number[]} parts */
const footWidth = (parts) => parts.reduce((sum, part) => sum + part, 0) + FOOT_GAP_EM * Math.max(0, parts.length - 1);

/** What is left of the height goes to all rows alike. @param {Row[]} rows @param {Room} room */
function stretched(rows, room) {
  const heights = rows.reduce((sum, row) => sum + row.height, 0);
  const factor = (room.height - room.gap * (rows.length - 1)) / heights;
  return rows.map((row) => ({ ...row, height: row.height * factor }));
}

/** @param {Row[]} rows @param {Room} room @param {number} size @param {number} max */
function cellsOf(rows, room, size, max) {
  const cells = /** @type {Cell[]} */ ([]);
  let y = 0;
  for (const row of rows) {
    const own = rowSize(row, room, size, max);
    const free = row.width - room.gap * (row.items.length - 1);
    const widths = row.items.map((need) =>
      Math.max(widthFor(need, row.height + ROUNDED_PX, own, room), row.height * SLIMMEST * 0.8),
    );
    const factor = free / widths.reduce((sum, width) => sum + width, 0);
    let x = 0;
    row.items.forEach((need, index) => {
      const w = widths[index] * factor;
      cells.push({ id: need.id, x, y, w, h: row.height, size: own });
      x += w + room.gap;
    });
    y += row.height + room.gap;
  }
  return cells;
}

/**
 * The largest text with which a row still fits its (stretched) height.
 * @param {Row} row @param {Room} room @param {number} size @param {number} max
 */
function rowSize(row, room, size, max) {
  let [low, high] = [size, max];
  for (let step = 0; step < 7; step += 1) {
    const middle = (low + high) / 2;
    if (
      rowHeight(row.items, row.width, middle, { ...room, height: row.height + ROUNDED_PX }) <=
      row.height + ROUNDED_PX
    )
      low = middle;
    else high = middle;
  }
  return low;
}

/** The largest text with which this card fits this cell. @param {Need} need @param {Cell} cell @param {Room} room @param {number} max */
export function sizeIn(need, cell, room, max) {
  let [low, high] = [0, max];
  for (let step = 0; step < 9; step += 1) {
    const middle = (low + high) / 2;
    if (widthFor(need, cell.h, middle, room) <= cell.w + 0.5) low = middle;
    else high = middle;
  }
  return low;
}

/** Where a card belongs for fairness: the team celebrated, else the one that celebrates. @param {Post} post */
export const teamOf = (post) => post.to?.find((one) => one.team)?.team ?? post.author?.team ?? "";

/**
 * Who comes next: shown least often; then of the team that is least on the wall now; then longest unseen; then newest.
 * @param {Post[]} posts candidates, newest first @param {Map<string, Shown>} shown @param {Post[]} onWall
 * @returns {Post[]}
 */
export function inTurn(posts, shown, onWall) {
  const here = tally(onWall.map(teamOf));
  const times = (/** @type {Post} */ post) => shown.get(post.id)?.times ?? 0;
  const last = (/** @type {Post} */ post) => shown.get(post.id)?.last ?? 0;
  const rounds = /** @type {Map<number, Post[]>} */ (new Map());
  for (const post of posts) rounds.set(times(post), [...(rounds.get(times(post)) ?? []), post]);
  const order = /** @type {Post[]} */ ([]);
  for (const round of [...rounds.keys()].sort((a, b) => a - b)) {
    const waiting = (rounds.get(round) ?? []).sort((a, b) => last(a) - last(b)); // stable: newest first among equals
    while (waiting.length) {
      let next = 0;
      for (let index = 1; index < waiting.length; index += 1) {
        if ((here.get(teamOf(waiting[index])) ?? 0) < (here.get(teamOf(waiting[next])) ?? 0)) next = index;
      }
      const [post] = waiting.splice(next, 1);
      here.set(teamOf(post), (here.get(teamOf(post)) ?? 0) + 1);
      order.push(post);
      if (order.length >= ENOUGH) return order;
    }
  }
  return order;
}

const ENOUGH = 24; // candidates worth looking at, of however many thousand

/** @param {string[]} names */
function tally(names) {
  const counts = /** @type {Map<string, number>} */ (new Map());
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/**
 * Which card leaves for which: the ripest cells first, the fairest candidates first, unless another pair fits much better.
 * @param {Cell[]} ripe @param {Need[]} needs @param {Room} room @param {Look} look
 * @param {(need: Need, cell: Cell) => boolean} [may] may it come for this one?
 * @returns {{cell: Cell, need: Need}|null} null: none of them fits any of these cells
 */
export function bestSwap(ripe, needs, room, look, may = () => true) {
  let best = /** @type {{cost: number, cell: Cell, need: Need}|null} */ (null);
  for (const [late, cell] of ripe.entries()) {
    for (const [turn, need] of needs.entries()) {
      if (!may(need, cell)) continue;
      const size = sizeIn(need, cell, room, look.max);
      if (size < look.min * 1.06) continue; // the estimate is a little rough
      const cost = turn * 0.12 + late * 0.15 + Math.abs(Math.log(size / Math.max(cell.size, look.comfort)));
      if (!best || cost < best.cost) best = { cost, cell, need };
    }
  }
  return best && { cell: best.cell, need: best.need };
}

/** In characters, as people see them. @param {{text: string}} post */
export const lengthOf = (post) => graphemes(post.text).length;

const LARGE_MS = { least: 6400, most: 11000, perCharacter: 24 }; // with the moment in which it comes

/** How long a new card stays large, if no other one comes. @param {number} length in characters */
export const largeMs = (length) => Math.min(LARGE_MS.most, LARGE_MS.least + length * LARGE_MS.perCharacter);

/** How long a card keeps its place on the wall before it may make room. @param {number} length in characters */
export const stayMs = (length) => 20000 + length * 90;

/** Pause between two exchanges: the longer the text that came, the longer. @param {number} length in characters */
export const pauseMs = (length) => 8000 + Math.min(4000, length * 16);
