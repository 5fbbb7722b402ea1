// Prepared questions at the desk: pasted line by line for a session, put on the board one by one.
// @ts-check
import { newId } from "../shared/ids.js";
import { plain } from "../shared/typing.js";
import { POWERS } from "./powerwords.js";

/** @param {any} desk see powers.js */
export function createPreparing({ api, teach, draw, say, complain }) {
  const preparing = { session: "", rows: /** @type {any[]} */ ([]), typed: "", busy: false };

  async function fetch() {
    try {
      preparing.rows = (await api.prepared()).questions;
    } catch (problem) {
      failed(POWERS.prepared, problem);
    }
    draw();
  }

  const failed = (what, problem) => complain(POWERS.not(what, problem.message));

  function choose(session) {
    preparing.session = session;
    draw();
  }

  function type(value) {
    preparing.typed = value;
    draw();
  }

  /** One line, one question. What was typed stays until the server has it. */
  async function save(event) {
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

  async function add(one) {
    try {
      const { post } = await api.addPrepared(one.id);
      teach([post]);
      say(POWERS.added);
      await fetch();
    } catch (problem) {
      failed(POWERS.add, problem);
    }
  }

  async function remove(one) {
    try {
      await api.removePrepared(one.id);
      await fetch();
    } catch (problem) {
      failed(POWERS.remove, problem);
    }
  }

  return { now: () => preparing, fetch, choose, type, save, add, remove };
}
