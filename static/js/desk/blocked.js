// A text in parts, so that the blocked words in it can be marked. Pure.
// @ts-check

/** @param {string} text @param {string[]} words as they stand in it @returns {{text: string, marked: boolean}[]} */
export function parted(text, words) {
  const parts = [];
  let rest = text;
  while (rest) {
    const [first] = words
      .map((word) => ({ word, at: rest.indexOf(word) }))
      .filter(({ word, at }) => word && at >= 0)
      .sort((a, b) => a.at - b.at || b.word.length - a.word.length);
    if (!first) break;
    if (first.at) parts.push({ text: rest.slice(0, first.at), marked: false });
    parts.push({ text: first.word, marked: true });
    rest = rest.slice(first.at + first.word.length);
  }
  return rest ? [...parts, { text: rest, marked: false }] : parts;
}
