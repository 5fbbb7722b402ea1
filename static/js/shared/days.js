// The days of a gathering, in words. Pure.
// @ts-check
import { LOCALE } from "./words.js";

/** @import { Board } from "./wire" */

/** "2–5 October 2023", or nothing where the board has no days. @param {Partial<Pick<Board, "starts_on"|"ends_on">>} board */
export function daysOf({ starts_on, ends_on }) {
  const days = [starts_on, ends_on].flatMap((day) => (day ? [new Date(`${day}T12:00:00Z`)] : []));
  if (!days.length) return "";
  const format = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeZone: "UTC" });
  return format.formatRange(days[0], days[days.length - 1]);
}
