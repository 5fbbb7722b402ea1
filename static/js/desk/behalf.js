// Posts on behalf of people without a phone, from paper or by ear: three fields, Enter, next.
// @ts-check
import { problemOf } from "../shared/api.js";
import { newId } from "../shared/ids.js";
import { cleaned, plain } from "../shared/typing.js";
import { POWERS } from "./laterwords.js";

const EMPTY = { to: "", text: "", name: "" };

/**
 * @import {LaterDesk, Submit} from "./types"
 * @param {LaterDesk} desk
 */
export function createBehalf({ api, teach, draw, say, complain }) {
  const writing = { kind: "card", session: "", id: newId(), busy: false, ...EMPTY };

  function set(/** @type {Partial<typeof writing>} */ changes) {
    Object.assign(writing, changes);
    draw();
  }

  function body() {
    const { kind, id, to, text, name, session } = writing;
    const author = cleaned(name) ? { name: cleaned(name) } : null;
    const about = { kind, id, text: plain(text), author };
    if (kind === "question") return { ...about, ...(session ? { session } : {}) };
    const names = to
      .split(/[,;،、]/)
      .map(cleaned)
      .filter(Boolean);
    return { ...about, to: names.map((one) => ({ name: one })) };
  }

  /** The same id until the server has it: a lost answer makes no second card. */
  async function submit(/** @type {Submit} */ event) {
    event.preventDefault();
    if (writing.busy) return;
    set({ busy: true });
    try {
      const { post } = await api.behalf(body());
      teach([post]);
      say(post.state === "visible" ? POWERS.written(post.text) : POWERS.writtenWaits(post.text));
      set({ ...EMPTY, id: newId() });
      /** @type {HTMLElement|null} */ (document.querySelector("[data-behalf=first]"))?.focus();
    } catch (problem) {
      complain(POWERS.not(POWERS.write, problemOf(problem).message));
    } finally {
      set({ busy: false });
    }
  }

  return { now: () => writing, set, submit };
}
