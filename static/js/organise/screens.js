// The large screens under the organiser's hands: made, named, put in a room, removed; each with a link of its own that is shown once.
// @ts-check
import { problemOf } from "../shared/api.js";
import { largeScreens, nameOf } from "../shared/screens.js";
import { createShots } from "../shared/shots.js";
import { say } from "../shared/words.js";

/** @import { State } from "../shared/board.js" */
/** @import { LargeScreen } from "../shared/wire" */
/** @import { Calls, ScreenSheet, Sheet, Staff, Telling } from "./types" */

/**
 * @param {{known: {base: State}, now: () => number, calls: Calls, telling: Telling, sheet: Sheet, staff: Staff, draw: () => void}} page
 */
export function createScreens({ known, now, calls, telling, sheet, staff, draw }) {
  const shots = createShots({ read: () => known.base, now });
  const all = () => largeScreens(known.base);

  /** A new one, or `screen` under another name or in another room. @param {LargeScreen} [screen] */
  function edit(screen) {
    sheet.open({
      kind: "screen",
      screen: screen ?? null,
      name: screen ? (screen.name ?? "") : "",
      room: screen?.room ?? "",
      problem: null,
      busy: false,
    });
  }

  /** @param {Partial<Pick<ScreenSheet, "name"|"room">>} changes */
  function type(changes) {
    if (sheet.what?.kind === "screen") Object.assign(sheet.what, changes);
    draw();
  }

  /** Does it from the sheet. @param {(what: ScreenSheet) => Promise<void>} act */
  async function doing(act) {
    const { what } = sheet;
    if (what?.kind !== "screen" || what.busy) return;
    Object.assign(what, { busy: true, problem: null });
    draw();
    try {
      await act(what);
    } catch (problem) {
      what.problem = problemOf(problem);
    } finally {
      what.busy = false;
      draw();
    }
  }

  const save = () =>
    doing(async ({ screen, name, room }) => {
      const wanted = { name: name.trim(), room: room.trim() || null };
      if (screen) await change(screen, wanted);
      else await make(wanted);
    });

  /** @param {{name: string, room: string|null}} wanted */
  async function make({ name, room }) {
    const { screen, url } = await calls.addScreen(name, room);
    staff.links.load();
    await staff.show({ link: { id: "", role: "screen", name: screen.name, created_at: "", open: 0 }, url });
  }

  /** @param {LargeScreen} screen as it is @param {{name: string, room: string|null}} wanted */
  async function change(screen, wanted) {
    const former = { name: screen.name, room: screen.room };
    await calls.editScreen(screen.id, wanted);
    sheet.close();
    telling.say(say("screens-saved", { name: wanted.name }), async () => {
      await calls.editScreen(screen.id, former);
      telling.say(say("organise-undone"));
    });
  }

  const askRemoval = () => doing(async (what) => void (what.removing = true));

  const remove = () =>
    doing(async ({ screen }) => {
      if (!screen) return;
      await calls.removeScreen(screen.id);
      staff.links.load();
      sheet.close();
      telling.say(say("screens-removed", { name: nameOf(screen, true) }));
    });

  /** The one link that opens this screen, where there is one: the others are spare. @param {LargeScreen} screen */
  function linksOf(screen) {
    const first = all()[0].id;
    return (staff.links.value?.links ?? []).filter(
      (link) => link.role === "screen" && (link.screen ?? first) === screen.id,
    );
  }

  /** Another link for this screen; those that there are stay open. @param {LargeScreen} screen */
  async function link(screen) {
    try {
      await staff.show(await calls.addLink("screen", nameOf(screen, true), screen.id));
      staff.links.load();
    } catch (problem) {
      telling.complain(problemOf(problem).detail);
    }
  }

  return { all, shots, edit, type, save, askRemoval, remove, linksOf, link };
}
