// A moderator corrects to whom a card goes: a name that is only almost right reaches nobody. What is typed is kept until the server has it, or it is
// thrown away by hand.
// @ts-check
import { nothing } from "../../vendor/lit-html.js";
import { problemOf } from "../shared/api.js";
import { createAddressing } from "../shared/addressing.js";
import { createDrafts } from "../shared/drafts.js";
import { html } from "../shared/html.js";
import { addressed } from "../shared/recipients.js";
import { namesText } from "../shared/text.js";
import { say } from "../shared/words.js";
import { WORDS as LABELS } from "./words.js";

const WORDS = {
  now: say("desk-correct-now"),
  to: say("desk-correct-to"),
  how: say("desk-correct-how"),
  missing: say("desk-correct-missing"),
  save: say("desk-save"),
  saving: say("desk-saving"),
  throwAway: say("desk-correct-throw-away"),
};

/**
 * @import {State} from "../shared/board.js"
 * @import {Keep} from "../shared/keep.js"
 * @import {One} from "../shared/recipients.js"
 * @import {Person, Post} from "../shared/wire"
 * @import {Submit} from "./types"
 * @typedef {{to: One[], typed: string}} Draft
 */

/**
 * @param {{dialog: HTMLElement, keep: Pick<Keep, "get"|"set">, getBoard: () => State, isOpen: () => boolean,
 *   refresh: () => void, findPeople: (q: string, signal: AbortSignal) => Promise<{people: Person[]}>,
 *   askMine: () => Promise<{roster?: boolean}>,
 *   send: (id: string, changes: object) => Promise<{post: Post}>, saved: (before: Post, after: Post) => void, failed: (detail: string) => void}} desk
 *   saved: the server has it; failed: it was refused after the moderator went on to something else
 */
export function createCorrect({ dialog, keep, getBoard, isOpen, refresh, findPeople, askMine, send, saved, failed }) {
  const drafts = createDrafts(keep, "desk-correct");
  let post = /** @type {any} */ (null); // the card as the moderator sees it
  let draft = /** @type {Draft} */ ({ to: [], typed: "" });
  let error = /** @type {{field: string, detail: string}|null} */ (null);
  let busy = false;
  let roster = true; // until the server has said: or a typed name would become free text without a word
  const next = () => /** @type {HTMLFormElement|null} */ (dialog.querySelector("form"))?.requestSubmit();
  const getDraft = () => ({ ...draft, text: post.text });
  const addressing = createAddressing({
    dialog,
    getBoard,
    getWho: () => post.author ?? {},
    findPeople,
    hasRoster: () => roster,
    getDraft,
    set,
    refresh,
    fail,
    next,
  });

  function open(/** @type {Post} */ wanted) {
    post = wanted;
    draft = drafts.get(post.id) ?? asOnCard(post);
    error = null;
    addressing.reset();
    askRoster();
  }

  async function askRoster() {
    try {
      roster = Boolean((await askMine()).roster);
    } catch {
      // no answer: what is typed is looked up all the same
    }
  }

  function set(/** @type {Partial<Draft>} */ changes) {
    draft = { ...draft, ...changes };
    error = null;
    drafts.set(post.id, isChanged() ? draft : null);
    refresh();
  }

  const isChanged = () => Boolean(draft.typed.trim()) || !isSame(draft.to, post.to);

  function fail(/** @type {{field: string, detail: string}} */ problem) {
    error = problem;
    refresh();
    /** @type {HTMLElement|null} */ (dialog.querySelector("#to"))?.focus();
  }

  function throwAway() {
    set(asOnCard(post));
    addressing.reset();
  }

  async function save(/** @type {Submit} */ event) {
    event.preventDefault();
    if (busy) return;
    const asked = post;
    busy = true;
    refresh();
    try {
      if (!(await addressing.takeTyped()) || !isOn(asked)) return;
      if (!draft.to.length) return fail({ field: "to", detail: WORDS.missing });
      if (isSame(draft.to, asked.to)) return saved(asked, asked);
      const answer = await send(asked.id, {
        to: draft.to.map(addressed),
        expect: asked.state,
        expect_to: asked.to.map(addressed),
      });
      drafts.drop(asked.id);
      saved(asked, answer.post);
    } catch (problem) {
      refused(asked, problemOf(problem));
    } finally {
      busy = false;
      refresh();
    }
  }

  const isOn = (/** @type {Post} */ asked) => isOpen() && post === asked;

  /**
   * What was typed stays. A card that others have changed is shown as it is now, and the next Save is about that.
   * @param {Post} asked @param {import("../shared/api.js").Problem} problem
   */
  function refused(asked, { detail, post: now }) {
    if (!isOn(asked)) return failed(detail);
    if (now) post = now;
    fail({ field: "to", detail });
  }

  /** @param {unknown} _pop @param {import("./types").Picture} desk */
  const view = (
    _pop,
    { on },
  ) => html`<div class="pop-head"><h2 id="pop-title">${LABELS.correctTitle}</h2><button type="button" class="act" @click=${on.popClose}>${LABELS.close}</button></div>
    <p class="pop-about">${WORDS.now} <bdi>${namesText(post)}</bdi><br /><bdi>${post.text}</bdi></p>
    <form class="pop-form" novalidate @submit=${save}>
      ${addressing.view(null, error, WORDS.to)}
      <p class="hint">${WORDS.how}</p>
      <button class="button button-strong" type="submit" aria-disabled=${busy ? "true" : "false"}>${busy ? WORDS.saving : WORDS.save}</button>
      ${isChanged() ? html`<button type="button" class="button button-quiet" @click=${throwAway}>${WORDS.throwAway}</button>` : nothing}
    </form>`;

  return { open, view };
}

/** @returns {Draft} */
const asOnCard = (/** @type {Post} */ { to }) => ({ to: to ?? [], typed: "" });
const isSame = (/** @type {One[]} */ one, /** @type {One[]} */ other) =>
  JSON.stringify(one.map(addressed)) === JSON.stringify(other.map(addressed));
