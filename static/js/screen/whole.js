// A word with a hyphen stays in one line: read from afar, "wet-" at the end of one and "bulb" in the next are two words. Pure.
// @ts-check

const JOINER = "\u2060"; // no line breaks beside it, and nothing is drawn
const LONGEST = 18; // characters: a longer word may break, else it would make all letters small

/** @param {string} text */
export const whole = (text) =>
  text.replace(/\p{L}+(?:-\p{L}+)+/gu, (word) => (word.length > LONGEST ? word : word.replaceAll("-", `-${JOINER}`)));
