// Characters as people see them. Pure.
// @ts-check
import { once } from "./once.js";

const segmenter = once(() => new Intl.Segmenter(undefined, { granularity: "grapheme" })); // it costs a slow phone 50 ms

/** Older browsers count code points. @param {string} text @returns {string[]} */
export function graphemes(text) {
  if (typeof Intl.Segmenter !== "function") return Array.from(text);
  return Array.from(segmenter().segment(text), (part) => part.segment);
}
