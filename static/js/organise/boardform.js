// The form of the board's settings: one save for all that was typed.
// @ts-check
import { limits } from "../shared/limits.js";
import { say } from "../shared/words.js";
import { createEditor } from "./editor.js";

/** @import { Settings } from "../shared/wire" */
/** @import { Edit } from "./editing.js" */
/** @import { BoardFields, Calls, Drafts, Page, Repair, TeamTyped, Telling } from "./types" */

/**
 * @typedef {BoardFields} Fields
 * @param {{settings: Page["settings"], calls: Calls, drafts: Drafts,
 *   telling: Telling, draw: () => void}} page
 */
export function createBoardForm({ settings, calls, drafts, telling, draw }) {
  const read = () => /** @type {Fields} */ (settings.value?.settings ?? {});
  const editor = createEditor({ drafts, id: "settings", read, send, learn, saved, draw });
  let adding = { theme: "", team: "" };
  let repaired = /** @type {Repair[]} */ ([]);

  /** @param {object} changes */
  async function send(changes) {
    const answer = await calls.save(changes);
    await settings.load(); // as it is stored, with what was repaired
    return answer;
  }

  /**
   * What a refusal says is there by now.
   * @param {{board?: unknown, present?: Partial<Settings>}} answer
   */
  function learn({ present }) {
    if (present && settings.value)
      settings.learn({ ...settings.value, settings: { ...settings.value.settings, ...present } });
  }

  /** @param {{repaired?: Repair[]}} answer @param {Edit} was */
  function saved(answer, was) {
    repaired = answer.repaired ?? [];
    const { typed, base } = was;
    telling.say(
      [say("board-saved"), ...repaired.map(repairWords)].join(" "),
      repaired.length ? null : back(typed, base),
    );
  }

  /** What stood there before; a team gets its old name back everywhere. @param {Fields} typed @param {Fields} base */
  function back(typed, base) {
    if ("logo" in typed) return null; // the page does not have the old picture
    const before = { ...base };
    if (typed.teams) before.teams = backOfTeams(typed.teams, base.teams ?? []);
    return async () => {
      await calls.save(before);
      await settings.load();
      telling.say(say("organise-undone"));
    };
  }

  /** A list with one entry changed. @param {"themes"|"teams"} field @param {number} index @param {object|null} changes null takes it away */
  function entry(field, index, changes) {
    const list = [...(editor.value(field) ?? [])];
    if (changes === null) list.splice(index, 1);
    else list[index] = { ...list[index], ...changes };
    editor.type(field, list);
  }

  /** @param {number} index @param {string} name */
  function rename(index, name) {
    const { was, name: old } = (editor.value("teams") ?? [])[index];
    const before = was ?? (read().teams ?? []).find((team) => team.name === old)?.name;
    entry("teams", index, before && before !== name ? { name, was: before } : { name, was: undefined });
  }

  /** @param {"theme"|"team"} kind @param {string} name */
  function type(kind, name) {
    adding = { ...adding, [kind]: name };
    draw();
  }

  /** One name a line: a list can be pasted. @param {"theme"|"team"} kind */
  function add(kind) {
    const names = adding[kind]
      .split("\n")
      .map((name) => name.trim())
      .filter(Boolean);
    if (!names.length) return;
    const field = kind === "theme" ? "themes" : "teams";
    editor.type(field, [...(editor.value(field) ?? []), ...names.map((name) => ({ name }))]);
    type(kind, "");
  }

  /** @param {File|undefined} file */
  async function logo(file) {
    if (!file) return;
    const most = limits().logo_bytes;
    if (file.size > most) return telling.complain(say("board-logo-large", { kib: most / 1024 }));
    editor.type("logo", await asAddress(file));
  }

  return { editor, entry, rename, type, add, logo, adding: () => adding, retry: editor.retry };
}

/** @param {TeamTyped[]} typed @param {TeamTyped[]} base */
function backOfTeams(typed, base) {
  const now = new Map(typed.filter(({ was }) => was).map(({ name, was }) => [was, name]));
  return base.map(({ name }) => (now.has(name) ? { name, was: now.get(name) } : { name }));
}

/** @param {Repair} repair */
const repairWords = ({ asked, used }) => say("board-repaired", { asked, used });

/** @param {File} file @returns {Promise<string>} as a data address */
const asAddress = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
