// "Ready for Monday?": what is done and what is left. Pure.
// @ts-check
import { daysBetween } from "./times.js";

/**
 * @template {{done: boolean}} Item @param {Item[]} items @returns {{todo: Item[], done: Item[], share: number}}
 */
export function overview(items) {
  const [todo, done] = [items.filter((item) => !item.done), items.filter((item) => item.done)];
  return { todo, done, share: items.length ? done.length / items.length : 0 };
}

/**
 * Where the gathering stands by the calendar of its zone. @param {string|null} starts @param {string|null} ends @param {string} today
 * @returns {{phase: "undated"|"far"|"near"|"tomorrow"|"today"|"running"|"over", days: number}} days: until it starts
 */
export function standing(starts, ends, today) {
  if (!starts) return { phase: "undated", days: 0 };
  const days = daysBetween(today, starts);
  if (days > 6) return { phase: "far", days };
  if (days > 1) return { phase: "near", days };
  if (days === 1) return { phase: "tomorrow", days };
  if (days === 0) return { phase: "today", days };
  return { phase: today > (ends ?? starts) ? "over" : "running", days };
}
