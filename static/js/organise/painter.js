// Draws the organiser's page, once a frame at most.
// @ts-check
import { createMender } from "../shared/mender.js";
import { pageView } from "./views.js";
import { sheetView } from "./sheetview.js";

/** @import { Page, Sheet } from "./types" */

/** @param {{root: HTMLElement, dialog: HTMLDialogElement, page: () => Page, sheet: () => Sheet}} organise */
export function createPainter({ root, dialog, page, sheet }) {
  const mender = createMender({ roots: [root, dialog] });
  let asked = 0;
  let focus = ""; // an id that shall have the focus once it is there

  function draw() {
    if (!asked) asked = requestAnimationFrame(paint);
  }

  function paint() {
    asked = 0;
    if (!("_$litPart$" in root)) mender.own(() => root.replaceChildren()); // the shell that came with the page
    mender.render(pageView(page()), root);
    mender.render(sheetView(page()), dialog);
    sheet().show();
    if (!focus) return;
    document.getElementById(focus)?.focus({ preventScroll: focus === "heading" });
    focus = "";
  }

  return {
    draw,
    /** @param {string} id */
    focusOn(id) {
      focus = id;
      draw();
    },
  };
}
