// What moderators can do about a post beside deciding: trust its author, join it with another question.
// @ts-check
import { byId } from "../shared/board.js";
import { whoText } from "../shared/text.js";
import { POWERS } from "./powerwords.js";

/**
 * @import {Post} from "../shared/wire"
 * @import {PostPop, PowersDesk} from "./types"
 * @param {PowersDesk} desk its parts, see desk.js
 */
export function createPowers(desk) {
  const { known, acts, popover, decisions, api, ask } = desk;
  const isTrusted = (/** @type {Post} */ post) =>
    Boolean(post.participant && known.view.board?.trusted?.includes(post.participant));

  function trust(/** @type {Post} */ post) {
    const { participant } = post;
    if (!participant) return;
    const value = !isTrusted(post);
    acts.turn({
      key: `trust ${participant}`,
      value,
      former: !value,
      words: POWERS.trusted[Number(value)],
      about: post.author ? whoText(post.author) : POWERS.anonymous,
      show: (state, on) => {
        const others = (state.board?.trusted ?? []).filter((one) => one !== participant);
        const trusted = on ? [...others, participant] : others;
        return { ...state, board: state.board && { ...state.board, trusted } };
      },
      send: (on) => api.trust(participant, on),
    });
  }

  /** An item of a post's menu. False: it is none of these. @param {string} name */
  function menu(name) {
    const shown = /** @type {PostPop|null} */ (popover.what)?.post;
    if (!shown) return false;
    const post = byId(known.view, shown.id) ?? shown;
    if (name === "join") {
      ask("join", (part) => part.open(post));
      popover.open({ kind: "join", post }, popover.anchor);
    } else if (name === "trust" || name === "approve-trust") {
      popover.close();
      trust(post);
      if (name === "approve-trust") decisions.act("approve", post.id, null);
    } else return false;
    return true;
  }

  const apart = (/** @type {Post} */ post) => ask("join", (part) => part.apart(post));

  return { menu, isTrusted, apart };
}
