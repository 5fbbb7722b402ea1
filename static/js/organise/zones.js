// The time zones that this browser knows.
// @ts-check

/** @returns {string[]} as Asia/Bangkok; none in a browser that does not list them */
export const zones = () => (typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : []);

/** Where this device is. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
