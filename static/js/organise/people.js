// The roster under the organiser's hands: found, added, corrected, merged, removed; and who has not been celebrated yet.
// @ts-check
import { problemOf } from "../shared/api.js";
import { say } from "../shared/words.js";
import { whenQuiet } from "../shared/typing.js";
import { createEditor } from "./editor.js";
import { createFetched } from "./fetched.js";
import { SEARCH_AFTER_MS, createRosterList } from "./rosterlist.js";

/** @import { Entry } from "../shared/wire" */
/** @import { Calls, Drafts, Editor, PersonAct, PersonForm, Sheet, Telling } from "./types" */

const NOBODY = { name: "", team: "" };

/**
 * @typedef {Partial<PersonForm> & {expect: Partial<PersonForm>}} Changes
 * @param {{calls: Calls, drafts: Drafts, telling: Telling,
 *   sheet: Sheet, draw: () => void}} page
 */
export function createPeople({ calls, drafts, telling, sheet, draw }) {
  const { state, load, type, show, learn } = createRosterList({ calls, draw });
  const coverage = createFetched(calls.coverage, draw);
  const mirror = createFetched(calls.mirror, draw);
  let editor = /** @type {Editor<PersonForm>|null} */ (null);

  function open() {
    load();
    coverage.load();
    mirror.load();
  }

  function add() {
    /** @type {Editor<PersonForm>} */
    const mine = createEditor({
      drafts,
      id: "new-person",
      read: /** @returns {PersonForm} */ () => NOBODY,
      send: ({ expect: _, ...typed }) => calls.addPerson(fields({ ...NOBODY, ...typed })),
      learn,
      saved: ({ person }) => done(say("people-added", { name: person.name }), () => calls.removePerson(person.id)),
      draw,
      resent: () => close(mine),
    });
    editor = mine;
    sheet.open({ kind: "person", id: "" });
  }

  /** @param {Entry} seen */
  function edit(seen) {
    const find = () => state.people?.find(({ id }) => id === seen.id) ?? seen;
    /** @type {Editor<PersonForm>} */
    const mine = createEditor({
      drafts,
      id: `person-${seen.id}`,
      read: /** @type {() => PersonForm} */ (find),
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

  const wayBack = (/** @type {string|undefined} */ undo) => (undo ? () => calls.takeBack(undo) : undefined);

  /** @param {string} words @param {(() => Promise<unknown>)|undefined} back none where it cannot be undone */
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
    if (await editor?.save()) sheet.close();
  }

  /** Unless another sheet is open by now. @param {Editor<PersonForm>} mine */
  const close = (mine) => void (mine === editor && sheet.what?.kind === "person" ? sheet.close() : null);

  /**
   * Does it from the sheet; errors are shown there.
   * @param {() => Promise<{undo?: string, mentions?: number}>} act @param {string|((done: {mentions?: number}) => string)} words
   */
  async function act(act, words) {
    if (!sheet.what || sheet.what.busy) return;
    Object.assign(sheet.what, { busy: true, problem: null });
    draw();
    try {
      const answer = await act();
      sheet.close();
      done(typeof words === "string" ? words : words(answer), wayBack(answer.undo));
    } catch (error) {
      const problem = problemOf(error);
      if (sheet.what) sheet.what.problem = problem;
      else telling.complain(problem.detail);
    } finally {
      if (sheet.what) sheet.what.busy = false;
      draw();
    }
  }

  const remove = (/** @type {Entry} */ person) =>
    act(() => calls.removePerson(person.id), say("people-removed", { name: person.name }));
  const erase = (/** @type {Entry} */ person, /** @type {boolean} */ texts) =>
    act(
      () => calls.erasePerson(person.id, texts),
      ({ mentions }) => say(mentions ? "people-erased-mentions" : "people-erased", { n: mentions ?? 0 }),
    );
  const merge = (/** @type {Entry} */ person, /** @type {Entry} */ into) =>
    act(() => calls.mergePerson(person.id, into.id), say("people-merged", { name: person.name, into: into.name }));
  const free = (/** @type {Entry} */ person, /** @type {boolean} */ along) =>
    act(() => calls.freeName(person.id, along), say("people-freed", { name: person.name }));

  const find = whenQuiet(SEARCH_AFTER_MS, async (signal) => {
    const { what } = sheet;
    if (what?.kind !== "merge-person") return; // closed meanwhile
    const { people } = await calls.roster({ q: what.q.trim(), limit: 10 }, signal);
    what.found = people.filter(({ id }) => id !== what.person.id);
    draw();
  });

  /** Into whom: found while typing. @param {string} q */
  function typeInto(q) {
    if (sheet.what?.kind !== "merge-person") return;
    sheet.what.q = q;
    draw();
    find();
  }

  return {
    state,
    coverage,
    mirror,
    load,
    open,
    type,
    show,
    add,
    edit,
    save,
    remove,
    erase,
    merge,
    free,
    typeInto,
    ask: (/** @type {PersonAct} */ kind, /** @type {Entry} */ person) =>
      sheet.open({ kind, person, q: "", found: [], along: false }),
    retry: () => editor?.retry(),
    get editor() {
      return editor;
    },
  };
}

const fields = (/** @type {PersonForm} */ { name, team: of }) => ({ name, team: of || null });
const team = (/** @type {Partial<PersonForm>|undefined} */ changes) =>
  changes && "team" in changes ? { team: changes.team || null } : {};
