// The logo of the board, at the head of the page and on the slide. Its address has its digest: another picture has another one.
// @ts-check

const RETRY_MS = 30000; // the network may be away for a while

/** @param {{places: HTMLImageElement[]}} page as delivered: with the logo, or hidden */
export function createLogo({ places }) {
  let asked = "";

  /** A picture that cannot be shown leaves no frame of it on the wall; it is tried again. @param {{logo?: string|null}|null} board */
  function wear(board) {
    const address = board?.logo ?? "";
    if (address === asked) return;
    asked = address;
    bring();
  }

  function bring() {
    const address = asked;
    if (!address) return show("");
    const picture = new Image();
    picture.addEventListener("load", () => address === asked && show(address));
    picture.addEventListener("error", () => address === asked && missed(address));
    picture.src = address;
  }

  /** @param {string} address */
  function missed(address) {
    show("");
    setTimeout(() => address === asked && bring(), RETRY_MS * (1 + Math.random()));
  }

  /** @param {string} address */
  function show(address) {
    for (const place of places) {
      place.hidden = !address;
      if (address) place.src = address;
      else place.removeAttribute("src");
    }
  }

  return { wear };
}
