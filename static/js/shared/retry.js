// Brings the page's script where the Wi-Fi lost it on the way: without it there would be nobody to try again.
// @ts-check
import { isScript } from "./delivered.js";

const LONGEST_WAIT_MS = 30000;

const script = /** @type {HTMLScriptElement} */ (document.querySelector('script[type="module"]'));

async function bring() {
  try {
    await import(script.src);
  } catch {
    try {
      await import(await found());
    } catch (error) {
      tellTooOld();
      throw error; // a fault of the script itself is shown here
    }
  }
}

/** The script is there, and this browser cannot run it: a message is better than a page that waits for ever. */
function tellTooOld() {
  const words = document.getElementById("too-old");
  if (words) words.hidden = false;
}

/** Where it is, once it is there: under a new address, as a browser may remember what failed. */
async function found() {
  for (let tries = 1; ; tries += 1) {
    const address = `${script.src}${script.src.includes("?") ? "&" : "?"}again=${tries}`; // the words' language stands there
    try {
      if (isScript(await fetch(address))) return address;
    } catch {
      // not yet
    }
    await new Promise((resolve) =>
      setTimeout(resolve, Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries) * (0.5 + Math.random() / 2)),
    );
  }
}

bring();
