// Whether a page has been without a connection for longer than a hiccup. It counts from the loss, however often the page tries again
// meanwhile: each try that fails at once would put the notice off once more.
// @ts-check

/** @param {{afterMs: number, onTrouble: () => void}} page onTrouble: it has lasted too long */
export function createTrouble({ afterMs, onTrouble }) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  let troubled = false;

  /** @param {string} state of the feed: see Status in feed.js */
  function update(state) {
    const works = state === "live" || state === "slow";
    if (works) {
      clearTimeout(timer);
      timer = undefined;
      troubled = false;
    } else if (!troubled) timer ??= setTimeout(lost, afterMs);
    return works;
  }

  function lost() {
    timer = undefined;
    troubled = true;
    onTrouble();
  }

  return { update, is: () => troubled };
}
