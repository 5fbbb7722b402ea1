// The agenda as it is shown: by day, and what runs at the same time side by side. Pure.
// @ts-check
import { dayOf, later, localOf, timeOf } from "./times.js";

/** @import { Session } from "../shared/wire" */

const END_MINUTES = 60; // of a session without an end

/**
 * A session in the board's own time, as forms and lists have it.
 * @typedef {{id: string, title: string, day: string, starts: string, ends: string, room: string, speakers: string, questions: string, kind: string}} Planned
 */

/** @param {Session} session @param {string} zone @returns {Planned} */
export function planned(session, zone) {
  const [starts, ends] = [localOf(session.starts_at, zone), localOf(session.ends_at, zone)];
  return {
    id: session.id,
    title: session.title,
    day: dayOf(starts),
    starts: timeOf(starts),
    ends: timeOf(ends),
    room: session.room ?? "",
    speakers: (session.speakers ?? []).join("\n"),
    questions: session.questions ?? "open",
    kind: session.kind ?? "session",
  };
}

/** The fields of a form as the server takes them. An end before the start is one after midnight. @param {Omit<Planned, "id">} form */
export function wanted({ title, day, starts, ends, room, speakers, questions, kind }) {
  const starts_at = day && starts ? `${day}T${starts}` : null;
  const same_day = day && ends ? `${day}T${ends}` : null;
  const ends_at = same_day && starts_at && same_day <= starts_at ? later(same_day, 24 * 60) : same_day;
  const named = String(speakers ?? "").split(/[\n;]/);
  return {
    title: title ?? "",
    starts_at,
    ends_at,
    room: room ?? "",
    speakers: named.map((name) => name.trim()).filter(Boolean),
    questions: kind === "break" ? "closed" : questions,
    kind,
  };
}

/**
 * By day; in it, what overlaps is one slot, with a column for each room.
 * @param {Planned[]} sessions @returns {{day: string, slots: Planned[][][]}[]}
 */
export function days(sessions) {
  const dated = [...new Set(sessions.map(({ day }) => day).filter(Boolean))].sort();
  const found = dated.map((day) => ({ day, slots: slots(sessions.filter((one) => one.day === day)) }));
  const undated = sessions.filter(({ day }) => !day);
  return undated.length ? [...found, { day: "", slots: undated.map((one) => [[one]]) }] : found;
}

/** @param {Planned[]} ofDay */
function slots(ofDay) {
  const sorted = ofDay.map((one, order) => ({ one, order })).sort(byStart);
  const all = /** @type {Planned[][]} */ ([]);
  let until = "";
  for (const { one } of sorted) {
    if (all.length && one.starts < until) all[all.length - 1].push(one);
    else all.push([one]);
    until = all[all.length - 1].reduce((latest, { starts, ends }) => max(latest, endOf(starts, ends)), "");
  }
  return all.map(columns);
}

/** @typedef {{one: Planned, order: number}} Listed @param {Listed} a @param {Listed} b */
const byStart = (a, b) => (a.one.starts < b.one.starts ? -1 : a.one.starts > b.one.starts ? 1 : a.order - b.order);
/** @param {string} one @param {string} other */
const max = (one, other) => (one > other ? one : other);

/** Without an end an hour; over midnight: the rest of the day. @param {string} starts @param {string} ends */
function endOf(starts, ends) {
  if (ends) return ends > starts ? ends : "24:00";
  const end = later(`2000-01-01T${starts}`, END_MINUTES);
  return dayOf(end) === "2000-01-01" ? timeOf(end) : "24:00";
}

/** @param {Planned[]} together @returns {Planned[][]} */
function columns(together) {
  const rooms = [...new Set(together.map(({ room }) => room))];
  return rooms.map((room) => together.filter((one) => one.room === room));
}

/**
 * The ids of those that begin at the very time of a session: right before it, right behind it, and the one after that.
 * @param {Planned[]} sessions in their order @param {string} id
 * @returns {{before: string|null, behind: string|null, next: string|null}}
 */
export function neighbours(sessions, id) {
  const one = sessions.find((session) => session.id === id);
  const together = one ? sessions.filter(({ day, starts }) => day === one.day && starts === one.starts) : [];
  const at = together.findIndex((session) => session.id === id);
  const [before, behind, next] = [at - 1, at + 1, at + 2].map((place) => together[place]?.id ?? null);
  return { before, behind, next };
}

/**
 * Where it stood among those of its time, for a request that brings it back there.
 * @param {Planned[]} sessions as they are now @param {Planned} seen as it was @param {string|null} behind which one stood right behind it
 * @returns {{before?: string|null}} nothing where that one has gone to another time since
 */
export function stoodAt(sessions, seen, behind) {
  if (!behind) return { before: null };
  const there = sessions.some(({ id, day, starts }) => id === behind && day === seen.day && starts === seen.starts);
  return there ? { before: behind } : {};
}

/** As the server has it then. @param {import("../shared/wire").Session[]} sessions as the board has them @param {string} id @param {string|null} before null: behind all of its time */
export function reordered(sessions, id, before) {
  const one = sessions.find((session) => session.id === id);
  const rest = sessions.filter((session) => session.id !== id);
  const places = rest.flatMap(({ starts_at }, at) => ((starts_at ?? null) === (one?.starts_at ?? null) ? [at] : []));
  const place = before ? rest.findIndex((session) => session.id === before) : (places.at(-1) ?? -2) + 1;
  return one && place >= 0 ? [...rest.slice(0, place), one, ...rest.slice(place)] : sessions;
}

/** Where a new session would stand: after the last one of the day. @param {Planned[]} sessions @param {string|null} first */
export function proposed(sessions, first) {
  const last = sessions
    .filter(({ day }) => day)
    .sort((a, b) => ascending(a.day + a.starts, b.day + b.starts))
    .at(-1);
  const day = last?.day ?? first ?? "";
  return {
    title: "",
    day,
    starts: last?.ends || "",
    ends: "",
    room: last?.room ?? "",
    speakers: "",
    questions: "open",
    kind: "session",
  };
}

/** @param {string} a @param {string} b */
const ascending = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
