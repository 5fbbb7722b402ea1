// What the large screen shows: decisions only, from the board's state, the lease and the operator's choice. Pure: no DOM, no clock.
// @ts-check
import { fateOf } from "../shared/fate.js";
import { current, inRoom, phases } from "../shared/agenda.js";
import { askedIn, byId, cards, questions } from "../shared/board.js";
import { limits } from "../shared/limits.js";
import { flights, mostWay } from "./sky.js";

/** @import { Session } from "../shared/agenda.js" */
/** @import { State } from "../shared/board.js" */
/** @import { Post } from "../shared/wire" */
/** @import { Lease } from "./lease.js" */

/** The scenes of the number and arrow keys, in this order. */
export const SCENES = ["join", "cards", "questions", "spotlight", "map", "recap", "blank"];

/** Scenes for the moment: they do not come round again. */
const INTERRUPTIONS = ["spotlight", "blank"];
const MOMENTS = 12;
const SOON_MS = 60 * 60 * 1000;

/**
 * @typedef {{answered: number, owned: number, set_aside: number, open: number, held: number}} Fates
 * @typedef {"join"|"invite"|"ask"} Slide the title slide, and what its line says
 * @typedef {{scene: string, slide: Slide|null, cards: Post[], questions: Post[], newest: Post|null, post: Post|null,
 *   session: import("../shared/wire").Session|null,
 *   teams: string[], crossings: import("./sky.js").Crossing[], bridges: import("./sky.js").Bridge[],
 *   rings: {team: string, age: import("./sky.js").Age}[],
 *   numbers: {what: string, count: number, fates?: Fates}[], story: import("../shared/wire").Story|null, counted: import("../shared/wire").Counted|null,
 *   letter: Post|null, about: {title?: string, subtitle?: string, starts_on?: string|null, ends_on?: string|null, cards: number, people: number}}} Picture
 */

/**
 * @param {State} state @param {Lease} lease
 * @param {string|null} local the operator's scene @param {number} now ms, wall clock
 * @returns {Picture}
 */
export function pictureOf(state, lease, local, now) {
  if (local) return pictured(state, lease, local, now);
  const [first, ...others] = turns(state.screen, now).map((scene) => () => pictured(state, lease, scene, now));
  const picture = first();
  if (!picture.slide || picture.scene === "join") return picture;
  for (const other of others) {
    const instead = other();
    if (!instead.slide) return instead; // a scene with nothing to show gives up its turn
  }
  return picture;
}

/**
 * The scenes to be shown, the present one first. By the wall clock: then all screens change together.
 * @param {State["screen"]} screen @param {number} now
 */
function turns({ scene, turns }, now) {
  if (!turns || INTERRUPTIONS.includes(scene)) return [scene];
  const whole = turns.reduce((sum, { seconds }) => sum + seconds, 0);
  let left = (now / 1000) % whole;
  const present = turns.findIndex(({ seconds }) => (left -= seconds) < 0);
  return [...turns.slice(present), ...turns.slice(0, present)].map(({ scene }) => scene);
}

/** @param {State} state @param {Lease} lease @param {string} wanted @param {number} now @returns {Picture} */
function pictured(state, lease, wanted, now) {
  if (!state.epoch)
    return picture({ scene: wanted === "blank" ? "blank" : "join", slide: wanted === "blank" ? null : "join" });
  const safe = lease === "safe";
  const shown = safe ? onlyPinned(state) : state;
  if (wanted === "blank") return picture({ scene: "blank" });
  if (wanted === "join") return picture({ scene: "join", slide: "join" });
  if (wanted === "questions") return asked(shown, safe, now);
  if (wanted === "recap") return recapped(shown, safe, now);
  if (wanted === "map") return mapped(shown, safe, now);
  const post = wanted === "spotlight" ? byId(shown, state.screen.post) : null;
  if (post) return picture({ scene: "spotlight", post });
  return celebrated(shown, safe);
}

/** @param {Partial<Picture>} parts @returns {Picture} */
const picture = (parts) => ({
  scene: "cards",
  slide: null,
  cards: [],
  questions: [],
  newest: null,
  post: null,
  session: null,
  teams: [],
  crossings: [],
  bridges: [],
  rings: [],
  numbers: [],
  story: null,
  counted: null,
  letter: null,
  about: { cards: 0, people: 0 },
  ...parts,
});

const onlyPinned = (/** @type {State} */ state) => ({
  ...state,
  posts: new Map([...state.posts].filter(([, post]) => post.pinned)),
});

/** @param {State} state @param {boolean} safe */
function celebrated(state, safe) {
  const all = cards(state);
  const slide = all.length ? null : safe ? "join" : "invite";
  return picture({ scene: "cards", slide, cards: all });
}

/**
 * Cards that went from one team to another, the newest first, and the teams to stand along the horizon. The bridges are those of all cards,
 * as far as the server has sent them; cut off, only those of pinned cards.
 * @param {State} state @param {boolean} safe @param {number} now
 */
function mapped(state, safe, now) {
  const all = cards(state);
  const sent = safe ? null : state.bridges;
  const known = new Set(sent ? sent.teams : state.teams.map(({ name }) => name));
  for (const { author, to } of all)
    for (const team of [author?.team, ...(to ?? []).map((one) => one.team)]) if (team) known.add(team);
  const teams = [...known].slice(0, limits().teams_on_map);
  const older = (sent?.bridges ?? []).map(mostWay);
  const found = flights(all, teams, older, now);
  return picture(
    found.crossings.length ? { scene: "map", teams, ...found } : { scene: "map", slide: safe ? "join" : "invite" },
  );
}

/**
 * What there is to be counted, and cards to look back at: those that moderators pinned and those that were liked most.
 * @param {State} state @param {boolean} safe @param {number} now
 */
function recapped(state, safe, now) {
  const all = cards(state);
  const { cards: made = 0, people = 0, pairs = 0, questions = 0, ...fates } = state.totals ?? {};
  const begun = state.sessions.filter(
    ({ kind, starts_at }) => kind !== "break" && starts_at && Date.parse(starts_at) <= now,
  ).length;
  const numbers = [
    { what: "cards", count: made },
    { what: "people", count: people },
    { what: "bridges", count: pairs },
    { what: "sessions", count: begun },
    { what: "asked", count: questions, fates: fatesOf(questions, fates) },
  ].filter(({ count }) => count);
  if (!numbers.length) return picture({ scene: "recap", slide: safe ? "join" : "invite" });
  const liked = (/** @type {Post} */ post) => Object.values(post.reactions ?? {}).reduce((sum, one) => sum + one, 0);
  const best = [...all].sort((a, b) => Number(Boolean(b.pinned)) - Number(Boolean(a.pinned)) || liked(b) - liked(a));
  const { title, subtitle, starts_on, ends_on } = state.board ?? {};
  const about = { title, subtitle, starts_on, ends_on, cards: made, people };
  const { story = null, counted = null } = safe ? {} : state;
  const letter = best.find((post) => isBetween(post, story?.farthest?.teams ?? [])) ?? null;
  return picture({ scene: "recap", numbers, cards: best.slice(0, MOMENTS), about, story, counted, letter });
}

/** Did this card go from one of two teams to the other? @param {Post} post @param {string[]} teams */
function isBetween({ author, to }, [one, other]) {
  const goes = (/** @type {string} */ from, /** @type {string} */ there) =>
    author?.team === from && to?.some(({ team }) => team === there);
  return Boolean(one) && (goes(one, other) || goes(other, one));
}

/**
 * Asked is always answered, promised, set aside and open together.
 * @param {number} asked @param {{answered?: number, owned?: number, set_aside?: number, held?: number}} totals @returns {Fates}
 */
function fatesOf(asked, { answered = 0, owned = 0, set_aside = 0, held = 0 }) {
  return { answered, owned, set_aside, open: asked - answered - owned - set_aside, held };
}

/** @param {State} state @param {boolean} safe @param {number} now */
function asked(state, safe, now) {
  const session = sessionOf(state, now);
  // What is set aside is answered by nobody in this room.
  const waiting = (/** @type {"top"|"new"} */ order) =>
    questions(state, { session: session?.id ?? null, order }).filter((post) => fateOf(post) !== "set_aside");
  const top = waiting("top");
  const newest = waiting("new")[0] ?? null;
  const slide = top.length ? null : safe ? "join" : "ask";
  return picture({ scene: "questions", slide, questions: top, newest, session });
}

/** The session the moderator chose, else that of the agenda in the room of this screen. @param {State} state @param {number} now */
export function sessionOf(state, now) {
  return sessionChosen(state) ?? current(state.sessions, now, { room: roomOf(state), asked: askedIn(state) });
}

/** The room that this screen stands in; none: all of them. */
const roomOf = (/** @type {State} */ state) => state.screen?.room ?? "";

const sessionChosen = (/** @type {State} */ state) =>
  state.sessions.find(({ id }) => id === state.screen?.session) ?? null;

/**
 * What stands in the head: the session whose questions are shown, else what is on by the clock (a break, too), else what comes soon.
 * @param {State} state @param {Picture} picture @param {number} now
 * @returns {{session: import("../shared/wire").Session|null, is: "now"|"next"|""}}
 */
export function headline(state, picture, now) {
  const { sessions } = state;
  const chosen = sessionChosen(state);
  const phase = phases(sessions, now);
  const on =
    picture.scene === "questions" ? picture.session : chosen && phase.get(chosen.id) !== "over" ? chosen : null;
  const room = roomOf(state);
  const session = on ?? current(sessions, now, { room, asked: sessions.map(({ id }) => id) });
  if (session && phase.get(session.id) === "running") return { session, is: "now" };
  if (on) return { session: on, is: "" };
  const next = upcoming(inRoom(sessions, room), now, SOON_MS);
  return { session: next, is: next ? "next" : "" };
}

/** How many cards, and from how many teams. @param {State} state */
export const counts = ({ totals }) => ({ cards: totals?.cards ?? 0, teams: totals?.teams ?? 0 });

/** The first session to begin within `within` ms. @template {Session} S @param {S[]} sessions @param {number} now @param {number} within @returns {S|null} */
function upcoming(sessions, now, within) {
  const ahead = sessions
    .map((session) => ({ session, starts: Date.parse(session.starts_at ?? "") }))
    .filter(({ starts }) => starts > now && starts - now <= within);
  return ahead.sort((a, b) => a.starts - b.starts)[0]?.session ?? null;
}
