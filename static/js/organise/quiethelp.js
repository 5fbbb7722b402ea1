// What might help somebody to be celebrated: from the roster and the agenda alone, never from whose phone is here. Pure.
// @ts-check
import { fold } from "../shared/folding.js";

/**
 * The titles of sessions by the folded names of those who speak there; of several the first.
 * @param {{title: string, speakers?: string[]}[]} sessions @returns {Map<string, string>}
 */
export function speaking(sessions) {
  const found = new Map();
  for (const { title, speakers = [] } of sessions)
    for (const speaker of speakers) if (!found.has(fold(speaker))) found.set(fold(speaker), title);
  return found;
}

/**
 * @param {{name: string, team: string|null}} person @param {Map<string, string>} talks as `speaking` gives them
 * @returns {{by: "talk"|"team"|"meeting", about: string}} what leads to them, and its title or name
 */
export function helpFor({ name, team }, talks) {
  const title = talks.get(fold(name));
  if (title) return { by: "talk", about: title };
  return team ? { by: "team", about: team } : { by: "meeting", about: "" };
}
