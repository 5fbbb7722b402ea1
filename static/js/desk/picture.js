// What the desk shows, out of what it knows: the one object that the views read. Pure.
// @ts-check
import { byId } from "../shared/board.js";
import { largeScreens, nameOf, nextIn } from "../shared/screens.js";
import { connections, counts, destination, near, reached } from "./queue.js";
import { scenesOf } from "./screens.js";
import { takingTurns } from "./turns.js";
import { WORDS as LABELS } from "./words.js";

/**
 * @import {State} from "../shared/board.js"
 * @import {LargeScreen, Post, Scene, SceneName, ScreenHere} from "../shared/wire"
 * @import {BoardShown, Controls, Parts} from "./types"
 * @typedef {{scene: SceneName|"", session: string|null, post: string|null, turns?: Scene["turns"]}} Together
 */

/**
 * @param {Parts & {on: Controls}} desk its parts, see desk.js
 * @param {{now: number, today: string, mono: number}} times now, mono: in milliseconds, the server's clock, and `performance.now()`
 */
export function pictureOf(desk, { now, today, mono }) {
  return {
    ...pageOf(desk),
    ...roomOf(desk, now),
    ...screensOf(desk, now),
    ...queueOf(desk),
    undo: undoOf(desk, now, mono),
    now,
    today,
  };
}

/** @param {Parts & {on: Controls}} desk */
function pageOf({ on, config, known, again, line, face, telling, flood }) {
  return {
    on,
    again,
    me: config.name ?? "",
    ready: Boolean(known.base.epoch),
    title: known.view.board?.title ?? config.title,
    links: config.links,
    status: line.status,
    troubled: line.troubled,
    code: line.code,
    room: face.room,
    filtersOpen: face.filtersOpen,
    authorName: face.authorName,
    flood: flood.seen,
    trouble: telling.trouble,
    said: telling.said,
  };
}

/** @param {Parts} desk @param {number} now */
function roomOf({ known: { view }, names, overrun }, now) {
  return {
    board: /** @type {BoardShown} */ (view.board ?? {}),
    sessions: view.sessions,
    near: near(view, now),
    overrun: overrun.view(now),
    themes: view.themes,
    teams: view.teams,
    names: names.now(),
    online: view.online,
  };
}

/** The large screens, and what the acts of the moderator mean of them. @param {Parts} desk @param {number} now */
function screensOf({ known: { view }, large: { showing, meaning } }, now) {
  const all = largeScreens(view);
  const meant = meaning.meant();
  const { ticked, current } = meaning.choice;
  return {
    state: view,
    large: all.map((one) => largeOf(one, { view, showing, meaning, now, several: all.length > 1 })),
    screen: togetherOf([...scenesOf(view, meant).values()]),
    meant: { ids: meant, all: meant.length === all.length && !ticked.size && !current },
    blanks: all.filter(({ scene }) => scene === "blank").length,
    screens: connections(view.screens ?? []),
    seconds: showing.seconds,
    spotlit: byId(view, all.find(({ id }) => meant.includes(id))?.post),
  };
}

/**
 * @param {LargeScreen} screen
 * @param {Pick<Parts["large"], "showing"|"meaning"> & {view: State, now: number, several: boolean}} desk
 */
function largeOf(screen, { view, showing, meaning, now, several }) {
  const { id, state, room, scene, session } = screen;
  const until = state === "live" ? undefined : showing.until.get(id);
  return {
    ...screen,
    title: nameOf(screen, several),
    ticked: meaning.choice.ticked.has(id),
    current: meaning.choice.current === id,
    until: until !== undefined && until > now ? until : undefined,
    questionsOf: scene === "questions" || takingTurns(screen) ? (session ?? null) : undefined,
    next: nextIn(view.sessions, room, now),
  };
}

/** What several screens show alike; no scene where they differ. @param {Scene[]} scenes @returns {Together} */
function togetherOf(scenes) {
  const [one, ...others] = scenes;
  const alike = (/** @type {(scene: Scene) => unknown} */ of) =>
    others.every((other) => JSON.stringify(of(other)) === JSON.stringify(of(one)));
  const isAlike = alike(({ scene, turns }) => [scene, turns]);
  if (!isAlike) return { scene: "", session: null, post: null };
  return { ...one, session: alike(({ session }) => session) ? one.session : null };
}

/** @param {Parts} desk */
function queueOf({ known: { view }, again, list, marks, search, older }) {
  const ids = list.visibleIds();
  const drawn = ids.slice(0, list.limit);
  const stays = drawn.filter((id) => list.inList.has(id));
  const row = (/** @type {string} */ id) => ({
    post: /** @type {Post} */ (byId(view, id)), // it is there: `visibleIds` gives no others
    ghost: marks.ghosts.get(id),
    note: marks.notes.get(id),
    current: id === list.current,
    selected: list.selected.has(id),
  });
  return {
    tab: list.tab,
    counts: counts(view.posts.values(), again),
    filters: list.filters,
    rows: drawn.map(row),
    rest: ids.length - drawn.length,
    search: search.progress(),
    found: ids.filter((id) => list.inList.has(id)).length,
    news: list.news.length,
    more: view.more,
    older: view.more,
    loadingOlder: older.loading,
    bulk: list.selected.size
      ? bulkOf(
          [...list.selected].map((id) => byId(view, id)).filter((post) => post !== null),
          stays.length,
        )
      : null,
  };
}

/** What can be done with all that is selected. @param {Post[]} posts @param {number} all how many could be selected */
function bulkOf(posts, all) {
  return {
    all,
    count: posts.length,
    approve: posts.filter((post) => destination(post, "approve")).length,
    restoring: posts.every((post) => post.state !== "pending"),
    hold: posts.filter((post) => destination(post, "hold")).length,
  };
}

/** @param {Parts} desk @param {number} now @param {number} mono */
function undoOf({ acts, known, large: { showing } }, now, mono) {
  const { undo: latest, more } = acts.latest();
  if (!latest) return null;
  const screens = connections(known.view.screens ?? []);
  const leftBoard = latest.seq && latest.offBoard && screens.length;
  return {
    more,
    words: latest.words,
    about: latest.about,
    seconds: Math.max(1, Math.ceil((latest.until - mono) / 1000)),
    reached: leftBoard ? reachedOf(screens, latest.seq) : "",
    lost: leftBoard ? lostOf(known.view, latest.seq, showing, now) : [],
  };
}

const reachedOf = (/** @type {ScreenHere[]} */ screens, /** @type {number} */ seq) =>
  LABELS.reached(reached(screens, seq), screens.length);

/**
 * The screens that have not heard of this change, and until when each may still be read.
 * @param {State} view @param {number} seq @param {Parts["large"]["showing"]} showing @param {number} now
 */
function lostOf(view, seq, showing, now) {
  const all = largeScreens(view);
  return all
    .filter((one) => one.applied < seq && (showing.until.get(one.id) ?? 0) > now)
    .map((one) => ({ name: nameOf(one, true) || LABELS.screen, until: showing.until.get(one.id) ?? null }));
}
