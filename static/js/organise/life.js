// A board's life: its rehearsal, its copy, its archive, its end.
// @ts-check
import { say } from "../shared/words.js";

/** @param {{calls: typeof import("./calls.js").calls, telling: any, sheet: any, changed: () => void, draw: () => void}} page */
export function createLife({ calls, telling, sheet, changed, draw }) {
  const life = {
    busy: false,
    erased: false,
    rehearsal: /** @type {any} */ (null), // its addresses, once it was started here
    copy: /** @type {any} */ (null),
    rehearse,
    endRehearsal,
    duplicate,
    archive,
    reopen,
    askPurge: () => sheet.open({ kind: "purge", typed: "", problem: null, busy: false }),
    askDuplicate: () => sheet.open({ kind: "duplicate", typed: "", problem: null, busy: false }),
    purge,
  };

  async function doing(act) {
    if (life.busy) return;
    life.busy = true;
    if (sheet.what) sheet.what.problem = null;
    draw();
    try {
      await act();
      if (!life.erased) changed();
    } catch (problem) {
      if (sheet.what) sheet.what.problem = problem;
      else telling.complain(problem.detail);
    } finally {
      life.busy = false;
      draw();
    }
  }

  function rehearse() {
    return doing(async () => {
      life.rehearsal = await calls.rehearse();
      telling.say(say("rehearsal-started"));
    });
  }

  function endRehearsal() {
    return doing(async () => {
      await calls.endRehearsal();
      life.rehearsal = null;
      telling.say(say("rehearsal-ended"));
    });
  }

  function duplicate() {
    return doing(async () => {
      life.copy = await calls.duplicate(sheet.what.typed.trim());
      sheet.close();
      telling.say(say("copy-made"));
    });
  }

  function archive() {
    return doing(async () => {
      await calls.archive();
      telling.say(say("archive-done"), async () => {
        await calls.reopen();
        changed();
        telling.say(say("organise-undone"));
      });
    });
  }

  function reopen() {
    return doing(async () => {
      await calls.reopen();
      telling.say(say("archive-undone"));
    });
  }

  function purge() {
    return doing(async () => {
      await calls.purge(sheet.what.typed.trim().toUpperCase());
      life.erased = true;
      sheet.close();
    });
  }

  return life;
}
