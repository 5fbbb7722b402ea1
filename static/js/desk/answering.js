// A moderator writes an answer, and the same in other languages. What is typed is kept until the server has it, or until it is typed away.
// @ts-check
import { byId } from "../shared/board.js";
import { createDrafts } from "../shared/drafts.js";
import { ANSWER } from "./laterwords.js";
import { answerChanges } from "./translating.js";

/**
 * @import {Post, Translation} from "../shared/wire"
 * @import {Known, Popover, PostPop} from "./types"
 * @typedef {{answer?: string, others?: Record<string, string>}} Typed what differs from what the board has; an empty text is one
 * @param {{known: Pick<Known, "view">, acts: import("./acts.js").Acts, popover: Popover,
 *   keep: import("../shared/keep.js").Keep, draw: () => void}} desk
 */
export function createAnswering({ known, acts, popover, keep, draw }) {
  const drafts = createDrafts(keep, "desk-answer");
  const asItIs = (/** @type {Post} */ post) => byId(known.view, post.id) ?? post;
  const stored = (/** @type {Post} */ post) => asItIs(post).answer_translations ?? [];

  /** Older pages kept the text alone. @returns {Typed} */
  function typed(/** @type {Post} */ post) {
    const draft = drafts.get(post.id, {});
    return typeof draft === "string" ? { answer: draft } : draft;
  }

  /** @param {Post} post @param {Typed} changes */
  function put(post, changes) {
    const now = { ...typed(post), ...changes };
    if (now.answer === (asItIs(post).answer ?? "")) delete now.answer;
    if (!Object.keys(now.others ?? {}).length) delete now.others;
    drafts.set(post.id, Object.keys(now).length ? now : null);
  }

  const answer = (/** @type {Post} */ post) => typed(post).answer ?? asItIs(post).answer ?? "";

  /** In the order of the board, then those that were added here. @param {Post} post @returns {Translation[]} */
  function others(post) {
    const own = typed(post).others ?? {};
    const kept = stored(post).map(({ lang, text }) => ({ lang, text: own[lang] ?? text }));
    const added = Object.keys(own).filter((lang) => kept.every((one) => one.lang !== lang));
    return [...kept, ...added.map((lang) => ({ lang, text: own[lang] }))];
  }

  /** @param {Post} post @param {string} lang @param {string} text */
  function typeIn(post, lang, text) {
    const rest = Object.fromEntries(Object.entries(typed(post).others ?? {}).filter(([tag]) => tag !== lang));
    const same = stored(post).some((one) => one.lang === lang && one.text === text);
    put(post, { others: same ? rest : { ...rest, [lang]: text } });
  }

  /** An empty field for this language. @param {Post} post @param {string} lang */
  function add(post, lang) {
    typeIn(post, lang, "");
    draw();
  }

  /** @param {SubmitEvent} event */
  function save(event) {
    event.preventDefault();
    const { post } = /** @type {PostPop} */ (popover.what);
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const now = asItIs(post);
    const sent = JSON.stringify(typed(post));
    const answered = form.has("answered");
    const changes = answerChanges(now, answer(post).trim(), others(post));
    popover.close();
    acts.change(
      now,
      { ...changes, answered, ...(answered && now.set_aside ? { set_aside: null } : {}) },
      ANSWER.saved,
      () => JSON.stringify(typed(post)) === sent && drafts.drop(post.id), // what was typed since then stays
    );
  }

  return {
    answer,
    others,
    type: (/** @type {Post} */ post, /** @type {string} */ text) => put(post, { answer: text }),
    typeIn,
    add,
    save,
  };
}
