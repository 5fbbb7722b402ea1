// What the desk sends of an answer and its translations, how it looks meanwhile, and what takes it back.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.mjs";
import { answerChanges, formerOf, shownWith, toChoose } from "../../static/js/desk/translating.js";

const inFrench = { lang: "fr", text: "Le ministère." };
const inKhmer = { lang: "km", text: "ក្រសួង" };
const post = { id: "1", answer: "The ministry.", answered: true, answer_translations: [inFrench, inKhmer] };

test("a translation that changed is sent alone", () => {
  const others = [inFrench, { lang: "km", text: " ក្រសួងការងារ " }, { lang: "vi", text: "Bộ." }];
  assert.deepEqual(answerChanges(post, "The ministry.", others), {
    answer: "The ministry.",
    answer_translations: { km: "ក្រសួងការងារ", vi: "Bộ." },
  });
  assert.deepEqual(answerChanges(post, "The ministry.", [inFrench, inKhmer]), { answer: "The ministry." });
});

test("with another answer all are named: the server keeps no other", () => {
  assert.deepEqual(answerChanges(post, "The employer.", [{ lang: "fr", text: "L’employeur." }, inKhmer]), {
    answer: "The employer.",
    answer_translations: { fr: "L’employeur.", km: inKhmer.text },
  });
});

test("an empty field takes a translation away, and no answer takes all", () => {
  assert.deepEqual(answerChanges(post, "The ministry.", [{ lang: "fr", text: " " }, inKhmer]).answer_translations, {
    fr: null,
  });
  assert.deepEqual(answerChanges(post, "", [inFrench, { lang: "vi", text: "Bộ." }]), {
    answer: null,
    answer_translations: { fr: null, km: null },
  });
});

test("what is shown meanwhile is what the server will say, and the way back is all that was there", () => {
  for (const [answer, others] of [
    ["The ministry.", [{ lang: "fr", text: "" }, inKhmer, { lang: "am", text: "ሚኒስቴር" }]],
    ["The employer.", [{ lang: "fr", text: "L’employeur." }]],
    ["", []],
  ]) {
    const changes = { ...answerChanges(post, answer, others), answered: false };
    const shown = { ...post, ...shownWith(post, changes) };
    const kept = answer ? others.filter(({ text }) => text).sort((a, b) => (a.lang < b.lang ? -1 : 1)) : [];
    const named = answer === post.answer || others.some(({ lang }) => lang === "km") ? kept : kept.filter(({ lang }) => lang !== "km");
    assert.deepEqual(shown.answer_translations, named);
    const former = formerOf(post, changes);
    assert.deepEqual({ ...shown, ...shownWith(shown, former) }, post);
  }
});

test("the languages of the board stand first, and those that are there cannot be chosen again", () => {
  const left = toChoose(["en", "tet-TL"], [inFrench, inKhmer]);
  assert.deepEqual(left.slice(0, 2), ["en", "tet-TL"]);
  assert.equal(new Set(left).size, left.length);
  assert.ok(!left.includes("fr") && !left.includes("km") && left.includes("vi"));
});
