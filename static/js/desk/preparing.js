// Prepared questions at the desk: pasted line by line for a session, put on the board one by one.
// @ts-check
import { problemOf } from "../shared/api.js";
import { newId } from "../shared/ids.js";
import { plain } from "../shared/typing.js";
import { POWERS } from "./laterwords.js";

/**
 * @import {LaterDesk, Submit} from "./types"
 * @typedef {Awaited<ReturnType<LaterDesk["api"]["prepared"]>>["questions"][number]} Prepared
 * @param {LaterDesk} desk
 */
export function createPreparing({ api, teach, draw, say, complain }) {
  const preparing = { session: "", rows: /** @type {Prepared[]} */ ([]), typed: "", busy: false };

  async function fetch() {
    try {
      preparing.rows = (await api.prepared()).questions;
    } catch (problem) {
      failed(POWERS.prepared, problem);
    }
    draw();
  }

  const failed = (/** @type {string} */ what, /** @type {unknown} */ problem) =>
    complain(POWERS.not(what, problemOf(problem).message));

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

  async function add(/** @type {Prepared} */ one) {
    try {
      const { post } = await api.addPrepared(one.id);
      teach([post]);
      say(POWERS.added);
      await fetch();
    } catch (problem) {
      failed(POWERS.add, problem);
    }
  }

  async function remove(/** @type {Prepared} */ one) {
    try {
      await api.removePrepared(one.id);
      await fetch();
    } catch (problem) {
      failed(POWERS.remove, problem);
    }
  }

  return { now: () => preparing, fetch, choose, type, save, add, remove };
}
