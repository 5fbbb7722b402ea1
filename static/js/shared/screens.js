// The large screens of a board as moderators and organisers see them: all of them, what each is called, what comes next where it stands,
// until when a lost one may still be read, and what it shows. Pure: no DOM, no clock.
// @ts-check
import { inRoom } from "./agenda.js";

/** @import {State} from "./board.js" */
/** @import {LargeScreen, Scene, ScreenHere, Session} from "./wire" */

const FIRST = "first"; // the id of a board's only screen
const SOON_MS = 12 * 60 * 60 * 1000;
const SAME_MS = 2500;

/** All large screens. A server from before there were several tells of connections alone: they are those of its one screen. @param {State} state @returns {LargeScreen[]} */
export function largeScreens({ screens, screen }) {
  if (screens.length && screens.every((one) => "scene" in one)) return screens;
  const here = /** @type {any[]} */ (screens).filter((one) => !("connections" in one));
  const stands = here.some(({ state }) => state !== "live") ? "stale" : here.length ? "live" : "safe";
  const applied = here.length ? Math.min(...here.map(({ seq }) => seq)) : -1;
  const only = { id: FIRST, name: "", room: null, state: /** @type {"live"|"stale"|"safe"} */ (stands), applied };
  return [{ ...screen, ...only, seq: applied, connections: here }];
}

/** The screen's name as people say it; "" where the board has one screen without a room. @param {LargeScreen} screen @param {boolean} several */
export const nameOf = ({ id, name, room }, several) =>
  several || room || (name && id !== FIRST) ? [...new Set([name, ...(room ? [room] : [])])].join(" · ") : "";

/** @param {Scene} shown @returns {Scene} */
export const sceneOf = ({ scene, session, post, turns, before }) => ({
  scene,
  session,
  post,
  ...(turns ? { turns } : {}),
  ...(before ? { before } : {}),
});

/** The session that begins next where the screen stands. @param {Session[]} sessions @param {string|null} room @param {number} now ms @returns {Session|null} */
export function nextIn(sessions, room, now) {
  const ahead = inRoom(sessions, room ?? "")
    .map((session) => ({ session, starts: Date.parse(session.starts_at ?? "") }))
    .filter(({ starts }) => starts > now && starts - now < SOON_MS);
  return ahead.sort((a, b) => a.starts - b.starts)[0]?.session ?? null;
}

/**
 * Until when a screen may still be read that hears nothing. The server tells seconds; from one frame to the next they become the same moment,
 * and the earlier one is kept, so that it does not flicker.
 * @param {Map<string, number>} before by the id of a screen, ms since 1970 @param {LargeScreen[]} screens @param {number} now ms
 * @returns {Map<string, number>}
 */
export function readableUntil(before, screens, now) {
  const lost = screens.filter(({ state, seconds }) => state !== "live" && seconds);
  return new Map(
    lost.map(({ id, seconds = 0 }) => {
      const until = now + seconds * 1000;
      const known = before.get(id);
      return [id, known !== undefined && Math.abs(known - until) < SAME_MS ? known : until];
    }),
  );
}

/**
 * The state as this screen has it: what is public alone, and its own scene.
 * @param {State} state of moderators @param {State["posts"]} visible see `visibleOf` @param {LargeScreen} screen @returns {State}
 */
export const ownState = (state, visible, screen) => ({
  ...state,
  posts: visible,
  screens: [],
  screen: { id: screen.id, name: screen.name, room: screen.room, ...sceneOf(screen) },
});

/** @param {State["posts"]} posts @returns {State["posts"]} those that are public */
export const visibleOf = (posts) => new Map([...posts].filter(([, post]) => (post.state ?? "visible") === "visible"));
