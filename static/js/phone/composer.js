// The sheet in which a card or a question is written: opened and closed, filled, drawn.
// @ts-check
import { render as draw } from "../../vendor/lit-html.js";
import { createAddressing } from "../shared/addressing.js";
import { isComposing, whenQuiet } from "../shared/typing.js";
import { createDispatch } from "./dispatch.js";
import { startersFor } from "./draft.js";
import { createDrafting } from "./drafting.js";
import { createModal } from "./modal.js";
import { createNaming } from "./naming.js";
import { nameSheet, textSheet } from "./sheet.js";

/** @import { State } from "../shared/board.js" */
/** @import { Keep } from "../shared/keep.js" */
/** @import { Kind, Person, Post } from "../shared/wire" */
/** @import { Stage } from "./dispatch.js" */
/** @import { Draft } from "./draft.js" */
/** @import { Place } from "./modal.js" */
/** @import { Body } from "./outbox.js" */
/** @import { Begun, Fault, Fingers, Looks } from "./types" */

const SIMILAR_AFTER_MS = 500;
const SIMILAR_FROM = 10; // characters

/**
 * @param {{dialog: HTMLDialogElement, render?: (view: unknown, container: HTMLElement) => void, keep: Pick<Keep, "get"|"set">, onChange: () => void,
 *   getBoard: () => State, getWho: () => {name?: string, team?: string, asked?: boolean},
 *   saveWho: (who: {name?: string, team?: string, person?: string}) => Promise<void>|void, onSend: (body: Body, shown: Looks) => void,
 *   onEdit: (id: string, changes: Body, shown: Looks) => Promise<void>, getNote: (kind: Kind, session?: string) => string,
 *   presetSession: () => string, isOver: (session: string) => boolean,
 *   findPeople: (q: string, signal: AbortSignal) => Promise<{people: Person[]}>,
 *   hasRoster: () => boolean, findSimilar: (text: string, signal: AbortSignal) => Promise<{posts: Post[]}>,
 *   isVoted: (id: string) => boolean, voteInstead: (id: string) => void}} page
 */
export function createComposer(page) {
  const { dialog, keep, render = draw } = page;
  /** @type {Stage} */
  const stage = { step: "text", after: "", error: null, busy: false };
  let similar = /** @type {Post[]} */ ([]);
  const drafting = createDrafting(page);
  const draft = drafting.current;
  const modal = createModal({ dialog, onCancel: leave, onReturn: restore, onChange: page.onChange });
  const { getBoard, findPeople, saveWho } = page;
  const naming = createNaming({ dialog, keep, getBoard, refresh, findPeople, saveWho });
  const addressing = createAddressing({ ...page, getDraft: draft, set, refresh, fail });
  const { getWho, onSend, onEdit } = page;
  const parts = { drafting, naming, addressing, modal, refresh, fail };
  const dispatch = createDispatch(stage, { ...parts, back, openName, throwAway, getWho, onSend, onEdit });
  const askSimilar = whenQuiet(SIMILAR_AFTER_MS, async (signal) => {
    const text = draft().kind === "question" && !drafting.editing() ? draft().text.trim() : "";
    similar = text.length >= SIMILAR_FROM ? (await page.findSimilar(text, signal)).posts : [];
    refresh();
  });

  // Opening and closing

  /** @param {Kind} kind @param {Begun} [begun] */
  function open(kind, { problem = null, post = null, body = null } = {}) {
    stage.step = "text";
    stage.error = problem;
    similar = [];
    drafting.begin(kind, { post, body });
    addressing.reset();
    show();
    focus(kind === "card" && !draft().to.length ? "#to" : "#text");
  }

  // The page was left or reloaded with the sheet open.
  /** @param {Place} state */
  function restore(state) {
    const begun = drafting.begun(state);
    if (begun) open(begun.kind, { post: begun.post });
    else history.replaceState(null, "");
  }

  function openName(next = "close") {
    naming.begin(getWho());
    stage.step = "name";
    stage.after = next;
    stage.error = null;
    show();
    focus("#name");
  }

  function show() {
    modal.show({ sheet: draft().kind, edits: drafting.editing()?.id });
    refresh();
  }

  const focus = (/** @type {string} */ place) => /** @type {HTMLElement|null} */ (dialog.querySelector(place))?.focus();

  function leave() {
    if (stage.step === "name" && stage.after !== "close") back();
    else modal.close();
  }

  function back() {
    stage.step = "text";
    stage.error = null;
    refresh();
  }

  // Writing

  /** @param {Partial<Draft>} changes */
  function set(changes) {
    drafting.set(changes);
    stage.error = null;
    refresh();
    if ("text" in changes) askSimilar();
  }

  /** @param {Fault} problem */
  function fail(problem) {
    stage.error = problem;
    refresh();
    focus(problem.field === "to" ? "#to" : "#text");
  }

  /** It is put in with its first gap selected: the next letter fills it. @param {string} starter */
  function start(starter) {
    set({ text: starter });
    const box = /** @type {HTMLTextAreaElement} */ (dialog.querySelector("#text"));
    const gap = starter.indexOf("…");
    box.focus();
    box.setSelectionRange(gap, gap + 1);
  }

  function throwAway() {
    drafting.forget();
    modal.close();
  }

  /** @param {string} id */
  function voteInstead(id) {
    throwAway();
    page.voteInstead(id);
  }

  // Drawing

  function refresh() {
    if (dialog.open) render(stage.step === "name" ? nameSheet(nameParts()) : textSheet(textParts()), dialog);
  }

  function textParts() {
    const [now, board, isEdit] = [draft(), getBoard(), Boolean(drafting.editing())];
    const theme = board.themes.find((one) => one.id === now.theme) ?? null;
    const known = { draft: now, isEdit, isChanged: isEdit && drafting.isChanged(), ...stage, board, theme, similar };
    const asked = { who: getWho(), note: page.getNote(now.kind, now.session) };
    const to = now.kind === "card" ? addressing.view(theme, stage.error) : null;
    return {
      ...known,
      ...asked,
      to,
      starters: startersFor(now, board.teams, theme),
      isVoted: page.isVoted,
      ...fingers,
    };
  }

  const nameParts = () => ({ kind: draft().kind, ...stage, naming, board: getBoard(), ...fingers });
  /** @type {Fingers} */
  const fingers = { set, start, ...dispatch, composing, close: modal.close, back, throwAway, openName, voteInstead };

  return {
    open,
    openName,
    restore,
    refresh,
    isOpen: () => dialog.open,
    isEcho: modal.isEcho,
    /** An edit of this post was begun and not saved. @param {string} id */
    hasEdit: drafting.hasEdit,
    /** Nothing written that a returned post would push aside; "" for a returned change. @param {string} kind */
    isFree: (kind) => !dialog.open && !(kind && drafting.isKept(kind)),
  };
}

/** The Enter that takes a candidate of an input method sends nothing. @param {KeyboardEvent} event */
function composing(event) {
  if (event.key === "Enter" && isComposing(event) && /** @type {Element} */ (event.target).tagName === "INPUT")
    event.preventDefault();
}
