// The desk's search goes on at the server, where all posts are. What the page holds is found at once (queue.js); this brings what it does
// not hold, page after page, into the state. An answer that comes too late, or for other words, is dropped.
// @ts-check
import { problemOf } from "../shared/api.js";
import { askedAt, withOlder } from "../shared/board.js";
import { fold } from "../shared/folding.js";
import { limits } from "../shared/limits.js";
import { NO_SESSION, kindOf } from "./queue.js";

export const ASKED_AFTER_MS = 300; // of quiet
const PAGES_AT_ONCE = 5; // one request may bring only posts that the page has already, so the desk asks for more
const STATES = { waiting: ["pending"], board: ["visible"], held: ["hidden", "rejected"], withdrawn: ["withdrawn"] };

/**
 * What the server is asked for one list: a question for each state. None: nothing is asked, the list is what it is.
 * @param {import("./queue.js").Tab} tab @param {import("./queue.js").Filters} filters
 */
export function questionsFor(tab, filters) {
  const session = filters.session === NO_SESSION ? "" : filters.session;
  // Whatever is left out here is still looked at by the filters: the server finds too many rather than too few.
  const words = fold(`${filters.text} ${filters.team}`).split(" ").filter(Boolean).slice(0, limits().search_words);
  while ([...words.join(" ")].length > limits().search_code_points) words.pop();
  if (!words.length && !session && !filters.author) return [];
  const kind = session ? "question" : kindOf(filters);
  return STATES[tab].map((state) => ({
    feed: "moderate",
    state,
    kind,
    session,
    author: filters.author,
    q: words.join(" "),
  }));
}

/**
 * @import {State} from "../shared/board.js"
 * @import {Post, PostsPage} from "../shared/wire"
 * @typedef {ReturnType<typeof questionsFor>[number]} Question
 * @typedef {{state: ""|"asking"|"done"|"failed", more: boolean, detail: string}} Progress state: "" where nothing is asked
 * @param {{ask: (question: Question & {before: string}, signal: AbortSignal) => Promise<PostsPage>, read: () => State,
 *   found: (state: State, ids: string[]) => void, changed: () => void}} desk
 */
export function createSearch({ ask, read, found, changed }) {
  let pages = /** @type {{question: Question, before: string, more: boolean}[]} */ ([]);
  let progress = /** @type {Progress} */ ({ state: "", more: false, detail: "" });
  let turn = 0; // of the newest question; answers to others are dropped
  let under = new AbortController();
  let timer = 0;
  // Ids brought in from anywhere: the list of older cards does not go on from them.
  const strays = /** @type {Set<string>} */ (new Set());

  /** The moderator looks for something else. @param {import("./queue.js").Tab} tab @param {import("./queue.js").Filters} filters */
  function want(tab, filters) {
    drop();
    pages = questionsFor(tab, filters).map((question) => ({ question, before: "", more: true }));
    tell(pages.length ? "asking" : "");
    if (pages.length) timer = setTimeout(next, ASKED_AFTER_MS);
  }

  /** From the first page: a snapshot took the place of all posts, or it is tried again. */
  function again() {
    if (!pages.length) return;
    pages = pages.map(({ question }) => ({ question, before: "", more: true }));
    next();
  }

  function restart() {
    strays.clear();
    again();
  }

  const retry = () => progress.state === "failed" && again();

  async function next() {
    drop();
    const mine = turn;
    tell("asking");
    try {
      for (let left = PAGES_AT_ONCE; left > 0 && pages.some(({ more }) => more); left -= 1) {
        const brought = await onePage(mine);
        if (mine !== turn) return;
        if (brought) break;
      }
      tell("done");
    } catch (problem) {
      if (mine === turn) tell("failed", problemOf(problem).detail);
    }
  }

  /** One more page of each state. Gives how many posts came that were not there. @param {number} mine */
  async function onePage(mine) {
    const asked = askedAt(read());
    const { signal } = under;
    const open = pages.filter(({ more }) => more);
    const answers = await Promise.all(open.map(({ question, before }) => ask({ ...question, before }, signal)));
    if (mine !== turn) return 0;
    answers.forEach(({ posts, more }, at) =>
      Object.assign(open[at], { before: posts.at(-1)?.id ?? "", more: more && posts.length > 0 }),
    );
    return merge(
      answers.flatMap(({ posts }) => posts),
      asked,
    );
  }

  /** @param {Post[]} posts @param {{epoch: string|null, seq: number}} asked */
  function merge(posts, asked) {
    const known = read();
    const state = withOlder(known, posts, known.more, asked);
    const brought = posts.filter(({ id }) => state.posts.has(id) && !known.posts.has(id));
    for (const { id } of brought) strays.add(id);
    found(
      state,
      posts.map(({ id }) => id),
    );
    return brought.length;
  }

  function drop() {
    turn += 1;
    clearTimeout(timer);
    under.abort();
    under = new AbortController();
  }

  function tell(/** @type {Progress["state"]} */ state, detail = "") {
    progress = { state, more: state === "done" && pages.some(({ more }) => more), detail };
    changed();
  }

  return { want, next, again, restart, retry, progress: () => progress, strays };
}
