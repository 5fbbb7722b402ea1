// HTTP calls to this board. Everything goes through call(), so an error always is a Problem that can be shown to people.
// @ts-check

const WORDS = {
  network: "No answer from the board. Please check the Wi-Fi and try again.",
  unknown: "The board could not do that. Please try again.",
};
const TIMEOUT_MS = 10000;

/** @type {Record<string, any> | undefined} */
let config;

/** What the page was rendered with (the JSON block #config). @returns {Record<string, any>} */
export function readConfig() {
  config ??= JSON.parse(document.getElementById("config")?.textContent || "{}");
  return /** @type {Record<string, any>} */ (config);
}

/** An answer that is not the wanted one, in words a participant can read (`detail`). */
export class Problem extends Error {
  /** @param {{status?: number, title?: string, detail?: string, field?: string, post?: object, retryAfter?: number, network?: boolean}} about */
  constructor({ status = 0, title = "", detail = WORDS.unknown, field, post, retryAfter = 0, network = false }) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.field = field;
    this.post = post;
    this.retryAfter = retryAfter; // seconds
    this.network = network; // nothing came back: it may or may not have arrived
  }
}

/**
 * One request; `path` is relative to this board's API.
 * @param {string} method @param {string} path @param {object} [body]
 * @param {{signal?: AbortSignal, timeout?: number}} [options]
 * @returns {Promise<any>} the JSON answer, null where there is none
 */
export async function call(method, path, body, { signal, timeout = TIMEOUT_MS } = {}) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeout);
  signal?.addEventListener("abort", () => abort.abort(), { once: true });
  try {
    const response = await fetch(readConfig().api + path, request(method, body, abort.signal));
    const answer = await read(response);
    if (!response.ok) throw problem(response, answer);
    return answer;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem({ detail: WORDS.network, network: true });
  } finally {
    clearTimeout(timer);
  }
}

function request(method, body, signal) {
  const init = { method, signal, credentials: "same-origin", headers: { Accept: "application/json" } };
  if (method === "GET") return init;
  init.headers["Content-Type"] = "application/json"; // asked for with every unsafe method, body or not
  if (method !== "DELETE") init.body = JSON.stringify(body ?? {});
  return init;
}

async function read(response) {
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (response.ok) throw error; // a captive portal's log-in page answers 200 with HTML: as good as no answer
    return null;
  }
}

function problem(response, answer) {
  const about = answer && typeof answer === "object" ? answer : {};
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  return new Problem({ ...about, status: response.status, retryAfter });
}

const query = (params) => {
  const kept = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return kept.length ? `?${new URLSearchParams(kept.map(([key, value]) => [key, String(value)]))}` : "";
};
const segment = encodeURIComponent;
const onOff = (on) => (on ? "PUT" : "DELETE");

/** The calls by name. All answer a promise and throw a Problem. */
export const api = {
  /** @param {string} [feed] "" or "moderate" */
  snapshot: (feed = "") => call("GET", query({ feed })),
  /** @param {{kind?: string, session?: string, person?: string, before?: string, limit?: number}} params */
  posts: (params) => call("GET", `/posts${query(params)}`),
  /** @param {string} q @param {AbortSignal} [signal] */
  people: (q, signal) => call("GET", `/people${query({ q })}`, undefined, { signal }),
  /** @param {string} text @param {AbortSignal} [signal] */
  similar: (text, signal) => call("GET", `/similar${query({ text })}`, undefined, { signal }),
  mine: () => call("GET", "/mine"),
  /** @param {{name?: string, team?: string}} who */
  join: (who) => call("POST", "/join", who),
  /** @param {object} post with the `id` the client made */
  post: (post) => call("POST", "/posts", post),
  /** @param {string} id @param {object} changes */
  edit: (id, changes) => call("PATCH", `/posts/${segment(id)}`, changes),
  /** @param {string} id */
  withdraw: (id) => call("PATCH", `/posts/${segment(id)}`, { state: "withdrawn" }),
  /** @param {string} id @param {boolean} on */
  vote: (id, on) => call(onOff(on), `/posts/${segment(id)}/vote`),
  /** @param {string} id @param {string} key @param {boolean} on */
  react: (id, key, on) => call(onOff(on), `/posts/${segment(id)}/reactions/${segment(key)}`),
  /** @param {string} id @param {object} changes state, reason, pinned, answered, answer, session, expect */
  moderate: (id, changes) => call("PATCH", `/posts/${segment(id)}`, changes),
  /** @param {string[]} ids @param {string} state @param {string} [reason] */
  bulk: (ids, state, reason) => call("POST", "/posts/bulk", reason ? { ids, state, reason } : { ids, state }),
  /** @param {{scene: string, session?: string|null, post?: string|null}} scene */
  screen: (scene) => call("PUT", "/screen", scene),
  /** @param {object} changes */
  board: (changes) => call("PATCH", "", changes),
  /** @param {string} id @param {object} changes */
  session: (id, changes) => call("PATCH", `/sessions/${segment(id)}`, changes),
  /** @param {string} participant @param {boolean} on */
  mute: (participant, on) => call(onOff(on), `/participants/${segment(participant)}/mute`),
  /** @param {string} person of the roster */
  freeName: (person) => call("DELETE", `/people/${segment(person)}/holder`),
  /** @param {string} since a time */
  takeBackVotes: (since) => call("DELETE", `/votes${query({ since })}`),
  audit: () => call("GET", "/audit"),
};
