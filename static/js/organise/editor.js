// One form and its way to the server: what is typed is kept on this device until it is saved or thrown away by hand.
// @ts-check
import { problemOf } from "../shared/api.js";
import { asked, conflicts, isTouched, keptMine, settled, shown, taken, typed, untouched, without } from "./editing.js";
import { createResend } from "./resend.js";

/** @import { Problem } from "../shared/api.js" */
/** @import { Edit, Fields } from "./editing.js" */
/** @import { Drafts, Editor } from "./types" */

/**
 * @template {object} F @template A
 * @param {{drafts: Drafts, id: string, read: () => F, send: (changes: Partial<F> & {expect: Partial<F>}) => Promise<A>,
 *   learn: (answer: NoInfer<A>) => void, saved?: (answer: A, was: Edit) => void, draw: () => void, resent?: () => void}} form
 *   read: what the board has; send: to the server; learn: its answer, or what a refusal says is there; resent: a save that was
 *   refused by the network went through by itself
 * @returns {Editor<F>}
 */
export function createEditor({ drafts, id, read: present, send, learn, saved = () => {}, draw, resent = () => {} }) {
  let edit = /** @type {Edit} */ (drafts.get(id) ?? untouched());
  let problem = /** @type {Problem|null} */ (null);
  let busy = false;
  const resend = createResend({ again });

  const read = () => /** @type {Fields} */ (present());

  /** @param {Edit} next */
  function hold(next) {
    edit = next;
    if (isTouched(edit)) drafts.set(id, edit);
    else drafts.drop(id);
    draw();
  }

  /** @param {string} field @param {unknown} value */
  function type(field, value) {
    if (problem?.passes) resend.stop(); // half a word is not sent by itself
    if (problem?.passes || problem?.field === field) problem = null;
    hold(typed(edit, read(), field, value));
  }

  /** @returns {Promise<boolean>} */
  async function save() {
    if (busy) return false;
    hold(settled(edit, read()));
    problem = null;
    resend.hush();
    if (conflicts(edit, read()).length) return false;
    const was = edit;
    busy = true;
    draw();
    try {
      const answer = await send(/** @type {Partial<F> & {expect: Partial<F>}} */ (asked(was)));
      learn(answer);
      hold(taken(edit, was));
      saved(answer, was);
      resend.stop();
      return true;
    } catch (refusal) {
      const refused = problemOf(refusal);
      problem = refused;
      if (refused.answer.present) learn(/** @type {NoInfer<A>} */ (refused.answer));
      if (refused.answer.present && isTaken()) return true; // its answer was lost, and it was sent again
      resend.failed(refused);
      return false;
    } finally {
      busy = false;
      draw();
    }
  }

  /** What was wanted is what the board has. */
  function isTaken() {
    hold(settled(edit, read()));
    if (isTouched(edit)) return false;
    problem = null;
    resend.stop();
    return true;
  }

  async function again() {
    if (problem?.passes && (await save())) resent();
  }

  return {
    type,
    save,
    value: (field) => /** @type {F[typeof field]} */ (shown(edit, read(), field)),
    keepMine: (field) => hold(keptMine(edit, read(), field)),
    takeTheirs: (field) => hold(without(edit, field)),
    discard() {
      problem = null;
      resend.stop();
      hold(untouched());
    },
    /** The line is back: what could not be sent is sent. */
    retry: again,
    conflicts: () => conflicts(edit, read()),
    theirs: (field) => present()[field],
    get touched() {
      return isTouched(edit);
    },
    get problem() {
      return problem;
    },
    get busy() {
      return busy;
    },
  };
}
