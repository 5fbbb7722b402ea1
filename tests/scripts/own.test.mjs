// An answer may be under way longer than what the page hears meanwhile (static/js/phone/own.js). In a page: test_late_answers.py
import assert from "node:assert/strict";
import { test } from "node:test";

const config = JSON.stringify({ api: "/api/boards/LAB-23", limits: { posts_a_page: 50 } });
Object.defineProperty(globalThis, "navigator", { value: { cookieEnabled: true } });
globalThis.document = /** @type {any} */ ({
  documentElement: { dir: "ltr", lang: "en" },
  getElementById: () => ({ textContent: config }),
});
const { createOwn } = await import("../../static/js/phone/own.js");
const { receivedBy } = await import("../../static/js/phone/forme.js");

const CARD = { id: "a", kind: "card", seq: 1, state: "visible" };
const soon = () => new Promise((resolve) => setTimeout(resolve));

/** A phone whose answers come when the test says so. */
function phone() {
  const asked = /** @type {((answer: object) => void)[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (() => new Promise((resolve) => asked.push((answer) => resolve(Response.json(answer)))));
  const held = { board: /** @type {any} */ ({ whole: 1, gone: new Map() }) };
  const who = { self: () => ({ person: "p" }), learn() {} };
  const own = createOwn({ held, who, deliver() {}, isUnderWay: () => false, onChange() {} });
  const answer = async (/** @type {object} */ what) => {
    asked.shift()?.(what);
    await soon();
  };
  return { own, held, asked, answer };
}

test("a card of an answer that is older than a snapshot is not kept: it may be hidden", async () => {
  const { own, held, asked, answer } = phone();
  own.loadReceived();
  held.board = { ...held.board, whole: 2 };
  await answer({ posts: [CARD] });
  assert.equal(own.received.size, 0);
  assert.equal(asked.length, 1, "it is asked for again");
  await answer({ posts: [] });
  assert.equal(own.received.size, 0);
});

test("a card of an answer that nothing overtook is kept, but for one that is gone", async () => {
  const { own, held, asked, answer } = phone();
  held.board.gone.set("b", 2);
  own.loadReceived();
  await answer({ posts: [CARD, { ...CARD, id: "b" }] });
  const board = { ...held.board, posts: new Map(), teams: [] };
  assert.deepEqual([receivedBy(board, { person: "p" }, own.received).map(({ id }) => id), asked.length], [["a"], 0]);
});

test("an answer about own posts that is older than a message is asked for again", async () => {
  const { own, asked, answer } = phone();
  own.posts.set("a", /** @type {any} */ (CARD));
  own.load();
  own.heard(/** @type {any} */ ([{ id: "a", state: "hidden", reason: "A name." }]));
  await answer({ posts: [CARD], votes: [], reactions: {} });
  assert.equal(own.posts.get("a")?.state, "hidden");
  assert.equal(asked.length, 1);
  await answer({ posts: [{ ...CARD, state: "hidden", reason: "A name." }], votes: [], reactions: {} });
  assert.deepEqual([own.posts.get("a")?.reason, asked.length], ["A name.", 0]);
});
