// What the moderator chooses in a popover: a reason, an item of a post's menu, a session, a recipient.
// @ts-check
import { byId } from "../shared/board.js";
import { addressed } from "../shared/recipients.js";
import { whoText } from "../shared/text.js";
import { WORDS } from "./outcomes.js";
import { label } from "./words.js";

/**
 * @import {Post} from "../shared/wire"
 * @import {Ask, Decisions, HoldPop, Known, Popover, PostPop, Submit, Written} from "./types"
 * @param {{known: Pick<Known, "view">, acts: import("./acts.js").Acts, popover: Popover, decisions: Decisions,
 *   written: Written, ask: Ask, api: typeof import("../shared/staff.js").api,
 *   teach: (posts: Post[]) => void, lookFor: (author: string, name: string) => void}} desk
 *   teach: the server has these posts; lookFor: all posts of one author are wanted
 */
export function createChoices({ known, acts, popover, decisions, written, ask, api, teach, lookFor }) {
  const asItIs = (/** @type {Post} */ post) => byId(known.view, post.id) ?? post;

  /** @param {string} reason @param {() => void} [saved] */
  function holdFor(reason, saved) {
    const { posts } = /** @type {HoldPop} */ (popover.what);
    popover.close();
    decisions.moderate("hold", posts.map(asItIs), reason, saved);
  }

  /** An own reason is kept until the server has it: offline, what was typed is still there. */
  function holdForOwn(/** @type {Submit} */ event) {
    event.preventDefault();
    const { posts } = /** @type {HoldPop} */ (popover.what);
    const reason = String(new FormData(event.target).get("reason")).trim();
    holdFor(reason, () => written.reasonSaved(posts, reason));
  }

  /** @param {string} name an item of the menu */
  function choose(name) {
    const { post } = /** @type {PostPop} */ (popover.what);
    if (name === "reason")
      return popover.open({ kind: "reason", post, posts: [post], about: label(post) }, popover.anchor);
    if (name === "correct") ask("correct", (part) => part.open(asItIs(post)));
    if (["correct", "answer", "move", "owner", "aside"].includes(name))
      return popover.open(/** @type {PostPop} */ ({ kind: name, post }), popover.anchor);
    popover.close();
    if (name === "pin") return decisions.act("pin", post.id, null);
    if (name === "mute") return decisions.mute(post);
    lookFor(post.participant ?? "", post.author ? whoText(post.author) : WORDS.anonymous);
  }

  function moveTo(/** @type {string|null} */ session) {
    const { post } = /** @type {PostPop} */ (popover.what);
    popover.close();
    if ((post.session ?? null) !== session) acts.change(asItIs(post), { session }, WORDS.moved);
  }

  /**
   * The server has it; `before` and `after` are the same where nothing was changed.
   * @param {Post} before @param {Post} after
   */
  function corrected(before, after) {
    if (popover.what?.kind === "correct" && popover.what.post.id === before.id) popover.close();
    if (before === after) return;
    teach([after]);
    const back = { to: toOf(before).map(addressed), expect: after.state, expect_to: toOf(after).map(addressed) };
    const about = [before, after].map((one) => toOf(one).map(whoText).join(", ")).join(" → ");
    acts.done({ id: after.id, words: WORDS.corrected, about, sendBack: () => api.moderate(after.id, back) });
  }

  return { holdFor, holdForOwn, choose, moveTo, corrected };
}

/** A card has recipients. @param {Post} card */
const toOf = (card) => card.to ?? [];
