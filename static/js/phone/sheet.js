// What the sheet shows: whom a card is for, its text, a question's session, the name. Templates only; composer.js decides.
// @ts-check
import { live, nothing } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { sentence } from "../shared/sentence.js";
import { direction, languageOf, tall, themeClass } from "../shared/text.js";
import { mark } from "../shared/view.js";
import { say } from "../shared/words.js";
import { lengthOf, tooMany } from "./draft.js";

/** @import { State } from "../shared/board.js" */
/** @import { On } from "../shared/dom" */
/** @import { Kind, Post, Theme } from "../shared/wire" */
/** @import { Draft } from "./draft.js" */
/** @import { Fault, Fingers, Naming } from "./types" */
/** @import { Who } from "./who.js" */

const KINDS = {
  card: {
    title: "sheet-celebrate",
    text: "sheet-card-text",
    placeholder: "sheet-card-placeholder",
    send: "sheet-send",
  },
  question: {
    title: "sheet-ask",
    text: "sheet-question-text",
    placeholder: "sheet-question-placeholder",
    send: "sheet-send",
  },
};
// Where a session takes no questions, it says so.
/** @type {Record<string, string>} */
const SESSIONS = { paused: "session-choice-paused", closed: "session-choice-closed" };
const CROSS = html`<svg class="line-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>`;
const ARROW = html`<svg class="line-icon turns" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 12H4m7-7-7 7 7 7" /></svg>`;
const PASTED_AT_MOST = 3000; // code units: far over any limit, and quick to count
const NEARLY = 20; // characters left from which the count speaks up

/**
 * @typedef {{draft: Draft, isEdit: boolean, isChanged: boolean, error: Fault|null, busy: boolean, board: State,
 *   who: Who, theme: Theme|null, starters: string[], similar: Post[], note: string, to: unknown,
 *   isVoted: (id: string) => boolean} & Fingers} TextParts
 * @typedef {{kind: Kind, after: string, naming: Naming, board: State} & Fingers} NameParts
 * @typedef {typeof KINDS[keyof typeof KINDS]} Words
 * @param {TextParts} sheet draft, isEdit, isChanged, error, busy, board, who, theme, starters, similar and note;
 *   what is drawn for it: `to`; and what fingers do: set, send, composing, close, throwAway, openName, voteInstead, isVoted, start
 */
export function textSheet(sheet) {
  const { draft, isEdit, error } = sheet;
  const words = KINDS[draft.kind];
  const fields = draft.kind === "card" ? html`${sheet.to}${themeField(sheet)}` : sessionField(sheet);
  const problem = error && !["to", "text"].includes(/** @type {string} */ (error.field)) ? error.detail : "";
  return html`<form class="sheet-form" novalidate @submit=${sheet.send} @keydown=${sheet.composing} aria-labelledby="sheet-title">
      ${head(say(words.title), CROSS, say("sheet-close"), sheet.close)}
      <div class="sheet-body">
        ${fields} ${textField(words, sheet)} ${similarField(sheet)} ${isEdit ? nothing : fromField(sheet)}
      </div>
      ${foot(say(isEdit ? "sheet-save" : words.send), problem, sheet)}
    </form>`;
}

/** @param {string} title @param {unknown} icon @param {string} label @param {() => void} leave */
const head = (title, icon, label, leave) => html`<header class="sheet-head">
  <h2 id="sheet-title">${title}</h2>
  <button type="button" class="icon-button" aria-label=${label} @click=${leave}>${icon}</button>
</header>`;

/** @param {string} label @param {string} problem @param {TextParts} sheet */
const foot = (label, problem, { note, busy, isChanged, throwAway }) => html`<footer class="sheet-foot">
  ${problem ? html`<p class="error" role="alert">${problem}</p>` : noteView(note)}
  <button type="submit" class="button button-ink" ?disabled=${busy}>${label}</button>
  ${isChanged ? html`<button type="button" class="button button-quiet" @click=${throwAway}>${say("sheet-throw-away")}</button>` : nothing}
</footer>`;

const noteView = (/** @type {string} */ words) => (words ? html`<p class="note" role="status">${words}</p>` : nothing);

/** @param {TextParts} sheet */
function themeField({ draft, board, set }) {
  const { themes } = board;
  if (!themes.length) return nothing;
  return html`<fieldset class="field">
    <legend class="label">${say("sheet-theme")}</legend>
    <div class="chips">
      ${themes.map(
        (
          one,
        ) => html`<button type="button" class="chip ${themeClass(one)}" title=${one.name} aria-pressed=${one.id === draft.theme ? "true" : "false"}
            @click=${() => set({ theme: one.id === draft.theme ? "" : one.id })}>${mark(one.colour)}<bdi>${one.short || one.name}</bdi></button>`,
      )}
    </div>
  </fieldset>`;
}

/** @param {TextParts} sheet */
function sessionField({ draft, board, isEdit, set }) {
  const { sessions } = board;
  if (!sessions.length || isEdit) return nothing;
  return html`<div class="field">
    <label class="label" for="session">${say("sheet-session")}</label>
    <select id="session" class="input" .value=${live(draft.session ?? "")} @change=${(/** @type {On<HTMLSelectElement>} */ event) => set({ session: event.target.value })}>
      <option value="" ?selected=${!draft.session}>${say("sheet-no-session")}</option>
      ${sessions.map(
        (
          one,
        ) => html`<option value=${one.id} ?selected=${one.id === draft.session} ?disabled=${one.questions !== "open"}
            >${SESSIONS[one.questions] ? say(SESSIONS[one.questions], { title: one.title }) : one.title}</option>`,
      )}
    </select>
  </div>`;
}

/** @param {Words} words @param {TextParts} sheet */
function textField(words, { draft, error, theme, starters, set, start }) {
  const { count, most } = lengthOf(draft);
  const over = count - most;
  const wrong = error?.field === "text";
  return html`<div class="field">
    <label class="label" for="text">${say(words.text)}</label>
    ${
      starters.length
        ? html`<div class="chips starters">${starters.map((starter) => html`<button type="button" class="chip" @click=${() => start(starter)}>${starter}</button>`)}</div>`
        : nothing
    }
    <div class="text-box ${themeClass(theme)}">
      <textarea id="text" class="text-input ${tall(draft.text)}" rows="4" dir=${draft.text ? direction(draft.text) : "auto"}
        placeholder=${say(words.placeholder)} autocapitalize="sentences"
        aria-describedby="text-count ${wrong ? "text-error" : ""}" aria-invalid=${wrong || over > 0 ? "true" : "false"}
        .value=${live(draft.text)} @input=${(/** @type {On<HTMLTextAreaElement>} */ event) => set({ text: event.target.value.slice(0, PASTED_AT_MOST) })}></textarea>
      <p class="text-count ${over > 0 ? "error" : ""}" id="text-count" aria-live=${over > -NEARLY ? "polite" : "off"}
        >${over > 0 ? tooMany(over) : say("sheet-count", { n: count, most })}</p>
    </div>
    ${wrong ? html`<p class="error" id="text-error" role="alert">${/** @type {Fault} */ (error).detail}</p>` : nothing}
  </div>`;
}

/** Others want to know the same: a vote does more than a second question. @param {TextParts} sheet */
function similarField({ similar, isVoted, voteInstead }) {
  if (!similar.length) return nothing;
  return html`<section class="field similar" aria-label=${say("similar-asked")} aria-live="polite">
    <p class="label">${say("similar-asked")}</p>
    <ul>
      ${similar.map(({ id, text, votes }) => {
        const voted = isVoted(id);
        return html`<li><p dir="auto" lang=${languageOf(text)}>${text}</p>
          <button type="button" class="link" ?disabled=${voted} @click=${() => voteInstead(id)}
            >${voted ? say("similar-voted") : say("similar-vote", { n: /** @type {number} */ (votes) })}</button></li>`;
      })}
    </ul>
  </section>`;
}

/** @param {TextParts} sheet */
function fromField(sheet) {
  const { draft, board, set } = sheet;
  const may = board.board?.anonymous;
  return html`<div class="from">
    <p class="hint">${draft.anonymous ? say("anonymous-on") : asWhom(sheet)}</p>
    ${
      may
        ? html`<button type="button" class="switch" role="switch" aria-checked=${draft.anonymous ? "true" : "false"} @click=${() => set({ anonymous: !draft.anonymous })}>
          <span class="switch-track" aria-hidden="true"></span>${say("anonymous-switch")}</button>`
        : nothing
    }
  </div>`;
}

/** @param {TextParts} sheet */
function asWhom({ who, openName }) {
  if (!who.name && !who.asked) return say("name-asked-later");
  const change = html`<button type="button" class="link" @click=${() => openName("text")}>${say(who.name ? "name-change-here" : "name-add-here")}</button>`;
  return who.name
    ? html`<span class="as-whom">${sentence("writing-as", { name: html`<strong><bdi>${who.name}</bdi></strong>` })}</span>${change}`
    : html`<strong>${say("without-name")}</strong>${change}`;
}

/**
 * Who is this from?
 * @param {NameParts} sheet kind, after: what follows ("send", "text" or "close"), naming, busy, board; and what fingers do
 */
export function nameSheet({ kind, after, naming, board, send, sendName, composing, close, back }) {
  const [icon, label, leave] =
    after === "close" ? [CROSS, say("sheet-close"), close] : [ARROW, say("sheet-back"), back];
  const busy = naming.isBusy();
  const maySkip = after === "send" && board.board?.names !== "required";
  return html`<form class="sheet-form" novalidate @submit=${send} @keydown=${composing} aria-labelledby="sheet-title">
      ${head(say("name-title"), icon, label, leave)}
      <div class="sheet-body">${naming.view()}</div>
      <footer class="sheet-foot">
        ${naming.problem() ? html`<p class="error" role="alert">${naming.problem()}</p>` : nothing}
        <button type="submit" class="button button-ink" ?disabled=${busy}>${say(after === "send" ? KINDS[kind].send : "sheet-save")}</button>
        ${
          maySkip
            ? html`<button type="button" class="button button-quiet" ?disabled=${busy} @click=${() => sendName(true)}>${say("name-skip")}</button>`
            : nothing
        }
      </footer>
    </form>`;
}
