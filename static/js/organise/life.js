// A board's life: its rehearsal, its copy, its archive, its end.
// @ts-check
import { problemOf } from "../shared/api.js";
import { say } from "../shared/words.js";
import { createFetched } from "./fetched.js";

/** @import { On } from "../shared/dom" */
/** @import { Addresses, Calls, Sheet, Telling } from "./types" */

/** @param {{calls: Calls, telling: Telling, sheet: Sheet, changed: () => void, draw: () => void}} page */
export function createLife({ calls, telling, sheet, changed, draw }) {
  const life = {
    busy: false,
    erased: false,
    rehearsal: /** @type {Addresses|null} */ (null), // its addresses, once it was started here
    simulated: false, // wanted with the next rehearsal
    copy: /** @type {Addresses|null} */ (null),
    state: createFetched(calls.rehearsal, draw), // of the rehearsal that there is
    wish,
    simulate,
    rehearse,
    endRehearsal,
    duplicate,
    archive,
    reopen,
    askPurge: () => sheet.open({ kind: "purge", typed: "", problem: null, busy: false }),
    askDuplicate: () => sheet.open({ kind: "duplicate", typed: "", problem: null, busy: false }),
    purge,
  };

  /** @param {() => Promise<void>} act */
  async function doing(act) {
    if (life.busy) return;
    life.busy = true;
    if (sheet.what) sheet.what.problem = null;
    draw();
    try {
      await act();
      if (!life.erased) changed();
    } catch (error) {
      const problem = problemOf(error);
      if (sheet.what) sheet.what.problem = problem;
      else telling.complain(problem.detail);
    } finally {
      life.busy = false;
      draw();
    }
  }

  function rehearse() {
    return doing(async () => {
      life.rehearsal = await calls.rehearse(life.simulated);
      telling.say(say("rehearsal-started"));
    });
  }

  /** @param {On} event */
  function wish(event) {
    life.simulated = event.target.checked;
  }

  function simulate() {
    return doing(async () => {
      const on = !life.state.value?.rehearsal?.simulated_until;
      life.state.learn(await calls.simulate(on));
      telling.say(say(on ? "simulated-started" : "simulated-stopped"));
    });
  }

  function endRehearsal() {
    return doing(async () => {
      await calls.endRehearsal();
      life.rehearsal = null;
      telling.say(say("rehearsal-ended"));
    });
  }

  const typed = () => (sheet.what && "typed" in sheet.what ? sheet.what.typed.trim() : "");

  function duplicate() {
    return doing(async () => {
      life.copy = await calls.duplicate(typed());
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
      await calls.purge(typed().toUpperCase());
      life.erased = true;
      sheet.close();
    });
  }

  return life;
}
