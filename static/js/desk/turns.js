// How long each scene of the screen has its turn, as the moderator writes it: seconds by scene, 0 for what is left out. Pure.
// @ts-check
import { limits } from "../shared/limits.js";

/** @typedef {Record<string, number>} Seconds by scene */

/** What the fields show before somebody writes into them. @type {Seconds} */
export const TURN_SECONDS = { cards: 60, questions: 30, map: 20, recap: 20, join: 15 };

/** @param {{scene: string, seconds: number}[]} turns as the server gives them @returns {Seconds} */
export const secondsOf = (turns) =>
  Object.fromEntries(
    Object.keys(TURN_SECONDS).map((scene) => [scene, turns.find((turn) => turn.scene === scene)?.seconds ?? 0]),
  );

/** @param {Seconds} seconds @returns {{scene: string, seconds: number}[]} as the server takes them */
export const turnsOf = (seconds) =>
  Object.entries(seconds).flatMap(([scene, value]) => (value ? [{ scene, seconds: value }] : []));

/** What was typed, within the bounds; 0 leaves the scene out. @param {string} typed */
export function bounded(typed) {
  const wanted = Math.round(Number(typed));
  const [least, most] = limits().turn_seconds;
  return wanted > 0 ? Math.min(most, Math.max(least, wanted)) : 0;
}

/** Rotating needs two scenes. @param {Seconds} seconds */
export const enough = (seconds) => Object.values(seconds).filter(Boolean).length > 1;

/** @param {{turns?: any, scene: string}} screen */
export const takingTurns = (screen) => Boolean(screen.turns) && !["spotlight", "blank"].includes(screen.scene);
