// The map as a night sky: where teams, names, bridges and the card stand, and how old a light is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ageOf, arc, cardAt, flights, named, packed, spots, mostWay } from "../../static/js/screen/sky.js";

const WIDE = { width: 1400, height: 800, top: 50, foot: 120, upright: false };
const UPRIGHT = { width: 1000, height: 1400, top: 60, foot: 300, upright: true };
const NOW = Date.parse("2026-11-26T12:00:00Z");
const MINUTE_MS = 60_000;
const card = (id, minutes, from, ...to) => ({
  id,
  created_at: new Date(NOW - minutes * MINUTE_MS).toISOString(),
  author: from ? { name: "A", team: from } : null,
  to: to.map((team) => ({ name: "B", team })),
});

test("a light cools: now, this hour, this day, earlier", () => {
  const ages = [0, 4, 5, 59, 60, 719, 720].map((minutes) => ageOf(minutes * MINUTE_MS));
  assert.deepEqual(ages, ["now", "now", "hour", "hour", "day", "day", "past"]);
});

test("two teams have one bridge, which runs as their newest card did; cards within a team are one ring", () => {
  const found = flights(
    [card("d", 1, "B", "A"), card("c", 9, "A", "B", "C"), card("b", 70, "A", "A"), card("a", 99, null, "B")],
    ["A", "B", "C"],
    [["A", "B"], ["B", "C"]],
    NOW,
  );
  assert.deepEqual(found.bridges, [
    { from: "B", to: "A", age: "now" },
    { from: "A", to: "C", age: "hour" },
    { from: "B", to: "C", age: "past" },
  ]);
  assert.deepEqual(found.rings, [{ team: "A", age: "day" }]);
  assert.deepEqual(found.crossings.map(({ post, from, to }) => [post.id, from, to]), [
    ["d", "B", "A"],
    ["c", "A", "B"],
  ]);
});

test("a bridge of old cards runs the way of most of them; an earlier server does not say which", () => {
  const way = (forth) => mostWay({ teams: ["A", "B"], cards: 5, forth });
  assert.deepEqual([way(5), way(3), way(2), way(0), way()].map(([from]) => from), ["A", "A", "B", "B", "A"]);
});

test("teams that have no place on the map have no bridge", () => {
  const found = flights([card("a", 1, "A", "Z"), card("b", 1, "Z", "A")], ["A", "B"], [], NOW);
  assert.deepEqual([found.crossings, found.bridges], [[], []]);
});

test("teams stand in the board's order along the horizon, upright from top to bottom", () => {
  for (const count of [1, 2, 15, 40]) {
    const wide = spots(WIDE, count);
    assert.ok(wide.every(({ x, y }, at) => y === 680 && x > 0 && x < 1400 && (at === 0 || x > wide[at - 1].x)));
    const upright = spots(UPRIGHT, count);
    assert.ok(upright.every(({ x, y }, at) => x === 300 && y > 60 && y < 1400 && (at === 0 || y > upright[at - 1].y)));
  }
});

test("a bridge begins and ends at its teams, stays in the sky, and is higher the further it goes", () => {
  for (const sky of [WIDE, UPRIGHT]) {
    for (const count of [2, 3, 15, 40]) {
      const at = spots(sky, count);
      let before = 0;
      for (let to = 1; to < count; to += 1) {
        for (const [from, until] of [[0, to], [to, 0]]) {
          const bridge = arc(at[from], at[until], sky);
          assert.equal(bridge.ahead, from < until);
          assert.ok(bridge.path.startsWith(`M${at[from].x} ${at[from].y}A`) && bridge.path.endsWith(` ${at[until].x} ${at[until].y}`));
          assert.ok(bridge.high > 0 && bridge.high <= (sky.upright ? sky.width - sky.foot : sky.height - sky.foot));
          if (until === to) assert.ok(bridge.high > before);
          before = until === to ? bridge.high : before;
        }
      }
    }
  }
});

test("names cover none of their neighbours: they take more rows, and at last only the two that are lit are shown", () => {
  const room = { from: 0, until: 1400, gap: 10 };
  const middles = (count) => spots(WIDE, count).map(({ x }) => x);
  const rowsOf = (count, size, lit = [0, 1]) => named(middles(count), Array(count).fill(size), room, lit);
  const most = (places) => Math.max(...places.map((one) => one?.row ?? 0)) + 1;
  assert.deepEqual([rowsOf(4, 200), rowsOf(6, 200), rowsOf(15, 150), rowsOf(24, 100)].map(most), [1, 2, 2, 3]);
  assert.equal(most(rowsOf(9, 400)), 3);
  const few = rowsOf(40, 300, [3, 4]);
  assert.deepEqual(few.flatMap((one, at) => (one ? [at] : [])), [3, 4]);
  for (const [count, size] of [[2, 600], [6, 200], [15, 150], [24, 150], [40, 300]]) {
    const places = rowsOf(count, size, [0, count - 1]);
    for (const row of [0, 1, 2]) {
      const starts = places.flatMap((one) => (one?.row === row ? [one.start] : []));
      assert.ok(starts.every((start, at) => start >= 0 && start + size <= 1400 && (!at || start >= starts[at - 1] + size)));
    }
  }
});

test("what does not fit has no place", () => {
  assert.deepEqual(packed([10, 20], [50, 50], 0, 100, 0), [0, 50]);
  assert.equal(packed([10, 20], [50, 51], 0, 99, 0), null);
});

test("the card stands below the horizon, upright beside its bridge: it covers nothing of the sky", () => {
  const size = { w: 500, h: 250 };
  const sky = { ...WIDE, foot: 120 + 250 };
  for (const count of [2, 15, 40]) {
    const at = spots(sky, count);
    for (let to = 1; to < count; to += 1) {
      const { x, y } = cardAt(at[0], at[to], arc(at[0], at[to], sky).high, size, sky, 12);
      assert.ok(x >= 0 && x + size.w <= 1400 && y > at[0].y && y + size.h <= 800);
      const middle = (at[0].x + at[to].x) / 2;
      assert.ok(x <= middle && middle <= x + size.w, "under the middle of its bridge");
    }
  }
  const at = spots(UPRIGHT, 5);
  const { high } = arc(at[0], at[4], UPRIGHT);
  const { x, y } = cardAt(at[0], at[4], high, { w: 400, h: 900 }, UPRIGHT, 12);
  assert.ok(x > 300 + high && x + 400 <= 1000 && y >= 60 && y + 900 <= 1400);
});
