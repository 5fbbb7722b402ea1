// Who is this from? Asked once, at the first Send: a name and a team, or somebody of the roster, whose name then belongs to this phone.
// @ts-check
import { problemOf } from "../shared/api.js";
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { offersView, showMarked, stepOf } from "../shared/offers.js";
import { cleaned, isComposing, whenQuiet } from "../shared/typing.js";
import { graphemes } from "../shared/graphemes.js";
import { limits } from "../shared/limits.js";
import { say } from "../shared/words.js";

/** @import { Keep } from "../shared/keep.js" */
/** @import { State } from "../shared/board.js" */
/** @import { On } from "../shared/dom" */
/** @import { Person } from "../shared/wire" */

const OTHER = "\u0000other";
const DRAFT = "draft:name";
const OFFERS_AT_MOST = 5;
const ASK_AFTER_MS = 120; // of quiet

/**
 * @param {{dialog: HTMLElement, keep: Pick<Keep, "get"|"set">, getBoard: () => State, refresh: () => void,
 *   findPeople: (q: string, signal: AbortSignal) => Promise<{people: Person[]}>,
 *   saveWho: (who: {name?: string, team?: string, person?: string}) => Promise<void>|void}} page
 */
export function createNaming({ dialog, keep, getBoard, refresh, findPeople, saveWho }) {
  let draft = { name: "", team: "", other: "", person: "" };
  let offers = /** @type {Person[]} */ ([]);
  let chosen = ""; // the row that arrow keys went to
  let kept = ""; // typed, and meant as it is
  let error = /** @type {{field?: string, detail: string}|null} */ (null);
  let busy = false;

  const ask = whenQuiet(ASK_AFTER_MS, async (signal) => {
    const typed = `${draft.name} ${draft.team === OTHER ? "" : draft.team}`.trim();
    const { people } = typed && !draft.person && draft.name !== kept ? await findPeople(typed, signal) : { people: [] };
    offers = people.slice(0, OFFERS_AT_MOST);
    refresh();
  });

  /** @param {{name?: string, team?: string, person?: string}} who */
  function begin(who) {
    const listed = getBoard().teams.some((team) => team.name === who.team);
    const begun = keep.get(DRAFT);
    draft = begun ?? {
      name: who.name ?? "",
      team: listed ? (who.team ?? "") : who.team ? OTHER : "",
      other: listed ? "" : (who.team ?? ""),
      person: who.person ?? "",
    };
    offers = [];
    kept = "";
    error = null;
    ask();
  }

  /** A name that is changed after it was picked is another person. @param {Partial<typeof draft>} changes */
  function fill(changes) {
    draft = { ...draft, person: "", ...changes };
    keep.set(DRAFT, draft.name || draft.other ? draft : null); // beyond a reload, until it is saved
    error = null;
    refresh();
    ask();
  }

  /** @param {Person} one */
  function pick({ id, name, team, taken }) {
    if (taken) {
      error = { field: "name", detail: say("name-in-use-refused", { name }) };
      return refresh();
    }
    const listed = getBoard().teams.some((one) => one.name === team);
    fill({
      name,
      team: listed ? /** @type {string} */ (team) : team ? OTHER : "",
      other: listed ? "" : (team ?? ""),
      person: id,
    });
    close();
  }

  /** A tap, or Enter, says: nobody of the list. */
  function keepTyped() {
    kept = draft.name;
    close();
  }

  /** What is sent stands there to be seen: the next Enter sends it. */
  function close() {
    offers = [];
    refresh();
    /** @type {HTMLElement|null} */ (dialog.querySelector("[type=submit]"))?.focus();
  }

  function keys(/** @type {KeyboardEvent} */ event) {
    const step = stepOf(event);
    const row = marked();
    if (!row || isComposing(event) || !(step || event.key === "Enter")) return;
    event.preventDefault();
    if (!step) return row.pick();
    const all = rows();
    const at = all.findIndex(({ id }) => id === row.id);
    chosen = all[(at + step + all.length) % all.length].id;
    refresh();
    showMarked(dialog);
  }

  /** @returns {import("../shared/offers.js").Row[]} */
  function rows() {
    const people = offers.map((one) => ({
      id: `name-${one.id}`,
      name: one.name,
      hint: one.taken ? say("name-in-use") : (one.team ?? ""),
      isOff: one.taken,
      pick: () => pick(one),
    }));
    const asTyped = { id: "name-", name: say("name-keep", { name: draft.name }), isFree: true, pick: keepTyped };
    return people.length && draft.name.trim() ? [...people, asTyped] : people;
  }

  /** What Enter takes: the first whose name is free, until arrow keys say otherwise. */
  const marked = () => rows().find(({ id }) => id === chosen) ?? rows().find(({ isOff }) => !isOff);

  /** @param {boolean} [skip] without a name @returns {Promise<boolean>} whether that is done; else the fields say what is wrong */
  async function save(skip = false) {
    const name = cleaned(draft.name);
    const team = draft.team === OTHER ? cleaned(draft.other) : draft.team;
    error = skip ? null : fault(name, team);
    busy = !error;
    refresh();
    try {
      if (!error) await saveWho(skip ? {} : { name, team: team || undefined, person: draft.person || undefined });
      if (!error) keep.set(DRAFT, null);
    } catch (problem) {
      const { field = "name", detail } = problemOf(problem);
      error = { field, detail };
    } finally {
      busy = false;
      refresh();
    }
    if (error)
      /** @type {HTMLElement|null} */ (dialog.querySelector(error.field === "team" ? "#team" : "#name"))?.focus();
    return !error;
  }

  /** @param {string} name @param {string} team */
  function fault(name, team) {
    if (!name) return { field: "name", detail: say("name-missing") };
    const most = limits().name;
    if (graphemes(name).length > most) return { field: "name", detail: say("name-too-long", { n: most }) };
    return graphemes(team).length > most ? { field: "team", detail: say("name-too-long", { n: most }) } : null;
  }

  const wrong = (/** @type {string} */ field) =>
    error?.field === field ? html`<p class="error" id="${field}-error" role="alert">${error?.detail}</p>` : nothing;

  const view = () => html`<p class="hint">${say("name-asked-once")}</p>
    <div class="field">
      <label class="label" for="name">${say("name-yours")}</label>
      <input id="name" class="input" type="text" autocomplete="name" autocapitalize="words" dir="auto" @keydown=${keys}
        role="combobox" aria-autocomplete="list" aria-controls="name-offers" aria-expanded=${offers.length ? "true" : "false"} aria-activedescendant=${marked()?.id ?? nothing}
        aria-invalid=${error?.field === "name" ? "true" : "false"} aria-describedby=${error?.field === "name" ? "name-error" : nothing}
        .value=${live(draft.name)} @input=${(/** @type {On} */ event) => fill({ name: event.target.value })} />
      ${wrong("name")} ${offersView("name-offers", say("name-offers"), rows(), marked()?.id)}
    </div>
    ${teamView(draft, getBoard().teams, fill, wrong("team"))}`;

  return {
    begin,
    save,
    view,
    isBusy: () => busy,
    problem: () => (error && !["name", "team"].includes(error.field ?? "") ? error.detail : ""),
  };
}

/**
 * @param {{team: string, other: string}} draft @param {State["teams"]} teams @param {(changes: {team: string, other?: string}) => void} fill
 * @param {unknown} wrong what is wrong with it
 */
function teamView(draft, teams, fill, wrong) {
  const choice = html`<div class="field">
    <label class="label" for="team">${say("team-yours")}</label>
    <select id="team" class="input" .value=${live(draft.team)} @change=${(/** @type {On<HTMLSelectElement>} */ event) => fill({ team: event.target.value })}>
      <option value="" ?selected=${!draft.team}>${say("team-choose")}</option>
      ${teams.map((team) => html`<option value=${team.name} ?selected=${team.name === draft.team}>${team.name}</option>`)}
      <option value=${OTHER} ?selected=${draft.team === OTHER}>${say("team-other")}</option>
    </select>
    ${wrong}
  </div>`;
  const other = html`<div class="field">
    <label class="label" for="other">${say(teams.length ? "team-other-name" : "team-yours")}</label>
    <input id="other" class="input" type="text" autocomplete="organization" dir="auto" .value=${live(draft.other)} @input=${(/** @type {On} */ event) => fill({ other: event.target.value, team: OTHER })} />
  </div>`;
  return html`${teams.length ? choice : nothing} ${!teams.length || draft.team === OTHER ? other : nothing}`;
}
