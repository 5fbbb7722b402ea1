// The fonts. On a slow line they would take the room of the first card, so they come last; on a second visit, when the phone
// has them, first.
// @ts-check

/**
 * @param {{get(key: string): any, set(key: string, value: any): void}} keep
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
