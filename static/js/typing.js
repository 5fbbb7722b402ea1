// What fields need while somebody types.
// @ts-check

const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g; // all but the line feed; they come with pasted text

/** Without what no text may hold. @param {string} text */
export const plain = (text) => text.replace(/\r\n?/g, "\n").replace(CONTROLS, " ").trim();

/** A name as it will be kept: on one line. @param {string} name */
export const cleaned = (name) => plain(name).replace(/\s+/g, " ");

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
