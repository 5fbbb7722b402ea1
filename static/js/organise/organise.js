// The organiser's page as one object: its parts, and what each needs of the others.
// @ts-check
import { emptyBoard } from "../shared/board.js";
import { createClock } from "../shared/clock.js";
import { createDrafts } from "../shared/drafts.js";
import { openKeep } from "../shared/keep.js";
import { createLine } from "../shared/line.js";
import { say } from "../shared/words.js";
import { createAgenda } from "./agenda.js";
import { createOrder } from "./agendaorder.js";
import { createBoardForm } from "./boardform.js";
import { calls } from "./calls.js";
import { createFetched } from "./fetched.js";
import { createImporting } from "./importing.js";
import { createKeeping } from "./keeping.js";
import { createLife } from "./life.js";
import { createTaking } from "./taking.js";
import { createPainter } from "./painter.js";
import { createPeople } from "./people.js";
import { createScreens } from "./screens.js";
import { createSections } from "./sections.js";
import { createSheet } from "./sheet.js";
import { createHooks } from "./hooks.js";
import { createStaff } from "./staff.js";
import { createTelling } from "./telling.js";

/** @import { State } from "../shared/board.js" */
/** @import { ChangesFrame, Frame } from "../shared/wire" */
/** @import { Note, OrganiseConfig, Page } from "./types" */

const REFRESH_MS = 30000;

/** @param {{config: OrganiseConfig, root: HTMLElement, dialog: HTMLDialogElement}} place */
export function createOrganise({ config, root, dialog }) {
  const known = { base: emptyBoard() };
  const clock = createClock();
  const painter = createPainter({ root, dialog, page, sheet: () => sheet });
  const { draw } = painter;
  const telling = createTelling({ draw });
  const sheet = createSheet({ dialog, draw });
  const settings = createFetched(calls.settings, draw);
  const checklist = createFetched(calls.checklist, draw);
  const sections = createSections({ opened });
  const line = createLine({ url: config.api, known, clock, heard, restored, refused: sheet.close, draw });
  const drafts = createDrafts(openKeep(config.code), "organise");
  const shared = { calls, drafts, telling, sheet, draw };
  const zone = () => known.base.board?.time_zone ?? "UTC";
  const first = () => known.base.board?.starts_on ?? null;
  const agenda = createAgenda({ ...shared, known, zone, first });
  const order = createOrder({ known, all: agenda.all, calls, telling, focusOn: painter.focusOn });
  const form = createBoardForm({ ...shared, settings });
  const people = createPeople(shared);
  const staff = createStaff(shared);
  const hooking = createHooks(shared);
  const screens = createScreens({ ...shared, known, now: clock.now, staff });
  const importing = createImporting({ calls, telling, done: imported, draw });
  const life = createLife({ ...shared, changed: refresh });
  const taking = createTaking({
    ...shared,
    address: `${config.api}/export?format=html`,
    name: `${config.code}.zip`,
    focusOn: painter.focusOn,
  });
  const keeping = createKeeping({ ...shared, settings });
  const on = { skip };

  /** What the views show. @returns {Page} */
  function page() {
    return {
      config,
      on,
      line,
      telling,
      sheet,
      settings,
      checklist,
      agenda,
      order,
      form,
      people,
      staff,
      hooking,
      screens,
      importing,
      life,
      taking,
      keeping,
      known,
      draw,
      section: sections.now(),
      board: { ...known.base.board, ...settings.value?.settings },
      now: clock.now(),
      language: document.documentElement.lang,
      notes: notes(),
    };
  }

  /** @returns {Record<string, Note>} */
  function notes() {
    const left = checklist.value?.items.filter(({ done }) => !done).length ?? 0;
    const count = (/** @type {number|undefined} */ n) => (n ? { words: String(n) } : null);
    return {
      overview: left ? { words: say("organise-to-do", { n: left }), todo: true } : null,
      agenda: count(known.base.sessions.length),
      people: count(people.state.q ? 0 : people.state.total),
      screens: count(screens.all().length > 1 ? screens.all().length : 0),
      links: count(staff.links.value?.links.length),
    };
  }

  /** @param {string} section @param {boolean} first */
  function opened(section, first) {
    if (section === "overview") checklist.load();
    if (section === "people") people.open();
    if (section === "links" || section === "screens") staff.links.load();
    if (section === "links") hooking.hooks.load();
    if (section === "board") settings.load();
    if (!first) {
      scrollTo({ top: 0 });
      painter.focusOn("heading");
    }
    draw();
  }

  /** @param {State} next @param {Frame} frame */
  function heard(next, frame) {
    known.base = next;
    screens.shots.follow();
    if (frame.type === "snapshot" || (frame.type === "changes" && isOfBoard(frame))) refresh();
    draw();
  }

  function refresh() {
    settings.load();
    checklist.load();
    life.state.load();
  }

  /** Changes without a frame: a link was used, the hour of simulated attendees is over. */
  function look() {
    checklist.load();
    life.state.load();
  }

  /** The line is back. */
  function restored() {
    refresh();
    form.retry();
    agenda.retry();
    people.retry();
  }

  /** @param {string} kind */
  function imported(kind) {
    refresh();
    if (kind === "people") people.open();
  }

  /** @param {Event} event */
  function skip(event) {
    event.preventDefault();
    painter.focusOn("heading");
  }

  function start() {
    sections.start();
    setInterval(() => document.hidden || look(), REFRESH_MS);
    draw();
  }

  return { start };
}

/** Is it about more than posts? @param {ChangesFrame} frame */
const isOfBoard = ({ board, teams, themes, sessions }) =>
  [board, teams, themes, sessions].some((part) => part !== undefined);
