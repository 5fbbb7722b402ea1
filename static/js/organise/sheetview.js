// What the page's one dialog shows.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";

/** @param {any} page */
export function sheetView({ sheet }) {
  return sheet.what ? nothing : nothing;
}
