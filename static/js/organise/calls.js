// The organiser's calls to the board, by name. All answer a promise and throw a Problem.
// @ts-check
import { call, query, segment } from "../shared/api.js";
import { api } from "../shared/staff.js";

const UPLOAD_MS = 60000; // a large file over a hotel's Wi-Fi
const EXPORT_MS = 60000;

export const calls = {
  settings: () => call("GET", "/settings", "settings"),
  /** @param {object} changes */
  save: (changes) => call("PATCH", "", "board", changes),
  checklist: () => call("GET", "/checklist", "items"),

  /** @param {object} session */
  addSession: (session) => call("POST", "/sessions", "session", session),
  /** @param {string} id @param {object} changes */
  editSession: (id, changes) => call("PATCH", `/sessions/${segment(id)}`, "session", changes),
  /** @param {string} id @param {string|null} [questionsTo] where its questions go; null: to no session; undefined: it has none */
  removeSession: (id, questionsTo) =>
    call(
      "DELETE",
      `/sessions/${segment(id)}`,
      "",
      questionsTo === undefined ? undefined : { questions_to: questionsTo },
    ),
  /** @param {string} from a session @param {number} minutes @param {string[]} [only] those that move: for the way back */
  shift: (from, minutes, only) =>
    call("POST", "/sessions/shift", "sessions", { from, minutes, ...(only ? { only } : {}) }),
  /** @param {string} id of a question @param {string|null} session */
  moveQuestion: (id, session) => api.moderate(id, { session }),

  /** @param {{q?: string, after?: string, limit?: number}} params @param {AbortSignal} [signal] */
  roster: (params, signal) => call("GET", `/roster${query(params)}`, "people", undefined, { signal }),
  /** @param {object} person */
  addPerson: (person) => call("POST", "/people", "person", person),
  /** @param {string} id @param {object} changes */
  editPerson: (id, changes) => call("PATCH", `/people/${segment(id)}`, "person", changes),
  /** @param {string} id @param {string} into */
  mergePerson: (id, into) => call("POST", `/people/${segment(id)}/merge`, "", { into }),
  /** @param {string} id */
  removePerson: (id) => call("DELETE", `/people/${segment(id)}`, ""),
  freeName: api.freeName,
  /** @param {string} id the `undo` of an answer about a person or a link */
  takeBack: (id) => call("POST", `/undos/${segment(id)}`, "undone"),
  coverage: () => call("GET", "/coverage", ""),

  links: () => call("GET", "/links", "links"),
  /** @param {string} role @param {string} name */
  addLink: (role, name) => call("POST", "/links", "url", { role, name }),
  /** @param {string} id */
  renewLink: (id) => call("POST", `/links/${segment(id)}/renew`, "url"),
  /** @param {string} id */
  removeLink: (id) => call("DELETE", `/links/${segment(id)}`, ""),
  /** An address of this server as a QR code. @param {string} url */
  qr: (url) => call("POST", "/qr", "qr", { url }),

  /** @param {string} kind "agenda" or "people" @param {File} file */
  upload: (kind, file) =>
    call("POST", `/imports${query({ kind, name: file.name })}`, "import", file, { timeout: UPLOAD_MS }),
  /** @param {string} id @param {object} choices */
  choose: (id, choices) => call("PATCH", `/imports/${segment(id)}`, "import", choices),
  /** @param {string} id */
  apply: (id) => call("POST", `/imports/${segment(id)}/apply`, "", {}, { timeout: UPLOAD_MS }),
  /** @param {string} id */
  undoImport: (id) => call("POST", `/imports/${segment(id)}/undo`, ""),

  rehearse: () => call("POST", "/rehearsal", ""),
  endRehearsal: () => call("DELETE", "/rehearsal", ""),
  /** @param {string} code of the copy, or "" */
  duplicate: (code) => call("POST", "/duplicate", "", code ? { code } : {}, { timeout: EXPORT_MS }),
  archive: () => call("POST", "/archive", ""),
  reopen: () => call("DELETE", "/archive", ""),
  /** @param {string} code typed by hand */
  purge: (code) => call("POST", "/purge", "", { code }, { timeout: EXPORT_MS }),
};
