// The words of the organiser's page that are chosen by a name.
// @ts-check
import { say } from "../shared/words.js";

/** @type {Record<string, string>} */
export const SECTION = {
  overview: say("organise-overview"),
  board: say("organise-board"),
  agenda: say("organise-agenda"),
  people: say("organise-people"),
  links: say("organise-links"),
  print: say("organise-print"),
  after: say("organise-after"),
  more: say("organise-more"),
};

/** What each line of the checklist says: to do, why, and the verb; and once it is done. @type {Record<string, {todo: string, why: string, verb: string, href: string, done: (n: number) => string}>} */
export const CHECKS = {
  title: check("board", say("check-title"), say("check-title-why"), say("check-title-verb"), () =>
    say("check-title-done"),
  ),
  dates: check("board", say("check-dates"), say("check-dates-why"), say("check-dates-verb"), () =>
    say("check-dates-done"),
  ),
  agenda: check("agenda", say("check-agenda"), say("check-agenda-why"), say("check-agenda-verb"), (n) =>
    say("check-agenda-done", { n }),
  ),
  people: check("people", say("check-people"), say("check-people-why"), say("check-people-verb"), (n) =>
    say("check-people-done", { n }),
  ),
  teams: check("board/teams", say("check-teams"), say("check-teams-why"), say("check-teams-verb"), (n) =>
    say("check-teams-done", { n }),
  ),
  themes: check("board/themes", say("check-themes"), say("check-themes-why"), say("check-themes-verb"), (n) =>
    say("check-themes-done", { n }),
  ),
  moderators: check("links", say("check-moderators"), say("check-moderators-why"), say("check-moderators-verb"), (n) =>
    say("check-moderators-done", { n }),
  ),
  screens: check("links", say("check-screens"), say("check-screens-why"), say("check-screens-verb"), (n) =>
    say("check-screens-done", { n }),
  ),
  poster: check("print", say("check-poster"), say("check-poster-why"), say("check-poster-verb"), () =>
    say("check-poster-done"),
  ),
  rehearsal: check(
    "overview/rehearsal",
    say("check-rehearsal"),
    say("check-rehearsal-why"),
    say("check-rehearsal-verb"),
    () => say("check-rehearsal-done"),
  ),
};

function check(section, todo, why, verb, done) {
  return { href: `#${section}`, todo, why, verb, done };
}

/** Whether a session takes questions. @type {Record<string, string>} */
export const QUESTIONS = {
  open: say("session-open"),
  paused: say("session-paused"),
  closed: say("session-closed"),
};

/** Of a staff link. @type {Record<string, string>} */
export const ROLE = {
  moderator: say("role-moderator"),
  organiser: say("role-organiser"),
  screen: say("role-screen"),
};

export const yes = (value) => (value ? "true" : "false");
