// A moderator says who answers a question and until when, or why nobody will. Fields are kept until the server has what they say.
// @ts-check
import { byId } from "../shared/board.js";
import { createDrafts } from "../shared/drafts.js";
import { whenQuiet } from "../shared/typing.js";
import { FATES } from "./laterwords.js";

const NAMES_AFTER_MS = 250; // of quiet

/**
 * @import {Post} from "../shared/wire"
 * @import {Known, Popover, PostPop} from "./types"
 * @param {{known: Pick<Known, "view">, acts: import("./acts.js").Acts, popover: Popover,
 *   api: typeof import("../shared/staff.js").api, keep: import("../shared/keep.js").Keep, draw: () => void}} desk
 */
export function createFates({ known, acts, popover, api, keep, draw }) {
  const owners = createDrafts(keep, "desk-owner");
  const reasons = createDrafts(keep, "desk-aside");
  let typed = "";
  let offered = /** @type {string[]} */ ([]);
  const asItIs = (/** @type {Post} */ post) => byId(known.view, post.id) ?? post;

  const find = whenQuiet(NAMES_AFTER_MS, async (signal) => {
    const { people } = typed.trim() ? await api.people(typed, signal) : { people: [] };
    offered = [...new Set(people.map(({ name }) => name))];
    draw();
  });

  const owner = (/** @type {Post} */ post) => owners.get(post.id, post.owner ?? "");

  function typeOwner(/** @type {Post} */ post, /** @type {string} */ text) {
    typed = text;
    owners.set(post.id, text === (post.owner ?? "") ? null : text);
    find();
  }

  /** @param {SubmitEvent} event */
  function give(event) {
    const { post, form } = submitted(event);
    const name = String(form.get("owner")).trim();
    if (!name) return;
    const due = String(form.get("due")) || null;
    const now = asItIs(post);
    const saved = () => owners.drop(post.id);
    acts.change(now, { owner: name, due, ...(now.set_aside ? { set_aside: null } : {}) }, FATES.given, saved);
  }

  const noOwner = () => change({ owner: null, due: null }, FATES.taken);

  /** @param {SubmitEvent} event */
  function asideForOwn(event) {
    const { post, form } = submitted(event);
    const reason = String(form.get("reason")).trim();
    if (reason) aside(post, reason, () => reasons.drop(post.id));
  }

  const asideFor = (/** @type {string} */ reason) => aside(/** @type {PostPop} */ (popover.what).post, reason);

  function aside(/** @type {Post} */ post, /** @type {string} */ reason, saved = () => {}) {
    const now = asItIs(post);
    popover.close();
    acts.change(now, { set_aside: reason, ...(now.answered ? { answered: false } : {}) }, FATES.aside, saved);
  }

  const notAside = () => change({ set_aside: null }, FATES.back);

  /** @param {import("./acts.js").Changed} changes @param {string} words */
  function change(changes, words) {
    const { post } = /** @type {PostPop} */ (popover.what);
    popover.close();
    acts.change(asItIs(post), changes, words);
  }

  /** @param {SubmitEvent} event */
  function submitted(event) {
    event.preventDefault();
    const { post } = /** @type {PostPop} */ (popover.what);
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    popover.close();
    return { post, form };
  }

  return {
    offered: () => offered,
    owner,
    typeOwner,
    give,
    noOwner,
    reason: (/** @type {Post} */ post) => reasons.get(post.id, ""),
    typeReason: (/** @type {Post} */ post, /** @type {string} */ text) => reasons.set(post.id, text || null),
    asideFor,
    asideForOwn,
    notAside,
  };
}
