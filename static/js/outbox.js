// What this phone keeps: drafts, the name, and unsent posts. A post is kept on the phone before it is sent, and sent again under the same id until the board has answered:
// so it is neither lost nor there twice, whatever happens to the Wi-Fi, the page or the battery.
// @ts-check
import { api, Problem } from "./api.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;

/**
 * @typedef {{id: string, kind: string, text: string, to?: any[], theme?: string, session?: string, anonymous?: boolean}} Body
 * @typedef {{id: string, body: Body, state: "waiting"|"sending"|"refused", tries: number, at: string, detail?: string, field?: string}} Entry
 */

/** A UUID (version 4). Venue networks are plain http, where crypto.randomUUID does not exist. @returns {string} */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * @param {{keep: {get(key: string, fallback?: any): any, set(key: string, value: any): void},
 *   before: () => Promise<void>, onChange: () => void, onSent: (post: any) => void, onRefused: (entry: Entry) => void}} options
 *   before: what has to be known first (the name); may throw a Problem
 */
export function openOutbox({ keep, before, onChange, onSent, onRefused }) {
  let sending = "";
  let timer = 0;
  let notBefore = 0; // the board asked us to wait until then

  // Read and written whole each time: a second tab of the same board keeps its entries here too.
  const entries = () => /** @type {Entry[]} */ (keep.get("outbox", []));
  function write(next) {
    keep.set("outbox", next.length ? next : null);
    onChange();
  }
  const change = (id, changes) => write(entries().map((entry) => (entry.id === id ? { ...entry, ...changes } : entry)));
  const remove = (id) => write(entries().filter((entry) => entry.id !== id));

  /** @param {Body} body */
  function add(body) {
    write([...entries(), { id: body.id, body, state: "waiting", tries: 0, at: new Date().toISOString() }]);
    flush();
  }

  /** Sends what waits, oldest first, one at a time. */
  async function flush() {
    clearTimeout(timer);
    const early = notBefore - performance.now();
    if (early > 0) return later(early);
    if (sending) return;
    const entry = entries().find(({ state }) => state !== "refused");
    if (!entry) return;
    sending = entry.id;
    onChange();
    const { post, problem } = await attempt(entry);
    sending = "";
    if (post) settle(entry, post);
    else if (passing(problem)) retry(entry, problem);
    else refuse(entry, problem);
  }

  async function attempt(entry) {
    try {
      await before();
      return await api.post(entry.body);
    } catch (problem) {
      if (problem instanceof Problem) return { problem };
      throw problem;
    }
  }

  function settle(entry, post) {
    onSent(post);
    remove(entry.id);
    flush();
  }

  function retry(entry, problem) {
    const tries = entry.tries + 1;
    const bound = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
    const asked = (problem.retryAfter || 0) * 1000;
    notBefore = asked ? performance.now() + asked : 0;
    change(entry.id, { tries, detail: problem.network ? undefined : problem.detail });
    later(asked + FIRST_WAIT_MS / 2 + Math.random() * bound);
  }

  function refuse(entry, problem) {
    const refused = { ...entry, state: /** @type {const} */ ("refused"), detail: problem.detail, field: problem.field };
    change(entry.id, refused);
    onRefused(refused);
    flush();
  }

  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(flush, ms);
  }

  const back = () => document.hidden || flush();
  window.addEventListener("online", back);
  window.addEventListener("pageshow", back);
  document.addEventListener("visibilitychange", back);
  window.addEventListener("storage", onChange); // another tab has written, or sent

  return {
    add,
    flush,
    remove,
    /** @returns {Entry[]} with the one under way marked */
    entries: () => entries().map((entry) => (entry.id === sending ? { ...entry, state: "sending" } : entry)),
  };
}

/** Worth trying again without a change: no answer, too fast, or the board's own trouble. */
const passing = (problem) => problem.network || problem.status === 408 || problem.status === 429 || problem.status >= 500;

/**
 * What is kept for one board; never needed to read it.
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
      try {
        if (value === null) localStorage.removeItem(name(key));
        else localStorage.setItem(name(key), JSON.stringify(value));
        memory.delete(key); // or it would come back when another tab takes it away
      } catch {
        memory.set(key, value);
      }
    },
  };
}
