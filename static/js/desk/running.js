// Acts on their way to the server: each is shown at once, sent after those of the same post, and taken back where it is refused.
// @ts-check
import { createUndos } from "./undos.js";

// The answer to a switch carries no number, so the feed has the last word; until it speaks, what was asked for is shown.
const LINGER_MS = 400;

/**
 * @import {Problem} from "../shared/api.js"
 * @import {State} from "../shared/board.js"
 * @import {Act} from "./acts.js"
 * @param {{changed: (act: Act|null) => void, refused: (problem: Problem, act: Act) => void}} desk
 *   changed: what is shown is another; null: an act is confirmed or was refused
 */
export function createRunning({ changed, refused }) {
  const overlays = /** @type {Map<symbol, Act["apply"]>} */ (new Map()); // what is not yet confirmed, in this order
  const tails = /** @type {Map<string, Promise<unknown>>} */ (new Map()); // one post's acts go out one after the other
  const undos = createUndos();

  function run(/** @type {Act} */ act) {
    const token = Symbol(act.words);
    overlays.set(token, act.apply);
    const undo = undos.add(act);
    const before = Promise.all(act.keys.map((key) => tails.get(key)));
    const done = before.then(act.send).then(
      (seq) => undo && (undo.seq = Number(seq) || 0),
      (problem) => {
        undos.drop(undo);
        act.failed?.();
        refused(problem, act);
      },
    );
    for (const key of act.keys) tails.set(key, done);
    done.then(() => settle(token, act, done));
    changed(act);
  }

  /** @param {symbol} token @param {Act} act @param {Promise<unknown>} done */
  function settle(token, act, done) {
    for (const key of act.keys) if (tails.get(key) === done) tails.delete(key);
    const drop = () => {
      overlays.delete(token);
      changed(null);
    };
    if (act.linger) setTimeout(drop, LINGER_MS);
    else drop();
  }

  return {
    run,
    latest: undos.latest,
    takeUndo: undos.take,
    /** @param {State} state what is known @returns {State} with what was asked for */
    over: (state) => [...overlays.values()].reduce((shown, apply) => apply(shown), state),
  };
}
