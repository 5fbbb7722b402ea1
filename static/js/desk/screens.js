// Acts of moderators on large screens: which of them an act means, and what they show then. Pure: no DOM, no clock.
// @ts-check
import { largeScreens, sceneOf } from "../shared/screens.js";
import { resumed } from "./queue.js";

/**
 * @import {State} from "../shared/board.js"
 * @import {LargeScreen, Post, Scene, SceneName} from "../shared/wire"
 * @typedef {{ticked: Set<string>, current: string}} Choice ids: those that are ticked, and the one that the keys went to, "" for none
 * @typedef {Map<string, Scene>} Scenes by the id of a screen
 */

/** What the number keys 5 to 9 show, in this order: those of the lists are 1 to 4. @type {SceneName[]} */
export const KEY_SCENES = ["join", "cards", "questions", "map", "recap"];

/** What is left of a choice once screens are gone. @param {LargeScreen[]} screens @param {Choice} choice @returns {Choice} */
export function stillThere(screens, { ticked, current }) {
  const ids = new Set(screens.length > 1 ? screens.map(({ id }) => id) : []);
  return { ticked: new Set([...ticked].filter((id) => ids.has(id))), current: ids.has(current) ? current : "" };
}

/** The screens that an act means: those that are ticked, else the one that the keys went to, else all. @param {LargeScreen[]} screens @param {Choice} choice @returns {string[]} */
export function meantBy(screens, choice) {
  const { ticked, current } = stillThere(screens, choice);
  const wanted = ticked.size ? ticked : new Set(current ? [current] : screens.map(({ id }) => id));
  return screens.map(({ id }) => id).filter((id) => wanted.has(id));
}

/** The next one that the keys go to; after the last one, all. @param {LargeScreen[]} screens @param {string} current */
export function following(screens, current) {
  if (screens.length < 2) return "";
  return screens[screens.findIndex(({ id }) => id === current) + 1]?.id ?? "";
}

/**
 * Where a post is to stand alone: on the screens that were chosen; without a choice a question stands in the room of its session, and
 * all else on all screens.
 * @param {State} state @param {Post} post @param {Choice} choice @returns {string[]}
 */
export function placesOf(state, post, choice) {
  const screens = largeScreens(state);
  const { ticked, current } = stillThere(screens, choice);
  const room = state.sessions.find(({ id }) => id === post.session)?.room;
  const there = screens.filter((one) => room && one.room === room).map(({ id }) => id);
  return ticked.size || current || !there.length ? meantBy(screens, choice) : there;
}

/** On which screens this post stands alone. @param {LargeScreen[]} screens @param {string} post */
export const litOn = (screens, post) =>
  screens.filter((one) => one.scene === "spotlight" && one.post === post).map(({ id }) => id);

/** What these screens show now, in the fields in which the server takes it. @param {State} state @param {string[]} ids @returns {Scenes} */
export const scenesOf = (state, ids) =>
  new Map(
    largeScreens(state)
      .filter(({ id }) => ids.includes(id))
      .map((one) => [one.id, sceneOf(one)]),
  );

/** The state once these screens show this. @param {State} state @param {Scenes} scenes @returns {State} */
export function shownOn(state, scenes) {
  const screens = largeScreens(state).map((one) => showing(one, scenes.get(one.id)));
  const complete = state.screens.length > 0 && state.screens.every((one) => "scene" in one);
  const { connections, state: _, applied, seq, seconds, ...first } = screens[0];
  const screen = scenes.has(first.id)
    ? { ...state.screen, turns: undefined, before: undefined, ...sceneOf(first) }
    : state.screen;
  return { ...state, screen, screens: complete ? screens : state.screens };
}

/** @param {LargeScreen} screen @param {Scene|undefined} scene @returns {LargeScreen} */
const showing = (screen, scene) => (scene ? { ...screen, turns: undefined, before: undefined, ...scene } : screen);

/**
 * What is left to be given back: screens that showed something alone, and from which it went with the post. Where a moderator has
 * chosen another scene meanwhile, that one stays.
 * @param {State} state @param {Scenes} former as they were @returns {Scenes}
 */
export function toGiveBack(state, former) {
  const now = scenesOf(state, [...former.keys()]);
  const wentBack = (/** @type {[string, Scene]} */ [id, shown]) => {
    const after = resumed(shown);
    return now.get(id)?.scene === after.scene && now.get(id)?.session === after.session;
  };
  return new Map([...former].filter(wentBack));
}

/** As few requests as there are different scenes. @param {Scenes} scenes @returns {{ids: string[], scene: Scene}[]} */
export function requestsFor(scenes) {
  const found = /** @type {Map<string, {ids: string[], scene: Scene}>} */ (new Map());
  for (const [id, scene] of scenes) {
    const key = JSON.stringify(scene);
    found.set(key, { ids: [...(found.get(key)?.ids ?? []), id], scene });
  }
  return [...found.values()];
}

/** Blank: all become blank where one is not; else each goes back to what it showed before. @param {Scenes} scenes @returns {{on: boolean, scenes: Scenes}} */
export function blanked(scenes) {
  const on = [...scenes.values()].some(({ scene }) => scene !== "blank");
  const blank = (/** @type {Scene} */ shown) =>
    /** @type {Scene} */ ({ scene: "blank", session: shown.session, post: null });
  return {
    on,
    scenes: new Map(
      [...scenes]
        .filter(([, { scene }]) => !on || scene !== "blank")
        .map(([id, shown]) => [id, on ? blank(shown) : resumed(shown)]),
    ),
  };
}
