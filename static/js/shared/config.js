// What the page was rendered with: the JSON block #config.
// @ts-check
import { once } from "./once.js";

/** @import {Config} from "./wire" */

/** @type {() => Config} */
const config = once(() => JSON.parse(document.getElementById("config")?.textContent || "{}"));

/** @returns {Config} */
export function readConfig() {
  return config();
}
