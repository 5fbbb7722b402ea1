// What this phone keeps for one board, beyond a reload and a restart. The board can be read without it.
// @ts-check

const PRECIOUS = /^(outbox|draft)/; // what somebody has written; the rest comes again by itself

/**
 * What is kept is JSON: its shape is the business of those who wrote it.
 * @typedef {{get(key: string, fallback?: any): any, set(key: string, value: unknown): void, isFull(): boolean}} Keep
 */

/**
 * Where the phone's storage is full or forbidden, values stay in this page alone: what was written last is always what is read.
 * @param {string} code of the board
 * @param {() => void} [onFull] something that was written could not be kept on the phone, or is kept now
 * @returns {Keep} null takes a value away
 */
export function openKeep(code, onFull = () => {}) {
  const memory = new Map(); // what storage did not take; newer than what storage holds
  const name = (/** @type {string} */ key) => `brilliance:${code}:${key}`;

  /** @type {Keep["get"]} */
  function get(key, fallback = null) {
    if (memory.has(key)) return memory.get(key) ?? fallback;
    try {
      const text = localStorage.getItem(name(key));
      return text === null ? fallback : JSON.parse(text);
    } catch {
      return fallback;
    }
  }

  /** @type {Keep["set"]} */
  function set(key, value) {
    const before = isFull();
    const held = memory.size;
    if (stored(key, value))
      memory.delete(key); // or it would come back when another tab takes it away
    else memory.set(key, value);
    if (value === null || memory.size < held) retry(); // there may be room now
    if (isFull() !== before) onFull();
  }

  function stored(/** @type {string} */ key, /** @type {unknown} */ value) {
    try {
      if (value === null) localStorage.removeItem(name(key));
      else localStorage.setItem(name(key), JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  function retry() {
    for (const [key, value] of [...memory]) if (stored(key, value)) memory.delete(key);
  }

  /** Is there something that only this page has? */
  const isFull = () => [...memory].some(([key, value]) => value !== null && PRECIOUS.test(key));

  // The page is all that has it: the browser asks before it lets go.
  window.addEventListener("beforeunload", (event) => {
    retry();
    if (isFull()) event.preventDefault();
  });

  return { get, set, isFull };
}
