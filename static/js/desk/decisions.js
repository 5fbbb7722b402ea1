// What the moderator decides about posts: whether it can be done, and where the moderator stands afterwards. acts.js does it.
// @ts-check
import { byId } from "../shared/board.js";
import { whoText } from "../shared/text.js";
import { WORDS, whyNot } from "./outcomes.js";
import { allowed, destination, successor } from "./queue.js";
import { WORDS as LABELS, label } from "./words.js";

/**
 * @import {Post} from "../shared/wire"
 * @import {Known, Pop, Press} from "./types"
 * @param {{known: Pick<Known, "view">, again: Set<string>, marks: import("./marks.js").Marks,
 *   list: import("./list.js").List, acts: import("./acts.js").Acts, showing: import("./showing.js").Showing,
 *   api: typeof import("../shared/staff.js").api, openPop: (what: Pop, anchor?: Element|null) => void, withKeys: () => boolean, say: (words: string) => void}} desk
 *   withKeys: the moderator works with the keyboard, so the page goes along
 */
export function createDecisions({ known, again, marks, list, acts, showing, api, openPop, withKeys, say }) {
  /** @param {string} name @param {Post[]} posts @param {string} [reason] @param {() => void} [saved] */
  function moderate(name, posts, reason, saved) {
    const move = name === "restore" ? "approve" : /** @type {"approve"|"hold"} */ (name);
    const willing = posts.filter((post) => destination(post, move) || (move === "hold" && again.has(post.id)));
    if (!willing.length) return posts.length ? say(whyNot(posts[0])) : undefined;
    leave(willing, () => acts.move(willing, move, reason, saved));
  }

  /** Posts leave the list by this act: the moderator goes on to the next that stays. @param {Post[]} posts @param {() => void} act */
  function leave(posts, act) {
    const leaving = new Set(posts.map((post) => post.id));
    const next = successor(list.visibleIds().slice(0, list.limit), list.current, leaving);
    for (const id of leaving) list.selected.delete(id);
    act();
    if (list.current && !list.inList.has(list.current)) list.go(next, withKeys());
  }

  /** @param {string} name @param {string} id @param {Press|null} event null: by a key */
  function act(name, id, event) {
    if ((event?.detail ?? 0) > 1) return; // the second half of a double tap falls on the row that moved up
    const post = byId(known.view, id);
    if (!post || marks.ghosts.has(id)) return;
    if (event) list.current = id;
    if (name === "menu" || name === "reason")
      return openPop(
        { kind: name, post, posts: [post], about: label(post), muted: isMuted(post) },
        event?.currentTarget,
      );
    if (["approve", "restore", "hold"].includes(name)) return moderate(name, [post]);
    if (!allowed(post, again).has(name))
      return say(name === "answered" && post.kind !== "question" ? WORDS.onlyQuestions : WORDS.onlyVisible);
    if (name === "spotlight") return showing.spotlight(post);
    const key = name === "pin" ? "pinned" : "answered";
    const value = !post[key];
    const back = key === "answered" && value && post.set_aside ? { set_aside: null } : {};
    acts.change(post, { [key]: value, ...back }, WORDS[key][Number(value)]);
  }

  const isMuted = (/** @type {Post} */ post) =>
    Boolean(post.participant && known.view.board?.muted?.includes(post.participant));

  function mute(/** @type {Post} */ post) {
    const { participant } = post;
    if (!participant) return;
    const value = !isMuted(post);
    acts.turn({
      key: `mute ${participant}`,
      value,
      former: !value,
      words: WORDS.muted[Number(value)],
      about: post.author ? whoText(post.author) : WORDS.anonymous,
      show: (state, on) => {
        const others = (state.board?.muted ?? []).filter((one) => one !== participant);
        return {
          ...state,
          board: state.board && { ...state.board, muted: on ? [...others, participant] : others },
        };
      },
      send: (on) => api.mute(participant, on),
    });
  }

  /** About all that is selected. @param {string} name @param {Press} [event] */
  function bulk(name, event) {
    const posts = [...list.selected].map((id) => byId(known.view, id)).filter((post) => post !== null);
    if (name === "reason")
      return openPop({ kind: "reason", posts, about: LABELS.selected(posts.length) }, event?.currentTarget);
    moderate(name, posts);
  }

  function undo() {
    const act = acts.undo();
    if (!act) return say(WORDS.nothingToUndo);
    const back = act.ids?.find((id) => list.inList.has(id)); // most likely it is wanted for the right act now
    if (back) list.go(back, withKeys());
  }

  return { moderate, leave, act, mute, bulk, undo };
}
