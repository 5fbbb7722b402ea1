// What the operator at the large screen's keyboard wants: a scene until the moderator chooses another, a ground, a size, help.
// @ts-check
import { command } from "./keys.js";

/**
 * @param {{root: HTMLElement, step: (by: number) => void, help: (on?: boolean) => void, draw: () => void, resized: () => void}} page
 *   step: to larger or smaller text
 */
export function createOperator({ root, step, help, draw, resized }) {
  let scene = /** @type {string|null} */ (null);
  let stage = /** @type {string|null} */ (null);

  /** @type {Record<string, (wish: any) => void>} */
  const actions = {
    scene: (wish) => choose(wish.scene),
    toggle: (wish) => choose(root.dataset.scene === wish.scene ? (scene ? null : "cards") : wish.scene),
    moderator: () => choose(null),
    size: ({ by }) => {
      step(by);
      resized();
    },
    stage: () => {
      stage = root.dataset.stage === "light" ? "dark" : "light";
      draw();
    },
    full: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.()),
    help: () => help(),
  };

  function choose(wanted) {
    scene = wanted;
    draw();
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.repeat) return;
    const wish = command(event, root.dataset.scene ?? "cards");
    if (!wish) return;
    event.preventDefault();
    if (wish.do !== "help") help(false);
    actions[wish.do](wish);
  }

  return {
    pressed,
    scene: () => scene,
    stage: () => stage,
    /** The moderator chose another scene: this one counts from now on. */
    follow: () => void (scene = null),
  };
}
