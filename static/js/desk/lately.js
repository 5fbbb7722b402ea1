// What was done lately, from the audit trail: asked for when the moderator opens the list.
// @ts-check
import { problemOf } from "../shared/api.js";
import { aboutEntry, actorOf, gathered, keyOf } from "./audit.js";

const LATELY_SHOWN = 30;

/**
 * @import {Line} from "./types"
 * @param {{known: {view: import("../shared/board.js").State}, api: typeof import("../shared/staff.js").api, draw: () => void,
 *   complain: (words: string) => void}} desk
 */
export function createLately({ known, api, draw, complain }) {
  const lately = { lines: /** @type {Line[]} */ ([]), fetch };

  async function fetch() {
    try {
      const { entries } = await api.audit();
      lately.lines = gathered(entries)
        .slice(0, LATELY_SHOWN)
        .map((entry) => ({ ...entry, actor: actorOf(entry), key: keyOf(entry), about: aboutEntry(known.view, entry) }));
      draw();
    } catch (problem) {
      complain(problemOf(problem).detail);
    }
  }

  return lately;
}
