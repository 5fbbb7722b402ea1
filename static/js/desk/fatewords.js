// The words of who answers a question, until when, or why nobody will.
// @ts-check
import { LOCALE, say } from "../shared/words.js";

export const FATES = {
  give: say("desk-give"),
  change: say("desk-give-change"),
  setAside: say("desk-aside"),
  asideTag: say("desk-aside-tag"),
  asideLabel: say("desk-aside-label"),
  left: say("desk-kind-left"),
  /** @param {string} name @param {string|null|undefined} due @param {boolean} late */
  owned: (name, due, late) =>
    due ? say(late ? "desk-owned-late" : "desk-owned-until", { name, day: dayText(due) }) : say("desk-owned", { name }),
};

/** "4 May", in the reader's language; with the year where it is another one. @param {string} day as 2026-05-04 */
function dayText(day) {
  return new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
