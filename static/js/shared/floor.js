// Who comes next: one list of the questions that are read out and of those that are asked at the microphone. One rule for phones, the desk, the
// stage and the server (board/model/floor.py), held to tests/vectors/floor.json. Pure.
// @ts-check

/**
 * @import {FloorRule, Post} from "./wire"
 * @import {State} from "./board.js"
 */

/** @param {string} a @param {string} b */
const ascending = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** @param {Post} a @param {Post} b */
const firstCome = (a, b) => ascending(a.created_at, b.created_at) || ascending(a.id, b.id);
/** @param {Post} post */
const team = ({ author }) => author?.team ?? "";

/** Whether it is still to be decided what becomes of it. @param {Post} post */
const isOpen = (post) => !post.answered && !post.owner && !post.set_aside;

/** The questions that a session is about: its own, and those of none. @param {State} state @param {string} session @returns {Post[]} */
export const questionsOf = (state, session) =>
  [...state.posts.values()].filter((post) => post.kind === "question" && (post.session ?? session) === session);

/** The one that is being answered. @param {Post[]} questions @returns {Post|null} */
export const taken = (questions) => questions.find((one) => one.now && !one.answered) ?? null;

/**
 * The open ones in the order in which they come up. The one that is being answered is no part of the list, nor is what somebody has promised to
 * answer, or was set aside. What a moderator pinned comes first, and what was put off comes last, whatever the rule.
 * @param {Post[]} questions of one session, also those that are answered @param {FloorRule} [rule] @returns {Post[]}
 */
export function inTurn(questions, rule = "votes") {
  const heard = /** @type {Map<string, number>} */ (new Map());
  for (const one of questions) if (one.answered || one.now) heard.set(team(one), (heard.get(team(one)) ?? 0) + 1);
  const waiting = questions.filter((one) => isOpen(one) && !one.now);
  const soon = waiting.filter((one) => !one.later);
  const late = waiting.filter((one) => one.later);
  return [
    ...by(
      rule,
      soon.filter((one) => one.pinned),
      heard,
    ),
    ...by(
      rule,
      soon.filter((one) => !one.pinned),
      heard,
    ),
    ...late.sort((a, b) => ascending(a.later ?? "", b.later ?? "") || ascending(a.id, b.id)),
  ];
}

/** Adds to `heard` the teams that are heard by then. @param {FloorRule} rule @param {Post[]} group @param {Map<string, number>} heard */
function by(rule, group, heard) {
  const sorted = [...group].sort(firstCome);
  if (rule === "votes") return sorted.sort((a, b) => (b.votes ?? 0) - (a.votes ?? 0));
  return rule === "first" ? sorted : byTeams(sorted, heard);
}

/**
 * Each time the first of the team that was heard least; of several such teams, the one that waits longest. Those without a team are one team.
 * @param {Post[]} sorted first come @param {Map<string, number>} heard
 */
function byTeams(sorted, heard) {
  const lines = /** @type {Map<string, Post[]>} */ (new Map());
  for (const one of sorted) lines.set(team(one), [...(lines.get(team(one)) ?? []), one]);
  const ordered = [];
  while (lines.size) {
    const [name, line] = [...lines].reduce((least, other) => (isBefore(other, least, heard) ? other : least));
    ordered.push(/** @type {Post} */ (line.shift()));
    heard.set(name, (heard.get(name) ?? 0) + 1);
    if (!line.length) lines.delete(name);
  }
  return ordered;
}

/** @param {[string, Post[]]} one @param {[string, Post[]]} other @param {Map<string, number>} heard */
function isBefore([name, [first]], [otherName, [otherFirst]], heard) {
  const fewer = (heard.get(name) ?? 0) - (heard.get(otherName) ?? 0);
  return fewer < 0 || (fewer === 0 && firstCome(first, otherFirst) < 0);
}
