// What the desk knows: what the server said, and on top of it what was asked for. Each change goes on to the parts that follow it.
// @ts-check
import { WORDS, faster } from "./outcomes.js";
import { learnt, opening } from "./queue.js";

/**
 * @import {Problem} from "../shared/api.js"
 * @import {State} from "../shared/board.js"
 * @import {Frame, Post} from "../shared/wire"
 * @import {Act} from "./acts.js"
 * @typedef {ReturnType<typeof createFollowing>} Following
 */

/**
 * @param {{known: {base: State, view: State}, again: Set<string>, over: (base: State) => State, list: import("./list.js").List,
 *   marks: import("./marks.js").Marks, large: import("./large.js").Large, flood: {follow: () => void},
 *   search: {restart: () => void}, say: (words: string) => void, complain: (words: string) => void}} desk
 *   over: the state with what was asked for and is not confirmed
 */
export function createFollowing({ known, again, over, list, marks, large, flood, search, say, complain }) {
  /** @param {State} base @param {Frame} frame that gave it */
  function heard(base, frame) {
    const first = !known.base.epoch;
    if (base.screens !== known.base.screens) large.showing.heard(base);
    known.base = base;
    flood.follow();
    refresh();
    if (first) begin();
    if (frame.type === "snapshot") search.restart();
  }

  /** Unless the moderator has chosen a list already. */
  function begin() {
    if (list.untouched) list.tab = opening(known.view, again);
    list.relist();
  }

  /** @param {Set<string>} [own] ids that the moderator moved */
  function refresh(own = new Set()) {
    const before = known.view;
    known.view = over(known.base);
    large.follow();
    list.follow(before, own);
  }

  /** The server has these posts. @param {Post[]} posts */
  function teach(posts) {
    known.base = { ...known.base, posts: learnt(known.base.posts, posts) };
    refresh();
  }

  /** Older posts came into the state: each takes its place in the list. @param {State} state @param {string[]} ids */
  function bring(state, ids) {
    known.base = state;
    refresh();
    list.admit(ids);
  }

  /** After an own act: its posts leave or enter the list without a word. @param {Act|null} act */
  function acted(act) {
    refresh(new Set(act?.ids));
    if (act?.ids) list.admit(act.ids);
    if (act && !act.quiet) say(act.about ? `${act.words}: ${act.about}` : act.words);
  }

  /** @param {Problem} problem @param {Act} act */
  function refused(problem, act) {
    const inWords = WORDS.not(act.words, problem.detail);
    if (act.inTheirWords) return complain(inWords);
    if (problem.post) teach([problem.post]);
    const id = act.ids?.length === 1 ? act.ids[0] : "";
    const isShown = list.shown.includes(id);
    const conflict = problem.post && id ? faster(problem.post) : "";
    if (!conflict) {
      if (id && isShown) list.go(id, false);
      return complain(inWords);
    }
    if (isShown) marks.conflict(id, conflict);
    else complain(conflict);
    say(conflict);
  }

  return { heard, refresh, teach, bring, acted, refused };
}
