// Keeps the large screen's computer awake, and says where it cannot. Browsers let go whenever the page is out of sight, and
// when they like (low battery): then it is asked for again.
// @ts-check

const AGAIN_MS = 10000;

/**
 * @param {{lock: {request: (kind: "screen") => Promise<EventTarget>}|undefined, isHidden: () => boolean,
 *   onChange: (awake: boolean) => void}} page lock: none on plain http
 */
export function createAwake({ lock, isHidden, onChange }) {
  let timer = 0;

  async function ask() {
    clearTimeout(timer);
    if (!lock) return onChange(false);
    if (isHidden()) return;
    try {
      const held = await lock.request("screen");
      held.addEventListener("release", again, { once: true });
      onChange(true);
    } catch {
      onChange(false); // refused on low battery
      again();
    }
  }

  function again() {
    clearTimeout(timer);
    timer = window.setTimeout(ask, AGAIN_MS);
  }

  return { ask };
}
