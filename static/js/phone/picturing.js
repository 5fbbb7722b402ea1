// A card is shared as a picture: the module that draws it comes when it is needed.
// @ts-check
import { isScript } from "./delivered.js";
import { themeOf } from "../shared/text.js";

const WORDS = { saved: "Saved as a picture.", notSaved: "The picture could not be made. Please try again." };

/** Not needed for the first card. A browser may remember a failed import, so the file is fetched before. */
export async function loadPicture() {
  const response = await fetch(new URL("picture.js", import.meta.url));
  if (!isScript(response)) throw new Error(`picture.js: ${response.status}`);
  return import("./picture.js");
}

/**
 * @param {any} post a card @param {{board: import("../shared/board.js").State}} held
 * @param {(words: string, kind: string) => void} say
 */
export async function share(post, held, say) {
  try {
    const { savePicture } = await loadPicture();
    const { themes, board } = held.board;
    const saved = await savePicture(post, { theme: themeOf(post, themes), title: board.title });
    if (saved === "saved") say(WORDS.saved, "ok");
  } catch {
    say(WORDS.notSaved, "bad");
  }
}
