// What a large screen asks for beside the feed: older cards for a quiet wall, all bridges between teams for the map. The clock is passed in.
// @ts-check
import { limits } from "../shared/limits.js";
import { askBridges, askStory, askTotals } from "./asked.js";
import { createBridges } from "./bridges.js";
import { createOlder } from "./older.js";
import { createStory } from "./story.js";

/** @import { State } from "../shared/board.js" */
/** @import { Frame } from "../shared/wire" */

/**
 * @param {{api: typeof import("../shared/api.js").api, read: () => State, write: (state: State) => void, changed: () => void}} page
 *   changed: there is something new to be drawn
 */
export function createLookback({ api, read, write, changed }) {
  const older = createOlder({ ask: (before) => api.posts({ kind: "card", before, limit: limits().posts_a_page }) });
  const bridges = createBridges({ ask: askBridges, changed });
  const story = createStory({ ask: askStory, changed });
  const counted = createStory({ ask: askTotals, changed });

  /** A frame came. @param {State} before @param {Frame} frame @param {number} now ms */
  function heard(before, frame, now) {
    if (frame.type === "snapshot") older.restart(now);
    else if ((read().totals?.cards ?? 0) > (before.totals?.cards ?? 0)) older.news(now);
  }

  /** A quiet wall goes through all cards, not only the newest that a snapshot has. @param {string|undefined} scene @param {number} now ms */
  function tick(scene, now) {
    if (scene === "cards" && older.due(read(), now)) older.turn(read, put, now);
    if (scene === "map") bridges.want(read(), now);
    if (scene === "recap") for (const one of [story, counted]) one.want(read(), now);
  }

  /** @param {State} next */
  function put(next) {
    write(next);
    changed();
  }

  return { heard, tick, bridges: bridges.known, story: story.known, counted: counted.known };
}
