// Draws the desk, once a frame at most, and keeps the focus where the moderator works.
// @ts-check
import { createMender } from "../shared/mender.js";
import { popView } from "./popview.js";
import { deskView } from "./views.js";
import { WORDS } from "./words.js";

/**
 * @typedef {ReturnType<typeof createPainter>} Painter
 * @param {{root: HTMLElement, dialog: HTMLDialogElement, list: import("./list.js").List,
 *   popover: import("./types").Popover, picture: () => import("./types").Picture}} desk
 */
export function createPainter({ root, dialog, list, popover, picture }) {
  const painter = { paintedAt: 0, draw, paint, rowOf, focusedRow }; // paintedAt: `performance.now()`
  const mender = createMender({ roots: [root, dialog] });
  let asked = 0;

  function draw() {
    if (!asked) asked = requestAnimationFrame(paint);
  }

  function paint() {
    asked = 0;
    painter.paintedAt = performance.now();
    const held = focusedRow();
    if (!("_$litPart$" in root)) mender.own(() => root.replaceChildren()); // the shell that came with the page
    const desk = picture();
    mender.render(deskView(desk), root);
    mender.render(popView(popover.what, desk), dialog);
    popover.show();
    document.title = `${desk.counts.waiting ? `(${desk.counts.waiting}) ` : ""}${WORDS.pageTitle(desk.title)}`;
    keepFocus(held);
  }

  /** A row that left took the focus with it: it goes on to the next one. */
  function keepFocus(/** @type {HTMLElement|null} */ held) {
    if (dialog.open) return;
    const lost = held && !held.isConnected;
    if (lost && !list.focusOn) list.focusOn = { id: list.current, scroll: false };
    if (!list.focusOn) return;
    const { id, scroll } = list.focusOn;
    const row = id ? rowOf(id) : null;
    const target = row ?? (lost ? document.getElementById("rows") : null);
    target?.focus({ preventScroll: !scroll });
    if (scroll) row?.scrollIntoView({ block: "nearest" });
    list.focusOn = null;
  }

  function rowOf(/** @type {string} */ id) {
    return /** @type {HTMLElement|null} */ (root.querySelector(`.row[data-id="${CSS.escape(id)}"]`));
  }

  /** The row that has the focus is the one that the keys act on. */
  root.addEventListener("focusin", (event) => {
    const row = /** @type {HTMLElement} */ (event.target).closest(".row");
    const id = row instanceof HTMLElement ? (row.dataset.id ?? "") : list.current;
    if (id === list.current) return;
    list.current = id;
    draw();
  });

  return painter;
}

function focusedRow() {
  return /** @type {HTMLElement|null} */ (document.activeElement?.closest(".row") ?? null);
}
