// One form and its way to the server: what is typed is kept on this device until it is saved or thrown away by hand.
// @ts-check
import { asked, conflicts, isTouched, keptMine, settled, shown, taken, typed, untouched, without } from "./editing.js";

/**
 * @param {{drafts: {get(id: string, fallback?: any): any, set(id: string, value: any): void, drop(id: string): void}, id: string,
 *   read: () => any, send: (changes: any) => Promise<any>, learn: (answer: any) => void, saved?: (answer: any, was: any) => void,
 *   draw: () => void}} form read: what the board has; send: to the server; learn: its answer, or what a refusal says is there
 */
export function createEditor({ drafts, id, read, send, learn, saved = () => {}, draw }) {
  let edit = drafts.get(id) ?? untouched();
  let problem = /** @type {any} */ (null);
  let busy = false;

  function hold(next) {
    edit = next;
    if (isTouched(edit)) drafts.set(id, edit);
    else drafts.drop(id);
    draw();
  }

  function type(field, value) {
    if (problem?.field === field) problem = null;
    hold(typed(edit, read(), field, value));
  }

  /** @returns {Promise<boolean>} */
  async function save() {
    if (busy) return false;
    hold(settled(edit, read()));
    problem = null;
    if (conflicts(edit, read()).length) return false;
    const was = edit;
    busy = true;
    draw();
    try {
      const answer = await send(asked(was));
      learn(answer);
      hold(taken(edit, was));
      saved(answer, was);
      return true;
    } catch (refusal) {
      problem = refusal;
      if (refusal.answer?.present) learn(refusal.answer);
      return false;
    } finally {
      busy = false;
      draw();
    }
  }

  return {
    type,
    save,
    value: (field) => shown(edit, read(), field),
    keepMine: (field) => hold(keptMine(edit, read(), field)),
    takeTheirs: (field) => hold(without(edit, field)),
    discard() {
      problem = null;
      hold(untouched());
    },
    /** The line is back: what could not be sent is sent. */
    retry: () => (problem?.network ? save() : undefined),
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
