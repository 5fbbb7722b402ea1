// When organisers are warned that the board will be erased, and what "keep longer" asks for; which drafts a page keeps.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { longer, warningOf } from "../../static/js/organise/keeping.js";
import { createDrafts } from "../../static/js/shared/drafts.js";

const RETENTION = { days: 180, since: "end", counted_from: "2026-05-07", erased_on: "2026-11-03", warned_days: 14 };

test("a warning stands for the last fourteen days, and says how many are left", () => {
  const left = ["2026-10-19", "2026-10-20", "2026-11-02", "2026-11-03", "2026-11-04"].map((day) => warningOf(RETENTION, day));
  assert.deepEqual(left, [null, 14, 1, 0, 0]);
  assert.equal(warningOf(undefined, "2026-11-02"), null);
});

test("ninety days longer count from the day on which it would be erased, and never go beyond the longest time", () => {
  assert.deepEqual(longer(RETENTION, 730), { days: 270, more: 90 });
  assert.deepEqual(longer({ ...RETENTION, days: 7, erased_on: "2026-05-28" }, 730), { days: 111, more: 90 });
  assert.deepEqual(longer({ ...RETENTION, days: 730, erased_on: "2028-05-01" }, 730), { days: 730, more: 5 });
  assert.deepEqual(longer({ ...RETENTION, days: 730, erased_on: "2028-06-01" }, 730).more, -26);
});

test("drafts are stored by name, dropped by hand and when they are blank, and bounded", () => {
  const kept = new Map();
  const storage = { get: (key, fallback) => kept.get(key) ?? fallback, set: (key, value) => kept.set(key, value) };
  const one = createDrafts(storage, "answer");
  const twin = createDrafts(storage, "answer");
  const other = createDrafts(storage, "reason");
  one.set("a", "By the buyer.");
  twin.set("b", { text: "Half" });
  other.set("a", "Why");
  assert.deepEqual([one.get("a"), one.get("b"), other.get("a")], ["By the buyer.", { text: "Half" }, "Why"]);
  assert.equal(one.get("c", "none"), "none");
  assert.deepEqual(twin.ids(), ["a", "b"]);
  one.set("a", "   ");
  one.drop("b");
  for (let count = 0; count < 120; count += 1) one.set(`post ${count}`, "x");
  assert.deepEqual([one.get("a"), twin.get("b")], [null, null]);
  assert.deepEqual([one.ids().length, one.ids()[0], other.ids()], [100, "post 20", ["a"]]);
});
