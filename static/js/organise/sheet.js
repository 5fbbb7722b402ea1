// The page's one dialog: what it shows. Where the focus was before, it goes back to.
// @ts-check
/** @import { What } from "./types" */

/** @param {{dialog: HTMLDialogElement, draw: () => void}} page */
export function createSheet({ dialog, draw }) {
  const sheet = { what: /** @type {What|null} */ (null), open, close, show };

  /** @param {What} what */
  function open(what) {
    sheet.what = what;
    draw();
  }

  function close() {
    if (dialog.open) dialog.close();
    if (!sheet.what) return;
    sheet.what = null;
    draw();
  }

  /** After what it shows was drawn. */
  function show() {
    if (sheet.what && !dialog.open) dialog.showModal();
  }

  dialog.addEventListener("close", close);
  return sheet;
}
