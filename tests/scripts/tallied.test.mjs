// Questions by session on the recap: which sessions stand on which page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pagesOf, partAt, reel } from "../../static/js/screen/reel.js";

const session = (number, asked, held = 0) => ({ session: `s${number}`, title: `${number}`, asked, held, held_for: [] });
const shown = (sessions) => pagesOf({ sessions }).map((page) => page.map(({ title }) => Number(title)));

test("sessions stand in the order of the agenda, and no page has one alone beside full ones", () => {
  assert.deepEqual(shown([session(1, 3), session(2, 9), session(3, 1)]), [[1, 2, 3]]);
  assert.deepEqual(shown(Array.from({ length: 6 }, (_, n) => session(n, 1))), [[0, 1, 2], [3, 4, 5]]);
  assert.deepEqual(shown([]), []);
  assert.deepEqual(pagesOf(null), []);
});

test("of very many sessions those are shown where most was asked, still in the order of the agenda", () => {
  const pages = shown(Array.from({ length: 60 }, (_, n) => session(n, n % 3)));
  assert.equal(pages.length, 5);
  assert.ok(pages.flat().every((n) => n % 3 === 2));
  assert.deepEqual(pages.flat(), [...pages.flat()].sort((a, b) => a - b));
});

test("pages of sessions come between the numbers and the days", () => {
  const parts = reel({ cards: 1, tallied: 2, days: 1, names: [], roll: false, story: true });
  assert.deepEqual(parts.slice(0, 6).map(({ part }) => part.kind), ["numbers", "tallied", "tallied", "day", "card", "ending"]);
  assert.deepEqual(partAt(parts, parts[0].ms), { kind: "tallied", page: 0 });
});
