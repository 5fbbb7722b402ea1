// The second script of a page: what its first sight does not need. It is fetched after that is drawn, again until it is there.
// @ts-check
import { isScript } from "./delivered.js";

/** The modules that both scripts need: the server puts them in here (board/web/bundle.py). @type {() => unknown[]} */
const HANDED = () => [];
const OTHER = "another version"; // as the second script says it
const LONGEST_WAIT_MS = 30000;
const TRIES_AT_MOST = 9; // two minutes; each new connection begins anew

/**
 * @template Later
 * @typedef {{bring: () => Promise<void>, ask: <Name extends keyof Later>(name: Name, use: (part: Later[Name]) => void) => void,
 *   part: <Name extends keyof Later>(name: Name) => Later[Name]|undefined}} Coming
 */

/**
 * @template Later its parts, by their names
 * @param {{first: () => object, onOther: () => void, onChange: () => void}} page first: what the first script hands over;
 *   onOther: the server was replaced since this page was opened, and the two scripts do not fit together
 * @returns {Coming<Later>}
 */
export function createComing({ first, onOther, onChange }) {
  let later = /** @type {Later|null} */ (null);
  let busy = false;
  const wishes = /** @type {Map<keyof Later, (part: any) => void>} */ (new Map());

  /** A browser may remember a failed import: the file is fetched before, and each try has its own address. @param {number} tries */
  async function fetched(tries) {
    const address = new URL(`later.js${new URL(import.meta.url).search}`, import.meta.url); // with this page's language
    if (tries) address.searchParams.set("again", `${tries}`);
    if (!isScript(await fetch(address))) throw new Error("later.js");
    return (await import(address.href)).createLater({ ...first(), handed: HANDED() });
  }

  async function bring() {
    if (later || busy) return;
    busy = true;
    for (let tries = 0; !later && tries < TRIES_AT_MOST; tries += 1) {
      try {
        later = await fetched(tries);
      } catch (error) {
        if (/** @type {Error} */ (error).message === OTHER) onOther();
        const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries) * (0.5 + Math.random() / 2);
        await new Promise((done) => setTimeout(done, wait));
      }
    }
    busy = false;
    if (!later) return;
    for (const [name, use] of wishes) use(later[/** @type {keyof Later} */ (name)]);
    wishes.clear();
    onChange();
  }

  /**
   * A part as soon as it is there: now, or later, once for each name.
   * @template {keyof Later} Name
   * @param {Name} name @param {(part: Later[Name]) => void} use
   */
  function ask(name, use) {
    if (later) use(later[name]);
    else wishes.set(name, use);
  }

  /** A part, where it is there. @template {keyof Later} Name @param {Name} name @returns {Later[Name]|undefined} */
  const part = (name) => later?.[name];

  return { bring, ask, part };
}

/** The page anew, once for each version of the server. @param {Pick<import("./keep.js").Keep, "get"|"set">} keep @param {string} version */
export function renew(keep, version) {
  if (keep.get("renewed") === version) return;
  keep.set("renewed", version);
  location.reload();
}
