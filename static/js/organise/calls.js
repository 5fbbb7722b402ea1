// The organiser's calls to the board, by name. All answer a promise and throw a Problem.
// @ts-check
import { call, query, segment } from "../shared/api.js";
import { api } from "../shared/staff.js";

/** @import { Board, Entry, Link, Retention, Session, Settings, Webhook } from "../shared/wire" */
/** @import { Addresses, Check, Coverage, FreshLink, Preview, Qr, Rehearsal, Repair, RosterPage, SessionAnswer } from "./types" */

const UPLOAD_MS = 60000; // a large file over a hotel's Wi-Fi
const EXPORT_MS = 60000;

export const calls = {
  /** @returns {Promise<{settings: Settings, retention: Retention}>} */
  settings: () => call("GET", "/settings", "settings"),
  /**
   * @param {object} changes
   * @returns {Promise<{board: Board, repaired?: Repair[]}>}
   */
  save: (changes) => call("PATCH", "", "board", changes),
  /** @returns {Promise<{items: Check[]}>} */
  checklist: () => call("GET", "/checklist", "items"),

  /** @param {object} session @returns {Promise<SessionAnswer>} */
  addSession: (session) => call("POST", "/sessions", "session", session),
  /** @param {string} id @param {object} changes @returns {Promise<SessionAnswer>} */
  editSession: (id, changes) => call("PATCH", `/sessions/${segment(id)}`, "session", changes),
  /**
   * @param {string} id
   * @param {string|null} [questionsTo] where its questions go; null: to no session; undefined: it has none
   * @returns {Promise<unknown>}
   */
  removeSession: (id, questionsTo) =>
    call(
      "DELETE",
      `/sessions/${segment(id)}`,
      "",
      questionsTo === undefined ? undefined : { questions_to: questionsTo },
    ),
  /**
   * @param {string} from a session @param {number} minutes @param {string[]} [only] those that move: for the way back
   * @returns {Promise<{sessions: Session[]}>}
   */
  shift: (from, minutes, only) =>
    call("POST", "/sessions/shift", "sessions", { from, minutes, ...(only ? { only } : {}) }),
  /** @param {string} id of a question @param {string|null} session */
  moveQuestion: (id, session) => api.moderate(id, { session }),

  /**
   * @param {{q?: string, after?: string, limit?: number}} params @param {AbortSignal} [signal]
   * @returns {Promise<RosterPage>}
   */
  roster: (params, signal) => call("GET", `/roster${query(params)}`, "people", undefined, { signal }),
  /** @param {object} person @returns {Promise<{person: Entry}>} */
  addPerson: (person) => call("POST", "/people", "person", person),
  /**
   * @param {string} id @param {object} changes
   * @returns {Promise<{person: Entry, posts: number, undo?: string}>}
   */
  editPerson: (id, changes) => call("PATCH", `/people/${segment(id)}`, "person", changes),
  /** @param {string} id @param {boolean} texts @returns {Promise<{mentions: number}>} */
  erasePerson: (id, texts) => call("POST", `/people/${segment(id)}/erase`, "posts", { texts }),
  /** @param {string} id @param {string} into @returns {Promise<{undo?: string}>} */
  mergePerson: (id, into) => call("POST", `/people/${segment(id)}/merge`, "", { into }),
  /** @param {string} id @returns {Promise<{undo?: string}>} */
  removePerson: (id) => call("DELETE", `/people/${segment(id)}`, ""),
  freeName: api.freeName,
  /** @param {string} id the `undo` of an answer about a person or a link @returns {Promise<unknown>} */
  takeBack: (id) => call("POST", `/undos/${segment(id)}`, "undone"),
  /** @returns {Promise<Coverage>} */
  coverage: () => call("GET", "/coverage", ""),
  mirror: () => call("GET", "/mirror", ""),

  /** @returns {Promise<{links: Link[]}>} */
  links: () => call("GET", "/links", "links"),
  /** @param {string} role @param {string} name @param {string} [screen] the id of the large screen that it opens @returns {Promise<FreshLink>} */
  addLink: (role, name, screen) => call("POST", "/links", "url", { role, name, ...(screen ? { screen } : {}) }),
  /**
   * A large screen, and its link.
   * @param {string} name @param {string|null} room @returns {Promise<{screen: {name: string}, url: string}>}
   */
  addScreen: (name, room) => call("POST", "/screens", "url", { name, room }),
  /** @param {string} id @param {{name: string, room: string|null}} changes @returns {Promise<unknown>} */
  editScreen: (id, changes) => call("PUT", `/screens/${segment(id)}`, "screen", changes),
  /** @param {string} id @returns {Promise<unknown>} */
  removeScreen: (id) => call("DELETE", `/screens/${segment(id)}`, "screen"),
  /** @param {string} id @returns {Promise<FreshLink>} */
  renewLink: (id) => call("POST", `/links/${segment(id)}/renew`, "url"),
  /** @param {string} id @returns {Promise<{undo?: string}>} */
  removeLink: (id) => call("DELETE", `/links/${segment(id)}`, ""),
  /** @returns {Promise<{webhooks: Webhook[]}>} */
  webhooks: () => call("GET", "/webhooks", "webhooks"),
  /** @param {string} url @param {string[]} events @returns {Promise<{webhook: Webhook & {secret: string}}>} */
  addWebhook: (url, events) => call("POST", "/webhooks", "webhook", { url, events }),
  /** @param {string} id @returns {Promise<unknown>} */
  removeWebhook: (id) => call("DELETE", `/webhooks/${segment(id)}`, ""),
  /** An address of this server as a QR code. @param {string} url @returns {Promise<{qr: Qr}>} */
  qr: (url) => call("POST", "/qr", "qr", { url }),

  /**
   * @param {string} kind "agenda" or "people" @param {File} file
   * @returns {Promise<{import: Preview}>}
   */
  upload: (kind, file) =>
    call("POST", `/imports${query({ kind, name: file.name })}`, "import", file, { timeout: UPLOAD_MS }),
  /** @param {string} id @param {object} choices @returns {Promise<{import: Preview}>} */
  choose: (id, choices) => call("PATCH", `/imports/${segment(id)}`, "import", choices),
  /** @param {string} id @returns {Promise<unknown>} */
  apply: (id) => call("POST", `/imports/${segment(id)}/apply`, "", {}, { timeout: UPLOAD_MS }),
  /** @param {string} id @returns {Promise<unknown>} */
  undoImport: (id) => call("POST", `/imports/${segment(id)}/undo`, ""),

  /** @returns {Promise<{rehearsal: Rehearsal|null}>} */
  rehearsal: () => call("GET", "/rehearsal", "rehearsal"),
  /** @param {boolean} simulated with simulated attendees @returns {Promise<Addresses>} */
  rehearse: (simulated) => call("POST", "/rehearsal", "", { simulated }),
  /** @param {boolean} on @returns {Promise<{rehearsal: Rehearsal}>} */
  simulate: (on) => call(on ? "PUT" : "DELETE", "/rehearsal/attendees", "rehearsal"),
  /** @returns {Promise<unknown>} */
  endRehearsal: () => call("DELETE", "/rehearsal", ""),
  /** @param {string} code of the copy, or "" @returns {Promise<Addresses>} */
  duplicate: (code) => call("POST", "/duplicate", "", code ? { code } : {}, { timeout: EXPORT_MS }),
  /** @returns {Promise<unknown>} */
  archive: () => call("POST", "/archive", ""),
  /** @returns {Promise<unknown>} */
  reopen: () => call("DELETE", "/archive", ""),
  /** @param {string} code typed by hand @returns {Promise<unknown>} */
  purge: (code) => call("POST", "/purge", "", { code }, { timeout: EXPORT_MS }),
};
