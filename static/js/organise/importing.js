// A file on its way to the board: handed over, looked at, its doubts answered, done, taken back.
// @ts-check
import { problemOf } from "../shared/api.js";
import { limits } from "../shared/limits.js";
import { say } from "../shared/words.js";

/** @import { Calls, ImportKind, Preview, Telling, Trouble } from "./types" */

/**
 * @param {{calls: Calls, telling: Telling, done: (kind: string) => void, draw: () => void}} page
 */
export function createImporting({ calls, telling, done, draw }) {
  const state = {
    kind: /** @type {ImportKind|""} */ (""), // while a file is looked at
    file: "",
    preview: /** @type {Preview|null} */ (null),
    choices: /** @type {Record<string, string>} */ ({}),
    busy: false,
    problem: /** @type {Trouble|null} */ (null),
    over: "", // the place over which a file is dragged
  };

  /** @param {() => Promise<void>} act */
  async function doing(act) {
    if (state.busy) return;
    Object.assign(state, { busy: true, problem: null });
    draw();
    try {
      await act();
    } catch (problem) {
      state.problem = problemOf(problem);
    } finally {
      state.busy = false;
      draw();
    }
  }

  /** @param {ImportKind} kind @param {File|undefined} file */
  function take(kind, file) {
    if (!file) return;
    Object.assign(state, { kind, file: file.name, preview: null, choices: {}, over: "" });
    if (file.size > limits().import_bytes) {
      state.problem = { detail: say("import-too-large", { mib: limits().import_bytes / 1024 / 1024 }), answer: {} };
      return draw();
    }
    doing(async () => {
      const answer = await calls.upload(kind, file);
      if (state.kind === kind) state.preview = answer.import;
    });
  }

  const change = (/** @type {object} */ what) =>
    doing(async () => {
      if (state.preview) state.preview = (await calls.choose(state.preview.id, what)).import;
    });

  /** What was answered before, the server keeps. @param {string} key of what was asked @param {string} choice */
  function answer(key, choice) {
    state.choices = { ...state.choices, [key]: choice };
    return change({ choices: { [key]: choice } });
  }

  /** On which day all of it is, where none of those offered is it. @param {string} day */
  function day(day) {
    state.choices = { ...state.choices, day };
    return change({ day });
  }

  /** A column is another field than it was taken for. @param {string} column @param {string} field or "" for none */
  function map(column, field) {
    const before = state.preview?.columns.find(({ name }) => name === column)?.field;
    return change({ map: { ...(before ? { [before]: "" } : {}), ...(field ? { [field]: column } : {}) } });
  }

  const apply = () =>
    doing(async () => {
      const { preview, kind } = state;
      if (!preview || !kind) return;
      const { id } = preview;
      await calls.apply(id);
      const n = changesOf(preview);
      close();
      done(kind);
      telling.say(say("import-done", { n }), async () => {
        await calls.undoImport(id);
        done(kind);
        telling.say(say("organise-undone"));
      });
    });

  function close() {
    Object.assign(state, { kind: "", file: "", preview: null, choices: {}, problem: null });
    draw();
  }

  /** @param {DragEvent} event @param {ImportKind} kind */
  function drag(event, kind) {
    event.preventDefault();
    const over = event.type === "dragover" ? kind : "";
    if (event.type === "drop") take(kind, event.dataTransfer?.files[0]);
    else if (over !== state.over) {
      state.over = over;
      draw();
    }
  }

  return { state, take, answer, day, map, apply, close, drag };
}

/** How many entries the import changes. @param {Preview} preview */
export const changesOf = ({ added, changed, moved, gone }) =>
  added.length + changed.length + moved.length + gone.filter(({ stays }) => stays === false).length;

/** What is asked and not answered. @param {Preview} preview @param {Record<string, string>} choices */
export const openAsks = ({ asks }, choices) => asks.filter(({ key }) => !(key in choices));
