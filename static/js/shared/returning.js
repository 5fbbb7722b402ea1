// Says when somebody comes back to a page that was out of sight, and when the network came back.
// @ts-check

/**
 * @param {{back: (slept: {ms: number, kept: boolean}) => void, online: () => void}} page
 *   back: ms out of sight; kept: the page was kept to go back to, and its clocks stood still
 */
export function watchReturning({ back, online }) {
  let hiddenAt = document.hidden ? Date.now() : 0;

  function changed(/** @type {Event & {persisted?: boolean}} */ { persisted }) {
    if (document.hidden) {
      hiddenAt ||= Date.now();
      return;
    }
    const ms = hiddenAt ? Math.abs(Date.now() - hiddenAt) : 0; // the wall clock may have been set back meanwhile
    hiddenAt = 0;
    back({ ms, kept: Boolean(persisted) });
  }

  document.addEventListener("visibilitychange", changed);
  window.addEventListener("pageshow", changed);
  window.addEventListener("online", online);

  return {
    /** For how long it has been out of sight; 0: it is seen. */
    hiddenMs: () => (hiddenAt ? Date.now() - hiddenAt : 0),
    stop() {
      document.removeEventListener("visibilitychange", changed);
      window.removeEventListener("pageshow", changed);
      window.removeEventListener("online", online);
    },
  };
}
