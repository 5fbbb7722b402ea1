// Distinguishes changes of the page by others (a browser's translation, an extension) from the page's own.
// @ts-check

/**
 * Our own changes are those made within `own`; the observer is emptied before and after, so what is left is foreign.
 * @param {Node[]} roots
 * @param {(records: MutationRecord[], now: boolean) => void} onForeign now: we are about to draw, so it cannot wait
 * @returns {{own: <T>(act: () => T) => T}}
 */
export function watchForeign(roots, onForeign) {
  const observer = new MutationObserver((records) => onForeign(records, false));
  const all = { subtree: true, childList: true, characterData: true, characterDataOldValue: true };
  for (const root of roots) observer.observe(root, all);
  let depth = 0;

  /** @template T @param {() => T} act @returns {T} */
  function own(act) {
    if (!depth) hearOthers();
    depth += 1;
    try {
      return act();
    } finally {
      depth -= 1;
      if (!depth) observer.takeRecords();
    }
  }

  function hearOthers() {
    const records = observer.takeRecords();
    depth += 1; // what is mended now is our own change
    try {
      if (records.length) onForeign(records, true);
    } finally {
      depth -= 1;
    }
  }

  return { own };
}

/** On the page itself, to find out what an extension does to it. */
export function countMended() {
  const { dataset } = document.documentElement;
  dataset.mended = String(Number(dataset.mended ?? 0) + 1);
}
