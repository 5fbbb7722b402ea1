// The desk's one dialog: what it shows, beside what, and where the focus goes.
// @ts-check

const EDGE_PX = 8;
const GAP_PX = 6;

/**
 * @import {Pop} from "./types"
 * @param {{dialog: HTMLDialogElement, root: HTMLElement, draw: () => void}} desk
 */
export function createPopover({ dialog, root, draw }) {
  const popover = {
    what: /** @type {Pop|null} */ (null),
    anchor: /** @type {Element|null} */ (null),
    open,
    close,
    show,
  };
  let shown = "";

  /** @param {Pop} what @param {Element|null} [anchor] */
  function open(what, anchor) {
    popover.what = what;
    popover.anchor = anchor ?? null;
    draw();
  }

  function close() {
    if (dialog.open) dialog.close();
    popover.what = null;
    draw();
  }

  /** After what it shows was drawn. */
  function show() {
    if (!popover.what) return;
    const kind = dialog.querySelector("[data-coming]") ? "" : popover.what.kind;
    if (!dialog.open) dialog.showModal();
    else if (kind !== shown) focusFirst();
    shown = kind;
    place();
  }

  function focusFirst() {
    const first = ["[autofocus]", "#to", ".to-away"].map((what) => dialog.querySelector(what)).find(Boolean);
    /** @type {HTMLElement|undefined} */ (first)?.focus();
  }

  /** Beside what opened it where there is room; narrow screens show it as a sheet. */
  function place() {
    dialog.style.removeProperty("left");
    dialog.style.removeProperty("top");
    const { anchor } = popover;
    const beside = Boolean(anchor?.isConnected) && matchMedia("(min-width: 640px)").matches;
    dialog.classList.toggle("is-placed", beside);
    if (!anchor || !beside) return;
    const rtl = document.dir === "rtl" || getComputedStyle(root).direction === "rtl";
    const { left, top } = placed(
      anchor.getBoundingClientRect(),
      dialog.getBoundingClientRect(),
      { width: innerWidth, height: innerHeight },
      rtl,
    );
    dialog.style.left = `${left}px`;
    dialog.style.top = `${top}px`;
  }

  dialog.addEventListener("close", () => popover.what && close());
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  return popover;
}

/**
 * Below what opened it, above where there is no room below; never outside the window. All in CSS pixels.
 * @typedef {{width: number, height: number}} Size
 * @param {DOMRect} at @param {Size} box @param {Size} page @param {boolean} rtl
 */
function placed(at, { width, height }, page, rtl) {
  const left = rtl ? at.left : at.right - width;
  const [above, below] = [at.top - height - GAP_PX, at.bottom + GAP_PX];
  const top = below + height > page.height - EDGE_PX && above > EDGE_PX ? above : below;
  return {
    left: Math.min(Math.max(left, EDGE_PX), page.width - width - EDGE_PX),
    top: Math.min(Math.max(top, EDGE_PX), Math.max(page.height - height - EDGE_PX, EDGE_PX)),
  };
}
