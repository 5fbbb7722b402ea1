// The fonts. On a slow line they would take the room of the first card, so they come last; on a second visit, when the phone
// has them, first.
// @ts-check
/** @import { Keep } from "../shared/keep.js" */

/**
 * @param {Pick<Keep, "get"|"set">} keep
 * @param {string} version of the server that they came from
 */
export function createFonts(keep, version) {
  function load() {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=fonts]")).content;
    link.onload = () => document.fonts.ready.then(() => keep.set("fonts", version));
    document.head.append(link);
  }

  return { load, areHere: () => keep.get("fonts") === version };
}
