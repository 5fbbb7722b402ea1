// At the desk: which sessions stand first under "Questions".
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { near } from "../../static/js/desk/queue.js";

const session = (id, room, from, to) => ({ id, title: id, room, questions: "open", starts_at: `2026-11-23T${from}:00Z`, ends_at: `2026-11-23T${to}:00Z` });
const sessions = [
  session("heat", "Lotus", "09:00", "10:00"),
  session("wages", "Orchid", "09:00", "10:00"),
  session("care", "Lotus", "10:30", "11:30"),
  session("young", "Orchid", "10:30", "11:30"),
  session("end", "Lotus", "13:00", "14:00"),
  session("party", "Lotus", "19:00", "22:00"),
];
const QUARTER_PAST_TEN = Date.parse("2026-11-23T10:15:00Z"); // two sessions are over, and none has begun after them
const ids = (board, screen = {}) => near({ sessions, screen, board, posts: new Map() }, QUARTER_PAST_TEN).map(({ id }) => id);

test("what a moderator leads on the only screen stands before what comes", () => {
  assert.deepEqual(ids({}), ["heat", "care", "young"]);
  assert.deepEqual(ids({}, { session: "wages" }), ["wages", "care", "young"]);
});

test("so does what is led in any room, where there are several screens", () => {
  assert.deepEqual(ids({ led: [{ room: "Lotus", session: "heat" }] }), ["heat", "care", "young"]);
  assert.deepEqual(ids({ led: [{ room: "Orchid", session: "wages" }] }), ["heat", "wages", "care"]);
  assert.deepEqual(ids({ led: [{ room: "Orchid", session: "wages" }, { room: "Lotus", session: "heat" }] }), ["heat", "wages", "care"]);
});

test("where rooms are led, the session of the first screen leads no other room", () => {
  assert.deepEqual(ids({ led: [{ room: "Orchid", session: "young" }] }, { session: "wages" }), ["heat", "care", "young"]);
});
