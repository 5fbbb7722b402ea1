// When a shared tablet forgets, and what it sends (static/js/kiosk/). The test says what time it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.mjs";
import { emptyDraft, missing, requestOf } from "../../static/js/kiosk/draft.js";
import { IDLE_MS, msLeft, secondsSaid, THANKS_MS, WARNING_MS } from "../../static/js/kiosk/forgetting.js";

const standing = (step) => ({ step, touchedAt: 1000, thankedAt: 2000 });

test("what is half written is forgotten a minute after the last touch, and said before", () => {
  for (const step of ["card", "question"]) {
    assert.equal(msLeft(standing(step), 1000), IDLE_MS);
    assert.equal(msLeft(standing(step), 1000 + IDLE_MS - 1), 1);
    assert.equal(msLeft(standing(step), 1000 + IDLE_MS), 0);
    assert.equal(secondsSaid(standing(step), 1000 + IDLE_MS - WARNING_MS - 1), 0);
    assert.equal(secondsSaid(standing(step), 1000 + IDLE_MS - WARNING_MS), 15);
  }
});

test("the thank you goes soon, whatever is touched, and an empty page stays", () => {
  assert.equal(msLeft({ ...standing("thanks"), touchedAt: 1e9 }, 2000 + THANKS_MS), 0);
  assert.equal(msLeft(standing("start"), 1e12), Infinity);
});

test("a post has the name that was typed for it, and no other", () => {
  const draft = { ...emptyDraft("heat"), text: " Who pays? ", name: " Asha ", team: "" };
  assert.deepEqual(requestOf("question", draft, "id"), {
    kind: "question",
    id: "id",
    text: "Who pays?",
    author: { name: "Asha" },
    session: "heat",
  });
  assert.equal(requestOf("card", { ...emptyDraft(), text: "Thanks" }, "id").author, null);
});

test("each field says what is missing", () => {
  assert.equal(missing("card", emptyDraft(), false), "to");
  assert.equal(missing("question", { ...emptyDraft(), text: "Hi" }, false), "text");
  assert.equal(missing("question", { ...emptyDraft(), text: "Who pays?" }, true), "name");
  assert.equal(missing("question", { ...emptyDraft(), text: "Who pays?" }, false), "");
});
