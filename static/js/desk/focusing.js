// The focus in the list of prepared questions: a line that moves, or a field that comes and goes, would take it away. It is never taken from where
// somebody works by then.
// @ts-check

const PANEL = '[data-panel="prepared"]';
const EMPTY = `${PANEL} select`; // where it goes when the list is empty

/** @param {() => void} draw */
export function createFocusing(draw) {
  const isFree = () => document.activeElement === document.body || document.activeElement === null;
  const drawn = (/** @type {() => void} */ then) => requestAnimationFrame(then); // behind the drawing, which was asked for before

  /** Draws. What has the focus keeps it, and its place below the pointer: or the next tap would meet another line. */
  function held() {
    const node = /** @type {HTMLElement|null} */ (document.activeElement);
    const top = topOf(node);
    draw();
    if (!node?.closest(PANEL)) return;
    drawn(() => {
      if (!node.isConnected) return;
      if (isFree()) node.focus({ preventScroll: true });
      if (document.activeElement === node) follow(node, topOf(node) - top);
    });
  }

  /** @param {string} id @param {string} part of the line of this question @param {string} [leaving] the line that had the focus */
  function on(id, part, leaving = id) {
    const from = document.activeElement;
    if (!isFree() && !from?.closest(line(leaving))) return;
    drawn(() => {
      if (!isFree() && document.activeElement !== from) return;
      const wanted = document.querySelector(`${line(id)} [data-do="${part}"]`) ?? document.querySelector(EMPTY);
      /** @type {HTMLElement|null} */ (wanted)?.focus();
    });
  }

  const line = (/** @type {string} */ id) => `[data-prepared="${CSS.escape(id)}"]`;

  return { held, on };
}

const topOf = (/** @type {Element|null} */ node) => node?.getBoundingClientRect().top ?? 0;

/** The room scrolls by itself where it stands beside the queue; elsewhere the page does. @param {Element} node @param {number} by in pixels */
function follow(node, by) {
  const room = node.closest(".room");
  const before = room?.scrollTop ?? 0;
  if (room) room.scrollTop += by;
  window.scrollBy({ top: by - ((room?.scrollTop ?? 0) - before), behavior: "instant" });
}
