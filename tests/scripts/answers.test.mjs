// What became of a question, by the rule that the server has; and one toast for its author. No page, no clock.
import "./page.mjs";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createAnswers, isJoined } from "../../static/js/phone/answers.js";
import { waitingPosts } from "../../static/js/phone/fates.js";
import { ownPosts } from "../../static/js/phone/tidings.js";
import { dayOf, fateOf, isLate, isLeft } from "../../static/js/shared/fate.js";

const VECTORS = JSON.parse(readFileSync(new URL("../vectors/fate.json", import.meta.url), "utf8"));

test("each question has one fate, the same as on the server", () => {
  for (const { post, fate } of VECTORS) assert.equal(fateOf(post), fate);
});

test("left behind is what nobody looks after, or not in time", () => {
  const today = dayOf(Date.parse("2026-05-04T23:30:00Z"), "Asia/Bangkok");
  assert.equal(today, "2026-05-05");
  assert.ok(isLeft({}, today));
  assert.ok(isLeft({ owner: "Leo", due: "2026-05-04" }, today));
  assert.ok(!isLeft({ owner: "Leo", due: "2026-05-05" }, today));
  assert.ok(!isLeft({ owner: "Leo" }, today));
  assert.ok(!isLate({ owner: "Leo", due: "2026-05-04", answered: true }, today));
});

const question = (fields = {}) => ({ id: "q", kind: "question", state: "visible", text: "Who?", ...fields });
const facts = (post) => ({ posts: new Map([["q", post]]), board: { posts: new Map([["q", post]]) } });

function phone(kept = {}) {
  const said = [];
  const keep = { get: (name, otherwise) => kept[name] ?? otherwise, set: (name, value) => (kept[name] = value) };
  return { look: createAnswers({ say: (words) => said.push(words), keep }), said, kept };
}

test("an author sees one toast, also after a reload, and none for what was there before", () => {
  const first = phone();
  first.look(facts(question({ answered: true })));
  assert.equal(first.said.length, 0, "a phone without a record begins with the present state");
  first.look(facts(question()));
  const answered = facts(question({ answered: true, answer: "The ministry." }));
  first.look(answered);
  first.look(answered);
  assert.equal(first.said.length, 1);
  const again = phone(first.kept);
  again.look(facts(question({ answered: true })));
  assert.equal(again.said.length, 0);
  again.look(facts(question({ set_aside: "Not here." })));
  assert.equal(again.said.length, 1, "while the phone was away");
});

test("an author sees one toast when a moderator joins the question with another one, and it is not called held", () => {
  const first = phone();
  first.look(facts(question()));
  const joined = question({ state: "hidden", merged_into: "other" });
  const gone = { posts: new Map([["q", joined]]), board: { posts: new Map() }, entries: [], received: [] };
  first.look(gone);
  first.look({ ...gone, posts: new Map(gone.posts) });
  assert.equal(first.said.length, 1);
  assert.ok(isJoined(ownPosts(gone)[0]));
  const lane = { kind: "question", fresh: new Set(["q"]), shown: [] };
  assert.equal(waitingPosts(gone, lane).length, 0, "it does not wait");
  const hidden = { ...gone, posts: new Map([["q", question({ state: "hidden" })]]) };
  assert.ok(!isJoined(ownPosts(hidden)[0]));
  assert.equal(waitingPosts(hidden, lane).length, 1);
});

test("an own question waits in its own session, and goes with it", () => {
  const lane = { kind: "question", fresh: new Set(["q"]), shown: [] };
  const waiting = (session, of) =>
    waitingPosts({ posts: new Map([["q", question({ session: of })]]), board: { posts: new Map() }, entries: [] }, { ...lane, session });
  assert.equal(waiting("heat", "heat").length, 1);
  assert.equal(waiting("care", "heat").length, 0);
  assert.equal(waiting("", "heat").length, 1, "of all sessions");
  assert.equal(waiting("care", null).length, 1, "of none");
});
