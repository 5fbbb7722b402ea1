// What moderators can do beside deciding: join questions, trust people, add prepared questions, write for others, open kiosks. Wiring.
// @ts-check
import { byId } from "../shared/board.js";
import { whoText } from "../shared/text.js";
import { createBehalf } from "./behalf.js";
import { createJoining } from "./joining.js";
import { createKiosks } from "./kiosks.js";
import { POWERS } from "./powerwords.js";
import { createPreparing } from "./preparing.js";

/**
 * @import {Post} from "../shared/wire"
 * @import {PostPop, PowersDesk} from "./types"
 * @param {PowersDesk} desk its parts, see desk.js
 */
export function createPowers(desk) {
  const { known, acts, popover, decisions, api } = desk;
  const joining = createJoining(desk);
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
    if (name === "join") joining.open(post, popover.anchor);
    else if (name === "trust" || name === "approve-trust") {
      popover.close();
      trust(post);
      if (name === "approve-trust") decisions.act("approve", post.id, null);
    } else return false;
    return true;
  }

  return {
    joining,
    menu,
    isTrusted,
    preparing: createPreparing(desk),
    behalf: createBehalf(desk),
    kiosks: createKiosks(desk),
  };
}
