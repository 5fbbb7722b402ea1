// Names compared as people compare them, and names as they are stored. `board/model/folding.py` does the same; the examples of
// `tests/vectors/folding.json` hold both to it. Pure.
// @ts-check

// What shows nothing: joiners, marks of direction, soft hyphens, selectors, fillers. With them a name could be taken again.
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\ufffc]/gu;
// A phone's keyboard has one of them, the roster another. Before NFKD, which splits some.
const APOSTROPHES = /['`´‘’‚‛′ʹʻʼʽʾʿˈ׳＇]/gu;
// Accents, points of Hebrew, vowel signs and signs of reading in Arabic. Vowel signs of Indic scripts are letters.
const ACCENTS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/gu;
// Letters that a keyboard without them is typed for, and that no normal form takes apart.
const LETTERS = {
  ...{ đ: "d", ð: "d", ł: "l", ø: "o", ħ: "h", ŧ: "t", ı: "i", ɓ: "b", ɗ: "d", ƙ: "k", ƴ: "y", ς: "σ" },
  ...{
    "\u0671": "\u0627",
    "\u06a9": "\u0643",
    "\u0629": "\u0647",
    "\u06be": "\u0647",
    "\u0649": "\u064a",
    "\u06cc": "\u064a",
  },
  ...{ ß: "ss", æ: "ae", œ: "oe", þ: "th" },
};
const OTHER_LETTERS = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
const JOINERS = "\u200c\u200d";
const LETTER = /^[\p{L}\p{M}]$/u;
const SEPARATE_LETTER = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}]$/u;
// biome-ignore lint/suspicious/noMisleadingCharacterClass: a skin tone is looked at as a character of its own
const EMOJI = /^[\p{Extended_Pictographic}\u{1f3fb}-\u{1f3ff}\ufe0f]$/u;
const PICTURE = /^[\p{Extended_Pictographic}0-9#*]$/u;
const TAG = /^[\u{e0020}-\u{e007f}]$/u;
const FLAG = "\u{1f3f4}";

/** For comparing and finding: case, width, accents, apostrophes, spaces and what cannot be seen do not count. @param {string} text */
export function fold(text) {
  const bare = text
    .replace(INVISIBLE, "")
    .replace(APOSTROPHES, "")
    .normalize("NFKD")
    .replace(APOSTROPHES, "")
    .replace(ACCENTS, "");
  const low = bare.toLowerCase().replace(ACCENTS, "").normalize("NFKD");
  return spaced(low.replace(OTHER_LETTERS, (letter) => LETTERS[/** @type {keyof typeof LETTERS} */ (letter)]));
}

/** A name as it is stored: NFC, single spaces, and nothing that cannot be seen but what a script or an emoji needs. @param {string} name */
export function tidy(name) {
  const chars = [...name.normalize("NFC")];
  const seen = chars.filter(
    (char, at) => !char.match(INVISIBLE) || isNeeded(char, chars[at - 1] ?? "", chars[at + 1] ?? ""),
  );
  return spaced(seen.join("")).normalize("NFC");
}

/** @param {string} text */
const spaced = (text) => text.replace(/\s+/gu, " ").trim();

/** @param {string} char @param {string} before @param {string} after */
function isNeeded(char, before, after) {
  // Persian, Sinhala, Indic and Khmer words are written with joiners.
  if (JOINERS.includes(char) && joins(before) && joins(after)) return true;
  if (char === "\u200d") return EMOJI.test(before) && EMOJI.test(after);
  if (char === "\ufe0e" || char === "\ufe0f") return PICTURE.test(before);
  return TAG.test(char) && (before === FLAG || TAG.test(before));
}

/** @param {string} char */
const joins = (char) => LETTER.test(char) && !SEPARATE_LETTER.test(char);
