// Draws the large screen from what was heard: the scene, the lines around it and the state of the page. Whatever cannot be drawn, the
// slide that came with the page can: it only has to be shown.
// @ts-check
import { pictureOf } from "./scene.js";

/** @import { Bridges, Counted, Story } from "../shared/wire" */

/**
 * @param {{root: HTMLElement, own: (act: () => void) => void, hearing: Pick<ReturnType<import("./hearing.js").createHearing>, "age"|"state"|"lease"|"isLive">,
 *   operator: {scene: () => string|null, stage: () => string|null}, bridges: () => Bridges|null, story: () => Story|null, counted: () => Counted|null,
 *   scenes: ReturnType<import("./scenes.js").createScenes>, lines: ReturnType<import("./lines.js").createLines>,
 *   corner: ReturnType<import("./corner.js").createCorner>, serverNow: () => number, painted: () => void, failed: () => void}} page
 *   own: all changes of the page are made within it; painted: the picture stands; failed: it could not be drawn
 */
export function createPainting({
  root,
  own,
  hearing,
  operator,
  bridges,
  story,
  counted,
  scenes,
  lines,
  corner,
  serverNow,
  painted,
  failed,
}) {
  /** @param {boolean} [news] may cards that are new enter large? */
  const draw = (news = false) => guarded(() => picture(news));

  /** @param {() => void} act */
  function guarded(act) {
    try {
      own(act);
    } catch (error) {
      console.error(error);
      root.dataset.scene = "join";
      root.dataset.slide = "join";
      failed();
    }
  }

  /** @param {boolean} news */
  function picture(news) {
    hearing.age();
    const state = { ...hearing.state(), bridges: bridges(), story: story(), counted: counted() };
    const now = serverNow();
    const drawn = pictureOf(state, hearing.lease(), operator.scene(), now);
    const changed = root.dataset.scene !== drawn.scene || root.dataset.slide !== (drawn.slide ?? undefined);
    scenes.leave(drawn);
    setData({
      scene: drawn.scene,
      slide: drawn.slide,
      lease: hearing.lease(),
      seq: String(state.seq),
      stage: operator.stage() ?? state.board?.stage ?? root.dataset.stage,
    });
    lines.draw(state, drawn, hearing.isLive(), now);
    if (changed) corner.setWords();
    scenes.show(drawn, state.themes, news && hearing.isLive(), performance.now());
    requestAnimationFrame(painted);
  }

  /** @param {Record<string, string|null|undefined>} values */
  function setData(values) {
    for (const [name, value] of Object.entries(values)) {
      if (value === null) delete root.dataset[name];
      else if (root.dataset[name] !== value) root.dataset[name] = value;
    }
  }

  /** Somebody else has changed the page: nothing of what was drawn is relied on. */
  function startOver() {
    lines.forget();
    scenes.startOver();
    draw();
  }

  /** The window, the size or the faces of the type are others. @param {number} scale of the operator's choice */
  function resize(scale) {
    root.style.setProperty("--scale", String(scale));
    corner.setWords();
    scenes.resize(performance.now());
    draw();
  }

  /** Time passes on the wall of cards. @param {number} now ms */
  const tick = (now) => guarded(() => scenes.tick(now));

  return { draw, startOver, resize, tick };
}
