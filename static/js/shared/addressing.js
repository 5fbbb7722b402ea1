// The field "to whom" of a card: names typed, offered, taken and taken away. Free text becomes a recipient by a tap alone where there is a roster:
// whoever is only almost called so would never see the card.
// @ts-check
import { live, nothing, repeat } from "../../vendor/lit-html.js";
import { fold } from "./folding.js";
import { html } from "./html.js";
import { ended, firstOf, keyOf, offersFor, settled, teamMeant } from "./recipients.js";
import { themeClass } from "./text.js";
import { cleaned, isComposing, whenQuiet } from "./typing.js";
import { say } from "./words.js";

const CROSS = html`<svg class="line-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>`;
const NAMES_AT_MOST = 5;
const ASK_AFTER_MS = 120; // of quiet
const PATIENCE_MS = 2000; // for the roster, when Enter or Send wait for it

/**
 * @param {{dialog: HTMLElement, getBoard: () => import("./board.js").State, getWho: () => {name?: string, team?: string},
 *   findPeople: (q: string, signal: AbortSignal) => Promise<{people: {id: string, name: string, team: string|null}[]}>, hasRoster: () => boolean,
 *   getDraft: () => any, set: (changes: any) => void, refresh: () => void, fail: (problem: {field: string, detail: string}) => void,
 *   next?: () => void}} sheet
 *   getDraft, set: `to` and `typed` of the draft; what is half typed is part of it. next: Enter in the empty field
 */
export function createAddressing({
  dialog,
  getBoard,
  getWho,
  findPeople,
  hasRoster,
  getDraft,
  set,
  refresh,
  fail,
  next,
}) {
  let shown = /** @type {import("./recipients.js").One[]} */ ([]);
  let chosen = -1; // the offer under the arrow keys
  let roster = /** @type {import("./recipients.js").One[]} */ ([]); // found for `askedFor`
  let askedFor = "";
  let strict = false; // there is a roster, and it has answered
  let taking = Promise.resolve(true);

  const onward = () => (next ? next() : text()?.focus()); // no default of a parameter sees `text`
  const text = () => /** @type {HTMLElement|null} */ (dialog.querySelector("#text"));
  const input = () => /** @type {HTMLInputElement|null} */ (dialog.querySelector("#to"));
  const typed = () => getDraft().typed ?? "";
  const isSelf = (one) => isOneself(one, getWho());
  const askSoon = whenQuiet(ASK_AFTER_MS, (signal) => ask(typed(), signal));

  function reset() {
    shown = roster = [];
    chosen = -1;
    askedFor = "";
    if (typed()) askSoon();
  }

  // Looking up

  async function ask(text, signal) {
    if (!text.trim()) return;
    let people = /** @type {{id: string, name: string, team: string|null}[]} */ ([]);
    strict = hasRoster();
    try {
      people = (await findPeople(text.trim(), signal)).people;
    } catch {
      if (signal.aborted && ended(typed()) === null && fold(text) !== fold(typed())) return; // typed on
      strict = false; // no answer: nobody can say that nobody is called so
    }
    roster = people.map(({ id, name, team }) => ({ person: id, name, ...(team ? { team } : {}) }));
    askedFor = fold(text);
    shown = settled(shown, offers(typed()));
    refresh();
  }

  const isAsked = (text) => askedFor === fold(text);

  function offers(text) {
    const { teams, posts } = getBoard();
    return offersFor(text, {
      teams,
      posts: posts.values(),
      taken: getDraft().to,
      roster,
      asked: isAsked(text),
      isSelf,
    });
  }

  // Typing

  function type(value, composing = false) {
    chosen = -1;
    set({ typed: value });
    shown = offers(value);
    if (!composing && ended(value)) takeTyped(false);
    else {
      refresh();
      askSoon();
    }
  }

  function keys(event) {
    if (isComposing(event)) return; // Enter takes a candidate of the input method
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const places = shown.length + 1; // the last place is the field itself
      chosen = (chosen + places + (event.key === "ArrowDown" ? 1 : -1)) % places;
      if (chosen === shown.length) chosen = -1;
      return refresh();
    }
    const { to } = getDraft();
    if (event.key === "Enter") {
      event.preventDefault();
      if (!typed().trim()) onward();
      else if (shown[chosen]) add(shown[chosen]);
      else takeTyped();
    } else if (event.key === "Backspace" && !typed() && to.length) set({ to: to.slice(0, -1) });
  }

  // Taking

  /** What was typed becomes recipients, one after the other. @param {boolean} [whole] also the last name, that is not ended @returns {Promise<boolean>} */
  function takeTyped(whole = true) {
    taking = taking.then(
      () => takeNames(whole),
      () => takeNames(whole),
    );
    return taking;
  }

  async function takeNames(whole) {
    for (let names = 0; names <= NAMES_AT_MOST && typed().trim(); names += 1) {
      const before = typed();
      const part = ended(before) ?? (whole ? { name: before.trim(), rest: "" } : null);
      if (!part) return true;
      const one = part.name ? await found(part.name) : null;
      const now = typed();
      if (now !== before && !(ended(before) && now.startsWith(before))) return false; // typed on: it is another name now
      const rest = part.rest + now.slice(before.length);
      if (!part.name) set({ typed: rest });
      else if (one) add(one, rest);
      else return refuse(part.name);
    }
    return true;
  }

  /** Null: on the list nobody is called so. */
  async function found(name) {
    if (!isAsked(name)) {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
      try {
        await ask(name, abort.signal);
      } finally {
        clearTimeout(timer);
      }
    }
    const asShown = fold(name) === fold(typed()) ? settled(shown, offers(name)) : offers(name);
    const one = firstOf(asShown, name) ?? { name, free: true };
    return one.free && strict && isAsked(name) && !isSelf(one) ? null : one;
  }

  function refuse(name) {
    set({ typed: name });
    fail({ field: "to", detail: say("recipient-not-on-list", { name }) });
    return false;
  }

  /** @param {import("./recipients.js").One} one @param {string} [rest] */
  function add({ name, team, person }, rest = "") {
    const { to } = getDraft();
    const clean = cleaned(name);
    const one = { name: clean, ...(team ? { team } : {}), ...(person ? { person } : {}) };
    const twice = !clean || to.some((other) => keyOf(other) === keyOf(one));
    set({ to: twice || to.length >= NAMES_AT_MOST ? to : [...to, one], typed: rest });
    reset();
    refresh();
    const focused = document.activeElement;
    if (!focused || focused === document.body || focused === dialog) input()?.focus(); // the field may have gone: five are the most
  }

  // Most cards are for one: whoever is picked by a tap, the sentence comes next.
  function pick(one) {
    add(one);
    const { to, text: written } = getDraft();
    (to.length === 1 && !written ? text() : input())?.focus();
  }

  const remove = (index) => set({ to: getDraft().to.filter((_, at) => at !== index) });
  const giveTeam = (index, team) =>
    set({ to: getDraft().to.map((one, at) => (at === index ? (team ? { ...one, team } : { name: one.name }) : one)) });

  // Drawing

  /** @param {any} theme @param {{field?: string, detail: string}|null} error @param {string} [label] */
  function view(theme, error, label = say("recipient-label")) {
    const wrong = error?.field === "to";
    const looking = Boolean(typed().trim()) && !isAsked(typed()) && !ended(typed());
    return html`<div class="field">
      <label class="label" for="to">${label}</label>
      <div class="to-box ${themeClass(theme)}">
        ${getDraft().to.map(chip)}
        ${getDraft().to.length >= NAMES_AT_MOST ? html`<p class="hint">${say("recipients-enough")}</p>` : field(wrong)}
      </div>
      ${wrong ? html`<p class="error" id="to-error" role="alert">${error?.detail}</p>` : nothing}
      <ul class="offers" id="to-offers" role="listbox" aria-label=${label} ?hidden=${!shown.length && !looking}>
        ${repeat(shown, keyOf, offer)}${looking ? html`<li class="offer is-looking" role="presentation">${say("recipient-looking")}</li>` : nothing}
      </ul>
    </div>`;
  }

  const field = (
    wrong,
  ) => html`<input id="to" class="to-input" type="text" autocomplete="off" autocorrect="off" autocapitalize="words" enterkeyhint="next"
    spellcheck="false" dir="auto" role="combobox" aria-expanded=${shown.length ? "true" : "false"} aria-controls="to-offers" aria-autocomplete="list"
    aria-activedescendant=${chosen >= 0 ? `offer-${chosen}` : nothing}
    aria-invalid=${wrong ? "true" : "false"} aria-describedby=${wrong ? "to-error" : nothing}
    placeholder=${say(getDraft().to.length ? "recipient-add-another" : "recipient-placeholder")} .value=${live(typed())}
    @input=${(event) => type(event.target.value, event.isComposing)} @compositionend=${(event) => type(event.target.value)} @keydown=${keys} />`;

  const offer = (
    one,
    index,
  ) => html`<li role="option" id="offer-${index}" class="offer" aria-selected=${index === chosen ? "true" : "false"}
      @pointerdown=${(event) => event.preventDefault()} @click=${() => pick(one)}>
    <bdi>${one.free ? say("recipient-add", { name: one.name }) : one.name}</bdi>${hint(one)}
  </li>`;

  function hint(one) {
    const words = one.free
      ? strict
        ? say("recipient-unlisted")
        : ""
      : one.isTeam
        ? say("recipient-whole-team")
        : one.team;
    return words ? html`<small><bdi>${words}</bdi></small>` : nothing;
  }

  function chip(one, index) {
    const { teams } = getBoard();
    const askTeam = teams.length > 0 && !one.person && !teamMeant(one, teams);
    return html`<span class="to-chip">
      <bdi>${one.name}</bdi>${askTeam ? teamChoice(one, index, teams) : nothing}
      <button type="button" class="to-away" aria-label=${say("recipient-take-away", { name: one.name })} @click=${() => remove(index)}>${CROSS}</button>
    </span>`;
  }

  const teamChoice = (
    one,
    index,
    teams,
  ) => html`<select aria-label=${say("recipient-team-of", { name: one.name })} .value=${live(one.team ?? "")}
      @change=${(event) => giveTeam(index, event.target.value)}>
    <option value="" ?selected=${!one.team}>${say("recipient-team-unknown")}</option>
    ${one.team && !teams.some((team) => team.name === one.team) ? html`<option value=${one.team} selected>${one.team}</option>` : nothing}
    ${teams.map((team) => html`<option value=${team.name} ?selected=${team.name === one.team}>${team.name}</option>`)}
  </select>`;

  return { reset, takeTyped, view };
}

/** Is this the one who writes? @param {{name: string, team?: string}} one @param {{name?: string, team?: string}} who */
export const isOneself = (one, who) =>
  Boolean(who.name) && fold(one.name) === fold(who.name ?? "") && (!one.team || one.team === who.team);
