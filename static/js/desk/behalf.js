// Posts on behalf of people without a phone, from paper or by ear: a name, Enter, the sentence, Enter, and the next card.
// @ts-check
import { problemOf } from "../shared/api.js";
import { createAddressing } from "../shared/addressing.js";
import { newId } from "../shared/ids.js";
import { addressed } from "../shared/recipients.js";
import { cleaned, isComposing, plain } from "../shared/typing.js";
import { POWERS } from "./laterwords.js";

const EMPTY = { to: /** @type {One[]} */ ([]), typed: "", text: "", name: "" };
const FIELD = "behalf-to"; // the page may hold another field for recipients

/**
 * @import {One} from "../shared/recipients.js"
 * @import {LaterDesk, Submit} from "./types"
 * @param {LaterDesk} desk
 */
export function createBehalf({ known, api, teach, draw, say, complain }) {
  const writing = { kind: "card", session: "", id: newId(), busy: false, ...EMPTY };
  let error = /** @type {{field: string, detail: string}|null} */ (null);
  const focus = (/** @type {string} */ place) =>
    /** @type {HTMLElement|null} */ (document.querySelector(place))?.focus();
  const addressing = createAddressing({
    id: FIELD,
    dialog: document.body,
    getBoard: () => known.view,
    getWho: () => ({ name: cleaned(writing.name) }),
    findPeople: api.people,
    hasRoster: () => false, // a name on paper may be on no list: Enter takes it, too
    getDraft: () => writing,
    set,
    refresh: draw,
    fail,
    next: () => focus("#behalf-text"),
  });

  function set(/** @type {Partial<typeof writing>} */ changes) {
    Object.assign(writing, changes);
    error = null;
    draw();
  }

  function fail(/** @type {{field: string, detail: string}} */ problem) {
    error = problem;
    draw();
    focus(`#${FIELD}`);
  }

  /** Enter: most cards have one recipient, so the sentence comes next, and after it the next card. */
  async function keys(/** @type {KeyboardEvent & {target: HTMLElement}} */ event) {
    const { key, shiftKey, target } = event;
    if (key !== "Enter" || shiftKey || isComposing(event)) return;
    if (target.id === FIELD && writing.typed.trim()) {
      if ((await addressing.takeTyped()) && document.activeElement === target) focus("#behalf-text");
    } else if (target.id === "behalf-text") {
      event.preventDefault();
      /** @type {HTMLFormElement} */ (target.closest("form")).requestSubmit();
    }
  }

  function body() {
    const { kind, id, to, text, name, session } = writing;
    const author = cleaned(name) ? { name: cleaned(name) } : null;
    const about = { kind, id, text: plain(text), author };
    if (kind === "question") return { ...about, ...(session ? { session } : {}) };
    return { ...about, to: to.map(addressed) };
  }

  /** The same id until the server has it: a lost answer makes no second card. */
  async function submit(/** @type {Submit} */ event) {
    event.preventDefault();
    if (writing.busy) return;
    set({ busy: true });
    try {
      if (writing.kind === "card") {
        if (!(await addressing.takeTyped())) return;
        if (!writing.to.length) return fail({ field: "to", detail: POWERS.toMissing });
      }
      await write();
    } catch (problem) {
      complain(POWERS.not(POWERS.write, problemOf(problem).message));
    } finally {
      writing.busy = false;
      draw();
    }
  }

  async function write() {
    const { post } = await api.behalf(body());
    teach([post]);
    say(post.state === "visible" ? POWERS.written(post.text) : POWERS.writtenWaits(post.text));
    set({ ...EMPTY, id: newId() });
    addressing.reset();
    focus(writing.kind === "card" ? `#${FIELD}` : "#behalf-text");
  }

  // Before the field itself hears the key: that takes the name, and nothing is typed any more.
  const keying = { handleEvent: keys, capture: true };
  const toView = () => addressing.view(null, error, POWERS.to);

  return { now: () => writing, set, keying, submit, toView };
}
