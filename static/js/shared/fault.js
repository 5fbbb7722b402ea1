// What was caught, as a Problem that people can read.
// @ts-check
import { Problem } from "./api.js";

/**
 * The board's own refusals stay as they are. Anything else is a fault of this page: the console gets it, and people read that something
 * did not work, instead of nothing. @param {unknown} error
 */
export function problemOf(error) {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem({});
}
