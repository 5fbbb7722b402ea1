// What belongs to this phone, as the board tells it: posts, votes, reactions, what it may do, and earlier cards for its owner.
// @ts-check
import { api } from "../shared/api.js";
import { limits } from "../shared/limits.js";

/**
 * @param {{held: {board: import("../shared/board.js").State}, who: {self(): any, learn(participant: any): void},
 *   deliver: () => void, onChange: () => void}} page deliver: sends what waits
 */
export function createOwn({ held, who, deliver, onChange }) {
  const own = {
    posts: /** @type {Map<string, any>} */ (new Map()),
    votes: /** @type {Set<string>} */ (new Set()),
    reactions: /** @type {Map<string, Set<string>>} */ (new Map()),
    roster: false, // names are those of a list
    muted: false,
    cookie: navigator.cookieEnabled, // it comes back; else the board takes nothing from this phone
    /** @type {Map<string, any>} cards for me that the board no longer holds here; asked for with Me */
    received: new Map(),
    /** @type {Set<string>} sent from this page: shown on top of their lane until they are on the board */
    fresh: new Set(),
  };

  async function load() {
    try {
      const answer = await api.mine();
      own.posts = new Map(answer.posts.map((post) => [post.id, post]));
      own.votes = new Set(answer.votes);
      own.reactions = new Map(Object.entries(answer.reactions).map(([id, keys]) => [id, new Set(keys)]));
      own.roster = Boolean(answer.roster);
      own.muted = Boolean(answer.muted);
      own.cookie = answer.cookie !== false;
      who.learn(answer.participant);
      if (own.cookie) deliver();
      onChange();
    } catch {
      // comes again with the next connection
    }
  }

  /** Cards for me of days ago. */
  async function loadReceived() {
    const { person } = who.self();
    if (!person) return;
    try {
      const { posts } = await api.posts({ kind: "card", person, limit: limits().posts_a_page });
      own.received = new Map(posts.filter((post) => !held.board.gone.has(post.id)).map((post) => [post.id, post]));
      onChange();
    } catch {
      // comes again when Me is opened again
    }
  }

  /** What is said to the author alone. @param {any[]} changes */
  function heard(changes) {
    for (const change of changes) {
      const known = own.posts.get(change.id);
      // Neither state nor reason is new: a moderator has corrected the recipient.
      if (!known || (known.state === change.state && known.reason === change.reason)) return void load();
      own.posts.set(change.id, { ...known, reason: undefined, ...change });
    }
    onChange();
  }

  function take(post) {
    own.posts.set(post.id, post);
    onChange();
  }

  return Object.assign(own, { load, loadReceived, heard, take });
}
