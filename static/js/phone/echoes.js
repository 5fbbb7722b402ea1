// The server sends an author news of each new post, and the answer to the request says the same. Such an echo needs no look-up:
// when everybody posts at once, each saved look-up relieves the server. Pure.
// @ts-check

/** @typedef {{id: string, state?: string, reason?: string|null, thanks?: string[]}} News */

/** @param {News|undefined} one @param {News|undefined} other */
export const isSame = (one, other) =>
  one?.state === other?.state && one?.reason === other?.reason && `${one?.thanks ?? ""}` === `${other?.thanks ?? ""}`;

export function createEchoes() {
  /** @type {Map<string, News>} news that came before the answer */
  const early = new Map();
  /** @type {Set<string>} answered; the news is still to come */
  const due = new Set();

  return {
    /**
     * Whether this news only repeats the answer to the post.
     * @param {News} news @param {News|undefined} known of the post @param {boolean} isUnderWay its answer is awaited
     */
    isEcho(news, known, isUnderWay) {
      if (!isUnderWay) return due.delete(news.id) && isSame(news, known);
      if (early.has(news.id)) return false;
      early.set(news.id, news);
      return true;
    },

    /** The answer to a new post. False: other news came meanwhile. @param {News} post */
    answered(post) {
      const news = early.get(post.id);
      if (news) early.delete(post.id);
      else due.add(post.id);
      return !news || isSame(news, post);
    },

    /** The page asks for everything anew: news may be lost with the connection. */
    clear() {
      early.clear();
      due.clear();
    },
  };
}
