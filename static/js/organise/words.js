// The words of the organiser's page that are chosen by a name.
// @ts-check
import { say } from "../shared/words.js";

/** @type {Record<string, string>} */
export const SECTION = {
  overview: say("organise-overview"),
  board: say("organise-board"),
  agenda: say("organise-agenda"),
  people: say("organise-people"),
  screens: say("organise-screens"),
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
  screens: check("screens", say("check-screens"), say("check-screens-why"), say("check-screens-verb"), (n) =>
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

/**
 * @param {string} section @param {string} todo @param {string} why @param {string} verb
 * @param {(n: number) => string} done
 */
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
  stage: say("role-stage"),
};

/** How a large screen is doing. @type {Record<string, string>} */
export const STANDING = {
  live: say("screens-live"),
  stale: say("screens-behind"),
  lost: say("screens-lost"),
  safe: say("screens-not-open"),
  never: say("screens-never-opened"),
};

/** What it shows. @type {Record<string, string>} */
export const SCENE = {
  join: say("screens-shows-join"),
  cards: say("screens-shows-cards"),
  questions: say("screens-shows-questions"),
  spotlight: say("screens-shows-spotlight"),
  map: say("screens-shows-map"),
  recap: say("screens-shows-recap"),
  blank: say("screens-shows-blank"),
};

/** @param {unknown} value */
export const yes = (value) => (value ? "true" : "false");

/** The fields of the board's form. @type {Record<string, string>} */
export const FIELD = {
  title: say("field-title"),
  subtitle: say("field-subtitle"),
  starts_on: say("field-starts-on"),
  ends_on: say("field-ends-on"),
  time_zone: say("field-time-zone"),
  languages: say("field-languages"),
  themes: say("field-themes"),
  teams: say("field-teams"),
  names: say("field-names"),
  blocked_words: say("field-blocked-words"),
  stage: say("field-stage"),
  accent: say("field-accent"),
  logo: say("field-logo"),
  lease: say("field-lease"),
  retention_days: say("field-retention-days"),
  public: say("field-public"),
};

/** What an import does to an entry. @type {Record<string, string>} */
export const KIND_OF_CHANGE = {
  added: say("change-added"),
  changed: say("change-changed"),
  moved: say("change-moved"),
  gone: say("change-gone"),
  kept: say("change-kept"),
};

/** What a column can be. */
export const IMPORT_FIELDS = {
  agenda: [
    "title",
    "date",
    "start",
    "end",
    "end_date",
    "duration",
    "room",
    "speakers",
    "first_name",
    "last_name",
    "type",
    "questions",
    "status",
    "id",
  ],
  people: ["name", "first_name", "last_name", "team", "email", "id"],
};

/** Names of those fields, and of those that a preview shows. @type {Record<string, string>} */
export const IMPORT_FIELD = {
  title: say("import-field-title"),
  name: say("import-field-name"),
  date: say("import-field-date"),
  start: say("import-field-start"),
  end: say("import-field-end"),
  end_date: say("import-field-end-date"),
  duration: say("import-field-duration"),
  room: say("import-field-room"),
  speakers: say("import-field-speakers"),
  first_name: say("import-field-first-name"),
  last_name: say("import-field-last-name"),
  type: say("import-field-type"),
  kind: say("import-field-type"),
  questions: say("import-field-questions"),
  status: say("import-field-status"),
  id: say("import-field-id"),
  unique_id: say("import-field-id"),
  team: say("import-field-team"),
  email: say("import-field-email"),
  starts_at: say("import-field-start"),
  ends_at: say("import-field-end"),
};
