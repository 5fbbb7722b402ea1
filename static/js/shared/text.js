// What is to be known of a post's text, its names and its time before it is drawn. Pure: no DOM, so also for what is drawn elsewhere.
// @ts-check
import { LOCALE, say } from "./words.js";

export const ANONYMOUS = say("author-anonymous");

const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;
const STACKING =
  /[\p{Script=Khmer}\p{Script=Arabic}\p{Script=Bengali}\p{Script=Myanmar}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Lao}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Tibetan}]/u;

/** Side on which a text starts, by its first letter. @param {string} text @returns {"ltr"|"rtl"} */
export function direction(text) {
  const first = LETTER.exec(text);
  return first && RIGHT_TO_LEFT.test(first[0]) ? "rtl" : "ltr";
}

/** "tall" for scripts that need more room between lines, else "". @param {string} text */
export const tall = (text) => (STACKING.test(text) ? "tall" : "");

// Blocks of 128 characters, from U+0980 on, whose script is nearly always that of one language. Arabic, Devanagari, Ethiopic and Latin are the
// scripts of many: nothing is guessed of them.
const LANGUAGES = "bn,pa,gu,or,ta,te,kn,ml,si,th,lo,,,my,,,,,,,,,,,,,,,km".split(",");

/**
 * The language of more than half of a text's letters, where their script tells it, else "": unknown. A text of somebody is not in the language of
 * the page: a voice that takes it for that reads nonsense. One rule with the server (board/model/text.py).
 * @param {string} text
 */
export function languageOf(text) {
  const found = (text.match(/\p{L}/gu) ?? []).map((letter) => LANGUAGES[(letter.charCodeAt(0) >> 7) - 19] ?? "").sort();
  const middle = found[found.length >> 1] ?? ""; // what more than half of them are is here
  return found.filter((one) => one === middle).length * 2 > found.length ? middle : "";
}

/** A class that sets --theme, --theme-paper and --theme-ink. @param {{colour: number}|null|undefined} theme */
export const themeClass = (theme) => `theme-${theme?.colour ?? 0}`;

/** @param {{theme?: string}} post @param {import("./wire").Theme[]} themes */
export const themeOf = (post, themes) => themes.find((theme) => theme.id === post.theme) ?? null;

/** As the reader says it: the name of somebody who was erased is a word of the board's language. @param {{name: string, erased?: true}} one */
export const called = (one) => (one.erased ? say("erased-person") : one.name);

/** "Nadia & the Dhaka team", for labels and pictures. @param {{to?: {name: string}[]}} post */
export const namesText = ({ to = [] }) => to.map((one, index) => joint(index, to.length) + called(one)).join("");

/** What stands before a name in a list of so many. @param {number} index @param {number} count */
export const joint = (index, count) =>
  index === 0 ? "" : say(index === count - 1 ? "names-before-last" : "names-between");

/** Team of those celebrated, where they share one that their name does not say already. @param {{to?: {name: string, team?: string}[]}} post */
export function sharedTeam({ to = [] }) {
  const [first, ...others] = to;
  if (!first?.team || others.some((one) => one.team !== first.team)) return "";
  return to.some((one) => one.name.includes(first.team ?? "")) ? "" : first.team;
}

/** "Sokha · Cambodia", or that nobody is named. @param {{name: string, team?: string|null}|null|undefined} author */
export const whoText = (author) => (author && [called(author), author.team].filter(Boolean).join(" · ")) || ANONYMOUS;

/**
 * "just now", "5 min", "3 h", "Tue 14:05": by the board's clock, as on the large screen, wherever the phone thinks it is.
 * @param {string} iso @param {number} now ms, the server's clock @param {string} [zone] the board's
 */
export function timeAgo(iso, now, zone = undefined) {
  const at = new Date(iso);
  const minutes = Math.floor((now - at.getTime()) / 60000);
  if (minutes < 1) return say("time-just-now");
  if (minutes < 60) return say("time-minutes-ago", { n: minutes });
  if (minutes < 12 * 60) return say("time-hours-ago", { n: Math.floor(minutes / 60) });
  const shape = /** @type {const} */ ({ weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  try {
    return new Intl.DateTimeFormat(LOCALE, { ...shape, timeZone: zone || undefined }).format(at);
  } catch {
    return new Intl.DateTimeFormat(LOCALE, shape).format(at); // a zone this browser does not know
  }
}
