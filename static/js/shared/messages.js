// The page's messages in its language: where this script is served, the server puts in here those that the script names.
// @ts-check

/** In the syntax of Project Fluent. */
export const SOURCE = "";
/** The BCP 47 tag whose rules hold for plurals and numbers. */
export const LANGUAGE = "en";
