// What the board looks like, from the frames of the feed. Pure: no DOM, no clock, no randomness; a State is never changed, only followed by another.
// Law: any snapshot plus the frames since == a fresh snapshot.
// @ts-check

/**
 * @import {Board, Bridges, ChangesFrame, Counted, Counts, Frame, Glance, LargeScreen, OwnScene, Post as Sent, Session, SnapshotFrame, Story, Team, Theme, Totals} from "./wire"
 * @typedef {Sent} Post
 * @typedef {{epoch: string|null, seq: number, whole: number, board: Board|null, sessions: Session[], themes: Theme[], teams: Team[],
 *   screen: OwnScene, posts: Map<string, Post>, more: boolean, bridges?: Bridges|null, story?: Story|null, counted?: Counted|null, totals: Totals|null, online: number|null,
 *   screens: LargeScreen[], voters: number, gone: Map<string, number>}} State
 *   whole: seq of the last snapshot; gone: by id, the seq at which it had to leave
 */

const PARTS = /** @type {const} */ (["board", "sessions", "themes", "teams", "screen", "screens", "totals"]);

/** @returns {State} */
export function emptyBoard() {
  return {
    epoch: null,
    seq: 0,
    whole: 0, // seq of the last snapshot: it does not say which older posts left before it
    board: null,
    sessions: [],
    themes: [],
    teams: [],
    screen: { scene: "cards", session: null, post: null },
    posts: new Map(),
    more: false,
    totals: null, // counted by the server over all posts
    online: null,
    screens: [], // all large screens and how they are doing, for moderators only
    voters: 0, // the same: how many voted lately, where that is more than there can be
    gone: new Map(), // id → seq at which it had to leave: an answer that was under way longer cannot bring it back
  };
}

/** What can be painted before the first snapshot. It has no epoch: whatever comes takes its place. @param {Glance} glance @returns {State} */
export const glimpsed = (glance) => ({
  ...emptyBoard(),
  ...glance,
  posts: new Map(glance.posts.map((post) => [post.id, post])),
});

/**
 * The State after one more frame. Null: something in between is missing, the caller reconnects with its own cursor.
 * @param {State} state @param {Frame} frame @returns {State|null}
 */
export function apply(state, frame) {
  switch (frame.type) {
    case "snapshot":
      return replaced(state, frame);
    case "changes":
      return changed(state, frame);
    case "presence":
      return {
        ...state,
        online: frame.online,
        screens: standing(state.screens, frame.screens),
        voters: frame.voters ?? 0,
      };
    default:
      return state; // beat, mine, and whatever a later server may say
  }
}

/** The large screens as a presence frame gives them; what they show comes with the board. @param {any[]} known @param {any[]|undefined} news @returns {any[]} */
const standing = (known, news) =>
  news?.map((one) => ({ ...known.find(({ id }) => id && id === one.id), seconds: undefined, ...one })) ?? known;

/** @param {State} state @param {SnapshotFrame} frame @returns {State} */
function replaced(state, frame) {
  return {
    ...emptyBoard(),
    epoch: frame.epoch,
    seq: frame.seq,
    whole: frame.seq,
    board: frame.board,
    sessions: frame.sessions,
    themes: frame.themes,
    teams: frame.teams,
    screen: frame.screen,
    posts: new Map(frame.posts.map((post) => [post.id, post])),
    more: Boolean(frame.more),
    totals: frame.totals ?? null,
    online: state.online,
    screens: frame.screens ?? state.screens,
    voters: state.voters,
    gone: frame.epoch === state.epoch ? state.gone : new Map(),
  };
}

/** @param {State} state @param {ChangesFrame} frame @returns {State|null} */
function changed(state, frame) {
  if (frame.to <= state.seq) return state; // heard before
  if (frame.after > state.seq) return null;
  const next = { ...state, seq: frame.to };
  for (const part of PARTS) if (frame[part] !== undefined) Object.assign(next, { [part]: frame[part] });
  if (frame.posts?.length) next.posts = withPosts(state.posts, frame.posts);
  if (frame.gone?.length) {
    next.posts = without(next.posts, frame.gone);
    next.gone = new Map(state.gone);
    for (const id of frame.gone) next.gone.set(id, frame.to);
  }
  return next;
}

/** @param {Map<string, Post>} posts @param {(Post|Counts)[]} news */
function withPosts(posts, news) {
  const next = new Map(posts);
  for (const post of news) {
    const known = next.get(post.id);
    if (known && post.seq < known.seq) continue;
    if ("kind" in post) next.set(post.id, post);
    else if (known) next.set(post.id, { ...known, ...post }); // only votes or reactions changed
  }
  return next;
}

/** @param {Map<string, Post>} posts @param {string[]} ids */
function without(posts, ids) {
  const next = new Map(posts);
  for (const id of ids) next.delete(id);
  return next;
}

/** When a page of older posts is asked for: what its answer knows at least. @param {State} state @returns {{epoch: string|null, seq: number}} */
export const askedAt = ({ epoch, seq }) => ({ epoch, seq });

/**
 * The State with older posts, fetched by hand, that the snapshot did not hold. The very same State: a snapshot came while the page was under
 * way. The page may hold what was hidden before that snapshot, so it is dropped, and the caller may ask again.
 * @param {State} state @param {Post[]} older @param {boolean} more are there still older ones?
 * @param {{epoch: string|null, seq: number}} asked `askedAt` of the State when the page was asked for
 * @returns {State}
 */
export function withOlder(state, older, more, asked) {
  if (asked.epoch !== state.epoch || asked.seq < state.whole) return state;
  const posts = new Map(state.posts);
  for (const post of older) {
    const left = state.gone.get(post.id);
    if (posts.has(post.id) || (left !== undefined && left >= post.seq)) continue;
    posts.set(post.id, post);
  }
  return { ...state, posts, more };
}

/**
 * The State with a post changed ahead of the feed (an own vote shown at once).
 * @param {State} state @param {string} id @param {Partial<Post>} changes @returns {State}
 */
export function patched(state, id, changes) {
  const known = state.posts.get(id);
  return known ? { ...state, posts: new Map(state.posts).set(id, { ...known, ...changes }) } : state;
}

/** @param {string} a @param {string} b */
const ascending = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** @param {Post} a @param {Post} b */
export const newestFirst = (a, b) => ascending(b.created_at, a.created_at);
// Equal votes: the older question stands first, so that a new question does not push an old one down.
const topFirst = (/** @type {Post} */ a, /** @type {Post} */ b) =>
  Number(Boolean(b.pinned)) - Number(Boolean(a.pinned)) ||
  (b.votes ?? 0) - (a.votes ?? 0) ||
  ascending(a.created_at, b.created_at);

/** Cards, newest first. @param {State} state @returns {Post[]} */
export function cards(state) {
  return [...state.posts.values()].filter((post) => post.kind === "card").sort(newestFirst);
}

/** Sessions that have questions. @param {State} state @returns {Set<string>} */
export const askedIn = (state) =>
  new Set([...state.posts.values()].flatMap(({ session }) => (session ? [session] : [])));

/**
 * Questions still open (or, with `answered`, those that are answered). A session's are shown with those that belong to none.
 * @param {State} state
 * @param {{session?: string|null, order?: "top"|"new", answered?: boolean}} [choice]
 * @returns {Post[]}
 */
export function questions(state, { session = null, order = "top", answered = false } = {}) {
  const elsewhere = new Set(session ? state.sessions.map(({ id }) => id).filter((id) => id !== session) : []);
  return [...state.posts.values()]
    .filter(
      (post) => post.kind === "question" && Boolean(post.answered) === answered && !elsewhere.has(post.session ?? ""),
    )
    .sort(order === "top" ? topFirst : newestFirst);
}

/** @param {State} state @param {string|null|undefined} id @returns {Post|null} */
export function byId(state, id) {
  return (id && state.posts.get(id)) || null;
}
