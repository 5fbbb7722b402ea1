// What the page's one dialog shows.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { removalSheet, sessionSheet, shiftSheet } from "./agendasheet.js";
import { duplicateSheet, purgeSheet } from "./lifeview.js";
import { freeSheet, mergeSheet, personSheet, removePersonSheet } from "./peoplesheet.js";
import { freshLinkSheet, newLinkSheet, renewSheet, revokeSheet } from "./staffview.js";

/** @type {Record<string, (page: any) => unknown>} */
const SHEETS = {
  session: sessionSheet,
  shift: shiftSheet,
  "remove-session": removalSheet,
  person: personSheet,
  "remove-person": removePersonSheet,
  "merge-person": mergeSheet,
  "free-name": freeSheet,
  "new-link": newLinkSheet,
  "fresh-link": freshLinkSheet,
  "renew-link": renewSheet,
  "revoke-link": revokeSheet,
  duplicate: duplicateSheet,
  purge: purgeSheet,
};

/** @param {any} page */
export function sheetView(page) {
  const { what } = page.sheet;
  return what ? SHEETS[what.kind](page) : nothing;
}
