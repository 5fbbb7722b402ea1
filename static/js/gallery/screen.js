// The gallery of the large screen: faces of posts in boxes of every shape, and its scenes, on both stages.
// @ts-check
import { emptyBoard } from "../shared/board.js";
import { cardFace, questionFace } from "../screen/face.js";
import { fit } from "../screen/fit.js";
import { html } from "../shared/html.js";
import { openMap } from "../screen/map.js";
import { openQuestions } from "../screen/questions.js";
import { openRecap } from "../screen/recap.js";
import { pictureOf } from "../screen/scene.js";
import { smallest } from "../screen/sizes.js";
import { NOW, REACTED, WORD, addressed, card, inScript, question, scripts, teams, themed, themes } from "./posts.js";
import { say } from "../shared/words.js";
import { lettered, ready, show, stopClock } from "./shelves.js";

stopClock(NOW);

/**
 * @import {Post, SceneName} from "../shared/wire"
 * @import {Named} from "./posts.js"
 * @import {Piece, Shelf} from "./shelves.js"
 */

const STAGES = ["dark", "light"];
const min = smallest(window);
const look = { min, comfort: min * 1.2, max: min * 3.3, large: min * 3 };

const box = (/** @type {string} */ name, /** @type {unknown} */ view, shape = "") => ({
  name,
  className: `is-face ${shape}`,
  view,
});
const face =
  (/** @type {string} */ shape) =>
  (/** @type {Named} */ [name, post]) =>
    box(name, cardFace(post, themes), shape);
/** @param {string} id @param {string} title @param {Piece[]} pieces @returns {Shelf[]} */
const onStages = (id, title, pieces) =>
  STAGES.map((stage) => ({
    id: `${id}-${stage}`,
    title: `${title}, ${stage}`,
    pieces: pieces.map((one) => ({ ...one, className: `${one.className} on-${stage}` })),
  }));
const scene = (/** @type {string} */ name, /** @type {string} */ kind) => ({
  name,
  className: "is-scene",
  view: html`<section class=${kind} data-draw=${kind}></section>`,
});

const long = card({
  text: "You waited a full minute of silence, and then the manager told us the real reason for the overtime. Nobody in that room has forgotten it, least of all he.",
  reactions: REACTED,
});
const asked = [
  question({ votes: 31, text: "Who pays for the training of delegates?" }),
  question({ votes: 18, text: inScript("Arabic").text, author: { name: "نادية" } }),
  question({ votes: 7, text: inScript("Khmer").text, author: null }),
  question({ votes: 1, text: "Can we get the slides?" }),
];
const given = [...themed, ...scripts].map(([, post], index) => ({
  ...post,
  author: { name: "Sokha Chan", team: teams[index % teams.length].name },
  to: [{ name: (post.to ?? [])[0].name, team: teams[(index * 3 + 1) % teams.length].name }],
}));

show(
  [
    ...onStages("themes", "Cards by theme", themed.map(face(""))),
    ...onStages("shapes", "A card in every shape", [
      ...["is-wide", "is-tall", "is-small", "is-large"].map((shape) =>
        box(shape.slice(3), cardFace(long, themes), shape),
      ),
      ...addressed.map(face("")),
    ]),
    ...onStages("scripts", "Cards in every script", scripts.map(face(""))),
    ...onStages("questions", "Questions", [
      box("First of all", questionFace(question({ votes: 1234 }), { isFirst: true }), "is-wide"),
      box("One vote", questionFace(question({ votes: 1 }))),
      box("Without a number", questionFace(question({ votes: 0, author: null }))),
      box("Right to left", questionFace(asked[1])),
      box("One very long word", questionFace(question({ text: `${WORD}?` }))),
    ]),
    ...onStages("scenes", "Scenes", [scene("Questions", "questions"), scene("Map", "map"), scene("Recap", "recap")]),
    ...onStages(
      "marks",
      "For the operator",
      ["live", "stale", "safe"].map((lease) => ({
        name: lease,
        className: "",
        view: html`<div class="stage-marks" data-lease=${lease}><p class="foot"><span class="live-dot"></span>${say("screen-people-here", { n: 214 })}</p><span class="operator-mark"></span></div>`,
      })),
    ),
  ],
  (view) => html`<div class="stage">${view}</div>`,
);
for (const stage of STAGES) {
  for (const piece of document.querySelectorAll(`.on-${stage}`)) {
    /** @type {HTMLElement} */ (piece).dataset.stage = stage;
  }
}

/** The board at this moment, with one scene on the screen. @param {SceneName} kind */
function picture(kind) {
  const posts = new Map([...given, ...asked].map((post) => [post.id, post]));
  const totals = {
    cards: given.length,
    people: given.length,
    teams: teams.length,
    pairs: 6,
    questions: asked.length,
    answered: 0,
    owned: 0,
    set_aside: 0,
    held: 0,
  };
  return pictureOf(
    { ...emptyBoard(), epoch: "gallery", teams, posts, totals, screen: { scene: kind, session: null, post: null } },
    "live",
    null,
    Date.parse(NOW),
  );
}

function draw(/** @type {HTMLElement} */ place) {
  const kind = place.dataset.draw;
  if (kind === "questions") openQuestions({ place }).show(picture(kind), look);
  if (kind === "map") openMap({ place }).show(picture(kind), themes, look, 0);
  if (kind === "recap") openRecap({ place }).show(picture(kind), themes, look, 0);
}

lettered().then(() => {
  fit(
    [...document.querySelectorAll(".is-face .card")].map((card) => ({
      box: /** @type {HTMLElement} */ (card),
      min,
      max: look.max,
    })),
  );
  for (const place of document.querySelectorAll("[data-draw]")) draw(/** @type {HTMLElement} */ (place));
  ready();
});
