// The HTTP calls of staff, by name: everybody's, and those of moderators. All answer a promise and throw a Problem.
// @ts-check
import { call, api as everybody, onOff, segment } from "./api.js";

/** @import {AuditLine, Board, Post, Scene, Session} from "./wire" */
/** @typedef {{still_shown?: {name: string, seconds: number, screen?: string}[]}} StillShown screens that may show for so long what was hidden */

export const api = {
  ...everybody,
  /** @param {string} id @param {object} changes state, reason, pinned, answered, answer, session, expect @returns {Promise<{post: Post} & StillShown>} */
  moderate: (id, changes) => call("PATCH", `/posts/${segment(id)}`, "post", changes),
  /** @param {string[]} ids @param {string} state @param {string} [reason] @returns {Promise<{posts: Post[], refused: {id: string}[]} & StillShown>} */
  bulk: (ids, state, reason) => call("POST", "/posts/bulk", "posts", reason ? { ids, state, reason } : { ids, state }),
  /** @param {{scene: string, session?: string|null, post?: string|null}} scene @returns {Promise<{screen: Scene}>} */
  screen: (scene) => call("PUT", "/screen", "screen", scene),
  /** The same on several screens. @param {string[]} ids @param {Scene} scene @returns {Promise<{screens: unknown[]}>} */
  screens: (ids, scene) => call("PUT", "/screens", "screens", { ids, ...scene }),
  /** @param {object} changes @returns {Promise<{board: Board}>} */
  board: (changes) => call("PATCH", "", "board", changes),
  /** @param {string} id @param {object} changes @returns {Promise<{session: Session}>} */
  session: (id, changes) => call("PATCH", `/sessions/${segment(id)}`, "session", changes),
  /** @param {string} participant @param {boolean} on @returns {Promise<{muted: string[]}>} */
  mute: (participant, on) => call(onOff(on), `/participants/${segment(participant)}/mute`, "muted"),
  /** @param {string} person of the roster @param {boolean} withPosts they go along to the phone that takes the name next */
  freeName: (person, withPosts) =>
    call("DELETE", `/people/${segment(person)}/holder${withPosts ? "?posts=along" : ""}`, "person"),
  /** Later posts of this participant wait for no approval. @param {string} participant @param {boolean} on @returns {Promise<{trusted: boolean}>} */
  trust: (participant, on) => call(onOff(on), `/participants/${segment(participant)}/trust`, "trusted"),
  /** @param {string} id @param {string} into @returns {Promise<{post: Post, into: Post}>} */
  join: (id, into) => call("PUT", `/posts/${segment(id)}/join`, "into", { into }),
  /** @param {string} id @returns {Promise<{post: Post, into: Post}>} */
  part: (id) => call("DELETE", `/posts/${segment(id)}/join`, "into"),
  /** @returns {Promise<{questions: {id: string, session: string|null, text: string, author: string|null, added_at?: string}[]}>} */
  prepared: () => call("GET", "/prepared", "questions"),
  /** @param {{id: string, text: string}[]} questions @param {string|null} session */
  prepare: (questions, session) => call("POST", "/prepared", "questions", { questions, session }),
  /** @param {string} id */
  removePrepared: (id) => call("DELETE", `/prepared/${segment(id)}`, "id"),
  /** @param {object} post with its `author` @returns {Promise<{post: Post}>} */
  behalf: (post) => call("POST", "/behalf", "post", post),
  /** @returns {Promise<{kiosks: {id: string, name: string}[]}>} */
  kiosks: () => call("GET", "/kiosks", "kiosks"),
  /** @param {string} name @returns {Promise<{url: string}>} */
  makeKiosk: (name) => call("POST", "/kiosks", "url", { name }),
  /** @param {string} id */
  revokeKiosk: (id) => call("DELETE", `/kiosks/${segment(id)}`, "kiosk"),
  /** Of phones that came in the last so many minutes, by the server's clock. @param {number} minutes */
  takeBackVotes: (minutes) => call("DELETE", `/votes?minutes=${minutes}`, "posts"),
  /** @returns {Promise<{entries: AuditLine[]}>} */
  audit: () => call("GET", "/audit", "entries"),
};
