// At the desk: where a prepared question goes, one place up or down.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { beforeWhich } from "../../static/js/desk/preparing.js";

const those = ["a", "b", "c"].map((id) => ({ id }));

test("one place up is before the one above, one place down behind the one below", () => {
  assert.deepEqual(
    those.map(({ id }) => [beforeWhich(those, id, "up"), beforeWhich(those, id, "down")]),
    [
      [undefined, "c"],
      ["a", null],
      ["b", undefined],
    ],
  );
});

test("what is alone or gone goes nowhere", () => {
  for (const way of ["up", "down"]) {
    assert.equal(beforeWhich([{ id: "a" }], "a", way), undefined);
    assert.equal(beforeWhich(those, "gone", way), undefined);
  }
});
