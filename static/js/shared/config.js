// What the page was rendered with: the JSON block #config.
// @ts-check
import { once } from "./once.js";

/** @type {() => Record<string, any>} */
const config = once(() => JSON.parse(document.getElementById("config")?.textContent || "{}"));

/** @returns {Record<string, any>} */
export function readConfig() {
  return config();
}
