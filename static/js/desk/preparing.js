// Prepared questions at the desk: pasted line by line for a session, put in order, put on the board one by one.
// @ts-check
import { call, problemOf, segment } from "../shared/api.js";
import { newId } from "../shared/ids.js";
import { plain } from "../shared/typing.js";
import { createFocusing } from "./focusing.js";
import { POWERS } from "./laterwords.js";
import { createRewording } from "./rewording.js";

/**
 * @import {LaterDesk, Submit} from "./types"
 * @typedef {Awaited<ReturnType<LaterDesk["api"]["prepared"]>>["questions"][number]} Prepared
 * @typedef {ReturnType<typeof createPreparing>} Preparing
 * @param {LaterDesk} desk
 */
export function createPreparing({ api, keep, teach, draw, say, complain }) {
  const preparing = { session: "", rows: /** @type {Prepared[]|null} */ (null), typed: "", busy: false };
  const focus = createFocusing(draw);
  const rewording = createRewording({ keep, change, fetch, learn, draw, say, focus: focus.on });
  let fetches = 0;
  let last = Promise.resolve(); // quick taps come one after the other, each from where the one before has put it

  async function fetch() {
    fetches += 1;
    const mine = fetches;
    try {
      const { questions } = await api.prepared();
      if (mine === fetches) preparing.rows = questions; // an older answer may come later
    } catch (problem) {
      failed(POWERS.prepared, problem);
    }
    focus.held();
  }

  const failed = (/** @type {string} */ what, /** @type {unknown} */ problem) =>
    complain(POWERS.not(what, problemOf(problem).message));

  /** @param {string} id @param {object} changes @returns {Promise<{question: Prepared}>} */
  function change(id, changes) {
    return call("PATCH", `/prepared/${segment(id)}`, "question", changes);
  }

  function learn(/** @type {Prepared} */ changed) {
    preparing.rows = preparing.rows?.map((one) => (one.id === changed.id ? changed : one)) ?? null;
  }

  /** Those of the chosen session that can come onto the board. */
  const waiting = () => waitingIn(preparing.rows ?? [], preparing.session);

  /** Somebody edits them here, and they are on the board or removed meanwhile: what was typed stays to be seen. */
  function lost() {
    const { rows, session } = preparing;
    const there = (/** @type {string} */ id) => rows?.some((one) => one.id === id && !one.added_at);
    return rows ? rewording.all().filter((one) => (one.session ?? "") === session && !there(one.id)) : [];
  }

  function choose(/** @type {string} */ session) {
    preparing.session = session;
    draw();
  }

  function type(/** @type {string} */ value) {
    preparing.typed = value;
    draw();
  }

  /** One line, one question. What was typed stays until the server has it. */
  async function save(/** @type {Submit} */ event) {
    event.preventDefault();
    const typed = preparing.typed;
    const texts = typed.split("\n").map(plain).filter(Boolean);
    if (!texts.length || preparing.busy) return;
    preparing.busy = true;
    draw();
    try {
      await api.prepare(
        texts.map((text) => ({ id: newId(), text })),
        preparing.session || null,
      );
      if (preparing.typed === typed) preparing.typed = "";
      await fetch();
    } catch (problem) {
      failed(POWERS.preparedSave, problem);
    } finally {
      preparing.busy = false;
      draw();
    }
  }

  /** The text that stands here: where a colleague has changed it, it is to be read first. */
  async function add(/** @type {Prepared} */ one) {
    try {
      const { post } = await call("POST", `/prepared/${segment(one.id)}/add`, "post", { expect: { text: one.text } });
      teach([post]);
      say(POWERS.added);
      await gone(one, "add");
    } catch (problem) {
      await refused(POWERS.add, problem);
    }
  }

  /** The list may be another by now. @param {string} what @param {unknown} problem */
  async function refused(what, problem) {
    failed(what, problem);
    if (!problemOf(problem).network) await fetch();
  }

  async function remove(/** @type {Prepared} */ one) {
    try {
      await api.removePrepared(one.id);
      await gone(one, "remove");
    } catch (problem) {
      failed(POWERS.remove, problem);
    }
  }

  /** Its line goes, and the focus goes on to the next one. */
  async function gone(/** @type {Prepared} */ one, /** @type {string} */ part) {
    const those = waiting();
    const at = those.findIndex(({ id }) => id === one.id);
    await fetch();
    focus.on((those[at + 1] ?? those[at - 1])?.id ?? "", part, one.id);
  }

  function move(/** @type {Prepared} */ one, /** @type {"up"|"down"} */ way) {
    last = last.then(() => step(one.id, way));
    return last;
  }

  async function step(/** @type {string} */ id, /** @type {"up"|"down"} */ way) {
    const one = preparing.rows?.find((row) => row.id === id);
    const before = one && beforeWhich(waitingIn(preparing.rows ?? [], one.session ?? ""), id, way);
    if (!one || before === undefined) return;
    try {
      await change(id, { before });
      await fetch();
      const those = waitingIn(preparing.rows ?? [], one.session ?? "");
      say(POWERS.preparedMoved(those.findIndex((row) => row.id === id) + 1, those.length));
    } catch (problem) {
      await refused(POWERS[way], problem);
    }
  }

  return { now: () => preparing, waiting, lost, rewording, fetch, choose, type, save, add, remove, move };
}

/** @param {Prepared[]} rows @param {string} session "": none */
const waitingIn = (rows, session) => rows.filter((one) => (one.session ?? "") === session && !one.added_at);

/**
 * Before which one it goes, one place up or down; null: behind all; undefined: it is there already.
 * @param {{id: string}[]} those @param {string} id @param {"up"|"down"} way @returns {string|null|undefined}
 */
export function beforeWhich(those, id, way) {
  const at = those.findIndex((one) => one.id === id);
  if (way === "up") return those[at - 1]?.id;
  return at < 0 || at === those.length - 1 ? undefined : (those[at + 2]?.id ?? null);
}
