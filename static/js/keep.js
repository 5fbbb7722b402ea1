// What this phone keeps for one board: drafts, unsent posts, the name. Never needed to read the board.
// @ts-check

/**
 * @param {string} code
 * @returns {{get(key: string, fallback?: any): any, set(key: string, value: any): void}} null takes a value away
 */
export function openKeep(code) {
  const memory = new Map(); // where storage is full or forbidden, at least this page's life
  const name = (key) => `brilliance:${code}:${key}`;
  return {
    get(key, fallback = null) {
      try {
        const text = localStorage.getItem(name(key));
        return text === null ? (memory.get(key) ?? fallback) : JSON.parse(text);
      } catch {
        return memory.get(key) ?? fallback;
      }
    },
    set(key, value) {
      memory.set(key, value);
      try {
        if (value === null) localStorage.removeItem(name(key));
        else localStorage.setItem(name(key), JSON.stringify(value));
      } catch {
        // kept in memory
      }
    },
  };
}
