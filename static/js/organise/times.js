// Dates and times of the agenda, in the board's own zone. Pure.
// @ts-check

const DAY_MS = 86400000;
const MINUTE_MS = 60000;

/** "2026-05-04T09:30" in the zone, of a time with an offset; one without is local already. @param {string|null|undefined} iso @param {string} zone */
export function localOf(iso, zone) {
  if (!iso) return "";
  if (!/(Z|[+-]\d\d:?\d\d)$/.test(iso)) return iso.slice(0, 16);
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const shape = /** @type {const} */ ({
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const parts = Object.fromEntries(
    formatIn(zone, { ...shape, hourCycle: "h23" })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** @param {string} zone @param {Intl.DateTimeFormatOptions} shape */
function formatIn(zone, shape) {
  try {
    return new Intl.DateTimeFormat("en-CA-u-nu-latn", { ...shape, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-CA-u-nu-latn", { ...shape, timeZone: "UTC" }); // a zone this browser does not know
  }
}

/** @param {string} local */
export const dayOf = (local) => local.slice(0, 10);
/** @param {string} local */
export const timeOf = (local) => local.slice(11, 16);

/** "Monday 4 May" in the reader's language. @param {string} day @param {string} language @param {Intl.DateTimeFormatOptions} [shape] */
export function dayName(day, language, shape = { weekday: "long", day: "numeric", month: "long" }) {
  const at = new Date(`${day}T12:00:00Z`);
  return Number.isNaN(at.getTime())
    ? day
    : new Intl.DateTimeFormat(`${language === "en" ? "en-GB" : language}-u-nu-latn`, {
        ...shape,
        timeZone: "UTC",
      }).format(at);
}

/** A local time so many minutes later. @param {string} local @param {number} minutes */
export function later(local, minutes) {
  const at = Date.parse(`${local}:00Z`) + minutes * MINUTE_MS;
  return Number.isNaN(at) ? local : new Date(at).toISOString().slice(0, 16);
}

/** Days from one date to another. @param {string} from @param {string} to */
export const daysBetween = (from, to) =>
  Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS);
