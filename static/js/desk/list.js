// The list in front of the moderator: which rows, in which order, which one is current, which are selected. Rows come and go, none moves.
// @ts-check
import { NO_FILTERS, belongs, listed, newsOf } from "./queue.js";
import { trailing, withEntering } from "./order.js";
import { WORDS } from "./outcomes.js";

const ROWS_AT_ONCE = 100;

/**
 * @import {State} from "../shared/board.js"
 * @import {Filters, Tab} from "./queue.js"
 * @typedef {ReturnType<typeof createList>} List
 * @param {{known: {view: State}, again: Set<string>, marks: import("./marks.js").Marks,
 *   today: () => string, want: (tab: Tab, filters: Filters) => void, draw: () => void, say: (words: string) => void}} desk
 *   want: the moderator looks for something else
 */
export function createList({ known, again, marks, today, want, draw, say }) {
  const list = {
    tab: /** @type {Tab} */ ("waiting"),
    untouched: true, // nobody has chosen a list or a filter yet
    filters: NO_FILTERS,
    shown: /** @type {string[]} */ ([]), // in the order it keeps
    news: /** @type {string[]} */ ([]), // ids that would be in it, were it made now
    limit: ROWS_AT_ONCE,
    current: "", // the row the keys act on
    focusOn: /** @type {{id: string, scroll: boolean}|null} */ (null), // the row that takes the focus when it is drawn
    selected: /** @type {Set<string>} */ (new Set()),
    inList: /** @type {Set<string>} */ (new Set()), // ids of `shown` that belonged there at the last look
  };
  const order = () => listed(known.view.posts.values(), list.tab, list.filters, again, today());
  const visibleIds = () =>
    list.shown.filter((id) => known.view.posts.has(id) && (list.inList.has(id) || marks.ghosts.has(id)));

  /** The board changed. @param {State} before @param {Set<string>} own ids that the moderator moved */
  function follow(before, own) {
    noticeOthers(before, own);
    list.news = newsOf(list.shown, order());
    appendOld();
    unselectGone();
    if (!visibleIds().length && list.news.length) return relist();
    draw();
  }

  function noticeOthers(/** @type {State} */ before, /** @type {Set<string>} */ own) {
    const { inList } = list;
    const fits = belongs(list.tab, list.filters, again, today());
    for (const id of list.shown) {
      const [was, is] = [before.posts.get(id), known.view.posts.get(id)];
      const here = Boolean(is && fits(is));
      if (inList.has(id) && !here && !own.has(id)) marks.leaves(id, was, is);
      else if (here && was && is && was !== is && !own.has(id)) marks.stays(id, was, is);
      if (here) {
        inList.add(id);
        marks.ghosts.delete(id);
      } else inList.delete(id);
    }
  }

  /** What is older than all of the list came into sight because others left: it goes to the end, where nothing moves. */
  function appendOld() {
    if (list.tab === "waiting" || !list.news.length || !list.shown.length) return;
    const old = trailing(order(), list.inList);
    for (const id of old) list.inList.add(id);
    list.shown = [...list.shown.filter((id) => !old.includes(id)), ...old];
    list.news = list.news.filter((id) => !old.includes(id));
  }

  function unselectGone() {
    for (const id of list.selected) if (!list.inList.has(id)) list.selected.delete(id);
  }

  /** Makes the list anew: on another tab or filter, or when its news are wanted. */
  function relist() {
    list.shown = order();
    list.news = [];
    list.inList = new Set(list.shown);
    marks.ghosts.clear();
    unselectGone();
    draw();
  }

  /** These posts came into the list by an own act, or from the server: each takes its place, nothing else moves. */
  function admit(/** @type {string[]} */ ids) {
    const entering = ids.filter((id) => list.news.includes(id));
    if (!entering.length) return;
    list.shown = withEntering(list.shown, entering, order());
    for (const id of entering) list.inList.add(id);
    list.news = list.news.filter((id) => !entering.includes(id));
  }

  function go(/** @type {string} */ id, /** @type {boolean} */ scroll) {
    list.current = id;
    list.focusOn = { id, scroll };
    const at = visibleIds().indexOf(id);
    if (at >= list.limit) list.limit = at + ROWS_AT_ONCE;
    draw();
  }

  function openTab(/** @type {Tab} */ name) {
    list.tab = name;
    list.selected.clear();
    marks.notes.clear();
    lookAnew();
  }

  function filter(/** @type {Partial<Filters>} */ changes) {
    list.filters = { ...list.filters, ...changes };
    lookAnew();
  }

  function lookAnew() {
    list.untouched = false;
    list.limit = ROWS_AT_ONCE;
    list.current = "";
    want(list.tab, list.filters);
    relist();
  }

  /** @returns {string|undefined} the first that is new */
  function showNews() {
    const [first] = list.news;
    const count = list.news.length;
    relist();
    if (first) say(WORDS.newsShown(count));
    return first;
  }

  function showMore(rows = ROWS_AT_ONCE) {
    list.limit += rows;
    draw();
  }

  function select(/** @type {string} */ id) {
    if (!list.selected.delete(id) && list.inList.has(id)) list.selected.add(id);
    draw();
  }

  function selectAll() {
    for (const id of visibleIds().slice(0, list.limit)) if (list.inList.has(id)) list.selected.add(id);
    draw();
  }

  function selectNone() {
    list.selected.clear();
    draw();
  }

  return Object.assign(list, {
    visibleIds,
    follow,
    relist,
    admit,
    go,
    openTab,
    filter,
    showNews,
    showMore,
    select,
    selectAll,
    selectNone,
  });
}
