// What the operator at the large screen's keyboard wants: a scene until the moderator chooses another, a ground, a size, help.
// @ts-check
import { command } from "./keys.js";

/**
 * @param {{root: HTMLElement, step: (by: number) => void, help: (on?: boolean) => void, draw: () => void, resized: () => void,
 *   chosen?: (scene: string|null) => void}} page step: to larger or smaller text; chosen: a scene here, null: the moderator's
 */
export function createOperator({ root, step, help, draw, resized, chosen = () => {} }) {
  let scene = /** @type {string|null} */ (null);
  let stage = /** @type {string|null} */ (null);

  /** @param {NonNullable<ReturnType<typeof command>>} wish */
  function act(wish) {
    if (wish.do === "scene") choose(wish.scene);
    else if (wish.do === "toggle") choose(root.dataset.scene === wish.scene ? (scene ? null : "cards") : wish.scene);
    else if (wish.do === "moderator") choose(null);
    else if (wish.do === "size") size(wish.by);
    else if (wish.do === "stage") turnStage();
    else if (wish.do === "full") fill();
    else help();
  }

  /** @param {number} by steps */
  function size(by) {
    step(by);
    resized();
  }

  function turnStage() {
    stage = root.dataset.stage === "light" ? "dark" : "light";
    draw();
  }

  function fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.();
  }

  /** @param {string|null} wanted */
  function choose(wanted) {
    scene = wanted;
    chosen(scene);
    draw();
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.repeat) return;
    const wish = command(event, root.dataset.scene ?? "cards");
    if (!wish) return;
    event.preventDefault();
    does(wish);
  }

  /** By a key, or by the row of keys. @param {NonNullable<ReturnType<typeof command>>} wish */
  function does(wish) {
    if (wish.do !== "help") help(false);
    act(wish);
  }

  return {
    pressed,
    does,
    scene: () => scene,
    stage: () => stage,
    /** The moderator chose another scene: this one counts from now on. */
    follow() {
      scene = null;
      chosen(scene);
    },
  };
}
