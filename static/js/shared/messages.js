// The page's messages in its language: where this script is served, the server puts in here those that the script names.
// @ts-check

/** By key, as Project Fluent parses them (board/model/parsed.py). @type {import("./words.js").Messages} */
export const MESSAGES = {};
/** The BCP 47 tag whose rules hold for plurals and numbers. */
export const LANGUAGE = "en";
