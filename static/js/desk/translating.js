// An answer and its translations: what a moderator's form changes of them, how that is shown before the server has it, and what undoes it. Pure.
// @ts-check
import { OWN_NAMES } from "../shared/ownnames.js";

/**
 * @import {Post, Translation} from "../shared/wire"
 * @import {Changed} from "./acts.js"
 */

/** Those that are left to choose. @param {string[]} ofBoard @param {Translation[]} there @returns {string[]} */
export const toChoose = (ofBoard, there) =>
  [...new Set([...ofBoard, ...Object.keys(OWN_NAMES)])].filter((tag) => there.every(({ lang }) => lang !== tag));

/** @param {Post} post @returns {Record<string, string>} by language */
const textsOf = (post) => Object.fromEntries((post.answer_translations ?? []).map(({ lang, text }) => [lang, text]));

/**
 * What is sent: of the translations what differs. With another answer all of them: the server drops what is not named then.
 * @param {Post} post as it is now @param {string} answer @param {Translation[]} others as they stand in the form
 * @returns {Changed}
 */
export function answerChanges(post, answer, others) {
  const was = textsOf(post);
  const wanted = answer ? Object.fromEntries(others.map(({ lang, text }) => [lang, text.trim()])) : {};
  const isNew = answer !== (post.answer ?? "");
  const said = [...new Set([...Object.keys(was), ...Object.keys(wanted)])]
    .filter((lang) => isNew || (wanted[lang] ?? "") !== (was[lang] ?? ""))
    .map((lang) => [lang, wanted[lang] || null]);
  return { answer: answer || null, ...(said.length ? { answer_translations: Object.fromEntries(said) } : {}) };
}

/** The post as it looks with these changes. @param {Post} post @param {Changed} changes @returns {Partial<Post>} */
export function shownWith(post, { answer_translations: said, ...plain }) {
  if (!said) return plain;
  const texts = { ...textsOf(post), ...said };
  const langs = Object.keys(texts).sort();
  return { ...plain, answer_translations: langs.flatMap((lang) => (texts[lang] ? [{ lang, text: texts[lang] }] : [])) };
}

/** What takes these changes back. @param {Post} post as it was @param {Changed} changes @returns {Changed} */
export function formerOf(post, changes) {
  const was = textsOf(post);
  const former = (/** @type {keyof Changed} */ key) =>
    key === "answer_translations"
      ? Object.fromEntries(Object.keys({ ...was, ...changes[key] }).map((lang) => [lang, was[lang] ?? null]))
      : (post[key] ?? (typeof changes[key] === "boolean" ? false : null));
  return Object.fromEntries(Object.keys(changes).map((key) => [key, former(/** @type {keyof Changed} */ (key))]));
}
