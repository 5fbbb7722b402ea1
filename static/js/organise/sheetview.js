// What the page's one dialog shows.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { removalSheet, sessionSheet, shiftSheet } from "./agendasheet.js";
import { freshHookSheet, newHookSheet, removeHookSheet } from "./hooksview.js";
import { duplicateSheet, purgeSheet } from "./lifeview.js";
import { erasePersonSheet, freeSheet, mergeSheet, personSheet, removePersonSheet } from "./peoplesheet.js";
import { screenSheet } from "./screensview.js";
import { freshLinkSheet, newLinkSheet, renewSheet, revokeSheet } from "./staffview.js";

/** @import { Page } from "./types" */

/** @param {Page} page */
export function sheetView(page) {
  const { what } = page.sheet;
  switch (what?.kind) {
    case "session":
      return sessionSheet(page, what);
    case "shift":
      return shiftSheet(page, what);
    case "remove-session":
      return removalSheet(page, what);
    case "person":
      return personSheet(page, what);
    case "erase-person":
      return erasePersonSheet(page, what);
    case "remove-person":
      return removePersonSheet(page, what);
    case "merge-person":
      return mergeSheet(page, what);
    case "free-name":
      return freeSheet(page, what);
    case "screen":
      return screenSheet(page, what);
    case "new-link":
      return newLinkSheet(page, what);
    case "fresh-link":
      return freshLinkSheet(page, what);
    case "renew-link":
      return renewSheet(page, what);
    case "revoke-link":
      return revokeSheet(page, what);
    case "new-hook":
      return newHookSheet(page, what);
    case "fresh-hook":
      return freshHookSheet(page, what);
    case "remove-hook":
      return removeHookSheet(page, what);
    case "duplicate":
      return duplicateSheet(page, what);
    case "purge":
      return purgeSheet(page, what);
    default:
      return nothing;
  }
}
