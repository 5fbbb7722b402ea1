// What somebody writes at the tablet: an empty form, and the request that it becomes. Pure.
// @ts-check
import { addressed } from "../shared/recipients.js";
import { cleaned, plain } from "../shared/typing.js";

/**
 * @import {One} from "../shared/recipients.js"
 * @typedef {{to: One[], typed: string, text: string, theme: string, session: string, name: string, team: string}} Draft
 */

/** @param {string} [session] that is chosen to begin with @returns {Draft} */
export const emptyDraft = (session = "") => ({ to: [], typed: "", text: "", theme: "", session, name: "", team: "" });

/** @param {"card"|"question"} kind @param {Draft} draft @param {string} id */
export function requestOf(kind, draft, id) {
  const name = cleaned(draft.name);
  const team = cleaned(draft.team);
  const author = name ? { name, ...(team ? { team } : {}) } : null;
  const about = { kind, id, text: plain(draft.text), author };
  if (kind === "card") return { ...about, to: draft.to.map(addressed), ...(draft.theme ? { theme: draft.theme } : {}) };
  return { ...about, ...(draft.session ? { session: draft.session } : {}) };
}

/** The first field that is missing, "" for none. @param {"card"|"question"} kind @param {Draft} draft @param {boolean} named names are asked for */
export function missing(kind, draft, named) {
  if (kind === "card" && !draft.to.length) return "to";
  if (plain(draft.text).length < 3) return "text";
  return named && !cleaned(draft.name) ? "name" : "";
}
