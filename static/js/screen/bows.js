// A day of the film: how its bridges run, which stay from the days before, and which day it is. Pure.
// @ts-check
/** @import { Film } from "../shared/wire" */

export const ROW = 36; // a team's share of the picture's height
const [NEAREST, FURTHEST] = [14, 128]; // how far a bridge bows out, of 100: a curve reaches three quarters of it
const BACK = 5; // by which the way back bows less, so that both are seen

/** From the giver's row to the receiver's. @param {[number, number]} bridge @param {number} teams */
export function bow([from, to], teams) {
  const [begin, end] = [(from + 0.5) * ROW, (to + 0.5) * ROW];
  const out = NEAREST + ((FURTHEST - NEAREST) * Math.abs(to - from)) / Math.max(1, teams - 1) - (to < from ? BACK : 0);
  return `M0 ${begin}C${out.toFixed(1)} ${begin} ${out.toFixed(1)} ${end} 0 ${end}`;
}

/** Those of the days before that do not come again. @param {Film} film @param {number} day */
export function before({ days }, day) {
  const today = new Set(days[day].bridges.map(String));
  const found = new Map(days.slice(0, day).flatMap(({ bridges }) => bridges.map((bridge) => [String(bridge), bridge])));
  return [...found].filter(([key]) => !today.has(key)).map(([, bridge]) => bridge);
}

/** Which day of the gathering it is; 0 or less: it came before. @param {string} date @param {string} first */
export const dayNumber = (date, first) => Math.round((Date.parse(date) - Date.parse(first)) / 86_400_000) + 1;
