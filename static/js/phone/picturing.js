// A card is shared as a picture.
// @ts-check
import { themeOf } from "../shared/text.js";
import { say as tell } from "../shared/words.js";
import { savePicture } from "./picture.js";

/** @import { First } from "./types" */
/** @import { Drawn } from "./types" */

/** @param {Pick<First, "held"|"say">} phone */
export function createPicturing({ held, say }) {
  /** @param {Drawn} post a card */
  async function share(post) {
    try {
      const { themes, board } = held.board;
      const saved = await savePicture(post, { theme: themeOf(post, themes), title: board?.title ?? "" });
      if (saved === "saved") say(tell("picture-saved"), "ok");
    } catch {
      say(tell("picture-not-saved"), "bad");
    }
  }

  return { share };
}
