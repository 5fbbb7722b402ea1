// Pages that are open while the server is replaced go on working: today's frames read by the page of before there were several large screens
// (tests/vectors/board-of-one-screen.js, as it was), its frames read by today's page; and what a screen shows by the room that it is in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as now from "../../static/js/shared/board.js";
import { connections, reached, screenCounts } from "../../static/js/desk/queue.js";
import { headline, pictureOf, sessionOf } from "../../static/js/screen/scene.js";
import {
  blanked,
  following,
  meantBy,
  placesOf,
  requestsFor,
  scenesOf,
  shownOn,
  toGiveBack,
} from "../../static/js/desk/screens.js";
import { opening } from "../../static/js/desk/queue.js";
import { largeScreens, nameOf, nextIn, ownState, readableUntil, visibleOf } from "../../static/js/shared/screens.js";
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
  test(`an older ${reader} reads the frames of today`, () => {
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

test("a screen without a chosen session shows the session of its room, another screen the chosen one", () => {
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

// -- acts of moderators on several screens ----------------------------------------------------------------------------

const ROOM = { session: null, post: null, state: "live", applied: 8, seq: 8, connections: [] };
const SCREENS = [
  { id: "first", name: "Left", room: "Lotus Hall", scene: "cards", ...ROOM },
  { id: "orchid", name: "Orchid", room: "Orchid Room", scene: "questions", ...ROOM, session: "dust" },
  { id: "foyer", name: "Foyer", room: null, scene: "blank", ...ROOM, before: { scene: "map", session: null } },
];
const HALL = {
  ...now.emptyBoard(),
  epoch: "e",
  screen: { scene: "cards", session: null, post: null },
  screens: SCREENS,
  sessions: [
    { id: "heat", room: "Lotus Hall", starts_at: "2026-05-04T09:00:00Z", ends_at: "2026-05-04T10:00:00Z", questions: "open" },
    { id: "dust", room: "Orchid Room", starts_at: "2026-05-04T09:00:00Z", ends_at: "2026-05-04T10:00:00Z", questions: "open" },
    { id: "lunch", room: "", starts_at: "2026-05-04T12:00:00Z", ends_at: null, questions: "closed" },
    { id: "late", room: "Orchid Room", starts_at: "2026-05-04T11:00:00Z", ends_at: null, questions: "open" },
  ],
};
const none = { ticked: new Set(), current: "" };

test("an act means ticked screens, else the one that the keys went to, else all", () => {
  assert.deepEqual(meantBy(SCREENS, none), ["first", "orchid", "foyer"]);
  assert.deepEqual(meantBy(SCREENS, { ticked: new Set(), current: "orchid" }), ["orchid"]);
  assert.deepEqual(meantBy(SCREENS, { ticked: new Set(["foyer", "first", "gone"]), current: "orchid" }), ["first", "foyer"]);
  assert.deepEqual(meantBy(SCREENS, { ticked: new Set(["gone"]), current: "gone" }), ["first", "orchid", "foyer"]);
  assert.deepEqual(meantBy(SCREENS.slice(0, 1), { ticked: new Set(["first"]), current: "first" }), ["first"]);
  const way = ["", "first", "orchid", "foyer"].map((current) => following(SCREENS, current));
  assert.deepEqual(way, ["first", "orchid", "foyer", ""]);
});

test("a question stands alone in the room of its session, all else where it was chosen or everywhere", () => {
  const asked = { id: "q", session: "dust" };
  assert.deepEqual(placesOf(HALL, asked, none), ["orchid"]);
  assert.deepEqual(placesOf(HALL, { id: "c" }, none), ["first", "orchid", "foyer"]);
  assert.deepEqual(placesOf(HALL, asked, { ticked: new Set(["foyer"]), current: "" }), ["foyer"]);
});

test("what was shown is shown again, on each screen its own, with as few requests as there are scenes", () => {
  const former = scenesOf(HALL, ["first", "orchid", "foyer"]);
  const { on, scenes } = blanked(former);
  assert.equal(on, true);
  assert.deepEqual([...scenes.keys()], ["first", "orchid"], "what is blank already keeps what it goes back to");
  const dark = shownOn(HALL, scenes);
  assert.deepEqual([dark.screen.scene, ...dark.screens.map(({ scene }) => scene)], ["blank", "blank", "blank", "blank"]);
  const back = shownOn(dark, former);
  assert.deepEqual(scenesOf(back, ["first", "orchid", "foyer"]), former);
  assert.equal(back.screen.scene, "cards");
  assert.equal(requestsFor(former).length, 3);
  assert.deepEqual(requestsFor(new Map([...former.keys()].map((id) => [id, { scene: "map" }]))), [
    { ids: ["first", "orchid", "foyer"], scene: { scene: "map" } },
  ]);
  const awake = blanked(scenesOf(dark, ["foyer"]));
  assert.deepEqual([awake.on, awake.scenes.get("foyer").scene], [false, "map"]);
});

test("an undo puts a post back on the screens that it left, unless another scene was chosen there", () => {
  const alone = { scene: "spotlight", session: null, post: "p", before: { scene: "cards", session: null } };
  const former = new Map([
    ["first", alone],
    ["foyer", alone],
  ]);
  assert.deepEqual([...toGiveBack(HALL, former).keys()], ["first"]);
});

test("a server that tells of connections alone has one screen", () => {
  const older = { ...HALL, screens: [{ name: "Hall", seq: 5, state: "lost", seconds: 9 }] };
  const [one, ...others] = largeScreens(older);
  assert.deepEqual([one.id, one.scene, one.state, one.applied, others.length], ["first", "cards", "stale", 5, 0]);
  assert.equal(nameOf(one, false), "");
  assert.equal(shownOn(older, new Map([["first", { scene: "map", session: null, post: null }]])).screen.scene, "map");
  assert.deepEqual(
    SCREENS.map((screen) => nameOf(screen, true)),
    ["Left · Lotus Hall", "Orchid · Orchid Room", "Foyer"],
  );
});

test("what comes next is by the agenda of the screen's room, and what is in no room comes everywhere", () => {
  assert.equal(nextIn(HALL.sessions, "Lotus Hall", AT).id, "lunch");
  assert.equal(nextIn(HALL.sessions, "Orchid Room", AT).id, "late");
  assert.equal(nextIn(HALL.sessions, null, AT).id, "late");
  assert.equal(nextIn(HALL.sessions, null, AT + 6 * 60 * 60 * 1000), null);
});

test("until when a lost screen may be read stays one moment, and ends when it is back", () => {
  const lost = (seconds) => [{ ...SCREENS[0], state: "stale", seconds }];
  const first = readableUntil(new Map(), lost(15), 1000);
  assert.equal(first.get("first"), 16000);
  assert.equal(readableUntil(first, lost(13), 3400).get("first"), 16000);
  assert.equal(readableUntil(first, lost(15), 9000).get("first"), 24000);
  assert.equal(readableUntil(first, SCREENS, 3400).size, 0);
});

test("the picture of a screen has public posts alone, and its own scene", () => {
  const posts = new Map([
    ["a", { id: "a", state: "visible" }],
    ["b", { id: "b", state: "pending" }],
    ["c", { id: "c", state: "hidden" }],
    ["d", { id: "d" }],
  ]);
  const state = ownState({ ...HALL, posts }, visibleOf(posts), SCREENS[1]);
  assert.deepEqual([...state.posts.keys()], ["a", "d"]);
  assert.deepEqual(
    [state.screen.scene, state.screen.room, state.screen.session, state.screens],
    ["questions", "Orchid Room", "dust", []],
  );
});

test("the desk opens on what waits where posts are approved first, or where one waits", () => {
  const board = (changes) => ({ frozen: false, premoderate: { card: false, question: false }, ...changes });
  const posts = new Map([["p", { id: "p", state: "pending" }]]);
  const opens = (state) => opening({ posts: new Map(), ...state }, new Set());
  assert.equal(opens({ board: board() }), "board");
  assert.equal(opens({ board: board({ premoderate: { card: false, question: true } }) }), "waiting");
  assert.equal(opens({ board: board({ frozen: true }) }), "waiting");
  assert.equal(opens({ board: board(), posts }), "waiting");
});

test("the recap counts sessions that have begun, and no breaks", () => {
  const state = { ...now.emptyBoard(), epoch: "e", screen: { scene: "recap" }, board: {}, totals: {} };
  const at = (time, more = {}) => ({ id: time, title: time, starts_at: `2026-05-04T${time}:00Z`, ...more });
  const sessions = [at("08:00"), at("08:30", { kind: "break" }), at("10:00")];
  const { numbers } = pictureOf({ ...state, sessions }, "live", null, AT);
  assert.deepEqual(numbers, [{ what: "sessions", count: 1 }]);
});
