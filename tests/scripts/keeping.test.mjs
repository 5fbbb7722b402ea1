// When organisers are warned that the board will be erased, and what "keep longer" asks for.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { longer, warningOf } from "../../static/js/organise/keeping.js";

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
