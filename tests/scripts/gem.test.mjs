// The brilliant of a gathering, and the sequence at whose end it stands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gem, outlines } from "../../static/js/shared/gem.js";
import { countedBy, dayMs, partAt, reel } from "../../static/js/screen/reel.js";
import { facetsFor } from "../../static/js/screen/moment.js";

test("each card is one coloured facet, be there 1, 30, 150 or 5,000", () => {
  for (const count of [1, 30, 48, 150, 5000]) {
    const facets = gem(Array.from({ length: count }, (_, index) => String(index % 9)).join(""));
    assert.equal(facets.filter(({ card }) => card).length, count);
    assert.equal(facets.length, Math.max(48, count));
    assert.ok(facets.every(({ fill }) => /^#[0-9a-f]{6}$/.test(fill)));
    assert.ok(outlines(facets).size < 120, "one outline a colour: the page stays small");
  }
});

test("the same cards make the same stone", () => {
  assert.deepEqual(gem("012345678".repeat(20)), gem("012345678".repeat(20)));
});

test("the recap ends with the stone and stays there; names that do not fit come before it", () => {
  const names = Array.from({ length: 90 }, (_, index) => `Person ${index}`);
  const parts = reel({ cards: 9, days: 3, names, roll: true, story: true });
  assert.equal(parts.at(-1).part.kind, "ending");
  assert.deepEqual(parts.flatMap(({ part }) => (part.kind === "names" ? part.names : [])), names);
  const all = Array.from({ length: 2000 }, (_, index) => `Person ${index}`);
  const pages = reel({ cards: 9, days: 3, names: all, roll: true, story: true }).filter(({ part }) => part.kind === "names");
  for (const count of [31, 61, 99, 301]) {
    const on = reel({ cards: 0, days: 0, names: all.slice(0, count), roll: true, story: true }).flatMap(({ part }) => part.names ? [part.names.length] : []);
    assert.ok(Math.max(...on) - Math.min(...on) <= 1, "no page is nearly empty");
  }
  assert.deepEqual(pages.flatMap(({ part }) => part.names), all, "nobody is left out, however many there are");
  assert.ok(pages.reduce((sum, { ms }) => sum + ms, 0) <= 110_000);
  assert.equal(partAt(parts, 0).kind, "numbers");
  const days = parts.filter(({ part }) => part.kind === "day");
  assert.deepEqual(days.map(({ part }) => part.day), [0, 1, 2]);
  assert.ok(days.every(({ ms }) => ms <= 30_000), "a day is half a minute at most");
  assert.deepEqual([1, 3, 7].map((count) => Math.round(dayMs(count) * count)), [12_000, 36_000, 40_000]);
  assert.equal(partAt(parts, 1e9).kind, "ending");
  const visits = parts.slice(-5).map(({ part }) => part);
  assert.deepEqual(visits, [{ kind: "ending" }, { kind: "ending", visit: 0 }, { kind: "ending" }, { kind: "ending", visit: 1 }, { kind: "ending" }]);
  assert.ok(!reel({ cards: 9, days: 3, names, roll: false, story: true }).some(({ part }) => part.kind === "names"));
});

test("the farthest bridge comes after the days, where it is known", () => {
  const kinds = (far) => reel({ cards: 1, days: 1, far, names: [], roll: false, story: true }).map(({ part }) => part.kind);
  assert.deepEqual(kinds(true), ["numbers", "day", "far", "card", "ending", "ending", "ending"]);
  assert.ok(!kinds(false).includes("far"));
  const letter = reel({ cards: 1, days: 0, far: true, letter: true, names: [], roll: false, story: false });
  assert.deepEqual(letter.map(({ part }) => part.kind), ["numbers", "far", "letter", "card"], "then a card that went over it");
});

test("a number counts up, and ends on itself", () => {
  assert.deepEqual([-1, 0, 1, 2].map((share) => countedBy(1870, share)), [0, 0, 1870, 1870]);
  const counted = Array.from({ length: 50 }, (_, step) => countedBy(89, step / 49));
  assert.deepEqual(counted, [...counted].sort((a, b) => a - b));
  assert.equal(counted.at(-1), 89);
});

test("without a story the recap goes round", () => {
  const parts = reel({ cards: 2, days: 0, names: [], roll: false, story: false });
  assert.deepEqual(partAt(parts, 0), partAt(parts, parts.reduce((sum, { ms }) => sum + ms, 0)));
});

test("at most sixty facets are in the air", () => {
  assert.equal(facetsFor(3, 0), 3);
  assert.equal(facetsFor(500, 0), 12);
  assert.equal(facetsFor(500, 55), 5);
  assert.equal(facetsFor(5, 60), 0);
});
