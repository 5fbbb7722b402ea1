// How much time a session has left, by the agenda. Pure: `now` is the server's clock, in ms since 1970.
// @ts-check

/** @import {Note, Session} from "../shared/wire" */

const SHORT_MS = 2 * 60 * 1000;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const NOTE_STAYS_MS = 5 * MINUTE_MS;

/**
 * ahead: it has not begun; left, short: so much is left; over: so long over its time; open: the agenda names no end.
 * @typedef {{state: "ahead"|"left"|"short"|"over"|"open", ms: number, share: number}} Timing share: of its time, that has passed, 0 to 1
 * @param {Session} session @param {number} now @returns {Timing}
 */
export function timingOf(session, now) {
  const starts = Date.parse(session.starts_at ?? "");
  const ends = Date.parse(session.ends_at ?? "");
  if (starts > now) return { state: "ahead", ms: starts - now, share: 0 };
  if (Number.isNaN(ends)) return { state: "open", ms: 0, share: 0 };
  const left = ends - now;
  const share = starts < ends ? Math.min(1, (now - starts) / (ends - starts)) : 1;
  if (left <= 0) return { state: "over", ms: -left, share: 1 };
  return { state: left <= SHORT_MS ? "short" : "left", ms: left, share };
}

/**
 * "12:40", "1:05:00". What is left is rounded up, so that 0:00 is the end, and what is over is rounded down.
 * @param {Timing} timing
 */
export function clockText({ state, ms }) {
  const whole = (state === "over" ? Math.floor : Math.ceil)(ms / SECOND_MS) * SECOND_MS;
  const part = (/** @type {number} */ unit, /** @type {number} */ of) => Math.floor((whole % of) / unit);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / HOUR_MS);
  const minutes = part(MINUTE_MS, HOUR_MS);
  const seconds = two(part(SECOND_MS, MINUTE_MS));
  return hours ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

/**
 * A note belongs to the moment: once it was seen, it goes after a few minutes. @param {Note|null} note @param {number} now
 */
export const noteFor = (note, now) => (note?.seen_at && Date.parse(note.seen_at) + NOTE_STAYS_MS <= now ? null : note);

/**
 * The break that is on in this room, and the session that comes next. @param {Session[]} sessions @param {number} now @param {string} room
 * @returns {{pause: Session|null, next: Session|null}}
 */
export function around(sessions, now, room) {
  const here = sessions.filter((one) => !room || !one.room || one.room === room);
  const isOn = (/** @type {Session} */ one) =>
    Date.parse(one.starts_at ?? "") <= now && now < Date.parse(one.ends_at ?? "");
  const ahead = here.filter((one) => Date.parse(one.starts_at ?? "") > now && one.kind !== "break");
  const soonest = (/** @type {Session|null} */ first, /** @type {Session} */ one) =>
    !first || Date.parse(one.starts_at ?? "") < Date.parse(first.starts_at ?? "") ? one : first;
  return {
    pause: here.find((one) => one.kind === "break" && isOn(one)) ?? null,
    next: ahead.reduce(soonest, /** @type {Session|null} */ (null)),
  };
}
