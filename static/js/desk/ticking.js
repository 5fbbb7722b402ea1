// The clock of the desk: each second it lets go what had its time, and draws where times or the seconds of an undo are on the page.
// @ts-check
import { phases } from "../shared/agenda.js";
import { successor } from "./queue.js";

const TICK_MS = 1000;
const TIMES_EVERY_MS = 30000;

/**
 * @import {List} from "./list.js"
 * @import {Marks} from "./marks.js"
 * @import {State} from "../shared/board.js"
 * @param {{known: {view: State}, clock: {now: () => number}, list: List, marks: Marks, acts: {latest: () => {undo: unknown}}, telling: {expire: (now: number) => boolean},
 *   painter: {paintedAt: number}, refresh: () => void}} desk
 */
export function createTicking({ known, clock, list, marks, acts, telling, painter, refresh }) {
  let stood = "";

  function tick() {
    const now = performance.now();
    // The seconds of an undo, and at once when it is over; which sessions have begun.
    const stands = [acts.latest().undo && now, ...phases(known.view.sessions, clock.now()).values()].join();
    const old = stood !== stands || now - painter.paintedAt > TIMES_EVERY_MS;
    stood = stands;
    const gone = marks.expire(now, leave);
    const quiet = telling.expire(now);
    if (old || gone || quiet) refresh();
  }

  /** The keys go on from the row that leaves to the one after it. @param {string} id */
  function leave(id) {
    if (list.current === id) list.current = successor(list.visibleIds(), id, new Set(marks.ghosts.keys()));
  }

  return { start: () => void setInterval(tick, TICK_MS) };
}
