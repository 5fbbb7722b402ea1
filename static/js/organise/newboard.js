// A new board: its title, days, zone, languages and code; then its four links, this once.
// @ts-check
import { call, problemOf } from "../shared/api.js";
import { openKeep } from "../shared/keep.js";
import { createMender } from "../shared/mender.js";
import { offered } from "./codes.js";
import { newView } from "./newview.js";
import { ownZone } from "./zones.js";

/** @import { Address, Made, Trouble } from "./types" */

const MAKE_MS = 30000;
const ADDRESSES = /** @type {const} */ (["organise_url", "moderate_url", "screen_url", "join_url"]);

/**
 * @typedef {{title: string, starts_on: string, ends_on: string, time_zone: string, languages: string, code: string}} Typed
 * @typedef {{typed: Typed, made: Made|null, copied: string, busy: boolean, problem: Trouble|null}} State
 * @typedef {{config: {lang: string}, state: State, type: (field: keyof Typed, value: string) => void, make: () => Promise<void>,
 *   copy: (key: Shown) => Promise<void>, proposal: () => string}} Page
 * @typedef {Address|"all"} Shown
 * @param {{config: {lang: string}, root: HTMLElement}} page
 */
export function createNewBoard({ config, root }) {
  const keep = openKeep("new");
  /** @type {State} */
  const state = {
    typed: {
      title: "",
      starts_on: "",
      ends_on: "",
      time_zone: ownZone(),
      languages: "en",
      code: "",
      ...keep.get("draft", {}),
    },
    made: null,
    copied: "",
    busy: false,
    problem: null,
  };
  const mender = createMender({ roots: [root] });
  /** @type {Page} */
  const page = { config, state, type, make, copy, proposal: () => offered(state.typed.title, state.typed.starts_on) };

  function draw() {
    if (!("_$litPart$" in root)) mender.own(() => root.replaceChildren());
    mender.render(newView(page), root);
  }

  /** @param {keyof Typed} field @param {string} value */
  function type(field, value) {
    state.typed = { ...state.typed, [field]: value };
    if (field === "starts_on" && (state.typed.ends_on < value || !state.typed.ends_on)) state.typed.ends_on = value;
    if (state.problem?.field === field) state.problem = null;
    keep.set("draft", state.typed);
    draw();
  }

  async function make() {
    if (state.busy) return;
    Object.assign(state, { busy: true, problem: null });
    draw();
    try {
      state.made = await call("POST", "", "organise_url", wanted(), { timeout: MAKE_MS });
      keep.set("draft", null);
      scrollTo({ top: 0 });
    } catch (problem) {
      state.problem = problemOf(problem);
    } finally {
      state.busy = false;
      draw();
      /** @type {HTMLElement|null} */ (root.querySelector(state.made ? "h1" : '[aria-invalid="true"]'))?.focus();
    }
  }

  function wanted() {
    const { title, starts_on, ends_on, time_zone, languages, code } = state.typed;
    const tags = languages.split(/[\s,;]+/).filter(Boolean);
    const asked = code.trim() || page.proposal();
    return {
      title,
      time_zone,
      starts_on: starts_on || null,
      ends_on: ends_on || null,
      languages: tags,
      ...(asked ? { code: asked } : {}),
    };
  }

  /** @param {Shown} key */
  async function copy(key) {
    try {
      await navigator.clipboard.writeText(key === "all" ? all() : (state.made?.[key] ?? ""));
      state.copied = key;
    } catch {
      /** @type {HTMLInputElement|null} */ (document.getElementById(key))?.select();
    }
    draw();
  }

  const all = () => ADDRESSES.map((key) => state.made?.[key]).join("\n");

  return { start: draw };
}
