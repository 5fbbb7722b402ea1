// Live pictures of large screens in a page of staff: each is a frame of this server in which the screen's own scenes are drawn, small.
// They have no connection; the page hands over what it knows, each time it is another.
// @ts-check
import { largeScreens, ownState, visibleOf } from "./screens.js";

/** @import { State } from "./board.js" */
/** @import { LargeScreen } from "./wire" */

/**
 * @typedef {{state: State, lease: "live"|"stale"|"safe", now: () => number, news: boolean}} Handed
 *   now: the server's clock, ms since 1970; news: may cards that are new enter large?
 * @param {{read: () => State, now: () => number}} page
 */
export function createShots({ read, now }) {
  const frames = /** @type {Map<string, HTMLIFrameElement>} */ (new Map()); // by the id of a screen
  const handed = /** @type {WeakMap<HTMLIFrameElement, State>} */ (new WeakMap());
  let visible = { of: /** @type {State["posts"]|null} */ (null), posts: /** @type {State["posts"]} */ (new Map()) };

  /** A frame was loaded: from now on it is kept up to date. @param {string} id @param {HTMLIFrameElement} frame */
  function opened(id, frame) {
    frames.set(id, frame);
    handed.delete(frame);
    follow();
  }

  /** The page knows something else than before. */
  function follow() {
    const state = read();
    if (!frames.size || !state.epoch) return;
    const screens = new Map(largeScreens(state).map((one) => [one.id, one]));
    for (const [id, frame] of frames) {
      const screen = screens.get(id);
      if (!frame.isConnected || !screen) frames.delete(id);
      else if (handed.get(frame) !== state) hand(frame, screen, state);
    }
  }

  /** @param {HTMLIFrameElement} frame @param {LargeScreen} screen @param {State} state */
  function hand(frame, screen, state) {
    const before = handed.get(frame);
    handed.set(frame, state);
    if (visible.of !== state.posts) visible = { of: state.posts, posts: visibleOf(state.posts) };
    const isLate = screen.state === "stale";
    /** @type {Handed} */
    const detail = {
      state: ownState(state, visible.posts, screen),
      lease: isLate ? "stale" : "live",
      now,
      news: Boolean(before && before.posts !== state.posts),
    };
    frame.contentDocument?.dispatchEvent(new CustomEvent("board", { detail }));
  }

  return { opened, follow };
}
