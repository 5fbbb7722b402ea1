// How moves of posts go to the server: one alone with the state that was seen, many in parts.
// @ts-check
import { say as tell } from "../shared/words.js";
import { limits } from "../shared/limits.js";
import { chunks } from "./queue.js";

/** @param {number} n */
const overtaken = (n) => tell("desk-overtaken", { n });

/**
 * @import {Post, PostState} from "../shared/wire"
 * @typedef {{post: Post, from: PostState, changes: Partial<Post>|null}} Way back: of a post, from the state where it is now
 * @param {{api: typeof import("../shared/staff.js").api, teach: (posts: Post[]) => void, say: (words: string) => void}} desk
 *   teach: the server has these posts
 */
export function createSending({ api, teach, say }) {
  /**
   * All to one state; `moved` gets each that the server moved, as it was. Gives the number of the newest change.
   * @param {Post[]} group @param {PostState} state @param {string} reason @param {Map<string, Post>} moved
   */
  async function sendMove(group, state, reason, moved) {
    if (group.length === 1) {
      const [post] = group;
      const answer = await api.moderate(post.id, { state, ...(reason ? { reason } : {}), expect: post.state });
      moved.set(post.id, post);
      teach([answer.post]);
      return answer.post.seq;
    }
    let seq = 0;
    for (const part of chunks(group, limits().posts_at_once)) {
      const answer = await api.bulk(
        part.map((post) => post.id),
        state,
        reason || undefined,
      );
      const changedNow = new Map(answer.posts.map((post) => [post.id, post]));
      for (const post of part) if (changedNow.has(post.id)) moved.set(post.id, post);
      teach(answer.posts);
      if (answer.refused.length) say(overtaken(answer.refused.length));
      seq = Math.max(seq, ...answer.posts.map((post) => post.seq));
    }
    return seq;
  }

  /** Each the way back, see `wayBack`. @param {Way[]} ways */
  async function sendBack(ways) {
    // A pin and a reason are each post's own; only plain ways can go together.
    const plain = ways.length > 1 ? ways.filter((way) => Object.keys(way.changes ?? {}).length === 1) : [];
    for (const state of new Set(plain.flatMap(({ changes }) => changes?.state ?? []))) {
      const ids = plain.filter((way) => way.changes?.state === state).map((way) => way.post.id);
      for (const part of chunks(ids, limits().posts_at_once)) {
        const answer = await api.bulk(part, state);
        teach(answer.posts);
        if (answer.refused.length) say(overtaken(answer.refused.length));
      }
    }
    for (const way of ways) {
      if (!plain.includes(way)) teach([(await api.moderate(way.post.id, { ...way.changes, expect: way.from })).post]);
    }
  }

  return { sendMove, sendBack };
}
