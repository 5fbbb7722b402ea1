// The organiser's page as one object: its parts, and what each needs of the others.
// @ts-check
import { emptyBoard } from "../shared/board.js";
import { createClock } from "../shared/clock.js";
import { createLine } from "../shared/line.js";
import { say } from "../shared/words.js";
import { calls } from "./calls.js";
import { createFetched } from "./fetched.js";
import { createPainter } from "./painter.js";
import { createSections } from "./sections.js";
import { createSheet } from "./sheet.js";
import { createTelling } from "./telling.js";

const REFRESH_MS = 30000;

/** @param {{config: any, root: HTMLElement, dialog: HTMLDialogElement}} place */
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
  const on = { skip };

  /** What the views show. */
  function page() {
    return {
      config,
      on,
      line,
      telling,
      sheet,
      settings,
      checklist,
      section: sections.now(),
      board: { ...known.base.board, ...settings.value?.settings },
      now: clock.now(),
      language: document.documentElement.lang,
      notes: notes(),
    };
  }

  function notes() {
    const left = checklist.value?.items.filter(({ done }) => !done).length ?? 0;
    const count = (n) => (n ? { words: String(n) } : null);
    return {
      overview: left ? { words: say("organise-to-do", { n: left }), todo: true } : null,
      agenda: count(known.base.sessions.length),
    };
  }

  function opened(section, first) {
    if (section === "overview") checklist.load();
    if (!first) {
      scrollTo({ top: 0 });
      painter.focusOn("heading");
    }
    draw();
  }

  function heard(next, frame) {
    known.base = next;
    if (frame.type === "snapshot" || frame.board || frame.teams || frame.themes || frame.sessions) refresh();
    draw();
  }

  function refresh() {
    settings.load();
    checklist.load();
  }

  /** The line is back. */
  function restored() {
    refresh();
  }

  function skip(event) {
    event.preventDefault();
    painter.focusOn("heading");
  }

  function start() {
    sections.start();
    setInterval(() => document.hidden || checklist.load(), REFRESH_MS);
    draw();
  }

  return { start };
}
