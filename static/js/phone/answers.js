// Tells an author, in a quiet line, that a question of theirs was answered, given to somebody, set aside or joined with another one,
// also while the phone was away. Comes later.
// @ts-check
import { byId } from "../shared/board.js";
import { fateOf } from "../shared/fate.js";
import { say } from "../shared/words.js";

/** @import { Post } from "../shared/wire" */
/** @import { Facts, First, OwnPost } from "./types" */

const KEPT = "fates";
/** @type {Record<string, string>} */
const NEWS = { answered: "mine-answered", owned: "mine-owned", set_aside: "mine-set-aside", joined: "mine-joined" };

/** @param {Pick<First, "say" | "keep">} phone */
export function createAnswers({ say: tell, keep }) {
  let known = /** @type {Record<string, string>|null} */ (keep.get(KEPT, null));
  let looked = /** @type {unknown[]} */ ([]);

  /** @param {Pick<Facts, "board" | "posts">} facts */
  function look({ board, posts }) {
    if (looked[0] === board.posts && looked[1] === posts) return; // nothing is new: this is asked with each picture
    looked = [board.posts, posts];
    const found = fatesOf(posts, board);
    const before = known ?? {};
    const news = Object.entries(found).filter(([id, fate]) => before[id] !== fate && NEWS[fate]);
    const isFirst = known === null;
    known = { ...before, ...found };
    if (!news.length && Object.keys(found).every((id) => before[id] === found[id])) return;
    keep.set(KEPT, known);
    // A phone without a record begins with the present state.
    const [last] = news.slice(-1);
    if (!isFirst && last) tell(say(NEWS[last[1]]), "ok");
  }

  return look;
}

/** An own question that was joined with another one. @param {Pick<OwnPost, "state" | "merged_into">} post */
export const isJoined = ({ state, merged_into }) => state === "hidden" && Boolean(merged_into);

/** What became of own questions that everybody sees or that were joined with one, by id. @param {Map<string, Post>} posts @param {Facts["board"]} board */
const fatesOf = (posts, board) =>
  Object.fromEntries(
    [...posts.values()]
      .filter((post) => post.kind === "question" && (post.state === "visible" || isJoined(post)))
      .map((post) => [post.id, isJoined(post) ? "joined" : fateOf(byId(board, post.id) ?? post)]),
  );
