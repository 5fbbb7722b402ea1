// What fields need while somebody types.
// @ts-check
import { tidy } from "./folding.js";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it takes out
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g; // all but the line feed; they come with pasted text

/** Does an input method compose at this moment? Its Enter takes a candidate and means nothing else; 229 is what Safari says. @param {KeyboardEvent} event */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

/** Without what no text may hold. @param {string} text */
export const plain = (text) => text.replace(/\r\n?/g, "\n").replace(CONTROLS, " ").trim();

/** A name as it will be kept. @param {string} name */
export const cleaned = (name) => tidy(plain(name));

/**
 * Does it when nothing was typed for so long; what was under way for older words is dropped. No answer is no harm.
 * @param {number} ms @param {(signal: AbortSignal) => Promise<void>} doing
 */
export function whenQuiet(ms, doing) {
  let timer = 0;
  let under = new AbortController();
  return () => {
    clearTimeout(timer);
    under.abort();
    timer = setTimeout(async () => {
      under = new AbortController();
      const { signal } = under;
      try {
        await doing(signal);
      } catch {}
    }, ms);
  };
}
