// Shelves of the phone: buttons, chips, fields, the head and the dock.
// @ts-check
import { html } from "../shared/html.js";
import { themeClass } from "../shared/text.js";
import { mark, themeTag } from "../shared/view.js";
import { say } from "../shared/words.js";
import { dock, header, inLane } from "./phonepieces.js";
import { addressed, teams, themed, themes } from "./posts.js";

const button = (/** @type {string} */ kind, /** @type {string} */ words, more = false) =>
  html`<button type="button" class="button ${kind}" ?disabled=${more}>${words}</button>`;
const input = (
  /** @type {string} */ value,
  invalid = false,
) => html`<label class="field"><span class="label">${say("name-yours")}</span>
  <input class="input" type="text" placeholder=${say("recipient-placeholder")} .value=${value} aria-invalid=${invalid ? "true" : "false"} />
  ${invalid ? html`<span class="error">${say("name-missing")}</span>` : ""}</label>`;

export const controlShelves = () => [
  {
    id: "buttons",
    title: "Buttons",
    note: "At least 44 px. One primary a page; ink where words are sent; quiet for what is rather not pressed.",
    pieces: [
      { name: "Plain", view: button("", say("me-change-name")) },
      { name: "Primary", view: button("button-primary", say("celebrate-someone")) },
      { name: "Ink", view: button("button-ink", say("sheet-send")) },
      { name: "Quiet", view: button("button-quiet", say("take-back")) },
      { name: "Bad", view: button("button-bad", say("take-back-yes")) },
      {
        name: "Disabled",
        view: html`${button("", say("me-change-name"), true)} ${button("button-primary", say("celebrate-someone"), true)}`,
      },
      { name: "With the keyboard’s focus", className: "is-focused", view: button("", say("me-change-name")) },
      { name: "Link", view: html`<button type="button" class="link">${say("name-change-here")}</button>` },
    ],
  },
  {
    id: "chips",
    title: "Chips, marks, switch",
    note: "Each theme has a mark and a word: colour is never the only sign.",
    pieces: [
      {
        name: "Themes to choose from",
        view: html`<div class="chips">${themes.map((one) => html`<button type="button" class="chip ${themeClass(one)}" aria-pressed="false">${mark(one.colour)}<bdi>${one.short}</bdi></button>`)}</div>`,
      },
      {
        name: "Chosen",
        view: html`<div class="chips">${themes.map((one) => html`<button type="button" class="chip ${themeClass(one)}" aria-pressed="true">${mark(one.colour)}<bdi>${one.short}</bdi></button>`)}</div>`,
      },
      {
        name: "Without a colour",
        view: html`<div class="chips"><button type="button" class="chip" aria-pressed="false">${say("sort-top")}</button><button type="button" class="chip" aria-pressed="true">${say("sort-new")}</button></div>`,
      },
      { name: "Tags", view: html`<div class="chips">${themes.map(themeTag)}</div>` },
      {
        name: "Switch, off and on",
        view: html`<div class="chips">${["false", "true"].map((on) => html`<button type="button" class="switch" role="switch" aria-checked=${on}><span class="switch-track" aria-hidden="true"></span>${say("anonymous-switch")}</button>`)}</div>`,
      },
    ],
  },
  {
    id: "inputs",
    title: "Inputs",
    pieces: [
      { name: "Empty", view: input("") },
      { name: "Filled", view: input("Nadia Rahman") },
      { name: "Filled, right to left", view: html`<div dir="rtl">${input("نادية رحمن")}</div>` },
      { name: "Wrong", view: input("", true) },
      {
        name: "Choice",
        view: html`<label class="field"><span class="label">${say("team-yours")}</span><select class="input">${teams.map(({ name }) => html`<option>${name}</option>`)}</select></label>`,
      },
    ],
  },
  {
    id: "header",
    title: "Header",
    pieces: [
      header("Connecting", { status: "connecting", online: null }),
      header("Live", {}),
      header("Offline", { status: "offline" }),
      header("Closed", { status: "refused" }),
      header("With news", { news: 3 }),
      header("A long title", {
        title: "Regional forum on social dialogue, occupational safety and health and decent work",
      }),
      header("Right to left", { title: "مختبر الابتكار" }),
    ],
  },
  {
    id: "dock",
    title: "Dock",
    note: "What can be done, and what will become of it, in thumb reach.",
    pieces: [
      dock("Celebrate", {}),
      dock("Ask", { lane: "ask" }),
      dock("Me, nothing to do", { lane: "me" }),
      dock("Something to look at in Me", { badge: 2 }),
      dock("Calm: cards wait for a moderator", { note: say("resting-card") }),
      dock("Warning: no Wi-Fi", {
        note: say("offline-write-already"),
        noteKind: "warn",
      }),
      dock("Bad: too fast", { note: say("too-fast", { seconds: 5 }), noteKind: "bad" }),
      dock("Good: it is there", { note: say("sent-to-board"), noteKind: "ok" }),
      dock("Closed", { note: say("asking-closed"), lane: "ask", open: false }),
    ],
  },
  { id: "card-themes", title: "Cards by theme", pieces: themed.map(inLane) },
  { id: "card-names", title: "Cards by name and length", pieces: addressed.map(inLane) },
];
