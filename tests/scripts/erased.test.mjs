// Somebody who was erased: each page says the word of its reader, and offers nobody by it.
import "./page.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { offersFor } from "../../static/js/shared/recipients.js";
import { called, namesText, whoText } from "../../static/js/shared/text.js";

const GONE = /** @type {const} */ ({ name: "quelqu'un", erased: true });
const WORD = "erased-person"; // here a text is its key

test("the word is the reader's, whatever stands on the wire", () => {
  assert.equal(called(GONE), WORD);
  assert.equal(called({ name: "Somebody" }), "Somebody", "a person may be called so");
  assert.equal(whoText({ ...GONE, team: null }), WORD);
  assert.match(namesText({ to: [{ name: "Nadia" }, GONE] }), /^Nadia.*erased-person$/);
});

test("nobody writes to who was erased by picking the word", () => {
  const card = { id: "1", kind: "card", created_at: "", text: "", to: [GONE, { name: "Quentin" }], author: { ...GONE, team: null } };
  const about = { teams: [], posts: [card], taken: [], roster: [], asked: true, isSelf: () => false };
  const offered = offersFor("qu", about).filter(({ free }) => !free);
  assert.deepEqual(
    offered.map(({ name }) => name),
    ["Quentin"],
  );
});
