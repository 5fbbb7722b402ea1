// Two questions become one: like ones are offered, others are found while the moderator types, and U makes two of them again.
// @ts-check
import { problemOf } from "../shared/api.js";
import { byId, questions } from "../shared/board.js";
import { fold } from "../shared/folding.js";
import { POWERS } from "./laterwords.js";
import { label } from "./words.js";

/** So many others are shown at once. */
const OTHERS = 12;

/**
 * @import {Post} from "../shared/wire"
 * @import {LaterDesk} from "./types"
 * @param {LaterDesk} desk
 */
export function createJoining({ known, acts, popover, api, teach, draw, complain }) {
  let alike = /** @type {string[]} */ ([]);
  let typed = "";

  async function open(/** @type {Post} */ post) {
    alike = [];
    typed = "";
    try {
      const { posts } = await api.similar(post.text);
      teach(posts.filter((one) => !byId(known.base, one.id)));
      alike = posts.map(({ id }) => id).filter((id) => id !== post.id);
    } catch {
      // without suggestions: all others are there
    }
    draw();
  }

  function offers(/** @type {Post} */ post) {
    const open = questions(known.view).filter(({ id, state }) => id !== post.id && state === "visible");
    const near = alike.map((id) => open.find((one) => one.id === id)).filter((one) => one !== undefined);
    const wanted = fold(typed);
    const others = open.filter((one) => !near.includes(one) && fold(one.text).includes(wanted));
    return { near, others: others.slice(0, OTHERS), typed };
  }

  async function join(/** @type {Post} */ post, /** @type {Post} */ into) {
    popover.close();
    try {
      const done = await api.join(post.id, into.id);
      teach([done.post, done.into]);
      acts.done({ id: post.id, words: POWERS.joined, about: label(into), sendBack: () => part(post) });
    } catch (problem) {
      complain(POWERS.not(POWERS.join, problemOf(problem).message));
    }
  }

  async function part(/** @type {Post} */ post) {
    const done = await api.part(post.id);
    teach([done.into]);
    return { post: done.post };
  }

  async function apart(/** @type {Post} */ post) {
    try {
      teach([(await part(post)).post]);
    } catch (problem) {
      complain(POWERS.not(POWERS.part, problemOf(problem).message));
    }
  }

  function type(/** @type {string} */ value) {
    typed = value;
    draw();
  }

  return { open, offers, join, apart, type };
}
