// Times of the day in the board's own zone, the same for all who look: 14:30.
// @ts-check

const HOURS = { hour: /** @type {const} */ ("2-digit"), minute: /** @type {const} */ ("2-digit") };

/** Making a format costs more than using it: it is kept until the zone is another one. */
export function createHours() {
  let zone = "";
  let format = formatOf(zone);

  /** @param {string} [wanted] an IANA name; "": that of this computer @returns {(time: number) => string} time: ms since 1970 */
  function of(wanted = "") {
    if (wanted !== zone) [zone, format] = [wanted, formatOf(wanted)];
    return (time) => format.format(time);
  }

  return { of };
}

/** @param {string} zone */
function formatOf(zone) {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...HOURS, timeZone: zone || undefined });
  } catch {
    return new Intl.DateTimeFormat("en-GB", HOURS); // a zone this browser does not know
  }
}
