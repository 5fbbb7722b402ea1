// Unsent posts, and changes of sent ones. Each is kept on the phone before it is sent, and sent again under the same id until the board
// has answered: so it is neither lost nor there twice, whatever happens to the Wi-Fi, the page or the battery.
// @ts-check
import { Problem } from "../shared/api.js";

/** @import { Keep } from "../shared/keep.js" */
/** @import { Kind, Post, To } from "../shared/wire" */
/** @import { Looks } from "./types" */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
const OWED = "\u0000owed"; // under way without a post: what has to be known first

/**
 * @typedef {{id?: string, kind?: Kind, text?: string, to?: To[], theme?: string, session?: string, anonymous?: boolean}} Body
 * @typedef {{post?: Post, problem?: Problem}} Answer
 * @typedef {{id: string, body: Body, state: "waiting"|"sending"|"refused", tries: number, at: string, detail?: string, field?: string,
 *   edits?: string, shown?: Looks}} Entry edits: the id of the sent post that it changes; shown: how it looks meanwhile
 */

/**
 * @param {{keep: Pick<Keep, "get"|"set">,
 *   before: () => Promise<void>, owes: () => boolean, deliver: (entry: Entry) => Promise<Post>, onChange: () => void,
 *   onSent: (post: Post, entry: Entry) => void, onRefused: (entry: Entry) => void, onOwedRefused: (problem: Problem) => void}} options
 *   before: what has to be known first (the name), owes: whether it still waits to be; deliver: sends one and answers the post; both throw a Problem
 */
export function openOutbox({ keep, before, owes, deliver, onChange, onSent, onRefused, onOwedRefused }) {
  let sending = "";
  let timer = 0;
  let notBefore = 0; // the board asked us to wait until then
  let owedTries = 0;

  // Read and written whole each time: a second tab of the same board keeps its entries here too.
  const entries = () => /** @type {Entry[]} */ (keep.get("outbox", []));
  /** @param {Entry[]} next */
  function write(next) {
    keep.set("outbox", next.length ? next : null);
    onChange();
  }
  const change = (/** @type {string} */ id, /** @type {Partial<Entry>} */ changes) =>
    write(entries().map((entry) => (entry.id === id ? { ...entry, ...changes } : entry)));
  const remove = (/** @type {string} */ id) => write(entries().filter((entry) => entry.id !== id));

  /**
   * A new post, or with `edits` the change of a sent one, in place of the change that waits for it.
   * @param {{id: string, body: Body, edits?: string, shown?: Looks}} wish
   */
  function add(wish) {
    const others = wish.edits ? entries().filter((entry) => entry.edits !== wish.edits) : entries();
    write([...others, { ...wish, state: "waiting", tries: 0, at: new Date().toISOString() }]);
    flush();
  }

  /** Sends what waits, oldest first, one at a time. */
  async function flush() {
    clearTimeout(timer);
    const early = notBefore - performance.now();
    if (early > 0) return later(early);
    if (sending) return;
    const entry = entries().find(({ state }) => state !== "refused") ?? null;
    if (!entry && !owes()) return;
    sending = entry?.id ?? OWED;
    let answer = /** @type {Answer} */ ({});
    try {
      onChange();
      answer = await attempt(entry);
    } finally {
      sending = "";
    }
    if (entry) settled(entry, answer);
    else settledOwed(answer.problem);
  }

  /** @param {Entry|null} entry @returns {Promise<Answer>} */
  async function attempt(entry) {
    try {
      await before();
      return { post: entry ? await deliver(entry) : undefined };
    } catch (error) {
      if (error instanceof Problem) return { problem: error };
      console.error(error); // a fault of ours: what was written is kept, and tried again
      return { problem: new Problem({ network: true }) };
    }
  }

  /** @param {Entry} entry @param {Answer} answer */
  function settled(entry, { post, problem }) {
    if (problem?.passes) return retry(entry, problem);
    if (problem) return refuse(entry, problem);
    remove(entry.id);
    try {
      if (post) onSent(post, entry);
    } finally {
      flush();
    }
  }

  /** @param {Entry} entry @param {Problem} problem */
  function retry(entry, problem) {
    const tries = entry.tries + 1;
    change(entry.id, { tries, detail: problem.network ? undefined : problem.detail });
    again(tries, problem);
  }

  /** @param {number} tries @param {Problem} problem */
  function again(tries, { retryAfter }) {
    const bound = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
    const asked = (retryAfter || 0) * 1000;
    notBefore = asked ? performance.now() + asked : 0;
    later(asked + FIRST_WAIT_MS / 2 + Math.random() * bound);
  }

  /** @param {Entry} entry @param {Problem} problem */
  function refuse(entry, problem) {
    const refused = { ...entry, state: /** @type {const} */ ("refused"), detail: problem.detail, field: problem.field };
    change(entry.id, refused);
    try {
      onRefused(refused);
    } finally {
      flush();
    }
  }

  /** @param {Problem|undefined} problem */
  function settledOwed(problem) {
    owedTries = problem ? owedTries + 1 : 0;
    if (problem?.passes) again(owedTries, problem);
    else if (problem) onOwedRefused(problem);
    else if (!owes()) flush();
  }

  /** @param {number} ms */
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
