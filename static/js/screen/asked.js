// What a large screen asks of the whole board, beside the feed. All answer a promise and throw a Problem.
// @ts-check
import { call } from "../shared/api.js";

/** @import { Bridges, Counted, Story } from "../shared/wire" */

/** Between which teams cards went, over all cards. @returns {Promise<Bridges>} */
export const askBridges = () => call("GET", "/bridges", "bridges");
/** A colour for each card, and the names of all; for screens and staff. @returns {Promise<Story>} */
export const askStory = () => call("GET", "/story", "cards");
/** What became of the questions of each session. @returns {Promise<Counted>} */
export const askTotals = () => call("GET", "/totals", "sessions");
