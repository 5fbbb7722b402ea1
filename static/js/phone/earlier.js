// Posts that the snapshot did not hold, fetched when asked for: older cards, and answered questions of days ago.
// @ts-check
import { api, problemOf } from "../shared/api.js";
import { askedAt, cards, withOlder } from "../shared/board.js";
import { limits } from "../shared/limits.js";

/** @import { State } from "../shared/board.js" */
/** @import { Say } from "./types" */

const TRIES_AT_MOST = 2; // a snapshot may come while a page is under way

/**
 * @param {{held: {board: State}, say: Say,
 *   onChange: () => void}} page
 */
export function createEarlier({ held, say, onChange }) {
  let loading = false; // older cards
  let asking = false; // for answered questions
  let laid = false; // on the last snapshot: the next one takes them away

  async function olderCards() {
    if (loading || !held.board.more) return;
    loading = true;
    const asked = askedAt(held.board);
    onChange();
    try {
      const before = cards(held.board).pop()?.id;
      const answer = await api.posts({ kind: "card", before, limit: limits().posts_a_page });
      held.board = withOlder(held.board, answer.posts, answer.more, asked);
    } catch (problem) {
      say(problemOf(problem).detail, "bad");
    } finally {
      loading = false;
      onChange();
    }
  }

  /** Asks once for each snapshot; where no answer came, the next call asks again. */
  async function answered() {
    if (asking || laid) return;
    asking = true;
    try {
      for (let tries = 0; tries < TRIES_AT_MOST && !laid; tries += 1) await askAnswered();
    } catch {
      // asked for again with the next snapshot, connection or tap
    } finally {
      asking = false;
      onChange();
    }
  }

  async function askAnswered() {
    const asked = askedAt(held.board);
    const answer = await api.posts({ kind: "question", limit: limits().posts_a_page });
    const known = held.board;
    held.board = withOlder(known, answer.posts, known.more, asked);
    laid = held.board !== known;
  }

  return { olderCards, answered, isLoading: () => loading, snapshotCame: () => void (laid = false) };
}
