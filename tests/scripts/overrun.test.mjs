// At the desk: what moves when a room runs over its time.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { movable } from "../../static/js/desk/movable.js";

const session = (id, from, to, questions = "open") => ({ id, title: id, room: "", questions, starts_at: `2026-11-23T${from}:00Z`, ends_at: `2026-11-23T${to}:00Z` });
const question = (id, where, more = {}) => [id, { id, kind: "question", session: where, state: "visible", ...more }];
const state = {
  sessions: [session("heat", "09:00", "10:00"), session("break", "10:00", "10:30"), session("pay", "10:30", "12:00"), session("end", "12:30", "13:00")],
  screen: {},
  board: {},
  posts: new Map([question("a", "break"), question("b", "break", { answered: true }), question("c", "heat", { state: "hidden" }), question("d", "pay")]),
};

test("open questions of the break go on to the session that is on, and what comes next can move", () => {
  const { next, left } = movable(state, Date.parse("2026-11-23T10:40:00Z"));
  assert.equal(next?.id, "end");
  assert.deepEqual(left.map(({ from, to, ids }) => [from.id, to.id, ids]), [["break", "pay", ["a"]]]);
  assert.deepEqual(movable(state, Date.parse("2026-11-23T13:30:00Z")).next, null);
});

test("open questions stay in their room, and wait while it has no other session", () => {
  const inRoom = (room, one) => ({ ...one, room });
  const rooms = {
    ...state,
    sessions: [
      ...[session("heat", "09:00", "10:00"), session("care", "10:30", "12:00")].map((one) => inRoom("Lotus", one)),
      ...[session("wages", "09:00", "10:00"), session("young", "10:45", "12:00")].map((one) => inRoom("Orchid", one)),
    ],
    posts: new Map([question("a", "heat"), question("b", "wages")]),
  };
  const moved = (time) => movable(rooms, Date.parse(`2026-11-23T${time}:00Z`)).left.map(({ from, to }) => [from.id, to.id]);
  assert.deepEqual(moved("10:15"), []);
  assert.deepEqual(moved("10:40"), [["heat", "care"]]);
  assert.deepEqual(moved("10:50"), [["heat", "care"], ["wages", "young"]]);
});
