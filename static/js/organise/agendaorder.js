// The order of sessions at one time, made by hand: one up, one down, and back.
// @ts-check
import { problemOf } from "../shared/api.js";
import { say } from "../shared/words.js";
import { neighbours, reordered } from "./agendaplan.js";

/** @import { State } from "../shared/board.js" */
/** @import { Planned } from "./agendaplan.js" */
/** @import { Calls, Telling } from "./types" */

/**
 * @param {{known: {base: State}, all: () => Planned[], calls: Calls,
 *   telling: Telling, focusOn: (id: string) => void}} page
 */
export function createOrder({ known, all, calls, telling, focusOn }) {
  let last = Promise.resolve(); // quick taps come one after the other, each from where the one before has put it

  /** @param {string} id @param {"up"|"down"} way */
  function move(id, way) {
    last = last.then(() => step(id, way)).catch((problem) => telling.complain(problemOf(problem).detail));
    return last;
  }

  /** @param {string} id @param {"up"|"down"} way */
  async function step(id, way) {
    const { before, behind, next } = neighbours(all(), id);
    if (way === "up" ? !before : !behind) return;
    const stood = behind; // before whom it goes back
    await put(id, way === "up" ? before : next);
    focusOn(`${way}-${id}`);
    telling.say(say("agenda-moved", { title: all().find((one) => one.id === id)?.title ?? "" }), async () => {
      await put(id, stood);
      telling.say(say("organise-undone"));
    });
  }

  /** @param {string} id @param {string|null} before null: behind all of its time */
  async function put(id, before) {
    await calls.editSession(id, { before });
    known.base = { ...known.base, sessions: reordered(known.base.sessions, id, before) }; // the feed brings it, too
  }

  return { move };
}
