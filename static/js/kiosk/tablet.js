// A shared tablet as one object: what stands on it, and what a touch does. It keeps nothing in the browser, and no identity: each post is of
// somebody else.
// @ts-check
import { createAddressing } from "../shared/addressing.js";
import { current } from "../shared/agenda.js";
import { api, call, problemOf } from "../shared/api.js";
import { newId } from "../shared/ids.js";
import { createMender } from "../shared/mender.js";
import { say } from "../shared/words.js";
import { emptyDraft, missing, requestOf } from "./draft.js";
import { msLeft, secondsSaid } from "./forgetting.js";
import { createOutgoing } from "./outgoing.js";
import { createReading } from "./reading.js";
import { kioskView } from "./view.js";

/** @import { Standing } from "./forgetting.js" */

const TICK_MS = 500;
const PATIENCE_MS = 3000;
const MISSING = { to: "kiosk-needs-recipient", text: "kiosk-needs-text", name: "kiosk-needs-name" };

/** @param {{config: import("../shared/wire").Config, root: HTMLElement}} page */
export function createTablet({ config, root }) {
  const mender = createMender({ roots: [root] });
  const standing = /** @type {Standing} */ ({ step: "start", touchedAt: 0, thankedAt: 0 });
  let draft = emptyDraft();
  let error = /** @type {{field: string, detail: string}|null} */ (null);
  let waits = false;
  let busy = false;
  let handed = "";
  const reading = createReading({ changed: draw });
  const outgoing = createOutgoing({ send: (body) => call("POST", "/kiosk/posts", "post", body), changed: draw });
  const addressing = createAddressing({
    dialog: root,
    getBoard: () => reading.board,
    getWho: () => ({ name: draft.name, team: draft.team }),
    findPeople: api.people,
    hasRoster: () => reading.hasRoster,
    getDraft: () => draft,
    set,
    refresh: draw,
    fail,
  });

  function draw() {
    if (!("_$litPart$" in root)) mender.own(() => root.replaceChildren());
    mender.render(kioskView(picture()), root);
  }

  const picture = () => ({
    title: reading.board.board?.title ?? config.title,
    ready: Boolean(reading.board.board),
    step: standing.step,
    board: reading.board,
    draft,
    error,
    busy,
    waits,
    unsent: outgoing.count(),
    seconds: secondsSaid(standing, performance.now()),
    to: () => addressing.view(null, error),
    on,
  });

  function set(/** @type {Partial<import("./draft.js").Draft>} */ changes) {
    draft = { ...draft, ...changes };
    error = null;
    draw();
  }

  function fail(/** @type {{field?: string, detail: string}} */ { field = "", detail }) {
    error = { field, detail };
    draw();
    /** @type {HTMLElement|null} */ (root.querySelector('[aria-invalid="true"]'))?.focus();
  }

  function begin(/** @type {"card"|"question"} */ step) {
    draft = emptyDraft(step === "question" ? (current(reading.board.sessions, reading.clock.now())?.id ?? "") : "");
    Object.assign(standing, { step, touchedAt: performance.now() });
    error = null;
    addressing.reset();
    draw();
    /** @type {HTMLElement|null} */ (root.querySelector(step === "card" ? "#to" : "#text"))?.focus();
  }

  /** Nothing of it stays: not in a field, not in the browser. */
  function forget() {
    draft = emptyDraft();
    error = null;
    busy = false;
    handed = "";
    standing.step = "start";
    addressing.reset();
    draw();
    scrollTo({ top: 0 });
  }

  async function submit(/** @type {Event} */ event) {
    event.preventDefault();
    const { step } = standing;
    if (busy || (step !== "card" && step !== "question")) return;
    busy = true;
    try {
      if (step === "card" && !(await addressing.takeTyped())) return;
      const gap = missing(step, draft, reading.board.board?.names === "required");
      if (gap) return fail({ field: gap, detail: say(MISSING[/** @type {keyof typeof MISSING} */ (gap)]) });
      handed = hand(requestOf(step, draft, newId()));
    } finally {
      busy = Boolean(handed);
      draw();
    }
  }

  /** The id of what is under way; what comes back of it later is not for the next person. @param {Record<string, any> & {id: string}} body */
  function hand(body) {
    const taken = outgoing.add({
      body,
      sent: (state) => thank(body.id, state !== "visible"),
      refused: (problem) => body.id === handed && refuse(problemOf(problem)),
    });
    if (taken)
      setTimeout(() => thank(body.id, true), PATIENCE_MS); // no answer yet: it is sent from here by itself
    else fail({ field: "text", detail: say("network-silent") });
    return taken ? body.id : "";
  }

  function refuse(/** @type {{field?: string, detail: string}} */ problem) {
    busy = false;
    handed = "";
    fail(problem);
  }

  /** @param {string} id @param {boolean} waiting */
  function thank(id, waiting) {
    if (id !== handed) return;
    waits = waiting;
    busy = false;
    handed = "";
    draft = emptyDraft();
    Object.assign(standing, { step: "thanks", thankedAt: performance.now() });
    draw();
  }

  function tick() {
    const now = performance.now();
    if (msLeft(standing, now) <= 0) forget();
    else if (standing.step !== "start") draw();
    if (standing.step === "start") reading.refresh();
  }

  const on = { begin, forget, submit, set };

  function start() {
    for (const touch of ["pointerdown", "keydown", "input"])
      document.addEventListener(touch, () => (standing.touchedAt = performance.now()), true);
    addEventListener("pageshow", (event) => event.persisted && forget()); // the way back shows nothing
    addEventListener("online", outgoing.retry);
    setInterval(tick, TICK_MS);
    draw();
    reading.refresh();
  }

  return { start };
}
