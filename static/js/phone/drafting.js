// The draft in the sheet, kept on the phone with each letter: of a new post, or of an edit.
// @ts-check
import { createDrafts } from "../shared/drafts.js";
import { blank, changed, isEmpty, wire } from "./draft.js";

/** @import { Keep } from "../shared/keep.js" */
/** @import { Kind, Post } from "../shared/wire" */
/** @import { Draft } from "./draft.js" */
/** @import { Place } from "./modal.js" */
/** @import { Begun } from "./types" */

/**
 * @param {{keep: Pick<Keep, "get"|"set">, presetSession: () => string, isOver: (session: string) => boolean}} page
 *   presetSession: the one that a new question is for
 */
export function createDrafting({ keep, presetSession, isOver }) {
  const edits = createDrafts(keep, "edit");
  let draft = blank("card");
  let editing = /** @type {Post|null} */ (null); // the post being edited

  /** @param {Kind} kind @param {Begun} known post: to be edited; body: what came back from the board */
  function begin(kind, { post = null, body = null }) {
    editing = post;
    draft = {
      ...blank(kind),
      ...(post || body ? { ...post, ...(post && edits.get(post.id)?.draft), ...body } : saved(kind)),
    };
    if (body) remember();
  }

  /** @param {Kind} kind @returns {Partial<Draft>} */
  function saved(kind) {
    const known = keep.get(`draft:${kind}`);
    if (known?.session && isOver(known.session)) return { ...known, session: presetSession() }; // begun on another day
    return known ?? { session: kind === "question" ? presetSession() : "" };
  }

  // An edit is kept beside the drafts of new posts, with the post as it was: so that it can go on after a reload without the board.
  function remember() {
    if (!editing) return keep.set(`draft:${draft.kind}`, isEmpty(draft) ? null : draft);
    const { to, theme, text, typed } = draft;
    edits.set(editing.id, isChanged() ? { draft: { to, theme, text, typed }, post: editing } : null);
  }

  const isChanged = () => Boolean(draft.typed) || Object.keys(changes()).length > 0;

  /** What the edit changes. */
  function changes() {
    const { kind: _, ...body } = wire(draft);
    return editing ? changed(body, editing) : {};
  }

  /** @param {Partial<Draft>} parts */
  function set(parts) {
    draft = { ...draft, ...parts };
    remember();
  }

  function forget() {
    if (editing) edits.drop(editing.id);
    else keep.set(`draft:${draft.kind}`, null);
    draft = blank(draft.kind);
  }

  /**
   * What was open when the page was left: a draft comes back, an empty sheet does not. `edits` holds the sent post, too.
   * @param {Place} place @returns {{kind: Kind, post?: Post}|null}
   */
  function begun({ sheet, edits: id }) {
    const edit = id && edits.get(id);
    if (edit) return { kind: edit.post.kind, post: edit.post };
    return !id && sheet && keep.get(`draft:${sheet}`) ? { kind: sheet } : null;
  }

  return {
    begin,
    begun,
    set,
    forget,
    isChanged,
    changes,
    current: () => draft,
    editing: () => editing,
    hasEdit: (/** @type {string} */ id) => Boolean(edits.get(id)),
    isKept: (/** @type {string} */ kind) => Boolean(keep.get(`draft:${kind}`)),
  };
}
