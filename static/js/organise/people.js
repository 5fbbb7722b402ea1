// The roster under the organiser's hands: found, added, corrected, merged, removed; and who has not been celebrated yet.
// @ts-check
import { say } from "../shared/words.js";
import { whenQuiet } from "../shared/typing.js";
import { createEditor } from "./editor.js";
import { createFetched } from "./fetched.js";
import { SEARCH_AFTER_MS, createRosterList } from "./rosterlist.js";

const NOBODY = { name: "", team: "" };

/** @param {{calls: typeof import("./calls.js").calls, drafts: any, telling: any, sheet: any, draw: () => void}} page */
export function createPeople({ calls, drafts, telling, sheet, draw }) {
  const { state, load, type, show, learn } = createRosterList({ calls, draw });
  const coverage = createFetched(calls.coverage, draw);
  let editor = /** @type {any} */ (null);

  function open() {
    load();
    coverage.load();
  }

  function add() {
    const mine = createEditor({
      drafts,
      id: "new-person",
      read: () => NOBODY,
      send: ({ expect: _, ...typed }) => calls.addPerson(fields({ ...NOBODY, ...typed })),
      learn,
      saved: ({ person }) => done(say("people-added", { name: person.name }), () => calls.removePerson(person.id)),
      draw,
      resent: () => close(mine),
    });
    editor = mine;
    sheet.open({ kind: "person", id: "" });
  }

  function edit(seen) {
    const find = () => state.people?.find(({ id }) => id === seen.id) ?? seen;
    const mine = createEditor({
      drafts,
      id: `person-${seen.id}`,
      read: find,
      send: (changes) =>
        calls.editPerson(seen.id, {
          ...changes,
          ...team(changes),
          expect: { ...changes.expect, ...team(changes.expect) },
        }),
      learn,
      saved: ({ person, undo }) => done(say("people-saved", { name: person.name }), wayBack(undo)),
      draw,
      resent: () => close(mine),
    });
    editor = mine;
    sheet.open({ kind: "person", id: seen.id, person: seen });
  }

  const wayBack = (undo) => undo && (() => calls.takeBack(undo));

  /** @param {string} words @param {(() => Promise<any>)|undefined} back none where it cannot be undone */
  function done(words, back) {
    const undo = async () => {
      await back?.();
      telling.say(say("organise-undone"));
      open();
    };
    telling.say(words, back ? undo : null);
    open();
  }

  async function save() {
    if (await editor.save()) sheet.close();
  }

  /** Unless another sheet is open by now. */
  const close = (mine) => mine === editor && sheet.what?.kind === "person" && sheet.close();

  /** Does it from the sheet; errors are shown there. @param {() => Promise<any>} act @param {string} words */
  async function act(act, words) {
    if (sheet.what.busy) return;
    Object.assign(sheet.what, { busy: true, problem: null });
    draw();
    try {
      const { undo } = await act();
      sheet.close();
      done(words, wayBack(undo));
    } catch (problem) {
      if (sheet.what) sheet.what.problem = problem;
      else telling.complain(problem.detail);
    } finally {
      if (sheet.what) sheet.what.busy = false;
      draw();
    }
  }

  const remove = (person) => act(() => calls.removePerson(person.id), say("people-removed", { name: person.name }));
  const merge = (person, into) =>
    act(() => calls.mergePerson(person.id, into.id), say("people-merged", { name: person.name, into: into.name }));
  const free = (person, along) =>
    act(() => calls.freeName(person.id, along), say("people-freed", { name: person.name }));

  const find = whenQuiet(SEARCH_AFTER_MS, async (signal) => {
    const { what } = sheet;
    const { people } = await calls.roster({ q: what.q.trim(), limit: 10 }, signal);
    what.found = people.filter(({ id }) => id !== what.person.id);
    draw();
  });

  /** Into whom: found while typing. */
  function typeInto(q) {
    sheet.what.q = q;
    draw();
    find();
  }

  return {
    state,
    coverage,
    load,
    open,
    type,
    show,
    add,
    edit,
    save,
    remove,
    merge,
    free,
    typeInto,
    ask: (kind, person) => sheet.open({ kind, person, q: "", found: [], along: false }),
    retry: () => editor?.retry(),
    get editor() {
      return editor;
    },
  };
}

const fields = ({ name, team: of }) => ({ name, team: of || null });
const team = (changes) => (changes && "team" in changes ? { team: changes.team || null } : {});
