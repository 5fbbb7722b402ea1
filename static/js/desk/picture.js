// What the desk shows, out of what it knows: the one object that the views read. Pure.
// @ts-check
import { byId } from "../shared/board.js";
import { connections, counts, destination, near, reached } from "./queue.js";
import { WORDS as LABELS } from "./words.js";

/**
 * @param {any} desk the desk's parts, see desk.js
 * @param {{now: number, today: string, mono: number}} times now, mono: in milliseconds, the server's clock, and `performance.now()`
 */
export function pictureOf(desk, { now, today, mono }) {
  return { ...pageOf(desk), ...roomOf(desk, now), ...queueOf(desk), undo: undoOf(desk, mono), now, today };
}

function pageOf({ on, config, known, again, line, face, telling, flood }) {
  const board = known.view.board ?? {};
  return {
    on,
    again,
    me: config.name ?? "",
    ready: Boolean(known.base.epoch),
    title: board.title ?? config.title,
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

function roomOf({ known: { view }, room, names, lately }, now) {
  return {
    board: view.board ?? {},
    sessions: view.sessions,
    near: near(view, now),
    themes: view.themes,
    teams: view.teams,
    screen: view.screen,
    screens: connections(view.screens ?? []),
    seconds: room.seconds,
    names: names.now(),
    online: view.online,
    spotlit: byId(view, view.screen.post),
    lately: lately.lines,
  };
}

function queueOf({ known: { view }, again, list, marks, search, older }) {
  const ids = list.visibleIds();
  const drawn = ids.slice(0, list.limit);
  const stays = drawn.filter((id) => list.inList.has(id));
  const row = (id) => ({
    post: byId(view, id),
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
      ? bulkOf([...list.selected].map((id) => byId(view, id)).filter(Boolean), stays.length)
      : null,
  };
}

/** What can be done with all that is selected. @param {any[]} posts @param {number} all how many could be selected */
function bulkOf(posts, all) {
  return {
    all,
    count: posts.length,
    approve: posts.filter((post) => destination(post, "approve")).length,
    restoring: posts.every((post) => post.state !== "pending"),
    hold: posts.filter((post) => destination(post, "hold")).length,
  };
}

function undoOf({ acts, known }, mono) {
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
  };
}

function reachedOf(screens, seq) {
  const lost = screens.filter((screen) => screen.state === "lost" && screen.seq < seq);
  return LABELS.reached(reached(screens, seq), screens.length) + LABELS.stillShown(lost);
}
