// Keys of the desk: which command a press is (queue.js says) and what it does now.
// @ts-check
import { byId } from "../shared/board.js";
import { meant } from "../shared/layout.js";
import { isComposing } from "../shared/typing.js";
import { NO_FILTERS, beside, command, destination, filtering } from "./queue.js";
import { KEY_SCENES } from "./screens.js";
import { WORDS as LABELS, label } from "./words.js";

const DIGITS = "123456789"; // the reasons to hold a post

/**
 * @import {Command, Tab} from "./queue.js"
 * @import {Choices, Decisions, Known, Popover} from "./types"
 * @param {{known: Pick<Known, "view">, dialog: HTMLDialogElement, face: import("./face.js").Face,
 *   list: import("./list.js").List, decisions: Decisions, large: import("./large.js").Large, room: {freeze: () => void}, popover: Popover,
 *   painter: import("./painter.js").Painter, choices: Choices, isRefused: () => boolean}} desk
 */
export function createCommands({
  known,
  dialog,
  face,
  list,
  decisions,
  large: { meaning, showing },
  room,
  popover,
  painter,
  choices,
  isRefused,
}) {
  const commands = { used: false, pressed }; // used: keys, and not a pointer, since the last press
  const does = {
    next: () => step(1),
    previous: () => step(-1),
    approve: () => onCurrent("approve"),
    hold: () => onCurrent("hold"),
    reason: () => (list.selected.size ? decisions.bulk("reason") : onCurrent("reason")),
    spotlight: () => onCurrent("spotlight"),
    pin: () => onCurrent("pin"),
    answered: () => onCurrent("answered"),
    select: () => list.current && list.select(list.current),
    undo: decisions.undo,
    freeze: () => known.view.board && room.freeze(),
    blank: () => showing.blank(),
    turns: () => showing.turns(),
    screen: meaning.next,
    tick: meaning.tickCurrent,
    search,
    help: () => popover.open({ kind: "help" }),
    escape: letGo,
  };

  function pressed(/** @type {KeyboardEvent} */ event) {
    commands.used = true;
    if (event.defaultPrevented || isRefused() || isComposing(event)) return; // a key of an input method is no command
    if (dialog.open) return pressedInPop(event);
    const wanted = command(event);
    if (isField(event.target)) return wanted === "escape" ? leaveField(event.target) : undefined;
    if (!wanted || (event.key.startsWith("Arrow") && !painter.focusedRow())) return;
    if (event.repeat && wanted !== "next" && wanted !== "previous") return event.preventDefault(); // a key held down decides once
    event.preventDefault();
    if (wanted.startsWith("tab:")) return face.openTab(/** @type {Tab} */ (wanted.slice(4)));
    if (wanted.startsWith("scene:")) return showing.scene(KEY_SCENES[Number(wanted.slice(6))]);
    does[/** @type {Command} */ (wanted)]();
  }

  function pressedInPop(/** @type {KeyboardEvent} */ event) {
    if (popover.what?.kind !== "reason" || isField(event.target) || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const key = meant(event, DIGITS);
    const reason = LABELS.reasons[Number(key) - 1];
    if (reason) {
      event.preventDefault();
      choices.holdFor(reason);
    } else if (key === "h" && !event.repeat) {
      event.preventDefault();
      choices.holdFor("");
    }
  }

  function leaveField(/** @type {HTMLElement} */ field) {
    if (field.id === "search" && list.filters.text) list.filter({ text: "" });
    else field.blur();
  }

  function step(/** @type {1|-1} */ by) {
    const ids = list.visibleIds();
    const { current } = list;
    if (by > 0 && current && current === ids[ids.length - 1] && list.news.length && list.tab === "waiting") {
      list.showNews(); // those who wait came in below
      return list.go(beside(list.visibleIds(), current, 1), true);
    }
    list.go(beside(ids, ids.includes(current) ? current : "", by), true);
  }

  function onCurrent(/** @type {string} */ name) {
    const { current } = list;
    if (list.selected.size && (name === "approve" || name === "hold")) return decisions.bulk(name);
    const post = byId(known.view, current);
    if (!post || !list.inList.has(current)) return;
    if (name !== "reason") return decisions.act(name, current, null);
    if (!destination(post, "hold")) return;
    popover.open(
      { kind: "reason", post, posts: [post], about: label(post) },
      painter.rowOf(current)?.querySelector("[data-act=reason]"),
    );
  }

  function search() {
    face.room = false;
    painter.paint(); // now: what is hidden takes no focus
    const field = /** @type {HTMLInputElement|null} */ (document.getElementById("search"));
    field?.focus();
    field?.select();
  }

  function letGo() {
    if (meaning.chooseNone()) return;
    if (list.selected.size) list.selected.clear();
    else if (face.room) face.room = false;
    else if (filtering(list.filters)) return list.filter(NO_FILTERS);
    else {
      const held = /** @type {HTMLElement|null} */ (document.activeElement);
      held?.blur();
    }
    painter.draw();
  }

  return commands;
}

/** @param {EventTarget|null} target @returns {target is HTMLElement} */
function isField(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
