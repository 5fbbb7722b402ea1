// Cards older than what the server sends by itself: asked for a page at a time, at the end of the list of what is on the board.
// @ts-check
import { problemOf } from "../shared/api.js";
import { askedAt, cards, withOlder } from "../shared/board.js";
import { limits } from "../shared/limits.js";
import { tabOf } from "./queue.js";

/**
 * @param {{known: {base: import("../shared/board.js").State}, again: Set<string>, strays: Set<string>, api: typeof import("../shared/staff.js").api,
 *   bring: (state: import("../shared/board.js").State, ids: string[]) => void, showMore: (rows: number) => void, draw: () => void,
 *   complain: (words: string) => void}} desk strays: ids that are known although older ones than them are not
 */
export function createOlder({ known, again, strays, api, bring, showMore, draw, complain }) {
  const older = { loading: false, fetch };

  async function fetch() {
    const oldest = cards(known.base)
      .filter((post) => tabOf(post, again) === "board" && !strays.has(post.id))
      .pop();
    if (!oldest || older.loading) return;
    older.loading = true;
    const asked = askedAt(known.base);
    draw();
    try {
      const answer = await api.posts({
        feed: "moderate",
        kind: "card",
        state: "visible",
        before: oldest.id,
        limit: limits().posts_a_page,
      });
      const state = withOlder(known.base, answer.posts, answer.more, asked);
      if (state === known.base) return; // a snapshot came first: the button is there again
      showMore(limits().posts_a_page);
      bring(
        state,
        answer.posts.map((post) => post.id),
      );
      for (const { id } of answer.posts) strays.delete(id);
    } catch (problem) {
      complain(problemOf(problem).detail);
    } finally {
      older.loading = false;
      draw();
    }
  }

  return older;
}
