// HTTP calls to this board. Everything goes through call(), so an error always is a Problem that can be shown to people.
// @ts-check

import { readConfig } from "./config.js";
import { say } from "./words.js";

/** @import {Bridges, Mine, Participant, Person, Post, PostsPage, Refusal, SnapshotFrame, Story, Who} from "./wire" */

const TIMEOUT_MS = 10000;

/** An answer that is not the wanted one, in words a participant can read (`detail`). */
export class Problem extends Error {
  /** @param {{status?: number, title?: string, detail?: string, code?: string, field?: string, post?: Post, retryAfter?: number, network?: boolean}} about */
  constructor({
    status = 0,
    title = "",
    detail = say("refused-unknown"),
    code = "",
    field,
    post,
    retryAfter = 0,
    network = false,
  }) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.code = code; // stable, for programs
    this.field = field;
    this.post = post;
    this.retryAfter = retryAfter; // seconds
    this.network = network; // nothing came back: it may or may not have arrived
    this.answer = /** @type {Record<string, unknown>} */ ({}); // all that the refusal says, as what stands there at present
  }

  /** Worth trying again without a change: no answer, too fast, the board's own trouble, or a cookie that did not come back yet. */
  get passes() {
    return (
      this.network || this.status === 408 || this.status === 429 || this.status >= 500 || this.code === "no-cookie"
    );
  }
}

/**
 * What was caught. The board's own refusals stay as they are. Anything else is a fault of this page: the console gets it, and people
 * read that something did not work, instead of nothing. @param {unknown} error
 */
export function problemOf(error) {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem({});
}

/**
 * One request; `path` is relative to this board's API. An answer that is not the board's (a log-in page of the Wi-Fi, an empty one)
 * is as good as no answer.
 * @param {string} method @param {string} path @param {string} wanted what the answer must hold; "": nothing
 * @param {object|Blob} [body] a Blob goes as the bytes it has
 * @param {{signal?: AbortSignal, timeout?: number}} [options]
 * @returns {Promise<any>} the JSON answer
 */
export async function call(method, path, wanted, body, { signal, timeout = TIMEOUT_MS } = {}) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeout);
  signal?.addEventListener("abort", () => abort.abort(), { once: true });
  try {
    const response = await fetch(readConfig().api + path, request(method, body, abort.signal));
    const answer = response.status === 204 ? {} : await response.json();
    if (!response.ok && answer.title) throw problem(response, answer);
    if (!response.ok || (wanted && answer[wanted] === undefined)) throw new TypeError("not an answer of the board");
    return answer;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem({ detail: say("network-silent"), network: true });
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} method @param {object|undefined} body @param {AbortSignal} signal */
function request(method, body, signal) {
  /** @type {RequestInit & {headers: Record<string, string>}} */
  const init = {
    method,
    signal,
    credentials: "same-origin",
    headers: { Accept: "application/json", "Accept-Language": document.documentElement.lang },
  };
  if (method === "GET") return init;
  const bytes = body instanceof Blob;
  init.headers["Content-Type"] = bytes ? "application/octet-stream" : "application/json"; // asked for, body or not
  if (body || method !== "DELETE") init.body = bytes ? body : JSON.stringify(body ?? {});
  return init;
}

/** @param {Response} response @param {Refusal} about */
function problem(response, about) {
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  return Object.assign(new Problem({ ...about, status: response.status, retryAfter }), { answer: about });
}

/** The part of an address after the path; what is empty is left out. @param {Record<string, unknown>} params */
export const query = (params) => {
  const kept = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return kept.length ? `?${new URLSearchParams(kept.map(([key, value]) => [key, String(value)]))}` : "";
};
export const segment = encodeURIComponent;
/** @param {boolean} on */
export const onOff = (on) => (on ? "PUT" : "DELETE");

/** The calls by name; those of moderators are in shared/staff.js. All answer a promise and throw a Problem. */
export const api = {
  /** @param {string} [feed] "" or "moderate" @returns {Promise<Omit<SnapshotFrame, "type">>} */
  snapshot: (feed = "") => call("GET", query({ feed }), "epoch"),
  /**
   * @param {{feed?: string, kind?: string, session?: string, person?: string, author?: string, state?: string, q?: string,
   *   before?: string, limit?: number}} params
   * @param {AbortSignal} [signal] @returns {Promise<PostsPage>}
   */
  posts: (params, signal) => call("GET", `/posts${query(params)}`, "posts", undefined, { signal }),
  /** @param {string} q @param {AbortSignal} [signal] @returns {Promise<{people: Person[]}>} */
  people: (q, signal) => call("GET", `/people${query({ q })}`, "people", undefined, { signal }),
  /** @param {string} text @param {AbortSignal} [signal] @returns {Promise<{posts: Post[]}>} */
  similar: (text, signal) => call("GET", `/similar${query({ text })}`, "posts", undefined, { signal }),
  /** @returns {Promise<Mine>} */
  mine: () => call("GET", "/mine", "posts"),
  /** @param {Who} who @returns {Promise<{participant: Participant}>} */
  join: (who) => call("POST", "/join", "participant", who),
  /** @param {object} post with the `id` the client made @returns {Promise<{post: Post}>} */
  post: (post) => call("POST", "/posts", "post", post),
  /** @param {string} id @param {object} changes @returns {Promise<{post: Post}>} */
  edit: (id, changes) => call("PATCH", `/posts/${segment(id)}`, "post", changes),
  /** @param {string} id @returns {Promise<{post: Post}>} */
  withdraw: (id) => call("PATCH", `/posts/${segment(id)}`, "post", { state: "withdrawn" }),
  /** @param {string} id @param {boolean} on @returns {Promise<{votes: number, post?: string}>} post: another question, which this one was joined with */
  vote: (id, on) => call(onOff(on), `/posts/${segment(id)}/vote`, "votes"),
  /** @param {string} id @param {string} key @param {boolean} on @returns {Promise<{reactions: Record<string, number>}>} */
  react: (id, key, on) => call(onOff(on), `/posts/${segment(id)}/reactions/${segment(key)}`, "reactions"),
};
