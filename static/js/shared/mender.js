// Keeps a page true to its state although others change its DOM: a browser's translation, an extension.
// lit-html remembers the nodes it made and goes on writing into them, though they may no longer be in the page: a text
// that was hidden then stays for all to read. So lit-html never meets a page that others have changed: what they did is
// taken back before it writes.
// @ts-check
import { render as litRender } from "../../vendor/lit-html.js";
import { countMended, watchForeign } from "./foreign.js";
import { afresh } from "./html.js";
import { createPatches } from "./patches.js";

const AT_ONCE = 6; // times that changes are taken back as soon as they are made; then more slowly:
const PACE_MS = 1500; // an extension may not give up
const MOST_RECORDS = 64; // of one parent: a translation that never ends

/**
 * @param {{roots: HTMLElement[], translatable?: boolean}} page roots: all that lit-html draws into;
 *   translatable: what a translation put in stays until what it stands for changes
 */
export function createMender({ roots, translatable = false }) {
  const patches = createPatches();
  const { own } = watchForeign(roots, heard);
  let left = AT_ONCE;
  let leftAt = performance.now();
  let timer = 0;
  let focused = /** @type {HTMLElement|null} */ (null);

  function heard(/** @type {MutationRecord[]} */ records, /** @type {boolean} */ now) {
    for (const parent of patches.add(records)) if (patches.size(parent) > MOST_RECORDS) own(() => mend([parent]));
    if (now) mend(unwanted());
    else if (!timer) inTime();
  }

  function inTime() {
    const passed = performance.now() - leftAt;
    leftAt += passed;
    left = Math.min(AT_ONCE, left + passed / PACE_MS);
    if (left >= 1) mendAll();
    else timer = window.setTimeout(mendAll, PACE_MS * (1 - left));
  }

  function mendAll() {
    timer = 0;
    const parents = unwanted();
    if (!parents.length) return;
    left = Math.max(0, left - 1);
    own(() => mend(parents));
  }

  function unwanted() {
    return patches.parents().filter((parent) => !translatable || !patches.isTranslation(parent));
  }

  function mend(/** @type {Node[]} */ parents) {
    if (parents.length) countMended();
    const back = parents.flatMap((parent) => patches.undo(parent));
    patches.prune();
    const lost = document.activeElement === document.body && back.some((node) => node.contains(focused));
    if (lost) focused?.focus({ preventScroll: true });
  }

  /** Takes back what others changed around this node of the page, because something is to be written there. */
  function restore(/** @type {Node} */ node) {
    const parent = patches.homeOf(node);
    if (parent && patches.has(parent)) mend([parent]);
  }

  /**
   * Draws. What lit-html cannot draw into any more is drawn anew.
   * @param {unknown} view @param {HTMLElement} container one of the roots, or in one
   */
  function render(view, container) {
    own(() => {
      if (patches.has(container)) mend([container]);
      try {
        litRender(view, container, options);
      } catch (error) {
        console.warn(error);
        afresh(container);
        litRender(view, container, options);
      }
    });
  }

  const options = /** @type {any} */ ({ restore });

  const onFocus = (/** @type {FocusEvent} */ { target }) => (focused = /** @type {HTMLElement} */ (target));
  for (const root of roots) root.addEventListener("focusin", onFocus);
  new MutationObserver((records) => records.reverse().forEach(comeBack)).observe(document.body, { childList: true });

  /** A root that was taken out of the page. A dialog is open for all to see only after `showModal`. */
  function comeBack(/** @type {MutationRecord} */ { removedNodes, nextSibling }) {
    for (const root of roots.filter((one) => [...removedNodes].includes(one) && !one.isConnected)) {
      document.body.insertBefore(root, nextSibling?.parentNode === document.body ? nextSibling : null);
      if (!(root instanceof HTMLDialogElement) || !root.open) continue;
      const had = focused;
      root.removeAttribute("open");
      root.showModal();
      if (root.contains(had)) had?.focus({ preventScroll: true });
    }
  }

  return { own, render };
}
