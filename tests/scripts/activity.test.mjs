// At the desk: what was done lately, as it is read.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { gathered } from "../../static/js/desk/audit.js";

const MOVE = "reorder-prepared";
const line = (actor, action, minute) => ({
  actor,
  action,
  at: `2026-11-30T10:${String(minute).padStart(2, "0")}:00Z`,
  post: null,
  detail: null,
});
const told = (entries) => gathered(entries).map(({ actor, action, at }) => [actor, action, at.slice(14, 16)]);

test("moves of one person that follow each other are one line, with the time of the last", () => {
  assert.deepEqual(told([line("Mira", MOVE, 29), line("Mira", MOVE, 22), line("Mira", MOVE, 15), line("Mira", "pinned", 14)]), [
    ["Mira", "reordered-prepared", "29"],
    ["Mira", "pinned", "14"],
  ]);
});

test("one move, another person's, one after a pause or after something else stay lines of their own", () => {
  const apart = [
    line("Mira", MOVE, 40),
    line("Mira", MOVE, 29),
    line("Asha", MOVE, 28),
    line("Mira", MOVE, 27),
    line("Mira", "unprepare", 26),
    line("Mira", MOVE, 25),
    line("Mira", "unprepare", 24),
    line("Mira", "unprepare", 23),
  ];
  assert.deepEqual(
    told(apart),
    apart.map(({ actor, action, at }) => [actor, action, at.slice(14, 16)]),
  );
});
