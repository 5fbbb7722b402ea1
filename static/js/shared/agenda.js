// Which session the room is in: one rule for phones, screens and the server (board/model/agenda.py), held to tests/vectors/agenda.json.
// Pure: no clock; `now` is the server's, in ms since 1970.
// @ts-check

/** So long after its end a session may still be going on, where no other has begun. */
const LINGERS_MS = 12 * 60 * 60 * 1000;

/**
 * @typedef {{id: string, starts_at?: string|null, ends_at?: string|null, room?: string, questions?: string}} Session
 * @typedef {{room: string, session: string}} Led the session that a moderator put on the screen of a room
 * @typedef {{session: string, at: number, led?: Led[]}} Chosen by a person: a session's id, "" for all of them; when; and what was led then
 * @typedef {{room?: string, moved?: string|null, led?: Led[], chosen?: Chosen|null, asked?: Iterable<string>}} Choice
 *   room: of this screen; moved: the session that a moderator put on a board's only screen; led: where it has several; asked: sessions that
 *   have questions
 * @typedef {{room: string, moved: string|null, led: Led[]}} Where
 * @typedef {{session: Session, starts: number, ends: number, room: string, order: number, takes: boolean}} Timed
 */

/**
 * The session that is on: the one chosen, as long as the choice holds; else the agenda's. It stays on until the next one with questions
 * begins or a moderator moves on. Null: none, so all questions.
 * @template {Session} S @param {S[]} sessions in the agenda's order @param {number} now @param {Choice} [choice] @returns {S|null}
 */
export function current(sessions, now, { room = "", moved = null, led = [], chosen = null, asked = [] } = {}) {
  const all = timed(sessions, new Set(asked));
  if (chosen && holds(chosen, all, now, { room, moved, led }))
    return sessions.find(({ id }) => id === chosen.session) ?? null;
  return /** @type {S|null} */ (ofAgenda(all, now, { room, moved, led }));
}

/**
 * Sessions that run at the same time in rooms of their own, for a person to choose from once: of each room one. Fewer than two: none.
 * @template {Session} S @param {S[]} sessions in the agenda's order @param {number} now @param {Iterable<string>} [asked] @returns {S[]}
 */
export function parallel(sessions, now, asked = []) {
  const on = timed(sessions, new Set(asked)).filter(
    ({ room, takes, starts, ends }) => room && takes && starts <= now && now < ends,
  );
  const rooms = [...new Set(on.map(({ room }) => room))];
  const found = rooms.map((room) =>
    pick(
      on.filter((one) => one.room === room),
      on,
    ),
  );
  return /** @type {S[]} */ (found.length > 1 ? found : []);
}

/** Whether a person has chosen one of these, or all questions, since they began. @param {Chosen|null} chosen @param {Session[]} several */
export const isChosen = (chosen, several) =>
  Boolean(chosen) &&
  (several.some(({ id }) => id === chosen?.session) ||
    several.every(({ starts_at }) => Date.parse(starts_at ?? "") <= Number(chosen?.at)));

/** Where each session stands by the clock; without times it stands nowhere. @param {Session[]} sessions @param {number} now @returns {Map<string, "ahead"|"running"|"over">} */
export function phases(sessions, now) {
  const phase = (/** @type {Timed} */ { starts, ends }) => (now < starts ? "ahead" : now < ends ? "running" : "over");
  return new Map(timed(sessions, new Set()).map((one) => [one.session.id, phase(one)]));
}

/** @param {Session[]} sessions @param {Set<string>} asked @returns {Timed[]} */
function timed(sessions, asked) {
  const begun = sessions.map((session, order) => {
    const takes = session.questions !== "closed" || asked.has(session.id);
    return {
      session,
      starts: Date.parse(session.starts_at ?? ""),
      ends: Date.parse(session.ends_at ?? ""),
      room: session.room ?? "",
      order,
      takes,
    };
  });
  const known = begun.filter(({ starts }) => !Number.isNaN(starts));
  for (const one of known) if (!(one.ends > one.starts)) one.ends = endOf(one, known);
  return known;
}

/**
 * Without an end of its own: when the next one with questions begins in its room.
 * @param {Timed} one @param {Timed[]} all
 */
function endOf(one, all) {
  const following = all.filter(
    (other) => other.takes && other.starts > one.starts && (!one.room || !other.room || other.room === one.room),
  );
  return Math.min(one.starts + LINGERS_MS, ...following.map(({ starts }) => starts));
}

/**
 * A choice of what was not over yet holds while that lasts; one of an earlier session, or of all, until the agenda moves on.
 * @param {Chosen} choice @param {Timed[]} all @param {number} now @param {Where} where
 */
function holds({ session, at, led }, all, now, where) {
  const one = all.find(({ session: { id } }) => id === session);
  if (one && one.ends > at) return lasts(one, all, now) && !movedOn(one, all, now, where.led, led ?? where.led);
  return ofAgenda(all, now, where)?.id === ofAgenda(all, at, { ...where, led: led ?? where.led })?.id;
}

/**
 * Since it was chosen, a moderator went on in its room.
 * @param {Timed} one @param {Timed[]} all @param {number} now @param {Led[]} led @param {Led[]} before
 */
function movedOn(one, all, now, led, before) {
  const inItsRoom = (/** @type {Led[]} */ rooms) => rooms.find(({ room }) => room === one.room)?.session;
  const on = inItsRoom(led);
  const next = all.find(({ session: { id } }) => id === on);
  return Boolean(one.room && next && next !== one && on !== inItsRoom(before) && lasts(next, all, now));
}

/** @param {Timed[]} all @param {number} now @param {Where} where */
function ofAgenda(all, now, { room, moved, led }) {
  const put = (/** @type {string|null|undefined} */ on) =>
    all.find((one) => one.session.id === on && lasts(one, all, now))?.session;
  const planned = ofPlan(all, now, room);
  const main = room || planned?.room;
  return put(moved) ?? put(led.find((one) => one.room === main)?.session) ?? planned;
}

/** @param {Timed[]} all @param {number} now @param {string} room */
function ofPlan(all, now, room) {
  const here = inRoom(
    all.filter(({ takes }) => takes),
    room,
  );
  const on = here.filter(({ starts, ends }) => starts <= now && now < ends);
  if (on.length) return pick(on, here);
  const over = here.filter(({ ends }) => ends <= now && now < ends + LINGERS_MS);
  const latest = Math.max(...over.map(({ ends }) => ends));
  return over.length
    ? pick(
        over.filter(({ ends }) => ends === latest),
        here,
      )
    : null;
}

/**
 * Not over, or over its time while no other one is on and none has begun since.
 * @param {Timed} one @param {Timed[]} all @param {number} now
 */
const lasts = (one, all, now) =>
  now < one.ends ||
  (now < one.ends + LINGERS_MS &&
    !all.some(
      (other) => other !== one && other.takes && other.starts <= now && (other.starts >= one.ends || now < other.ends),
    ));

/** What is in no room is in all of them. @template {{room?: string}} T @param {T[]} all @param {string} room @returns {T[]} */
export function inRoom(all, room) {
  const here = all.filter((one) => !room || !one.room || one.room === room);
  return here.some((one) => one.room === room) ? here : all;
}

/**
 * Of several: the room that the agenda names first, there the one that began last, of those the first.
 * @param {Timed[]} several @param {Timed[]} here
 */
function pick(several, here) {
  const main = here.find(({ room }) => room && several.some((one) => one.room === room))?.room ?? "";
  const there = several.filter(({ room }) => !room || room === main);
  return first(there, ({ starts, order }) => -starts + order / 1e6).session;
}

/** @template T @param {T[]} list not empty @param {(one: T) => number} key @returns {T} */
const first = (list, key) => list.reduce((best, one) => (key(one) < key(best) ? one : best));
