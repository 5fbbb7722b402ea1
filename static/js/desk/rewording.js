// The text of a prepared question, changed in place. What is typed is kept until the server has it or it is thrown away by hand, also where the question
// is gone meanwhile.
// @ts-check
import { problemOf } from "../shared/api.js";
import { createDrafts } from "../shared/drafts.js";
import { isComposing, plain } from "../shared/typing.js";
import { POWERS } from "./laterwords.js";

/**
 * @import {Keep} from "../shared/keep.js"
 * @import {Prepared} from "./preparing.js"
 * @typedef {{one: Prepared, typed: string, error: string, theirs: string|null, busy: boolean}} Rewording
 *   one: as its editor saw it; theirs: what a colleague has written over it meanwhile
 */

/**
 * @param {{keep: Pick<Keep, "get"|"set">, change: (id: string, changes: object) => Promise<{question: Prepared}>, fetch: () => Promise<void>,
 *   learn: (one: Prepared) => void, draw: () => void, say: (words: string) => void, focus: (id: string, part: string) => void}} list
 */
export function createRewording({ keep, change, fetch, learn, draw, say, focus }) {
  const drafts = createDrafts(keep, "desk-prepared");
  const begun = (/** @type {Prepared} */ one, typed = one.text) => ({
    one,
    typed,
    error: "",
    theirs: /** @type {string|null} */ (null),
    busy: false,
  });
  /** @type {Map<string, Rewording>} */
  const open = new Map(drafts.ids().map((id) => [id, begun(drafts.get(id).one, drafts.get(id).typed)]));
  const keepIt = (/** @type {Rewording} */ { one, typed }) =>
    drafts.set(one.id, typed === one.text ? null : { one, typed });

  function edit(/** @type {Prepared} */ one) {
    open.set(one.id, begun(one));
    draw();
    focus(one.id, "text");
  }

  function type(/** @type {Rewording} */ it, /** @type {string} */ typed) {
    it.typed = typed;
    keepIt(it);
  }

  function close(/** @type {Rewording} */ { one: { id } }) {
    open.delete(id);
    drafts.drop(id);
    draw();
    focus(id, "edit");
  }

  function cancel(/** @type {Rewording} */ it) {
    if (!it.busy) close(it); // what is on its way cannot be called back: its answer closes the field, or says why not
  }

  async function save(/** @type {Rewording} */ it) {
    const text = plain(it.typed);
    if (it.busy) return;
    if (text === it.one.text) return close(it);
    Object.assign(it, { busy: true, error: "", theirs: null });
    draw();
    try {
      const { question } = await change(it.one.id, { text, expect: { text: it.one.text } });
      it.one = question;
      learn(question);
      if (plain(it.typed) === text) close(it);
      else keepIt(it); // somebody went on typing
      say(POWERS.preparedSaved);
      await fetch();
    } catch (problem) {
      await refused(it, problemOf(problem));
    } finally {
      it.busy = false;
      draw();
    }
  }

  /** The next Save is about what is there now. @param {Rewording} it @param {import("../shared/api.js").Problem} problem */
  async function refused(it, { status, detail, answer }) {
    const present = /** @type {Prepared|undefined} */ (answer.present);
    if (present && !present.added_at) {
      it.one = present;
      it.theirs = present.text;
      keepIt(it);
    } else it.error = present || status === 404 ? POWERS.preparedKept(detail) : detail;
    if (present || status === 404) await fetch();
  }

  /** Enter saves, with Shift it is a new line; Escape takes the field away. */
  function pressed(/** @type {Rewording} */ it, /** @type {KeyboardEvent} */ event) {
    if (isComposing(event)) return;
    const saves = event.key === "Enter" && !event.shiftKey && event.target instanceof HTMLTextAreaElement;
    if (!saves && event.key !== "Escape") return;
    event.preventDefault();
    if (saves) save(it);
    else cancel(it);
  }

  return {
    of: (/** @type {string} */ id) => open.get(id),
    all: () => [...open.values()].map(({ one }) => one),
    edit,
    type,
    cancel,
    save,
    pressed,
  };
}
