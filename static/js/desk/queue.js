// The moderators' queue: what stands in which list, in which order, what may be done with it, and the way back. Pure: no DOM, no clock.
// @ts-check
import { current, phases } from "../shared/agenda.js";
import { askedIn } from "../shared/board.js";
import { isLeft } from "../shared/fate.js";
import { fold } from "../shared/folding.js";
import { meant } from "../shared/layout.js";

/**
 * @import {Post, PostState, Scene} from "../shared/wire"
 * @typedef {"waiting"|"board"|"held"|"withdrawn"} Tab
 * @typedef {{kind: string, session: string, team: string, author: string, text: string}} Filters "" = all
 * @typedef {"approved"|"restored"|"held"|"back"|"withdrawn"|"edited"|"readdressed"|"corrected"|"pinned"|"unpinned"|"answered"|"reopened"
 *   |"answer"|"moved"|"aside"|"back-again"|"given"|"ungiven"} Deed
 * @typedef {"next"|"previous"|"approve"|"hold"|"reason"|"spotlight"|"pin"|"answered"|"select"|"undo"|"search"|"help"|"escape"|"freeze"|"blank"
 *   |"turns"|"screen"|"tick"} Command
 */

/** @type {Tab[]} In the order of the keys 1 to 4. */
export const TABS = ["waiting", "board", "held", "withdrawn"];
/** In `filters.session`: questions that belong to no session. */
export const NO_SESSION = "-";
/** In `filters.kind`: questions that nobody looks after, or not in time. */
export const LEFT = "left";
/** @type {Filters} */
export const NO_FILTERS = Object.freeze({ kind: "", session: "", team: "", author: "", text: "" });

const INTERRUPTIONS = ["spotlight", "blank"];
/** @type {Record<PostState, Tab>} */
const TAB_OF = { pending: "waiting", visible: "board", hidden: "held", rejected: "held", withdrawn: "withdrawn" };

/**
 * Where a post stands. `again`: posts whose decision was undone; the server keeps them off the board, the moderator decides once more.
 * @param {Post} post @param {Set<string>} again @returns {Tab}
 */
export function tabOf(post, again) {
  const tab = TAB_OF[post.state ?? "visible"];
  return tab === "held" && again.has(post.id) ? "waiting" : tab;
}

/** @param {Iterable<Post>} posts @param {Set<string>} again @returns {Record<Tab, number>} */
export function counts(posts, again) {
  const found = { waiting: 0, board: 0, held: 0, withdrawn: 0 };
  for (const post of posts) found[tabOf(post, again)] += 1;
  return found;
}

/**
 * The list to open the desk with: those that wait where somebody has to approve, or where any wait; else what everybody sees.
 * @param {import("../shared/board.js").State} state @param {Set<string>} again @returns {Tab}
 */
export function opening({ board, posts }, again) {
  const approving = board?.premoderate.card || board?.premoderate.question || board?.frozen;
  return approving || counts(posts.values(), again).waiting ? "waiting" : "board";
}

/**
 * A test for one list, made once and asked for many posts.
 * @param {Tab} tab @param {Filters} filters @param {Set<string>} again @param {string} [today] @returns {(post: Post) => boolean}
 */
export function belongs(tab, filters, again, today = "") {
  const words = fold(filters.text).split(/\s+/).filter(Boolean);
  return (post) =>
    tabOf(post, again) === tab &&
    (!filters.kind || post.kind === kindOf(filters)) &&
    (filters.kind !== LEFT || isLeft(post, today)) &&
    (!filters.session || (post.kind === "question" && (post.session ?? NO_SESSION) === filters.session)) &&
    (!filters.team || teamsOf(post).includes(filters.team)) &&
    (!filters.author || post.participant === filters.author) &&
    words.every((word) => haystack(post).includes(word));
}

/** The kind of posts that this filter lets through, "" for all. @param {Filters} filters */
export const kindOf = ({ kind }) => (kind === LEFT ? "question" : kind);

/** @param {Post} post */
const teamsOf = (post) => [post.author?.team, ...(post.to ?? []).flatMap((one) => [one.team, one.name])];

/** @param {Filters} filters */
export const filtering = (filters) => Object.values(filters).some(Boolean);

// A post object never changes, so what is searched in it is folded once.
/** @type {WeakMap<Post, string>} */
const haystacks = new WeakMap();

/** @param {Post} post */
function haystack(post) {
  let found = haystacks.get(post);
  if (found === undefined) {
    const names = (post.to ?? []).flatMap((one) => [one.name, one.team]);
    const texts = (post.answer_translations ?? []).map((one) => one.text);
    found = fold(
      [
        post.text,
        post.author?.name,
        post.author?.team,
        ...names,
        post.answer,
        post.reason,
        post.owner,
        post.set_aside,
        ...texts,
      ]
        .filter(Boolean)
        .join("\n"),
    );
    haystacks.set(post, found);
  }
  return found;
}

/**
 * The ids of one list in its order. Who waits longest stands first; elsewhere the newest.
 * @param {Iterable<Post>} posts @param {Tab} tab @param {Filters} filters @param {Set<string>} again @param {string} [today]
 * @returns {string[]}
 */
export function listed(posts, tab, filters, again, today = "") {
  const fits = belongs(tab, filters, again, today);
  const time = (/** @type {Post} */ post) => (tab === "held" && post.moderated_at) || post.created_at;
  const sign = tab === "waiting" ? 1 : -1;
  return [...posts]
    .filter(fits)
    .sort((a, b) => sign * (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0))
    .map((post) => post.id);
}

/**
 * The list in front of the moderator keeps its order; new posts are counted beside it.
 * @param {string[]} shown @param {string[]} now as of `listed` @returns {string[]} the news
 */
export function newsOf(shown, now) {
  const known = new Set(shown);
  return now.filter((id) => !known.has(id));
}

/** What may be done with a post as it stands. @param {Post} post @param {Set<string>} again @returns {Set<string>} */
export function allowed(post, again) {
  const tab = tabOf(post, again);
  const may = new Set(
    { waiting: ["approve", "hold"], board: ["hold", "pin", "spotlight"], held: ["restore"], withdrawn: [] }[tab],
  );
  if (tab !== "withdrawn") may.add(post.kind === "question" ? "move" : "correct");
  if (post.kind === "question" && tab === "board")
    ["answered", "answer", "owner", "aside"].forEach((act) => may.add(act));
  if (post.participant) may.add("mute").add("author");
  return may;
}

/** The state a post goes to, null where it cannot. @param {Post} post @param {"approve"|"hold"} act @returns {PostState|null} */
export function destination(post, act) {
  if (act === "approve") return ["pending", "hidden", "rejected"].includes(String(post.state)) ? "visible" : null;
  return post.state === "pending" ? "rejected" : post.state === "visible" ? "hidden" : null;
}

/**
 * What undoes a move: the state before. One thing cannot be taken back, that an author read "held": such a post stays off the board, to be
 * decided again.
 * @param {Post} before @param {PostState} state where it went @returns {{changes: Partial<Post>|null, again: boolean}}
 */
export function wayBack(before, state) {
  const waited = before.state === "pending";
  if (state === "visible")
    return {
      changes: waited ? { state: "pending" } : { state: "hidden", ...(before.reason ? { reason: before.reason } : {}) },
      again: false,
    };
  if (waited) return { changes: null, again: true };
  return { changes: { state: "visible", ...(before.pinned ? { pinned: true } : {}) }, again: false };
}

/** What undoes a move of many. @param {Map<PostState, Post[]>} groups by the state they went to */
export const waysBack = (groups) =>
  [...groups].flatMap(([state, group]) => group.map((post) => ({ post, from: state, ...wayBack(post, state) })));

/** What the screen goes back to after an interruption; as `resumed` in board/model/scenes.py. @param {Scene} screen @returns {Scene} */
export function resumed(screen) {
  if (!INTERRUPTIONS.includes(screen.scene)) return screen;
  const { turns, before, session } = screen;
  const scene = turns ? turns[0].scene : (before?.scene ?? "cards");
  return { scene, session: session ?? before?.session ?? null, post: null, ...(turns ? { turns } : {}) };
}

/**
 * Posts by the state they go to, those that cannot go left out.
 * @param {Post[]} posts @param {"approve"|"hold"} act @returns {Map<PostState, Post[]>}
 */
export function byDestination(posts, act) {
  const groups = /** @type {Map<PostState, Post[]>} */ (new Map());
  for (const post of posts) {
    const state = destination(post, act);
    if (state) groups.set(state, [...(groups.get(state) ?? []), post]);
  }
  return groups;
}

/** @template T @param {T[]} items @param {number} size @returns {T[][]} */
export const chunks = (items, size) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** @param {Post} post */
const whom = (post) => JSON.stringify(post.to ?? []);

/** @param {Post} post */
const answered = (post) => JSON.stringify([post.answer ?? "", post.answer_translations ?? []]);

/** What somebody else did to a post, as a key of words; "" for nothing to tell. @param {Post} before @param {Post} after @returns {Deed|""} */
export function deed(before, after) {
  if (before.state !== after.state) {
    if (after.state === "withdrawn") return "withdrawn";
    if (after.state === "pending") return "back";
    if (after.state !== "visible") return "held";
    return before.state === "pending" ? "approved" : "restored";
  }
  if (before.text !== after.text) return "edited";
  if (whom(before) !== whom(after)) {
    if (before.moderated_at !== after.moderated_at) return "corrected";
    return after.state === "hidden" || after.state === "rejected" ? "" : "readdressed"; // what is held its author cannot change
  }
  if (Boolean(before.pinned) !== Boolean(after.pinned)) return after.pinned ? "pinned" : "unpinned";
  if (Boolean(before.answered) !== Boolean(after.answered)) return after.answered ? "answered" : "reopened";
  if (answered(before) !== answered(after)) return "answer";
  if ((before.set_aside ?? "") !== (after.set_aside ?? "")) return after.set_aside ? "aside" : "back-again";
  if ((before.owner ?? "") !== (after.owner ?? "") || (before.due ?? "") !== (after.due ?? ""))
    return after.owner ? "given" : "ungiven";
  if ((before.session ?? "") !== (after.session ?? "")) return "moved";
  return "";
}

/** Newer versions of posts, out of answers. Older ones are left alone. @param {Map<string, Post>} posts @param {Post[]} news */
export function learnt(posts, news) {
  const next = new Map(posts);
  for (const post of news) if ((next.get(post.id)?.seq ?? -1) <= post.seq) next.set(post.id, post);
  return next;
}

/** The row after or before; the first or the last where there is none yet. @param {string[]} ids @param {string} current @param {number} step */
export function beside(ids, current, step) {
  const at = ids.indexOf(current);
  if (at < 0) return ids[step > 0 ? 0 : ids.length - 1] ?? "";
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)] ?? "";
}

/** Where to go when a row leaves: to the next that stays, else to the one before. @param {string[]} ids @param {string} current @param {Set<string>} leaving */
export function successor(ids, current, leaving) {
  const at = ids.indexOf(current);
  const stays = (/** @type {string} */ id) => !leaving.has(id);
  return ids.slice(at + 1).find(stays) ?? ids.slice(0, Math.max(at, 0)).reverse().find(stays) ?? "";
}

/** The connections of all large screens. @param {any[]} screens as the board tells of them; by an older server, connections */
export const connections = (screens) => screens.flatMap((screen) => screen.connections ?? [screen]);

/** "2 screens live, 1 stale, 1 lost" as numbers. @param {{state: string}[]} screens */
export function screenCounts(screens) {
  const live = screens.filter((screen) => screen.state === "live").length;
  const lost = screens.filter((screen) => screen.state === "lost").length;
  return { live, lost, stale: screens.length - live - lost };
}

/** How many screens have drawn what was numbered so. @param {{seq: number}[]} screens @param {number} seq */
export const reached = (screens, seq) => screens.filter((screen) => screen.seq >= seq).length;

/** @type {Record<string, Command>} */
const COMMANDS = {
  j: "next",
  k: "previous",
  a: "approve",
  h: "hold",
  s: "spotlight",
  p: "pin",
  d: "answered",
  x: "select",
  u: "undo",
  f: "freeze",
  b: "blank",
  0: "turns",
  n: "screen",
  t: "tick",
  "/": "search",
  "?": "help",
  escape: "escape",
  arrowdown: "next",
  arrowup: "previous",
};

const SIGNS = "0123456789/?";

/**
 * A key press as a command.
 * @param {{key: string, code?: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, shiftKey?: boolean}} event
 * @returns {Command|`tab:${Tab}`|`scene:${string}`|""} "" for none; scenes by their place among those that have a key
 */
export function command(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  const key = meant(event, SIGNS);
  if (/^[1-4]$/.test(key)) return `tab:${TABS[Number(key) - 1]}`;
  if (/^[5-9]$/.test(key)) return `scene:${Number(key) - 5}`;
  const found = Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : "";
  return found === "hold" && event.shiftKey ? "reason" : found;
}

const FEW_SESSIONS = 4;

/**
 * The sessions one may want to open or close now: those that are on or still led in a room, then the next ones; all where there are few.
 * @param {import("../shared/board.js").State} state @param {number} now ms, the server's clock
 */
export function near(state, now) {
  const { sessions, screen, board } = state;
  if (sessions.length <= FEW_SESSIONS) return sessions;
  const led = board?.led; // by room, where there are several screens; then the first screen's session is one of them
  const choice = { moved: led ? null : screen.session, led, asked: askedIn(state) };
  const rooms = ["", ...(led ?? []).map(({ room }) => room)];
  const on = new Set(rooms.map((room) => current(sessions, now, { ...choice, room })));
  const phase = phases(sessions, now);
  const ahead = sessions.filter((one) => on.has(one) || phase.get(one.id) !== "over");
  return (ahead.length ? ahead : sessions.slice(-FEW_SESSIONS)).slice(0, FEW_SESSIONS - 1);
}
