// A code that is offered for a new board: short, said aloud without a doubt, read from a wall. Pure.
// @ts-check

const LETTERS_AT_MOST = 6;
const LEAST = 4;
const ALIKE = /[01OIL]/; // as in codes that the server makes

/** "LAB-26" for "Innovation Lab 2026"; "" where no word of the title is fit. @param {string} title @param {string} day its first, as 2026-05-04, or "" */
export function offered(title, day) {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase();
  const words = plain.match(/[A-Z]{2,}/g) ?? [];
  const fit = words.filter((word) => word.length <= LETTERS_AT_MOST && word.length > 2);
  const word =
    fit.at(-1) ??
    words
      .map((one) => one[0])
      .join("")
      .slice(0, LETTERS_AT_MOST);
  const year = day.slice(2, 4) || (/\b20(\d\d)\b/.exec(title)?.[1] ?? "");
  const code = [word, year].filter(Boolean).join("-");
  return code.length >= LEAST && word.length > 1 ? code : "";
}

/** Would somebody at the back of the hall take a letter for a digit? @param {string} code */
export const isDoubtful = (code) => ALIKE.test(code) && /\d/.test(code);
