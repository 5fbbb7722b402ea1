// More votes than phones: the sign stays until a moderator has looked, and the votes of new phones can be taken back.
// @ts-check
import { problemOf } from "../shared/api.js";
import { WORDS } from "./outcomes.js";

const VOTERS_MS = 60000; // VOTERS_SECONDS in board/live/presence.py

/**
 * @param {{known: {base: import("../shared/board.js").State}, api: typeof import("../shared/staff.js").api, closePop: () => void, draw: () => void,
 *   say: (words: string) => void, complain: (words: string) => void}} desk
 */
export function createFlood({ known, api, closePop, draw, say, complain }) {
  const flood = { seen: /** @type {{voters: number, online: number}|null} */ (null), follow, takeBackVotes };
  let quietUntil = 0; // until then the voters counted are those the moderator has seen to

  function follow() {
    const { voters, online } = known.base;
    if (voters && performance.now() > quietUntil) flood.seen = { voters, online: online ?? 0 };
  }

  /** Of phones that came in the last so many minutes; 0: of none. @param {number} minutes */
  async function takeBackVotes(minutes) {
    closePop();
    flood.seen = null;
    quietUntil = performance.now() + VOTERS_MS;
    if (!minutes) return draw();
    try {
      const { posts, votes } = await api.takeBackVotes(minutes);
      say(WORDS.votesTaken(votes, posts.length));
    } catch (problem) {
      complain(problemOf(problem).detail);
    }
    draw();
  }

  return flood;
}
