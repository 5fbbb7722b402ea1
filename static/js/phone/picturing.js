// A card is shared as a picture: the module that draws it comes when it is needed.
// @ts-check
import { isScript } from "./delivered.js";
import { themeOf } from "../shared/text.js";
import { say as tell } from "../shared/words.js";

/** @import { State } from "../shared/board.js" */
/** @import { Drawn, Say } from "./types" */

/**
 * Not needed for the first card. A browser may remember a failed import, so the file is fetched before.
 * @returns {Promise<typeof import("./picture.js")>}
 */
export async function loadPicture() {
  const address = new URL(`picture.js${new URL(import.meta.url).search}`, import.meta.url); // with this page's language
  const response = await fetch(address);
  if (!isScript(response)) throw new Error(`picture.js: ${response.status}`);
  return import(address.href);
}

/**
 * @param {Drawn} post a card @param {{board: State}} held
 * @param {Say} say
 */
export async function share(post, held, say) {
  try {
    const { savePicture } = await loadPicture();
    const { themes, board } = held.board;
    const saved = await savePicture(post, { theme: themeOf(post, themes), title: board?.title ?? "" });
    if (saved === "saved") say(tell("picture-saved"), "ok");
  } catch {
    say(tell("picture-not-saved"), "bad");
  }
}
