// The sheet in which a card or a question is written. It keeps each draft on the phone and asks for the name once, at the first Send.
// @ts-check
import { live, nothing, render as draw } from "../vendor/lit-html.js";
import { fold } from "./folding.js";
import { html } from "./html.js";
import { createNaming, NAME_LENGTH } from "./naming.js";
import { cleaned, plain, whenQuiet } from "./typing.js";
import { direction, graphemes, tall, themeClass } from "./text.js";
import { mark, who as nameOf } from "./view.js";

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
  to: "Who taught you something?",
  toFirst: "A name, or a team",
  toMore: "Add another",
  toEnough: "Five is the most for one card.",
  toSelf: "That is your own name. If you mean somebody else, choose their team.",
  toMissing: "Who is this card for?",
  toTeam: (name) => `Team of ${name}`,
  teamUnknown: "team?",
  takeAway: (name) => `Take ${name} away`,
  addName: (name) => `Add “${name}”`,
  theTeam: (team) => `The ${team} team`,
  everyone: "the whole team",
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
  nameTitle: "And who is this from?",
  nameLong: "60 characters at most, please.",
  nameSave: "Save",
  nameSkip: "Send without a name",
  news: (count) => `${count} new on the board`,
};

const CROSS = html`<svg class="line-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>`;
const ARROW = html`<svg class="line-icon turns" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 12H4m7-7-7 7 7 7" /></svg>`;
const LIMITS = { card: [3, 280], question: [3, 300] };
const NAMES_AT_MOST = 5;
const OFFERS_AT_MOST = 4;
const PASTED_AT_MOST = 3000; // code units: far over any limit, and quick to count
const NEARLY = 20; // characters left from which the count speaks up
const NAMES_AFTER_MS = 120; // of quiet, before the roster is asked
const SIMILAR_AFTER_MS = 500;
const SIMILAR_FROM = 10; // characters

/**
 * @param {{dialog: HTMLDialogElement, render?: (view: unknown, container: HTMLElement) => void, keep: any, onChange: () => void,
 *   getBoard: () => import("./board.js").State, getWho: () => {name?: string, team?: string, asked?: boolean},
 *   saveWho: (who: {name?: string, team?: string, person?: string}) => Promise<void>|void, onSend: (body: any, shown: any) => void,
 *   onEdit: (id: string, changes: any, shown: any) => Promise<void>, getNote: (kind: string, session?: string) => string,
 *   getNews: () => number, presetSession: () => string,
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
  let typed = "";
  let chosen = -1; // suggestion under the arrow keys
  let editing = null; // the post being edited
  let busy = false;
  let roster = /** @type {{name: string, team?: string, person: string}[]} */ ([]); // found for what is typed
  let similar = /** @type {any[]} */ ([]);
  const naming = createNaming({ dialog, getBoard: page.getBoard, refresh, findPeople: page.findPeople, saveWho: page.saveWho });
  const askRoster = whenQuiet(NAMES_AFTER_MS, async (signal) => {
    const { people } = typed.trim() ? await page.findPeople(typed, signal) : { people: [] };
    roster = people.map(({ id, name, team }) => ({ person: id, name, ...(team ? { team } : {}) }));
    chosen = -1;
    refresh();
  });
  const askSimilar = whenQuiet(SIMILAR_AFTER_MS, async (signal) => {
    const text = draft.kind === "question" && !editing ? draft.text.trim() : "";
    similar = text.length >= SIMILAR_FROM ? (await page.findSimilar(text, signal)).posts : [];
    refresh();
  });

  function blank(kind) {
    return { kind, to: [], theme: "", session: "", text: "", anonymous: false };
  }

  // Opening and closing. The sheet is one step in the history, so that the phone's back button closes it.

  function open(kind, { problem = null, post = null, body = null } = {}) {
    editing = post;
    step = "text";
    error = problem;
    typed = "";
    roster = similar = [];
    draft = { ...blank(kind), ...(post || body ? { ...post, ...body } : saved(kind)) };
    if (body) remember();
    show();
    dialog.querySelector(kind === "card" && !draft.to.length ? "#to" : "#text")?.focus();
  }

  function saved(kind) {
    const known = keep.get(`draft:${kind}`);
    return known ?? { session: kind === "question" ? page.presetSession() : "" };
  }

  // The page was left or reloaded with the sheet open: a draft comes back, an empty sheet does not.
  function restore(kind) {
    if (keep.get(`draft:${kind}`)) open(kind);
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
      if (!history.state?.sheet) history.pushState({ ...history.state, sheet: draft.kind }, "");
      dialog.showModal();
      fit();
      page.onChange();
    }
    refresh();
  }

  function close() {
    if (!dialog.open) return;
    dialog.close();
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
    if (history.state?.sheet) return dialog.open || open(history.state.sheet);
    if (dialog.open) {
      dialog.close();
      page.onChange();
    }
  });
  window.visualViewport?.addEventListener("resize", fit);
  window.visualViewport?.addEventListener("scroll", fit);

  function back() {
    step = "text";
    error = null;
    refresh();
  }

  // The draft

  function remember() {
    if (!editing) keep.set(`draft:${draft.kind}`, isEmpty(draft) ? null : draft);
  }

  function set(changes) {
    draft = { ...draft, ...changes };
    error = null;
    remember();
    refresh();
    if ("text" in changes) askSimilar();
  }

  function forget() {
    if (!editing) keep.set(`draft:${draft.kind}`, null);
    draft = blank(draft.kind);
  }

  // To whom

  function type(event) {
    typed = event.target.value;
    chosen = -1;
    error = null;
    if (/[,;\n]$/.test(typed)) return add({ name: typed.slice(0, -1) });
    roster = roster.filter((one) => begins(one, fold(typed)));
    refresh();
    askRoster();
  }

  function keys(event) {
    const offers = suggestions(typed, page, draft.to, roster);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const places = offers.length + 1; // the last place is the field itself
      chosen = (chosen + places + (event.key === "ArrowDown" ? 1 : -1)) % places;
      if (chosen === offers.length) chosen = -1;
      return refresh();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      return typed.trim() ? add(offers[chosen] ?? { name: typed }) : dialog.querySelector("#text")?.focus();
    }
    if (event.key === "Backspace" && !typed && draft.to.length) set({ to: draft.to.slice(0, -1) });
  }

  function add({ name, team, person }) {
    const clean = cleaned(name);
    typed = "";
    chosen = -1;
    roster = [];
    if (!clean || draft.to.length >= NAMES_AT_MOST) return refresh();
    const twice = draft.to.some((one) => fold(one.name) === fold(clean) && one.team === team);
    const one = { name: clean, ...(team ? { team } : {}), ...(person ? { person } : {}) };
    set({ to: twice ? draft.to : [...draft.to, one] });
    dialog.querySelector("#to")?.focus();
  }

  // Most cards are for one: whoever is picked by a tap, the sentence comes next.
  function pick(one) {
    add(one);
    if (draft.to.length === 1 && !draft.text) dialog.querySelector("#text")?.focus();
  }

  const remove = (index) => set({ to: draft.to.filter((_, at) => at !== index) });
  const giveTeam = (index, team) =>
    set({ to: draft.to.map((one, at) => (at === index ? (team ? { ...one, team } : { name: one.name }) : one)) });

  // Sending

  function send(event) {
    event.preventDefault();
    if (busy) return;
    if (step === "name") return sendName();
    if (typed.trim()) add({ name: typed });
    error = fault(draft, page.getWho());
    if (error) return showError();
    if (editing) return saveEdit();
    const who = page.getWho();
    if (!who.name && !who.asked && !draft.anonymous) return openName("send");
    deliver();
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

  // Drawing

  function refresh() {
    if (dialog.open) render(step === "name" ? nameSheet() : textSheet(), dialog);
  }

  function textSheet() {
    const words = WORDS[draft.kind];
    const news = page.getNews();
    return html`<form class="sheet-form" novalidate @submit=${send} aria-labelledby="sheet-title">
      ${head(words.title, CROSS, WORDS.close, close, news ? WORDS.news(news) : "")}
      <div class="sheet-body">
        ${draft.kind === "card" ? html`${toField()}${themeField()}` : sessionField()} ${textField(words)} ${similarField()} ${editing ? nothing : fromField()}
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
  </footer>`;

  const note = () => {
    const words = step === "text" ? page.getNote(draft.kind, draft.session) : "";
    return words ? html`<p class="note" role="status">${words}</p>` : nothing;
  };

  function toField() {
    const offers = suggestions(typed, page, draft.to, roster);
    const full = draft.to.length >= NAMES_AT_MOST;
    const wrong = error?.field === "to";
    return html`<div class="field">
      <label class="label" for="to">${WORDS.to}</label>
      <div class="to-box ${themeClass(theme())}">
        ${draft.to.map(chip)}
        ${full
          ? html`<p class="hint">${WORDS.toEnough}</p>`
          : html`<input id="to" class="to-input" type="text" autocomplete="off" autocapitalize="words" enterkeyhint="next" spellcheck="false" dir="auto"
              role="combobox" aria-expanded=${offers.length ? "true" : "false"} aria-controls="to-offers" aria-autocomplete="list"
              aria-activedescendant=${chosen >= 0 ? `offer-${chosen}` : nothing}
              aria-invalid=${wrong ? "true" : "false"} aria-describedby=${wrong ? "to-error" : nothing}
              placeholder=${draft.to.length ? WORDS.toMore : WORDS.toFirst}
              .value=${live(typed)} @input=${type} @keydown=${keys} />`}
      </div>
      ${wrong ? html`<p class="error" id="to-error" role="alert">${error.detail}</p>` : nothing}
      <ul class="offers" id="to-offers" role="listbox" aria-label=${WORDS.to} ?hidden=${!offers.length}>
        ${offers.map(offer)}
      </ul>
    </div>`;
  }

  const isTeam = (one) => page.getBoard().teams.some((team) => WORDS.theTeam(team.name) === one.name);
  const theme = () => page.getBoard().themes.find((one) => one.id === draft.theme) ?? null;

  function chip(one, index) {
    const teams = page.getBoard().teams;
    const askTeam = teams.length > 0 && !one.person && !isTeam(one);
    return html`<span class="to-chip">
      <bdi>${one.name}</bdi>
      ${askTeam
        ? html`<select aria-label=${WORDS.toTeam(one.name)} .value=${live(one.team ?? "")} @change=${(event) => giveTeam(index, event.target.value)}>
            <option value="" ?selected=${!one.team}>${WORDS.teamUnknown}</option>
            ${one.team && !teams.some((team) => team.name === one.team) ? html`<option value=${one.team} selected>${one.team}</option>` : nothing}
            ${teams.map((team) => html`<option value=${team.name} ?selected=${team.name === one.team}>${team.name}</option>`)}
          </select>`
        : nothing}
      <button type="button" class="to-away" aria-label=${WORDS.takeAway(one.name)} @click=${() => remove(index)}>
        ${CROSS}
      </button>
    </span>`;
  }

  const offer = (one, index) => html`<li role="option" id="offer-${index}" class="offer" aria-selected=${index === chosen ? "true" : "false"}
      @pointerdown=${(event) => event.preventDefault()} @click=${() => pick(one)}>
    <bdi>${one.free ? WORDS.addName(one.name) : one.name}</bdi>${one.hint || one.team ? html`<small><bdi>${one.hint ?? one.team}</bdi></small>` : nothing}
  </li>`;

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
    const team = draft.to.length === 1 && isTeam(draft.to[0]);
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
    return html`<form class="sheet-form" novalidate @submit=${send} aria-labelledby="sheet-title">
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
    /** Nothing written that a returned post would push aside. @param {string} kind */
    isFree: (kind) => !dialog.open && !(kind && keep.get(`draft:${kind}`)),
  };
}

const isEmpty = (draft) => !draft.text.trim() && !draft.to?.length && !draft.theme;

/** What is wrong with a draft, before the board has to say so. */
function fault(draft, who) {
  const [least, most] = LIMITS[draft.kind];
  if (draft.kind === "card") {
    if (!draft.to.length) return { field: "to", detail: WORDS.toMissing };
    if (draft.to.some((one) => isSelf(one, who))) return { field: "to", detail: WORDS.toSelf };
    const long = draft.to.find((one) => graphemes(one.name).length > NAME_LENGTH);
    if (long) return { field: "to", detail: WORDS.nameLong };
  }
  const count = graphemes(draft.text.trim().normalize("NFC")).length;
  if (count < least) return { field: "text", detail: WORDS.tooFew(least) };
  if (count > most) return { field: "text", detail: WORDS.tooMany(count - most) };
  return null;
}

const isSelf = (one, who) => Boolean(who.name) && fold(one.name) === fold(who.name) && (!one.team || one.team === who.team);

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

/** As the board wants it: somebody of the roster by id, others by name. */
const addressed = ({ name, team, person }) => (person ? { person } : team ? { name, team } : { name });

function changed(changes, post) {
  const before = { ...post, ...(post.to ? { to: post.to.map(addressed) } : {}) };
  const same = (key) => JSON.stringify(changes[key]) === JSON.stringify(before[key]);
  return Object.fromEntries(Object.keys(changes).filter((key) => key !== "session" && key !== "anonymous" && !same(key)).map((key) => [key, changes[key]]));
}

/** People of the roster, then people and teams the board already knows, by the beginning of any word of their name; last, the
 * name as it was typed. */
function suggestions(typed, { getBoard, getWho }, taken, roster) {
  const wanted = fold(typed);
  if (!wanted) return [];
  const seen = new Set(taken.map(keyOf));
  const found = [];
  for (const one of [...roster, ...known(getBoard())]) {
    if (found.length === OFFERS_AT_MOST) break;
    if (seen.has(keyOf(one)) || isSelf(one, getWho()) || !(one.person || begins(one, wanted))) continue;
    seen.add(keyOf(one));
    found.push(one);
  }
  const exact = found.some((one) => fold(one.name) === wanted);
  return exact ? found : [...found, { name: typed.trim(), free: true }];
}

function* known({ teams, posts }) {
  for (const team of teams) yield { name: WORDS.theTeam(team.name), team: team.name, hint: WORDS.everyone };
  for (const post of posts.values()) {
    for (const one of post.to ?? []) yield { name: one.name, team: one.team };
    if (post.author?.name) yield { name: post.author.name, team: post.author.team };
  }
}

const keyOf = ({ name, team }) => `${fold(name)}\n${team ?? ""}`;
const begins = ({ name }, wanted) => fold(name).startsWith(wanted) || fold(name).split(/[\s\-']+/).some((word) => word.startsWith(wanted));
