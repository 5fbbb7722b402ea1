// A draft: what is wrong with it, what the board gets of it, and what an edit changes. Pure.
// @ts-check
import { isOneself } from "../shared/addressing.js";
import { addressed, teamMeant } from "../shared/recipients.js";
import { graphemes } from "../shared/graphemes.js";
import { limits } from "../shared/limits.js";
import { plain } from "../shared/typing.js";
import { say } from "../shared/words.js";

/** @import { One } from "../shared/recipients.js" */
/** @import { Kind, Post, Team, Theme } from "../shared/wire" */
/** @import { Body } from "./outbox.js" */
/** @import { Looks } from "./types" */

const STARTERS = {
  one: ["starter-learned", "starter-thanks"],
  several: ["starter-together", "starter-learned-from-all"],
  team: ["starter-team-showed", "starter-team-try"],
};
const ISOLATES = /[\u2068\u2069]/g; // of a value in a sentence: a starter becomes somebody's text, and that has none

/**
 * @typedef {{kind: Kind, to: One[], typed?: string, theme?: string, session?: string, text: string, anonymous?: boolean}} Draft
 *   typed: in the field "to whom", not ended yet
 */

/** @param {Kind} kind @returns {Draft} */
export const blank = (kind) => ({ kind, to: [], typed: "", theme: "", session: "", text: "", anonymous: false });

/** @param {Draft} draft */
export const isEmpty = ({ text, typed, to, theme }) => !text.trim() && !typed?.trim() && !to?.length && !theme;

/** @param {number} count */
export const tooMany = (count) => say("text-over", { n: count });

/** How many characters are written, and how many may be. @param {Draft} draft */
export function lengthOf({ kind, text }) {
  const [least, most] = limits()[kind === "card" ? "card_text" : "question_text"];
  return { count: graphemes(text.trim().normalize("NFC")).length, least, most };
}

/**
 * What is wrong with a draft, before the board has to say so.
 * @param {Draft} draft @param {{name?: string, team?: string}} who writes @returns {{field: string, detail: string}|null}
 */
export function fault(draft, who) {
  const wrong = draft.kind === "card" ? wrongRecipients(draft.to, who) : "";
  if (wrong) return { field: "to", detail: wrong };
  const { count, least, most } = lengthOf(draft);
  if (count < least) return { field: "text", detail: say("text-under", { n: least }) };
  if (count > most) return { field: "text", detail: tooMany(count - most) };
  return null;
}

/** @param {One[]} to @param {{name?: string, team?: string}} who */
function wrongRecipients(to, who) {
  if (!to.length) return say("card-for-whom");
  if (to.some((one) => isOneself(one, who))) return say("card-for-oneself");
  const most = limits().name;
  return to.some((one) => graphemes(one.name).length > most) ? say("name-too-long", { n: most }) : "";
}

/**
 * Beginnings that fit whom a card is for, and for what; none where something is written.
 * @param {Draft} draft @param {Team[]} teams @param {Theme|null} theme @returns {string[]}
 */
export function startersFor({ kind, to, text }, teams, theme) {
  if (kind !== "card" || text.trim()) return [];
  const team = to.length === 1 && teamMeant(to[0], teams);
  const known = STARTERS[team ? "team" : to.length > 1 ? "several" : "one"].map((key) => say(key));
  if (!theme) return known;
  return [...known, say("starter-theme", { theme: theme.short || theme.name }).replace(ISOLATES, "")];
}

/** What the board gets. @param {Draft} draft */
export function wire({ kind, to, theme, session, text, anonymous }) {
  /** @type {Body} */
  const body = { kind, text: plain(text) };
  if (kind === "card") body.to = to.map(addressed);
  if (kind === "card" && theme) body.theme = theme;
  if (kind === "question" && session) body.session = session;
  if (anonymous) body.anonymous = true;
  return body;
}

/** What is shown of it until the board has it: names, where the request has ids. @param {Draft} draft @returns {Looks} */
export const looks = ({ kind, to }) => (kind === "card" ? { to } : {});

/**
 * What an edit changes.
 * @param {Body} changes as `wire` gives them @param {Post} post as it is @returns {Body}
 */
export function changed(changes, post) {
  const before = /** @type {Record<string, unknown>} */ ({
    ...post,
    ...(post.to ? { to: post.to.map(addressed) } : {}),
  });
  const after = /** @type {Record<string, unknown>} */ (changes);
  const fixed = ["session", "anonymous"];
  const differs = (/** @type {string} */ key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]);
  const keys = Object.keys(changes).filter((key) => !fixed.includes(key) && differs(key));
  return Object.fromEntries(keys.map((key) => [key, after[key]]));
}
