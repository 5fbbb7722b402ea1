// Shelves of the phone: its sheet in all states, which opens once the shelves are in the page.
// @ts-check
import { createComposer } from "../phone/composer.js";
import { html } from "../shared/html.js";
import { say } from "../shared/words.js";
import { addressed, question, sessions, teams, themes } from "./posts.js";

const sheet = (/** @type {string} */ name, /** @type {string} */ id) => ({
  name,
  view: html`<dialog class="sheet" data-sheet=${id}></dialog>`,
});

export const sheetShelves = () => [
  {
    id: "sheet-card",
    title: "The sheet: a card",
    pieces: [
      sheet("Empty", "empty"),
      sheet("Names, theme and words", "filled"),
      sheet("To whom?", "to-missing"),
      sheet("Too long", "too-long"),
      sheet("Names offered", "offers"),
    ],
  },
  {
    id: "sheet-question",
    title: "The sheet: a question, and the name",
    pieces: [
      sheet("Similar questions", "similar"),
      sheet("Right to left", "right-to-left"),
      sheet("From whom, asked once", "name"),
      sheet("Names of the roster, one in use", "name-offers"),
    ],
  },
];

export function openSheets() {
  composer("empty").open("card");
  composer("filled").open("card", { body });
  composer("to-missing").open("card", {
    body: { ...body, to: [] },
    problem: { field: "to", detail: say("card-for-whom") },
  });
  composer("too-long").open("card", {
    body: { ...body, text: "You waited a full minute. ".repeat(12) },
    problem: { field: "text", detail: say("text-over", { n: 31 }) },
  });
  composer("offers").open("card", { body: { ...body, to: [], theme: "", text: "" } });
  type("offers", "to", "Nad");
  composer("similar").open("question");
  type("similar", "text", "Who pays for the training?");
  composer("right-to-left").open("question", { body: { text: "من يدفع تكاليف تدريب المندوبين؟", anonymous: true } });
  composer("name", { getWho: () => ({}) }).openName("send");
  composer("name-offers", {
    getWho: () => ({}),
    findPeople: async () => ({
      people: [
        { id: "p1", name: "Sokha Chan", team: "Cambodia", taken: true },
        { id: "p2", name: "Sokunthea Lim", team: "Cambodia" },
      ],
    }),
  }).openName("send");
  type("name-offers", "name", "Sok");
}

/** The real sheet, lying on its shelf instead of over the page. @param {string} id @param {any} [changes] */
function composer(id, changes) {
  const dialog = /** @type {HTMLDialogElement} */ (document.querySelector(`[data-sheet="${id}"]`));
  dialog.showModal = () => dialog.show();
  const posts = new Map(addressed.map(([, post]) => [post.id, post]));
  return createComposer({
    dialog,
    keep: { get: (_key, otherwise = null) => otherwise, set() {} },
    onChange() {},
    getBoard: () =>
      /** @type {any} */ ({ board: { anonymous: true, names: "optional" }, themes, teams, sessions, posts }),
    getWho: () => ({ name: "Sokha Chan", team: "Cambodia", asked: true }),
    saveWho() {},
    onSend() {},
    onEdit: async () => {},
    getNote: () => "",
    presetSession: () => "heat",
    hasRoster: () => true,
    findPeople: async () => ({
      people: [
        { id: "p1", name: "Nadia Rahman", team: "Bangladesh" },
        { id: "p2", name: "Nadine Fares", team: "Egypt" },
      ],
    }),
    findSimilar: async () => ({
      posts: [question({ votes: 0 }), question({ text: "Is the training of delegates paid time?", votes: 31 })],
    }),
    isVoted: () => false,
    voteInstead() {},
    ...changes,
  });
}

/** @param {string} id @param {string} field @param {string} words */
function type(id, field, words) {
  const box = /** @type {HTMLInputElement} */ (document.querySelector(`[data-sheet="${id}"] #${field}`));
  box.value = words;
  box.dispatchEvent(new Event("input"));
}

const body = {
  to: [{ name: "Nadia Rahman", team: "Bangladesh" }, { name: "Budi" }],
  theme: "osh",
  text: "You taught me how to measure heat where people sit.",
};
