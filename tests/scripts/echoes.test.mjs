// Which word of the board about an own post needs no look-up (static/js/phone/echoes.js).
import assert from "node:assert/strict";
import { test } from "node:test";
import { createEchoes } from "../../static/js/phone/echoes.js";

const VISIBLE = { id: "a", state: "visible" };
const HIDDEN = { id: "a", state: "hidden", reason: "Please leave out the name." };

test("the word of an own new post needs no look-up, whether it comes before the answer or after it", () => {
  const echoes = createEchoes();
  assert.equal(echoes.isEcho(VISIBLE, undefined, true), true);
  assert.equal(echoes.answered(VISIBLE), true);
  assert.equal(echoes.answered({ ...VISIBLE, id: "b" }), true);
  assert.equal(echoes.isEcho({ ...VISIBLE, id: "b" }, { ...VISIBLE, id: "b" }, false), true);
});

test("the second word of a post is news, as when a moderator corrected its recipient", () => {
  for (const isFirstEarly of [true, false]) {
    const echoes = createEchoes();
    if (isFirstEarly) echoes.isEcho(VISIBLE, undefined, true);
    echoes.answered(VISIBLE);
    if (!isFirstEarly) echoes.isEcho(VISIBLE, VISIBLE, false);
    assert.equal(echoes.isEcho(VISIBLE, VISIBLE, false), false);
  }
});

test("what a moderator does before the answer comes is not lost", () => {
  const held = createEchoes();
  held.isEcho(VISIBLE, undefined, true);
  assert.equal(held.isEcho(HIDDEN, undefined, true), false, "the second word while the answer is awaited");
  const merged = createEchoes();
  merged.isEcho(HIDDEN, undefined, true);
  assert.equal(merged.answered(VISIBLE), false, "the first word is of a later state than the answer");
  const late = createEchoes();
  late.answered(VISIBLE);
  assert.equal(late.isEcho(HIDDEN, VISIBLE, false), false, "the only word after the answer is of a later state");
});

test("a post of another page of this phone is news, and so is everything after a look-up", () => {
  const echoes = createEchoes();
  assert.equal(echoes.isEcho(VISIBLE, undefined, false), false);
  echoes.answered(VISIBLE);
  echoes.clear();
  assert.equal(echoes.isEcho(VISIBLE, VISIBLE, false), false);
});
