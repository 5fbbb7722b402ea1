// The sheet in which a card or a question is written. It keeps each draft on the phone and asks for the name once, at the first Send.
// @ts-check
import { live, nothing, render as draw } from "../../vendor/lit-html.js";
import { html } from "../shared/html.js";
import { createAddressing, isOneself } from "../shared/addressing.js";
import { createDrafts } from "../shared/drafts.js";
import { createNaming, NAME_LENGTH } from "./naming.js";
import { addressed, teamMeant } from "../shared/recipients.js";
import { isComposing, plain, whenQuiet } from "../shared/typing.js";
import { direction, graphemes, tall, themeClass } from "../shared/text.js";
import { mark, who as nameOf } from "../shared/view.js";

const WORDS = {
  close: "Close",
  back: "Back",
  card: {
    title: "Celebrate",
    text: "Say it in a sentence",
    placeholder: "What did they do, and what will you do differently?",
    send: "Send to the board",
  },
  question: { title: "Ask", text: "Your question", placeholder: "What would you like to know?", send: "Send to the board" },
  starters: {
    one: ["I learned … from you when …", "Thank you for showing me …"],
    several: ["Together you …", "I learned … from all of you when …"],
    team: ["Your team showed us how to …", "We will try … the way you do it."],
    about: (theme) => `About ${theme} I learned from you that …`,
  },
  toSelf: "That is your own name. If you mean somebody else, choose their team.",
  toMissing: "Who is this card for?",
  similar: "Asked already",
  voteInstead: (votes) => ["Vote for it", "Vote for it · 1 vote"][votes] ?? `Vote for it · ${votes} votes`,
  votedAlready: "You voted for it",
  theme: "For what?",
  session: "To which session?",
  noSession: "To everyone, no session",
  count: (count, most) => `${count} of ${most}`,
  tooMany: (count) => (count === 1 ? "1 character too many" : `${count} characters too many`),
  tooFew: (least) => `At least ${least} characters, please.`,
  anonymous: "Anonymous",
  anonymousOn: "Nobody will see your name, moderators neither.",
  as: "as",
  nameLater: "Your name is asked once, before sending.",
  noName: "Without a name",
  change: "change",
  addMine: "add yours",
  editing: "Save",
  throwAway: "Throw the change away",
  nameTitle: "And who is this from?",
  nameLong: "60 characters at most, please.",
  nameSave: "Save",
  nameSkip: "Send without a name",
  news: (count) => `${count} new on the board`,
};

const CROSS = html`<svg class="line-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>`;
const ARROW = html`<svg class="line-icon turns" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 12H4m7-7-7 7 7 7" /></svg>`;
const LIMITS = { card: [3, 280], question: [3, 300] };
const PASTED_AT_MOST = 3000; // code units: far over any limit, and quick to count
const ECHO_MS = 400;
const NOWHERE = { x: -Infinity, y: -Infinity };
const ECHO_PX = 40;
const NEARLY = 20; // characters left from which the count speaks up
const SIMILAR_AFTER_MS = 500;
const SIMILAR_FROM = 10; // characters

/**
 * @param {{dialog: HTMLDialogElement, render?: (view: unknown, container: HTMLElement) => void, keep: any, onChange: () => void,
 *   getBoard: () => import("../shared/board.js").State, getWho: () => {name?: string, team?: string, asked?: boolean},
 *   saveWho: (who: {name?: string, team?: string, person?: string}) => Promise<void>|void, onSend: (body: any, shown: any) => void,
 *   onEdit: (id: string, changes: any, shown: any) => Promise<void>, getNote: (kind: string, session?: string) => string,
 *   getNews: () => number, presetSession: () => string, isOver: (session: string) => boolean,
 *   findPeople: (q: string, signal: AbortSignal) => Promise<{people: {id: string, name: string, team: string|null, taken?: true}[]}>,
 *   findSimilar: (text: string, signal: AbortSignal) => Promise<{posts: any[]}>,
 *   isVoted: (id: string) => boolean, voteInstead: (id: string) => void}} page
 */
export function createComposer(page) {
  const { dialog, keep, render = draw } = page;
  let draft = blank("card");
  let step = "text"; // or "name"
  let after = ""; // what follows the name step: "send", or back to the "text", or nothing ("close")
  let error = null; // {field, detail}
  let editing = null; // the post being edited
  let busy = false;
  let closedAt = -Infinity;
  let tapped = NOWHERE; // where a finger touched the sheet last
  const edits = createDrafts(keep, "edit");
  let similar = /** @type {any[]} */ ([]);
  const naming = createNaming({ dialog, keep, getBoard: page.getBoard, refresh, findPeople: page.findPeople, saveWho: page.saveWho });
  const addressing = createAddressing({ ...page, getDraft: () => draft, set, refresh, fail });
  const askSimilar = whenQuiet(SIMILAR_AFTER_MS, async (signal) => {
    const text = draft.kind === "question" && !editing ? draft.text.trim() : "";
    similar = text.length >= SIMILAR_FROM ? (await page.findSimilar(text, signal)).posts : [];
    refresh();
  });

  function blank(kind) {
    return { kind, to: [], typed: "", theme: "", session: "", text: "", anonymous: false };
  }

  // Opening and closing. The sheet is one step in the history, so that the phone's back button closes it.

  function open(kind, { problem = null, post = null, body = null } = {}) {
    editing = post;
    step = "text";
    error = problem;
    similar = [];
    draft = { ...blank(kind), ...(post || body ? { ...post, ...(post && edits.get(post.id)?.draft), ...body } : saved(kind)) };
    if (body) remember();
    addressing.reset();
    show();
    /** @type {HTMLElement|null} */ (dialog.querySelector(kind === "card" && !draft.to.length ? "#to" : "#text"))?.focus();
  }

  function saved(kind) {
    const known = keep.get(`draft:${kind}`);
    if (known?.session && page.isOver(known.session)) return { ...known, session: page.presetSession() }; // begun on another day
    return known ?? { session: kind === "question" ? page.presetSession() : "" };
  }

  // The page was left or reloaded with the sheet open: a draft comes back, an empty sheet does not. `edits` holds the sent post, too.
  function restore({ sheet, edits: id }) {
    const edit = id && edits.get(id);
    if (edit) open(edit.post.kind, { post: edit.post });
    else if (!id && keep.get(`draft:${sheet}`)) open(sheet);
    else history.replaceState(null, "");
  }

  function openName(next = "close") {
    naming.begin(page.getWho());
    step = "name";
    after = next;
    error = null;
    show();
    dialog.querySelector("#name")?.focus();
  }

  function show() {
    if (!dialog.open) {
      const place = { ...history.state, sheet: draft.kind, edits: editing?.id };
      if (history.state?.sheet) history.replaceState(place, "");
      else history.pushState(place, "");
      dialog.showModal();
      fit();
      page.onChange();
    }
    refresh();
  }

  function close() {
    if (!dialog.open) return;
    dialog.close();
    closedAt = performance.now();
    page.onChange();
    if (history.state?.sheet) history.back();
  }

  // Above the on-screen keyboard: iOS lays it over the page instead of making the page smaller.
  function fit() {
    const view = window.visualViewport;
    if (!view || !dialog.open) return;
    dialog.style.setProperty("--viewport", `${view.height}px`);
    dialog.style.setProperty("--viewport-top", `${view.offsetTop}px`);
  }

  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (step === "name" && after !== "close") back();
    else close();
  });
  window.addEventListener("popstate", () => {
    if (history.state?.sheet) return dialog.open || restore(history.state);
    if (dialog.open) {
      dialog.close();
      page.onChange();
    }
  });
  dialog.addEventListener("pointerdown", (event) => (tapped = event.pointerType === "touch" ? { x: event.clientX, y: event.clientY } : NOWHERE), true);
  window.visualViewport?.addEventListener("resize", fit);
  window.visualViewport?.addEventListener("scroll", fit);

  function back() {
    step = "text";
    error = null;
    refresh();
  }

  // The draft

  // An edit is kept beside the drafts of new posts, with the post as it was: so that it can go on after a reload without the board.
  function remember() {
    if (!editing) return keep.set(`draft:${draft.kind}`, isEmpty(draft) ? null : draft);
    const { to, theme, text, typed } = draft;
    edits.set(editing.id, isChanged() ? { draft: { to, theme, text, typed }, post: editing } : null);
  }

  const isChanged = () => Boolean(draft.typed) || Object.keys(changed(wire(draft), editing)).length > 0;

  function set(changes) {
    draft = { ...draft, ...changes };
    error = null;
    remember();
    refresh();
    if ("text" in changes) askSimilar();
  }

  function fail(problem) {
    error = problem;
    showError();
  }

  function forget() {
    if (editing) edits.drop(editing.id);
    else keep.set(`draft:${draft.kind}`, null);
    draft = blank(draft.kind);
  }

  function throwAway() {
    forget();
    close();
  }

  // Sending

  async function send(event) {
    event.preventDefault();
    if (busy) return;
    if (step === "name") return sendName();
    if (!(await taken())) return;
    error = fault(draft, page.getWho());
    if (error) return showError();
    if (editing) return saveEdit();
    const who = page.getWho();
    if (!who.name && !who.asked && !draft.anonymous) return openName("send");
    deliver();
  }

  /** What is typed and not ended is part of it. Not sent where that is nobody, or the sheet was closed meanwhile. */
  async function taken() {
    if (draft.kind !== "card" || !draft.typed?.trim()) return true;
    busy = true;
    try {
      return (await addressing.takeTyped()) && dialog.open && step === "text";
    } finally {
      busy = false;
      refresh();
    }
  }

  function showError() {
    refresh();
    dialog.querySelector(error.field === "to" ? "#to" : "#text")?.focus();
  }

  function deliver() {
    const [body, shown] = [wire(draft), looks(draft)];
    forget();
    close();
    page.onSend(body, shown);
  }

  async function saveEdit() {
    const { kind, ...changes } = wire(draft);
    busy = true;
    refresh();
    try {
      await page.onEdit(editing.id, changed(changes, editing), looks(draft));
      forget();
      close();
    } catch (problem) {
      error = { field: problem.field, detail: problem.detail };
    } finally {
      busy = false;
      refresh();
    }
  }

  async function sendName(skip = false) {
    if (naming.isBusy() || !(await naming.save(skip))) return;
    if (after === "send") deliver();
    else if (after === "text") back();
    else close();
  }

  /** The Enter that takes a candidate of an input method sends nothing. */
  function composing(event) {
    if (event.key === "Enter" && isComposing(event) && event.target.tagName === "INPUT") event.preventDefault();
  }

  // Drawing

  function refresh() {
    if (dialog.open) render(step === "name" ? nameSheet() : textSheet(), dialog);
  }

  function textSheet() {
    const words = WORDS[draft.kind];
    const news = page.getNews();
    return html`<form class="sheet-form" novalidate @submit=${send} @keydown=${composing} aria-labelledby="sheet-title">
      ${head(words.title, CROSS, WORDS.close, close, news ? WORDS.news(news) : "")}
      <div class="sheet-body">
        ${draft.kind === "card" ? html`${addressing.view(theme(), error)}${themeField()}` : sessionField()} ${textField(words)} ${similarField()} ${editing ? nothing : fromField()}
      </div>
      ${foot(editing ? WORDS.editing : words.send, error && !["to", "text"].includes(error.field) ? error.detail : "")}
    </form>`;
  }

  const head = (title, icon, label, leave, aside = "") => html`<header class="sheet-head">
    <h2 id="sheet-title">${title}</h2>
    <button type="button" class="icon-button" aria-label=${label} @click=${leave}>${icon}</button>
    <p class="sheet-aside" role="status">${aside}</p>
  </header>`;

  const foot = (label, problem) => html`<footer class="sheet-foot">
    ${problem ? html`<p class="error" role="alert">${problem}</p>` : note()}
    <button type="submit" class="button button-ink" ?disabled=${busy}>${label}</button>
    ${editing && isChanged() ? html`<button type="button" class="button button-quiet" @click=${throwAway}>${WORDS.throwAway}</button>` : nothing}
  </footer>`;

  const note = () => {
    const words = step === "text" ? page.getNote(draft.kind, draft.session) : "";
    return words ? html`<p class="note" role="status">${words}</p>` : nothing;
  };

  const theme = () => page.getBoard().themes.find((one) => one.id === draft.theme) ?? null;

  function themeField() {
    const themes = page.getBoard().themes;
    if (!themes.length) return nothing;
    return html`<fieldset class="field">
      <legend class="label">${WORDS.theme}</legend>
      <div class="chips">
        ${themes.map(
          (one) => html`<button type="button" class="chip ${themeClass(one)}" title=${one.name} aria-pressed=${one.id === draft.theme ? "true" : "false"}
              @click=${() => set({ theme: one.id === draft.theme ? "" : one.id })}>${mark(one.colour)}<bdi>${one.short || one.name}</bdi></button>`,
        )}
      </div>
    </fieldset>`;
  }

  function sessionField() {
    const sessions = page.getBoard().sessions;
    if (!sessions.length || editing) return nothing;
    return html`<div class="field">
      <label class="label" for="session">${WORDS.session}</label>
      <select id="session" class="input" .value=${live(draft.session ?? "")} @change=${(event) => set({ session: event.target.value })}>
        <option value="" ?selected=${!draft.session}>${WORDS.noSession}</option>
        ${sessions.map(
          (one) => html`<option value=${one.id} ?selected=${one.id === draft.session} ?disabled=${one.questions !== "open"}>${one.title}${one.questions === "open" ? "" : ` (${one.questions})`}</option>`,
        )}
      </select>
    </div>`;
  }

  function textField(words) {
    const [, most] = LIMITS[draft.kind];
    const count = graphemes(draft.text.trim().normalize("NFC")).length;
    const over = count - most;
    const wrong = error?.field === "text";
    return html`<div class="field">
      <label class="label" for="text">${words.text}</label>
      <div class="text-box ${themeClass(theme())}">
        <textarea id="text" class="text-input ${tall(draft.text)}" rows="4" dir=${draft.text ? direction(draft.text) : "auto"} placeholder=${words.placeholder} autocapitalize="sentences"
          aria-describedby="text-count ${wrong ? "text-error" : ""}" aria-invalid=${wrong || over > 0 ? "true" : "false"}
          .value=${live(draft.text)} @input=${(event) => set({ text: event.target.value.slice(0, PASTED_AT_MOST) })}></textarea>
        <p class="text-count ${over > 0 ? "error" : ""}" id="text-count" aria-live=${over > -NEARLY ? "polite" : "off"}>${over > 0 ? WORDS.tooMany(over) : WORDS.count(count, most)}</p>
      </div>
      ${wrong ? html`<p class="error" id="text-error" role="alert">${error.detail}</p>` : nothing}
      ${draft.kind === "card" && !draft.text.trim()
        ? html`<div class="starters">${starters().map((starter) => html`<button type="button" class="starter" @click=${() => start(starter)}>${starter}</button>`)}</div>`
        : nothing}
    </div>`;
  }

  // Beginnings that fit whom the card is for, and for what.
  function starters() {
    const team = draft.to.length === 1 && teamMeant(draft.to[0], page.getBoard().teams);
    const known = WORDS.starters[team ? "team" : draft.to.length > 1 ? "several" : "one"];
    const about = theme();
    return about ? [...known, WORDS.starters.about(about.short || about.name)] : known;
  }

  // Others want to know the same: a vote does more than a second question.
  function similarField() {
    if (!similar.length) return nothing;
    return html`<section class="field similar" aria-label=${WORDS.similar} aria-live="polite">
      <p class="label">${WORDS.similar}</p>
      <ul>
        ${similar.map(({ id, text, votes }) => {
          const voted = page.isVoted(id);
          return html`<li><p dir="auto">${text}</p>
            <button type="button" class="link" ?disabled=${voted} @click=${() => voteInstead(id)}>${voted ? WORDS.votedAlready : WORDS.voteInstead(votes)}</button></li>`;
        })}
      </ul>
    </section>`;
  }

  function voteInstead(id) {
    forget();
    close();
    page.voteInstead(id);
  }

  // A starter is put in with its first gap selected: the next letter fills it.
  function start(starter) {
    set({ text: starter });
    const box = /** @type {HTMLTextAreaElement} */ (dialog.querySelector("#text"));
    const gap = starter.indexOf("…");
    box.focus();
    box.setSelectionRange(gap, gap + 1);
  }

  function asWhom(who) {
    if (!who.name && !who.asked) return WORDS.nameLater;
    const change = html` · <button type="button" class="link" @click=${() => openName("text")}>${who.name ? WORDS.change : WORDS.addMine}</button>`;
    return who.name ? html`${WORDS.as} <strong>${nameOf(who)}</strong>${change}` : html`<strong>${WORDS.noName}</strong>${change}`;
  }

  function fromField() {
    const may = page.getBoard().board?.anonymous;
    return html`<div class="from">
      <p class="hint">${draft.anonymous ? WORDS.anonymousOn : asWhom(page.getWho())}</p>
      ${may
        ? html`<button type="button" class="switch" role="switch" aria-checked=${draft.anonymous ? "true" : "false"} @click=${() => set({ anonymous: !draft.anonymous })}>
            <span class="switch-track" aria-hidden="true"></span>${WORDS.anonymous}</button>`
        : nothing}
    </div>`;
  }

  function nameSheet() {
    const [icon, label, leave] = after === "close" ? [CROSS, WORDS.close, close] : [ARROW, WORDS.back, back];
    const busy = naming.isBusy();
    return html`<form class="sheet-form" novalidate @submit=${send} @keydown=${composing} aria-labelledby="sheet-title">
      ${head(WORDS.nameTitle, icon, label, leave)}
      <div class="sheet-body">${naming.view()}</div>
      <footer class="sheet-foot">
        ${naming.problem() ? html`<p class="error" role="alert">${naming.problem()}</p>` : nothing}
        <button type="submit" class="button button-ink" ?disabled=${busy}>${after === "send" ? WORDS[draft.kind].send : WORDS.nameSave}</button>
        ${after === "send" && page.getBoard().board?.names !== "required"
          ? html`<button type="button" class="button button-quiet" ?disabled=${busy} @click=${() => sendName(true)}>${WORDS.nameSkip}</button>`
          : nothing}
      </footer>
    </form>`;
  }

  return {
    open,
    openName,
    restore,
    refresh,
    isOpen: () => dialog.open,
    /** The second half of a double tap that has closed the sheet: it falls on what lay below. @param {MouseEvent} event */
    isEcho: ({ clientX: x, clientY: y }) => performance.now() - closedAt < ECHO_MS && Math.hypot(x - tapped.x, y - tapped.y) < ECHO_PX,
    /** An edit of this post was begun and not saved. @param {string} id */
    hasEdit: (id) => Boolean(edits.get(id)),
    /** Nothing written that a returned post would push aside; "" for a returned change. @param {string} kind */
    isFree: (kind) => !dialog.open && !(kind && keep.get(`draft:${kind}`)),
  };
}

const isEmpty = (draft) => !draft.text.trim() && !draft.typed?.trim() && !draft.to?.length && !draft.theme;

/** What is wrong with a draft, before the board has to say so. */
function fault(draft, who) {
  const [least, most] = LIMITS[draft.kind];
  if (draft.kind === "card") {
    if (!draft.to.length) return { field: "to", detail: WORDS.toMissing };
    if (draft.to.some((one) => isOneself(one, who))) return { field: "to", detail: WORDS.toSelf };
    const long = draft.to.find((one) => graphemes(one.name).length > NAME_LENGTH);
    if (long) return { field: "to", detail: WORDS.nameLong };
  }
  const count = graphemes(draft.text.trim().normalize("NFC")).length;
  if (count < least) return { field: "text", detail: WORDS.tooFew(least) };
  if (count > most) return { field: "text", detail: WORDS.tooMany(count - most) };
  return null;
}

function wire({ kind, to, theme, session, text, anonymous }) {
  const body = { kind, text: plain(text) };
  if (kind === "card") body.to = to.map(addressed);
  if (kind === "card" && theme) body.theme = theme;
  if (kind === "question" && session) body.session = session;
  if (anonymous) body.anonymous = true;
  return body;
}

/** What is shown of it until the board has it: names, where the board is told ids. */
const looks = ({ kind, to }) => (kind === "card" ? { to } : {});

function changed(changes, post) {
  const before = { ...post, ...(post.to ? { to: post.to.map(addressed) } : {}) };
  const same = (key) => JSON.stringify(changes[key]) === JSON.stringify(before[key]);
  return Object.fromEntries(Object.keys(changes).filter((key) => key !== "session" && key !== "anonymous" && !same(key)).map((key) => [key, changes[key]]));
}
