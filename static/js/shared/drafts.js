// What somebody types and has not sent: an edit, an answer, a reason. Each is kept under a name of its own until it is sent or thrown away by hand.
// @ts-check

const DRAFTS_AT_MOST = 100; // of one scope; what lay untouched for longest goes first

/**
 * @param {Pick<import("./keep.js").Keep, "get"|"set">} storage
 * @param {string} scope what the drafts are, as "edit" or "answer"
 * @returns {{get(id: string, fallback?: any): any, set(id: string, value: any): void, drop(id: string): void, ids(): string[]}}
 *   set: null, undefined and blank text drop the draft
 */
export function createDrafts(storage, scope) {
  const key = `drafts:${scope}`;
  // Read and written whole each time: a second tab of the same board keeps its drafts here, too. In order of the last change.
  const all = () => /** @type {[string, any][]} */ (storage.get(key, []));
  const others = (/** @type {string} */ id) => all().filter(([known]) => known !== id);
  const write = (/** @type {[string, any][]} */ drafts) =>
    storage.set(key, drafts.length ? drafts.slice(-DRAFTS_AT_MOST) : null);

  return {
    get: (id, fallback = null) => all().find(([known]) => known === id)?.[1] ?? fallback,
    set: (id, value) => write(isNothing(value) ? others(id) : [...others(id), [id, value]]),
    drop: (id) => write(others(id)),
    ids: () => all().map(([id]) => id),
  };
}

const isNothing = (/** @type {unknown} */ value) =>
  value === null || value === undefined || (typeof value === "string" && !value.trim());
