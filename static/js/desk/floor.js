// The stage at the desk: the microphone of a session, who comes next, and the note to the speaker.
// @ts-check
import { call, problemOf, segment } from "../shared/api.js";

/**
 * @import {FloorRule} from "../shared/wire"
 * @param {{draw: () => void, complain: (words: string) => void, api: typeof import("../shared/staff.js").api}} desk
 */
export function createFloor({ draw, complain, api }) {
  const floor = { typed: "", busy: false, type, rule, take, write, takeBack };

  /** @param {string} words */
  function type(words) {
    floor.typed = words;
  }

  /** @param {string} session @param {FloorRule|""} wanted "": no microphone */
  function rule(session, wanted) {
    return attempt(() => api.session(session, { floor: wanted || null }));
  }

  /** @param {string} session @param {string|null} post the question that is answered now @param {string} [answered] the one before it */
  function take(session, post, answered) {
    const left = answered ? { left: { post: answered, to: "answered" } } : {};
    return attempt(() => call("PUT", `/sessions/${segment(session)}/floor`, "post", { post, ...left }));
  }

  /** @param {string} room */
  function write(room) {
    return attempt(async () => {
      if (!floor.typed.trim()) return;
      await call("PUT", "/notes", "note", { text: floor.typed, room });
      floor.typed = "";
    });
  }

  /** @param {string} note */
  function takeBack(note) {
    return attempt(() => call("DELETE", `/notes/${segment(note)}`, "note"));
  }

  /** @param {() => Promise<unknown>} act */
  async function attempt(act) {
    if (floor.busy) return;
    floor.busy = true;
    try {
      await act();
    } catch (error) {
      complain(problemOf(error).message);
    } finally {
      floor.busy = false;
      draw();
    }
  }

  return floor;
}
