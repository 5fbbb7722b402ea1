// When a phone lights up in the colour of the card that stands large.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIT_MS, lightsUp, standing } from "../../static/js/phone/lighting.js";

const facts = { before: "", now: "1", since: LIT_MS, off: false, still: false, busy: false, hidden: false };

test("a card that comes to stand large lights up, once", () => {
  assert.ok(lightsUp(facts));
  assert.ok(lightsUp({ ...facts, before: "2" }));
  assert.ok(!lightsUp({ ...facts, before: "1" }));
  assert.ok(!lightsUp({ ...facts, now: "" }));
});

test("not what stood there when the page was opened", () => assert.ok(!lightsUp({ ...facts, before: null })));

test("at most one light in three seconds: no flashes for people with epilepsy", () =>
  assert.ok(!lightsUp({ ...facts, since: LIT_MS - 1 })));

test("never where somebody does not want it, types, or sees nothing", () => {
  for (const reason of ["off", "still", "busy", "hidden"]) assert.ok(!lightsUp({ ...facts, [reason]: true }), reason);
});

test("only the spotlight stands large", () => {
  assert.equal(standing({ scene: "spotlight", post: "1" }), "1");
  assert.equal(standing({ scene: "questions", post: "1" }), "");
  assert.equal(standing({ scene: "spotlight", post: null }), "");
  assert.equal(standing(null), "");
});
