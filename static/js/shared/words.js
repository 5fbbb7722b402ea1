// The words of the pages: each text has a key in the catalogue (board/locales), and is made here with its values and plurals.
// @ts-check

import { FluentBundle } from "../../vendor/fluent-bundle.js";
import { LANGUAGE, MESSAGES } from "./messages.js";

// As in board/model/catalogue.py: letters of scripts that run from right to left, and marks that turn a line round (UAX 9).
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
// Digits as in all other numbers of the board, whatever the language: people from everywhere compare them.
const LATIN_DIGITS = "-u-nu-latn";
/** For `Intl`: the language of the page, with those digits. */
// The day stands before the month, as on the pages that the server writes.
export const LOCALE = `${LANGUAGE === "en" ? "en-GB" : LANGUAGE}${LATIN_DIGITS}`;

/**
 * @typedef {Record<string, string | number>} Values
 * @typedef {string | object[]} Pattern a text, or texts and expressions
 * @typedef {Record<string, Pattern | {value: Pattern | null, attributes: Record<string, Pattern>}>} Messages parsed by the server
 */

/**
 * The texts of one language.
 * @param {Messages} messages @param {string} language
 * @param {string} [direction] "ltr" or "rtl": that of the page
 */
export function createWords(messages, language, direction = "ltr") {
  const bundle = new FluentBundle([`${language}${LATIN_DIGITS}`], { useIsolating: false });
  const body = Object.entries(messages).map(([id, found]) =>
    typeof found === "string" || Array.isArray(found) ? { id, value: found, attributes: {} } : { id, ...found },
  );
  bundle.addResource({ body });

  /** A value whose script runs against the sentence is isolated, or it would turn the words beside it round. @param {string | number} value */
  function placed(value) {
    const runsAgainst = typeof value === "string" && value && (direction === "rtl" || RIGHT_TO_LEFT.test(value));
    return runsAgainst ? `\u2068${value}\u2069` : value;
  }

  /**
   * The text of this key with the values in it. A key without a text is shown as it is: never nothing.
   * @param {string} key @param {Values} [values]
   */
  function say(key, values = {}) {
    const message = bundle.getMessage(key);
    if (!message?.value) return key;
    const args = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, placed(value)]));
    return bundle.formatPattern(message.value, args, []);
  }

  return { say };
}

/** The words of this page: say("text-missing"), say("search-too-long", { most: 80 }). */
export const say = createWords(MESSAGES, LANGUAGE, document.documentElement.dir).say;
