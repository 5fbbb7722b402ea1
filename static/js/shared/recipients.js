// To whom a card can go, as somebody types: what is offered, in which order, and what is taken. Pure.
// @ts-check
import { fold } from "./folding.js";

const OFFERS_AT_MOST = 4;
const BEFORE_THE_ROSTER_AT_MOST = 2; // so that people of the roster find room below, and nothing moves
// Comma and semicolon of Latin, Arabic, CJK and full-width scripts, and the line feed of a pasted list.
const SEPARATOR = /[,;،؛、，；\n]/;

/**
 * @import {Post, Recipient} from "./wire"
 * @typedef {{name: string, team?: string, person?: string, erased?: true, hint?: string, isTeam?: true, free?: true}} One
 */

/** How a card names a whole team. @param {string} team */
export const theTeam = (team) => `The ${team} team`;

/** The team that this recipient is; "" for a person. @param {One} one @param {{name: string}[]} teams */
export const teamMeant = ({ name, person }, teams) =>
  person ? "" : (teams.find((team) => [fold(theTeam(team.name)), fold(team.name)].includes(fold(name)))?.name ?? "");

/** The first name of what was typed, where it is ended, and what comes after it. @param {string} typed @returns {{name: string, rest: string}|null} */
export function ended(typed) {
  const at = typed.search(SEPARATOR);
  return at < 0 ? null : { name: typed.slice(0, at).trim(), rest: typed.slice(at + 1).trimStart() };
}

/**
 * Teams and people that fit what was typed: people with exactly this name, teams, people of the roster, people the board knows already.
 * @param {string} typed
 * @param {{teams: {name: string}[], posts: Iterable<Post>, taken: One[], roster: One[], asked: boolean, isSelf: (one: One) => boolean}} known
 *   roster: people of it that were found last; asked: for just this
 * @returns {One[]} last, where nobody is called just so, the name as it was typed (`free`), once the roster has been asked
 */
export function offersFor(typed, { teams, posts, taken, roster, asked, isSelf }) {
  const wanted = fold(typed);
  if (!wanted) return [];
  const seen = new Set(taken.map(keyOf));
  const found = [];
  for (const one of everybody(teams, roster, posts)) {
    const answered = asked && roster.includes(one);
    if (seen.has(keyOf(one)) || isSelf(one) || !(answered || fits(one, wanted))) continue;
    seen.add(keyOf(one));
    found.push(one);
  }
  const exactly = found.filter((one) => isExactly(one, wanted));
  const first = [...exactly, ...found.filter((one) => !exactly.includes(one))];
  if (!asked) return first.slice(0, roster.length ? OFFERS_AT_MOST : BEFORE_THE_ROSTER_AT_MOST);
  return [
    ...first.slice(0, OFFERS_AT_MOST),
    ...(exactly.length ? [] : [{ name: typed.trim(), free: /** @type {const} */ (true) }]),
  ];
}

/**
 * The names of `next`. A name that is shown already keeps its place, so that a finger does not hit another one.
 * @param {One[]} shown @param {One[]} next @param {One|null} [marked] stays: Enter, pressed at this moment, must not take another
 * @returns {One[]}
 */
export function settled(shown, next, marked) {
  const coming = new Map(next.map((one) => [keyOf(one), one]));
  const kept = shown.flatMap((one) => coming.get(keyOf(one)) ?? (one === marked && !one.free ? one : []));
  const held = new Set(kept.map(keyOf));
  return [...kept, ...next.filter((one) => !held.has(keyOf(one)))];
}

/**
 * What Enter, a comma and Send take, and what is marked: the one chosen by arrow keys, else the person with exactly this name, else the first.
 * @param {One[]} offers @param {{typed: string, chosen: string, strict: boolean}} how chosen: `keyOf` it, or ""; strict: free text only when chosen
 * @returns {One|null}
 */
export const takenOf = (offers, { typed, chosen, strict }) =>
  offers.find((one) => keyOf(one) === chosen) ??
  offers.find((one) => isExactly(one, fold(typed))) ??
  offers.find((one) => !strict || !one.free) ??
  null;

/** As the board wants it: somebody of the roster by id, others by name. @param {One} one */
export const addressed = ({ name, team, person }) => (person ? { person } : team ? { name, team } : { name });

/** One and the same on a list. @param {One} one */
export const keyOf = ({ name, team, free }) => `${free ? "free" : ""}\n${fold(name)}\n${team ?? ""}`;

/** @param {{name: string}[]} teams @param {One[]} roster @param {Iterable<Post>} posts @returns {Generator<One>} */
function* everybody(teams, roster, posts) {
  for (const team of teams) yield { name: theTeam(team.name), team: team.name, isTeam: true };
  yield* roster;
  for (const { to = [], author } of posts)
    for (const { name, team, person, erased } of /** @type {Recipient[]} */ ([...to, author ?? {}]))
      if (name && !erased) yield { name, team: team ?? undefined, person };
}

/** @param {One} one */
const namesOf = ({ name, team, isTeam }) => (isTeam ? [fold(/** @type {string} */ (team)), fold(name)] : [fold(name)]);
/** @param {One} one @param {string} wanted */
const isExactly = (one, wanted) => !one.free && namesOf(one).includes(wanted);

/** Each word that was typed begins one of the name's. @param {One} one @param {string} wanted */
function fits(one, wanted) {
  return namesOf(one).some((name) => {
    const words = name.split(/[\s\-'’]+/);
    return name.startsWith(wanted) || wanted.split(" ").every((part) => words.some((word) => word.startsWith(part)));
  });
}
