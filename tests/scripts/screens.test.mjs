// Pages that are open while the server is replaced go on working: today's frames read by the page of before there were several large screens
// (tests/vectors/board-of-one-screen.js, as it was), its frames read by today's page; and what a screen shows by the room that it is in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as now from "../../static/js/shared/board.js";
import { connections, reached, screenCounts } from "../../static/js/desk/queue.js";
import { headline, pictureOf, sessionOf } from "../../static/js/screen/scene.js";
import * as before from "../vectors/board-of-one-screen.js";

const frames = JSON.parse(readFileSync(new URL("../vectors/frames.json", import.meta.url), "utf8"));
const AT = Date.parse("2026-05-04T09:02:00Z");
const SPOTLIT = "3f2b8c1e-7a4d-4e9b-9c55-0d6a1b2c3d4e";

/** What a page has after these frames; each is taken, none asks for a new connection. */
const after = (page, list) =>
  list.reduce((state, frame) => {
    const next = page.apply(state, frame);
    assert.ok(next, `it does not take ${JSON.stringify(frame)}`);
    return next;
  }, page.emptyBoard());

for (const [reader, list] of Object.entries(frames.now))
  test(`an older ${reader} takes what is said now`, () => {
    const state = after(before, list);
    assert.equal(state.seq, 8);
    assert.equal(state.screen.scene, "spotlight");
    assert.equal(state.screen.post, SPOTLIT);
    assert.equal(pictureOf(state, "live", null, AT).post.id, SPOTLIT);
  });

test("an older desk knows how far each screen has got", () => {
  const { screens } = after(before, frames.now.desk);
  assert.deepEqual(
    screens.map(({ name, seq }) => [name, seq]),
    [
      ["screen", -1],
      ["Lotus", 7],
    ],
  );
});

for (const [reader, list] of Object.entries(frames.before))
  test(`today's ${reader} takes what an older server says`, () => {
    const state = after(now, list);
    assert.equal(state.screen.post, SPOTLIT);
    assert.equal(state.online, 3);
    assert.equal(pictureOf(state, "live", null, AT).post.id, SPOTLIT);
  });

test("today's desk counts connections, whichever server tells of them", () => {
  for (const list of [frames.before.desk, frames.now.desk]) {
    const here = connections(after(now, list).screens);
    assert.deepEqual(screenCounts(here), { live: 0, lost: 1, stale: 0 });
    assert.equal(reached(here, 8), 0);
  }
});

test("a desk has each screen with its scene and how it is doing, whichever frame came last", () => {
  const state = after(now, frames.now.desk);
  const [, lotus] = state.screens;
  assert.deepEqual([lotus.room, lotus.scene, lotus.state, lotus.seconds], ["Lotus Hall", "spotlight", "stale", 12]);
  const back = { ...frames.now.desk[2].screens[1], state: "live", applied: 8, seq: 8, connections: [] };
  delete back.seconds;
  const next = now.apply(state, { type: "presence", online: 3, screens: [frames.now.desk[2].screens[0], back] });
  assert.deepEqual([next.screens[1].scene, next.screens[1].state, next.screens[1].seconds], ["spotlight", "live", undefined]);
});

test("a screen without orders shows the session of its room, another one what it is told", () => {
  const state = after(now, frames.now.screen.slice(0, 1));
  const inRoom = (room, session = null) => ({ ...state, screen: { ...state.screen, room, session } });
  assert.equal(sessionOf(inRoom("Lotus Hall"), AT).id, "heat");
  assert.equal(sessionOf(inRoom("Orchid Room"), AT).id, "dust");
  assert.equal(sessionOf(inRoom("Orchid Room", "heat"), AT).id, "heat");
  assert.equal(sessionOf(inRoom(null), AT).id, "heat");
  const head = (room) => headline(inRoom(room), pictureOf(inRoom(room), "live", "cards", AT), AT);
  assert.equal(head("Orchid Room").session.id, "dust");
  const early = AT - 10 * 60 * 1000;
  const next = headline(inRoom("Orchid Room"), pictureOf(inRoom("Orchid Room"), "live", "cards", early), early);
  assert.deepEqual([next.session.id, next.is], ["dust", "next"]);
});
