// What the phone says for a while at its button, and the short tremor under a finger.
// @ts-check

const SAY_MS = 6000;
const BUZZ_MS = 12;
const NOTHING = { words: "", kind: "" };

/** @param {{onChange: () => void}} page */
export function createSaying({ onChange }) {
  let said = NOTHING;
  let timer = 0;

  /** @param {string} words @param {string} kind "ok", "warn" or "bad" */
  function say(words, kind) {
    clearTimeout(timer);
    said = { words, kind };
    timer = setTimeout(() => say("", ""), SAY_MS);
    onChange();
  }

  return { say, said: () => said, hush: () => void (said = NOTHING) };
}

/** A short tremor, where a phone has it and somebody has touched it. */
export function buzz() {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZ_MS);
}
