// What moderators can do about a post beside deciding: trust its author, join it with another question.
// @ts-check
import { byId } from "../shared/board.js";
import { whoText } from "../shared/text.js";
import { POWERS } from "./powerwords.js";
import { label } from "./words.js";

/**
 * @import {Post} from "../shared/wire"
 * @import {PostPop, PowersDesk} from "./types"
 * @param {PowersDesk} desk its parts, see desk.js
 */
export function createPowers(desk) {
  const { known, acts, popover, decisions, api, ask, me, teach } = desk;
  const isTrusted = (/** @type {Post} */ post) =>
    Boolean(post.participant && known.view.board?.trusted?.includes(post.participant));

  /** @param {import("../shared/board.js").State} state @param {string} participant @param {boolean} on */
  function withTrust(state, participant, on) {
    const others = (state.board?.trusted ?? []).filter((one) => one !== participant);
    const trusted = on ? [...others, participant] : others;
    return { ...state, board: state.board && { ...state.board, trusted } };
  }

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
      show: (state, on) => withTrust(state, participant, on),
      send: (on) => api.trust(participant, on),
    });
  }

  /** One request and one undo: the server does both or neither. */
  function approveAndTrust(/** @type {Post} */ post) {
    const { id, participant } = post;
    if (!participant || post.state !== "pending") return decisions.act("approve", id, null); // which says why it cannot be
    const turn = {
      key: id,
      ids: [id],
      value: true,
      former: false,
      words: POWERS.approvedTrusted,
      about: label(post),
      show: (/** @type {import("../shared/board.js").State} */ state, /** @type {boolean} */ on) => {
        const now = state.posts.get(id);
        const moved = /** @type {const} */ ({ state: on ? "visible" : "pending", moderated_by: me });
        const posts = now ? new Map(state.posts).set(id, { ...now, ...moved }) : state.posts;
        return withTrust({ ...state, posts }, participant, on);
      },
      async send(/** @type {boolean} */ on) {
        const [state, expect] = on ? ["visible", "pending"] : ["pending", "visible"];
        teach([(await api.moderate(id, { state, trust: on, expect })).post]);
      },
    };
    decisions.leave([post], () => acts.turn(turn));
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
      if (name === "trust") trust(post);
      else approveAndTrust(post);
    } else return false;
    return true;
  }

  const apart = (/** @type {Post} */ post) => ask("join", (part) => part.apart(post));

  return { menu, isTrusted, apart };
}
