// Send, in the sheet: the sheet shows what is wrong, asks for the name once, and hands the text over.
// @ts-check
import { problemOf } from "../shared/api.js";
import { fault, looks, wire } from "./draft.js";

/** @import { Body } from "./outbox.js" */
/** @import { Addressing, Drafting, Looks, Modal, Naming } from "./types" */

/**
 * @typedef {{step: string, after: string, error: {field?: string, detail: string}|null, busy: boolean}} Stage
 *   step: "text" or "name"; after: what follows the name: "send", or back to the "text", or nothing ("close")
 * @param {Stage} stage of the sheet
 * @param {{drafting: Drafting, naming: Naming, addressing: Addressing, modal: Modal, refresh: () => void, back: () => void,
 *   fail: (problem: {field: string, detail: string}) => void, openName: (next: string) => void, throwAway: () => void,
 *   getWho: () => {name?: string, team?: string, asked?: boolean}, onSend: (body: Body, shown: Looks) => void,
 *   onEdit: (id: string, changes: Body, shown: Looks) => Promise<void>}} sheet
 */
export function createDispatch(stage, { drafting, naming, addressing, modal, ...sheet }) {
  const draft = drafting.current;

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    if (stage.busy) return;
    if (stage.step === "name") return sendName();
    if (!(await taken())) return;
    const who = sheet.getWho();
    const problem = fault(draft(), who);
    stage.error = null;
    if (problem) return sheet.fail(problem);
    if (drafting.editing()) return saveEdit();
    if (!who.name && !who.asked && !draft().anonymous) return sheet.openName("send");
    deliver();
  }

  /** What is typed and not ended is part of it. Not sent where that is nobody, or the sheet was closed meanwhile. */
  async function taken() {
    if (draft().kind !== "card" || !draft().typed?.trim()) return true;
    stage.busy = true;
    try {
      return (await addressing.takeTyped()) && modal.isOpen() && stage.step === "text";
    } finally {
      stage.busy = false;
      sheet.refresh();
    }
  }

  async function saveEdit() {
    const post = drafting.editing();
    if (!post) return;
    stage.busy = true;
    sheet.refresh();
    try {
      await sheet.onEdit(post.id, drafting.changes(), looks(draft()));
      sheet.throwAway();
    } catch (error) {
      const { field, detail } = problemOf(error);
      stage.error = { field, detail };
    } finally {
      stage.busy = false;
      sheet.refresh();
    }
  }

  function deliver() {
    const [body, shown] = [wire(draft()), looks(draft())];
    sheet.throwAway();
    sheet.onSend(body, shown);
  }

  async function sendName(skip = false) {
    if (naming.isBusy() || !(await naming.save(skip))) return;
    if (stage.after === "send") deliver();
    else if (stage.after === "text") sheet.back();
    else modal.close();
  }

  return { send, sendName };
}
