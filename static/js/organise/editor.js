// One form and its way to the server: what is typed is kept on this device until it is saved or thrown away by hand.
// @ts-check
import { asked, conflicts, isTouched, keptMine, settled, shown, taken, typed, untouched, without } from "./editing.js";
import { createResend } from "./resend.js";

/**
 * @param {{drafts: {get(id: string, fallback?: any): any, set(id: string, value: any): void, drop(id: string): void}, id: string,
 *   read: () => any, send: (changes: any) => Promise<any>, learn: (answer: any) => void, saved?: (answer: any, was: any) => void,
 *   draw: () => void, resent?: () => void}} form read: what the board has; send: to the server; learn: its answer, or what a refusal
 *   says is there; resent: a save that was refused by the network went through by itself
 */
export function createEditor({ drafts, id, read, send, learn, saved = () => {}, draw, resent = () => {} }) {
  let edit = drafts.get(id) ?? untouched();
  let problem = /** @type {any} */ (null);
  let busy = false;
  const resend = createResend({ again });

  function hold(next) {
    edit = next;
    if (isTouched(edit)) drafts.set(id, edit);
    else drafts.drop(id);
    draw();
  }

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
      const answer = await send(asked(was));
      learn(answer);
      hold(taken(edit, was));
      saved(answer, was);
      resend.stop();
      return true;
    } catch (refusal) {
      problem = refusal;
      if (refusal.answer?.present) learn(refusal.answer);
      if (refusal.answer?.present && isTaken()) return true; // its answer was lost, and it was sent again
      resend.failed(refusal);
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
    value: (field) => shown(edit, read(), field),
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
    theirs: (field) => read()[field],
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
