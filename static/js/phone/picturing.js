// A card is kept as a picture: it is seen first, in one of three shapes, then shared or saved.
// @ts-check
import { createMender } from "../shared/mender.js";
import { namesText, themeOf } from "../shared/text.js";
import { say as tell } from "../shared/words.js";
import { drawn, SHAPES } from "./picture.js";
import { pictureView } from "./pictureview.js";

/** @import { First } from "./types" */
/** @import { Drawn } from "./types" */

const KEPT_MS = 60000; // an address of what is being saved

/** @param {Pick<First, "held"|"keep"|"say">} phone */
export function createPicturing({ held, keep, say }) {
  let post = /** @type {Drawn|null} */ (null);
  let shape = "";
  let file = /** @type {File|null} */ (null); // drawn before a finger asks for it: a browser shares at a tap only
  let canvas = /** @type {HTMLCanvasElement|null} */ (null);
  let failed = false;
  const dialog = document.createElement("dialog");
  dialog.className = "sheet picture-sheet";
  dialog.setAttribute("aria-labelledby", "picture-title");
  document.body.append(dialog);
  const mender = createMender({ roots: [dialog], translatable: true });

  /** @param {Drawn} card */
  function share(card) {
    if (dialog.open) return;
    post = card;
    history.pushState({ ...history.state, picture: true }, "");
    choose(keep.get("shape", "tall"));
    dialog.showModal();
  }

  /** @param {string} wanted */
  async function choose(wanted) {
    const card = post;
    shape = SHAPES[wanted] ? wanted : "tall";
    keep.set("shape", shape);
    forget();
    refresh();
    try {
      const { themes, board } = held.board;
      const about = { theme: themeOf(card ?? {}, themes), board: board ?? {} };
      const { canvas: seen, blob } = await drawn(/** @type {Drawn} */ (card), about, SHAPES[shape]);
      if (wanted !== shape || card !== post) return; // another one was chosen meanwhile
      file = new File([blob], "card.png", { type: blob.type });
      canvas = seen;
    } catch {
      failed = true;
    }
    refresh();
  }

  function forget() {
    file = null;
    canvas = null;
    failed = false;
  }

  function refresh() {
    const names = namesText(post ?? {});
    const shares = Boolean(file && navigator.canShare?.({ files: [file] }));
    mender.render(pictureView({ names, shape, canvas, failed, shares, choose, send, save, close }), dialog);
  }

  async function send() {
    try {
      if (file) await navigator.share({ files: [file] });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return; // closed without a choice
      save();
    }
  }

  function save() {
    if (!file) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
    say(tell("picture-saved"), "ok");
    close();
  }

  function close() {
    if (!dialog.open) return;
    dialog.close();
    if (history.state?.picture) history.back();
  }

  if (history.state?.picture) history.replaceState({ ...history.state, picture: undefined }, "");
  dialog.addEventListener("close", forget);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  window.addEventListener("popstate", () => dialog.open && !history.state?.picture && dialog.close());

  return { share };
}
