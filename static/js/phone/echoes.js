// The board tells an author of each new post, also the page that has just sent it and learns the same by the answer. Such an echo
// needs no look-up: where everybody posts at once, each one saved is one for everybody. Pure.
// @ts-check

/** @typedef {{id: string, state?: string, reason?: string|null, thanks?: string[]}} Told */

/** @param {Told|undefined} one @param {Told|undefined} other */
export const isSame = (one, other) =>
  one?.state === other?.state && one?.reason === other?.reason && `${one?.thanks ?? ""}` === `${other?.thanks ?? ""}`;

export function createEchoes() {
  /** @type {Map<string, Told>} what was told first, before the answer came */
  const early = new Map();
  /** @type {Set<string>} answered, and to be told still */
  const due = new Set();

  return {
    /**
     * Whether this says nothing that the answer to the post does not say.
     * @param {Told} told @param {Told|undefined} known of the post @param {boolean} isUnderWay its answer is awaited
     */
    isEcho(told, known, isUnderWay) {
      if (!isUnderWay) return due.delete(told.id) && isSame(told, known);
      if (early.has(told.id)) return false;
      early.set(told.id, told);
      return true;
    },

    /** The answer to a new post. False: something else was told meanwhile. @param {Told} post */
    answered(post) {
      const told = early.get(post.id);
      if (told) early.delete(post.id);
      else due.add(post.id);
      return !told || isSame(told, post);
    },

    /** All is asked for anew. What was to be told may have been lost with the connection. */
    clear() {
      early.clear();
      due.clear();
    },
  };
}
