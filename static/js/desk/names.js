// Whose name is in use on another phone: found while the moderator types, freed at a tap.
// @ts-check
import { problemOf } from "../shared/api.js";
import { whenQuiet } from "../shared/typing.js";
import { WORDS } from "./outcomes.js";
import { WORDS as LABELS } from "./words.js";

const NAMES_AFTER_MS = 250; // of quiet

/**
 * @import {Person} from "../shared/wire"
 * @param {{api: typeof import("../shared/staff.js").api, draw: () => void, say: (words: string) => void, complain: (words: string) => void}} desk
 */
export function createNames({ api, draw, say, complain }) {
  let names = { typed: "", along: false, found: /** @type {Person[]} */ ([]) };

  const find = whenQuiet(NAMES_AFTER_MS, async (signal) => {
    const { people } = names.typed.trim() ? await api.people(names.typed, signal) : { people: [] };
    names = { ...names, found: people.filter(({ taken }) => taken) };
    draw();
  });

  function type(/** @type {string} */ typed) {
    names = { ...names, typed, found: typed.trim() ? names.found : [] };
    draw();
    find();
  }

  function postsAlong(/** @type {boolean} */ along) {
    names = { ...names, along };
    draw();
  }

  async function free(/** @type {Person} */ { id, name }) {
    const { along } = names;
    try {
      await api.freeName(id, along);
      // Off again: whether posts go along is decided for each name.
      names = { ...names, along: false, found: names.found.filter((one) => one.id !== id) };
      say(WORDS.freed(name, along));
    } catch (problem) {
      complain(WORDS.not(LABELS.free(name), problemOf(problem).detail));
    }
  }

  return { now: () => names, type, postsAlong, free };
}
