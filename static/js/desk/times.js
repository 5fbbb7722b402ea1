// Times of the day at the desk, in the board's zone and as the page's language writes them.
// @ts-check
import { LOCALE } from "../shared/words.js";

const MINUTE = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const SECOND = /** @type {const} */ ({ ...MINUTE, second: "2-digit" });

/** 11:13. @param {string|number|null} at ISO 8601, or ms since 1970 @param {string} [zone] an IANA name */
export const minuteOf = (at, zone) => written(at, MINUTE, zone);

/** 11:13:20. @param {string|number|null} at @param {string} [zone] */
export const secondOf = (at, zone) => written(at, SECOND, zone);

/** @param {string|number|null} at @param {Intl.DateTimeFormatOptions} shape @param {string} [zone] */
function written(at, shape, zone) {
  const time = new Date(at ?? Number.NaN);
  if (Number.isNaN(time.getTime())) return "";
  try {
    return new Intl.DateTimeFormat(LOCALE, { ...shape, timeZone: zone || undefined }).format(time);
  } catch {
    return new Intl.DateTimeFormat(LOCALE, shape).format(time); // a zone this browser does not know
  }
}
