// Brings the page's script where the Wi-Fi lost it on the way: without it there would be nobody to try again.
// @ts-check
const LONGEST_WAIT_MS = 30000;

const script = /** @type {HTMLScriptElement} */ (document.querySelector('script[type="module"]'));

async function bring() {
  try {
    await import(script.src);
  } catch {
    await import(await found()); // what is wrong with the script itself is told here
  }
}

/** Where it is, once it is there: under a new address, as a browser may remember what failed. */
async function found() {
  for (let tries = 1; ; tries += 1) {
    const address = `${script.src}?again=${tries}`;
    try {
      if ((await fetch(address)).ok) return address;
    } catch {
      // not yet
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries) * (0.5 + Math.random() / 2)));
  }
}

bring();
