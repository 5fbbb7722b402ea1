// Keys on any layout. Pure: what a key press means to a page whose commands are Latin letters and signs.
// @ts-check

const NAMED = /^[A-Z][A-Za-z0-9]+$/; // "Escape", "ArrowUp", "F5", "Process"
const LATIN = /^[a-z]$/i;
/** @type {Record<string, string>} */
const SIGNS = { Equal: "+", NumpadAdd: "+", Minus: "-", NumpadSubtract: "-" };

/**
 * What a key means, in lower case: what it writes, if that is a Latin letter or one of the page's signs. Else what its place on
 * the keyboard would write on a keyboard of the US: keys of Khmer, Arabic and Cyrillic layouts, and the digits of AZERTY.
 * @param {{key: string, code?: string, shiftKey?: boolean}} event @param {string} signs the page's own, such as "/?12"
 */
export function meant({ key, code = "", shiftKey = false }, signs) {
  if (!key || NAMED.test(key) || LATIN.test(key) || (key.length === 1 && signs.includes(key))) return key.toLowerCase();
  const [, letter, digit] = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(code) ?? [];
  if (letter) return letter.toLowerCase();
  if (digit) return shiftKey ? key : digit; // with Shift it is another sign, such as "!"
  if (code === "Slash") return shiftKey ? "?" : "/";
  return SIGNS[code] ?? key;
}
