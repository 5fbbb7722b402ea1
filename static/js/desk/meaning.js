// Which large screens the next act means: those that the moderator ticked, else the one that the keys went to, else all.
// @ts-check
import { largeScreens, nameOf } from "../shared/screens.js";
import { following, meantBy, stillThere } from "./screens.js";
import { WORDS } from "./words.js";

/**
 * @import {Choice} from "./screens.js"
 * @typedef {ReturnType<typeof createMeaning>} Meaning
 * @param {{known: {view: import("../shared/board.js").State}, draw: () => void, say: (words: string) => void}} desk
 */
export function createMeaning({ known, draw, say }) {
  const meaning = { choice: /** @type {Choice} */ ({ ticked: new Set(), current: "" }) };
  const all = () => largeScreens(known.view);

  const meant = () => meantBy(all(), meaning.choice);

  /** @param {string} id */
  function tick(id) {
    const ticked = new Set(meaning.choice.ticked);
    if (!ticked.delete(id)) ticked.add(id);
    choose({ ...meaning.choice, ticked });
  }

  /** The keys go on to the next screen; after the last one they mean all. */
  function next() {
    choose({ ...meaning.choice, current: following(all(), meaning.choice.current) });
    const one = all().find(({ id }) => id === meaning.choice.current);
    say(one ? nameOf(one, true) : WORDS.allScreens);
  }

  function tickCurrent() {
    if (meaning.choice.current) tick(meaning.choice.current);
  }

  function choose(/** @type {Choice} */ choice) {
    meaning.choice = stillThere(all(), choice);
    draw();
  }

  /** Nothing is chosen: an act means all screens. @returns {boolean} something was chosen */
  function chooseNone() {
    const was = Boolean(meaning.choice.ticked.size || meaning.choice.current);
    choose({ ticked: new Set(), current: "" });
    return was;
  }

  /** Screens may have gone. */
  const follow = () => void (meaning.choice = stillThere(all(), meaning.choice));

  return Object.assign(meaning, { meant, tick, next, tickCurrent, chooseNone, follow });
}
