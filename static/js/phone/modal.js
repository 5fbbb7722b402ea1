// The sheet as a dialog: one step in the history, so that the phone's back button closes it; above the on-screen keyboard.
// @ts-check
/** @import { Kind } from "../shared/wire" */

const ECHO_MS = 400;
const ECHO_PX = 40;
const NOWHERE = { x: -Infinity, y: -Infinity };

/**
 * @typedef {{sheet?: Kind, edits?: string}} Place in the history: the sheet that is open, and the post that it edits
 * @param {{dialog: HTMLDialogElement, onCancel: () => void, onReturn: (state: Place) => void, onChange: () => void}} sheet
 *   onCancel: somebody wants to leave; onReturn: forward to it in the history; onChange: it was opened or closed
 */
export function createModal({ dialog, onCancel, onReturn, onChange }) {
  let closedAt = -Infinity;
  let tapped = NOWHERE; // where a finger touched the sheet last

  /** @param {{sheet: string, edits?: string}} what is written in it, for a reload */
  function show(what) {
    if (dialog.open) return;
    const place = { ...history.state, ...what };
    if (history.state?.sheet) history.replaceState(place, "");
    else history.pushState(place, "");
    dialog.showModal();
    fit();
    onChange();
  }

  // iOS lays the keyboard over the page instead of making the page smaller.
  function fit() {
    const view = window.visualViewport;
    if (!view || !dialog.open) return;
    dialog.style.setProperty("--viewport", `${view.height}px`);
    dialog.style.setProperty("--viewport-top", `${view.offsetTop}px`);
  }

  function close() {
    if (!dialog.open) return;
    dialog.close();
    closedAt = performance.now();
    onChange();
    if (history.state?.sheet) history.back();
  }

  function moved() {
    if (history.state?.sheet) {
      if (!dialog.open) onReturn(history.state);
      return;
    }
    if (!dialog.open) return;
    dialog.close();
    onChange();
  }

  /** The second half of a double tap that has closed the sheet: it falls on what lay below. @param {MouseEvent} event */
  function isEcho({ clientX: x, clientY: y }) {
    return performance.now() - closedAt < ECHO_MS && Math.hypot(x - tapped.x, y - tapped.y) < ECHO_PX;
  }

  /** @param {PointerEvent} event */
  function touched({ pointerType, clientX: x, clientY: y }) {
    tapped = pointerType === "touch" ? { x, y } : NOWHERE;
  }

  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    onCancel();
  });
  dialog.addEventListener("pointerdown", touched, true);
  window.addEventListener("popstate", moved);
  window.visualViewport?.addEventListener("resize", fit);
  window.visualViewport?.addEventListener("scroll", fit);

  return { show, close, isEcho, isOpen: () => dialog.open };
}
