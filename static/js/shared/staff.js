// The HTTP calls by name of those who look after a board: everybody's, and those of moderators. All answer a promise and throw a Problem.
// @ts-check
import { call, api as everybody, onOff, query, segment } from "./api.js";

export const api = {
  ...everybody,
  /** @param {string} id @param {object} changes state, reason, pinned, answered, answer, session, expect */
  moderate: (id, changes) => call("PATCH", `/posts/${segment(id)}`, "post", changes),
  /** @param {string[]} ids @param {string} state @param {string} [reason] */
  bulk: (ids, state, reason) => call("POST", "/posts/bulk", "posts", reason ? { ids, state, reason } : { ids, state }),
  /** @param {{scene: string, session?: string|null, post?: string|null}} scene */
  screen: (scene) => call("PUT", "/screen", "screen", scene),
  /** @param {object} changes */
  board: (changes) => call("PATCH", "", "board", changes),
  /** @param {string} id @param {object} changes */
  session: (id, changes) => call("PATCH", `/sessions/${segment(id)}`, "session", changes),
  /** @param {string} participant @param {boolean} on */
  mute: (participant, on) => call(onOff(on), `/participants/${segment(participant)}/mute`, "muted"),
  /** @param {string} person of the roster @param {boolean} withPosts they go along to the phone that takes the name next */
  freeName: (person, withPosts) =>
    call("DELETE", `/people/${segment(person)}/holder${withPosts ? query({ posts: "along" }) : ""}`, "person"),
  /** Of phones that came in the last so many minutes, by the server's clock. @param {number} minutes */
  takeBackVotes: (minutes) => call("DELETE", `/votes${query({ minutes })}`, "posts"),
  audit: () => call("GET", "/audit", "entries"),
};
