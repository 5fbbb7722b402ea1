// What belongs to this phone, as the board tells it: posts, votes, reactions, what it may do, and earlier cards for its owner.
// @ts-check
import { api } from "../shared/api.js";
import { limits } from "../shared/limits.js";
import { createEchoes, isSame } from "./echoes.js";

/** @import { State } from "../shared/board.js" */
/** @import { MineFrame, Participant, Post } from "../shared/wire" */
/** @import { Who } from "./who.js" */

/**
 * @param {{held: {board: State}, who: {self(): Who, learn(participant: Participant|null): void},
 *   deliver: () => void, isUnderWay: (id: string) => boolean, onChange: () => void}} page deliver: sends what waits;
 *   isUnderWay: whether the answer to a new post is awaited
 */
export function createOwn({ held, who, deliver, isUnderWay, onChange }) {
  const echoes = createEchoes();
  let heardTimes = 0;
  const own = {
    posts: /** @type {Map<string, Post>} */ (new Map()),
    votes: /** @type {Set<string>} */ (new Set()),
    reactions: /** @type {Map<string, Set<string>>} */ (new Map()),
    roster: false, // names are those of a list
    muted: false,
    cookie: navigator.cookieEnabled, // it comes back; else the board takes nothing from this phone
    /** @type {Map<string, Post>} cards for me that the board no longer holds here; asked for with Me */
    received: new Map(),
    /** @type {Set<string>} sent from this page: shown on top of their lane until they are on the board */
    fresh: new Set(),
  };

  async function load() {
    try {
      echoes.clear();
      const before = heardTimes;
      const answer = await api.mine();
      if (heardTimes !== before) return load(); // it may be older than what was heard
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
      const { whole } = held.board;
      const { posts } = await api.posts({ kind: "card", person, limit: limits().posts_a_page });
      if (held.board.whole !== whole) return loadReceived(); // it may hold what was hidden before that snapshot
      own.received = new Map(posts.map((post) => [post.id, post]));
      onChange();
    } catch {
      // comes again when Me is opened again
    }
  }

  /** A message to the author alone. @param {MineFrame["posts"]} changes */
  function heard(changes) {
    heardTimes++;
    for (const change of changes) {
      const known = own.posts.get(change.id);
      if (echoes.isEcho(change, known, isUnderWay(change.id))) continue;
      // Neither state nor reason is new: a moderator has corrected the recipient.
      if (!known || isSame(known, change)) return void load();
      own.posts.set(change.id, { ...known, reason: undefined, thanks: undefined, merged_into: undefined, ...change });
    }
    onChange();
  }

  /** @param {Post} post */
  function take(post) {
    own.posts.set(post.id, post);
    onChange();
  }

  /** A new post of this page is on the board. @param {Post} post */
  function posted(post) {
    own.posts.set(post.id, post);
    own.fresh.add(post.id);
    if (!echoes.answered(post)) load();
  }

  return Object.assign(own, { load, loadReceived, heard, take, posted });
}
