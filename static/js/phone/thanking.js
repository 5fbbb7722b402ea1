// Thanks for cards: shown at once, sent until the board has them, and taken back.
// @ts-check
import { call, problemOf } from "../shared/api.js";

/** @import { First } from "./types" */

const KEPT_AT_MOST = 300;
const WAITS_MS = [2000, 5000, 15000, 60000];

/**
 * @typedef {Record<string, {on: boolean, is: boolean}>} Wishes by card: what is wanted, and what the board has
 * @param {Pick<First, "keep"|"clock"|"say"|"draw">} phone
 */
export function createThanking({ keep, clock, say, draw }) {
  let busy = false;
  let tries = 0;
  let notBefore = 0; // ms

  const wishes = () => /** @type {Wishes} */ (keep.get("thanks", {}));

  /** @param {string} id @param {{on: boolean, is: boolean}} wish */
  function put(id, wish) {
    const others = Object.entries(wishes()).filter(([other]) => other !== id);
    const all = wish.on || wish.is ? [...others, [id, wish]] : others;
    keep.set("thanks", Object.fromEntries(all.slice(-KEPT_AT_MOST)));
  }

  /** @param {string} id */
  function toggle(id) {
    const { on = false, is = false } = wishes()[id] ?? {};
    put(id, { on: !on, is });
    notBefore = 0;
    draw();
    return flush();
  }

  /** The last wish counts; one request at a time. Each picture asks for it, and it draws: where nothing is owed, it does neither. */
  async function flush() {
    if (busy || !owed() || clock.now() < notBefore) return;
    busy = true;
    try {
      for (let next = owed(); next; next = owed()) await deliver(...next);
      tries = 0;
    } catch {
      notBefore = clock.now() + WAITS_MS[Math.min(tries, WAITS_MS.length - 1)];
      tries += 1;
    } finally {
      busy = false;
      draw();
    }
  }

  const owed = () => Object.entries(wishes()).find(([, { on, is }]) => on !== is);

  /** @param {string} id @param {{on: boolean}} wish */
  async function deliver(id, { on }) {
    try {
      await call(on ? "PUT" : "DELETE", `/posts/${encodeURIComponent(id)}/thanks`, "thanked");
      put(id, { on: wishes()[id]?.on ?? false, is: on });
    } catch (problem) {
      const { passes, detail } = problemOf(problem);
      if (passes) throw problem;
      put(id, { on: false, is: false });
      say(detail, "bad");
    }
  }

  return {
    toggle,
    flush,
    isOn: (/** @type {string} */ id) => Boolean(wishes()[id]?.on),
    waits: (/** @type {string} */ id) => Boolean(wishes()[id]?.on && !wishes()[id]?.is),
  };
}
