// The field "to whom" of a card: names typed, offered, taken and taken away. Free text becomes a recipient by a tap alone where there is a roster:
// a person whose name is misspelt would never see the card.
// @ts-check
import { addressView } from "./addressview.js";
import { fold } from "./folding.js";
import { limits } from "./limits.js";
import { createLookup } from "./lookup.js";
import { showMarked, stepOf } from "./offers.js";
import { ended, keyOf } from "./recipients.js";
import { cleaned, isComposing, whenQuiet } from "./typing.js";
import { say } from "./words.js";

const ASK_AFTER_MS = 120; // of quiet

/**
 * @import {Person, Theme, Who} from "./wire"
 * @import {One} from "./recipients.js"
 * @typedef {{to: One[], typed?: string, text?: string}} Addressed what is half typed is part of the draft
 * @param {{dialog: HTMLElement, getBoard: () => import("./board.js").State, getWho: () => Who,
 *   findPeople: (q: string, signal: AbortSignal) => Promise<{people: Person[]}>, hasRoster: () => boolean,
 *   getDraft: () => Addressed, set: (changes: Partial<Addressed>) => void, refresh: () => void,
 *   fail: (problem: {field: string, detail: string}) => void, next?: () => void, id?: string}} sheet
 *   getDraft, set: of the draft. next: Enter in the empty field. id: of the field in the page
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
  id = "to",
}) {
  let taking = Promise.resolve(true);

  const onward = () => (next ? next() : text()?.focus()); // no default of a parameter sees `text`
  const text = () => /** @type {HTMLElement|null} */ (dialog.querySelector("#text"));
  const input = () => /** @type {HTMLInputElement|null} */ (dialog.querySelector(`#${id}`));
  const typed = () => getDraft().typed ?? "";
  const isSelf = (/** @type {One} */ one) => isOneself(one, getWho());
  const lookup = createLookup({
    getBoard,
    isSelf,
    getTaken: () => getDraft().to,
    typed,
    findPeople,
    hasRoster,
    answered: refresh,
  });
  const askSoon = whenQuiet(ASK_AFTER_MS, (signal) => lookup.ask(typed(), signal));

  function reset() {
    lookup.reset();
    if (!typed()) return;
    lookup.offer();
    askSoon();
  }

  // Typing

  function type(/** @type {string} */ value, composing = false) {
    set({ typed: value });
    lookup.offer();
    if (!composing && ended(value)) takeTyped(false);
    else {
      refresh();
      askSoon();
    }
  }

  function keys(/** @type {KeyboardEvent} */ event) {
    if (isComposing(event)) return; // Enter takes a candidate of the input method
    const step = stepOf(event);
    if (step) {
      event.preventDefault();
      lookup.step(step);
      refresh();
      return showMarked(dialog);
    }
    const { to } = getDraft();
    if (event.key === "Enter") {
      event.preventDefault();
      if (!typed().trim()) onward();
      else takeTyped();
    } else if (event.key === "Backspace" && !typed() && to.length) set({ to: to.slice(0, -1) });
  }

  // Taking

  /** What was typed becomes recipients, one after the other. @param {boolean} [whole] also the last name, that is not ended @returns {Promise<boolean>} */
  function takeTyped(whole = true) {
    const take = () => takeNames(whole);
    taking = taking.then(take, take);
    return taking;
  }

  async function takeNames(/** @type {boolean} */ whole) {
    for (let names = 0; names <= limits().recipients && typed().trim(); names += 1) {
      const before = typed();
      const part = ended(before) ?? (whole ? { name: before.trim(), rest: "" } : null);
      if (!part) return true;
      const one = part.name ? await found(part.name) : null;
      const now = typed();
      if (now !== before && !(ended(before) && now.startsWith(before))) return false; // typed on: it is another name now
      const rest = part.rest + now.slice(before.length);
      if (!part.name) skip(rest);
      else if (one) add(one, rest);
      else return refuse(part.name);
    }
    return true;
  }

  /** Null: on the list nobody is called so. */
  async function found(/** @type {string} */ name) {
    await lookup.sure(name);
    return lookup.marked(name) ?? (lookup.mustBeListed(name) ? null : { name, free: true });
  }

  function skip(/** @type {string} */ rest) {
    set({ typed: rest });
    reset();
  }

  function refuse(/** @type {string} */ name) {
    set({ typed: name });
    fail({ field: "to", detail: say("recipient-not-on-list", { name }) });
    return false;
  }

  /** @param {One} one @param {string} [rest] */
  function add({ name, team, person }, rest = "") {
    const { to } = getDraft();
    const clean = cleaned(name);
    const one = { name: clean, ...(team ? { team } : {}), ...(person ? { person } : {}) };
    const twice = !clean || to.some((other) => keyOf(other) === keyOf(one));
    set({ to: twice || to.length >= limits().recipients ? to : [...to, one], typed: rest });
    reset();
    refresh();
    const focused = document.activeElement;
    if (!focused || focused === document.body || focused === dialog) input()?.focus(); // the field may have gone: five are the most
  }

  // Most cards have one recipient: after a tap on a name, the text comes next.
  function pick(/** @type {One} */ one) {
    add(one);
    const { to, text: written } = getDraft();
    to.length === 1 && !written ? onward() : input()?.focus();
  }

  const remove = (/** @type {number} */ index) => set({ to: getDraft().to.filter((_, at) => at !== index) });
  const giveTeam = (/** @type {number} */ index, /** @type {string} */ team) =>
    set({ to: getDraft().to.map((one, at) => (at === index ? (team ? { ...one, team } : { name: one.name }) : one)) });

  /** @param {Theme|null} theme @param {{field?: string, detail: string}|null} error @param {string} [label] */
  function view(theme, error, label = say("recipient-label")) {
    const { to } = getDraft();
    const wrong = error?.field === "to" ? error.detail : undefined;
    const { teams } = getBoard();
    const isFull = to.length >= limits().recipients;
    const field = { id, to, isFull, typed: typed(), ...lookup.seen(), teams, theme, wrong, label };
    return addressView(field, { type, keys, pick, remove, giveTeam });
  }

  return { reset, takeTyped, view };
}

/** Is this the one who writes? @param {{name: string, team?: string}} one @param {{name?: string, team?: string}} who */
export const isOneself = (one, who) =>
  Boolean(who.name) && fold(one.name) === fold(who.name ?? "") && (!one.team || one.team === who.team);
