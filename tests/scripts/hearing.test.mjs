// What a large screen has heard, and whether it may still show it (static/js/screen/hearing.js, lease.js); the server's clock as frames
// tell it (static/js/shared/clock.js). The test moves the clocks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHearing } from "../../static/js/screen/hearing.js";
import { createClock } from "../../static/js/shared/clock.js";

const TICK_MS = 500;
const SNAPSHOT = {
  type: "snapshot",
  epoch: "e",
  seq: 5,
  board: { lease: 15 },
  sessions: [],
  themes: [],
  teams: [],
  screen: { scene: "cards", session: null, post: null },
  posts: [],
  more: false,
  totals: {},
};

/** A screen with clocks that stand still, until the test moves them. */
function screen() {
  const clock = { mono: 1000, wall: 1_000_000 };
  const calls = [];
  const hearing = createHearing({
    clocks: () => ({ ...clock }),
    reconnect: () => calls.push("reconnect"),
    changed: (before, frame) => calls.push(`${frame.type} after ${before.seq}`),
  });
  const later = (mono, wall = mono) => {
    clock.mono += mono;
    clock.wall += wall;
    hearing.age();
  };
  const reported = () => calls.splice(0);
  return { hearing, later, reported };
}

function live() {
  const all = screen();
  all.hearing.linked("live");
  all.hearing.hear(SNAPSHOT);
  all.reported();
  return all;
}

test("before anything was heard the screen is safe", () => {
  const { hearing, later } = screen();
  later(60_000);
  assert.deepEqual([hearing.lease(), hearing.isLive(), hearing.state().epoch], ["safe", false, null]);
});

test("each frame is reported once, with the board as it was before", () => {
  const { hearing, reported } = screen();
  hearing.linked("live");
  hearing.hear(SNAPSHOT);
  hearing.hear({ type: "presence", online: 3 });
  assert.deepEqual(reported(), ["snapshot after 0", "presence after 5"]);
  assert.deepEqual([hearing.lease(), hearing.state().online], ["live", 3]);
});

test("a frame on a connection that is being made anew does not make the screen live", () => {
  const { hearing } = screen();
  hearing.hear(SNAPSHOT);
  assert.equal(hearing.lease(), "safe");
  hearing.linked("slow");
  hearing.hear({ type: "beat", seq: 5 });
  assert.equal(hearing.lease(), "live");
  hearing.linked("offline");
  hearing.hear({ type: "beat", seq: 5 });
  assert.equal(hearing.lease(), "live", "it ages by itself");
});

test("without a word the screen is stale after six seconds, and safe after its lease", () => {
  const { hearing, later } = live();
  later(6000);
  assert.equal(hearing.lease(), "live");
  later(1);
  assert.equal(hearing.lease(), "stale");
  later(9000);
  assert.equal(hearing.lease(), "safe");
});

test("presence proves that the board lives, but not that nothing was hidden", () => {
  const { hearing, later } = live();
  later(7000);
  hearing.hear({ type: "presence", online: 1 });
  assert.equal(hearing.lease(), "stale");
  hearing.hear({ type: "beat", seq: 5 });
  assert.equal(hearing.lease(), "live");
});

test("changes that do not follow are not taken: the screen asks for a connection with its own cursor", () => {
  const { hearing, reported } = live();
  hearing.hear({ type: "changes", after: 9, to: 10 });
  assert.deepEqual(reported(), ["reconnect"]);
  assert.equal(hearing.state().seq, 5);
});

test("a beat that stays ahead for more than a second asks for a new connection, once, and does not keep the screen live", () => {
  const { hearing, later, reported } = live();
  const ahead = () => hearing.hear({ type: "beat", seq: 6 });
  later(7000);
  ahead();
  later(1000);
  ahead();
  assert.deepEqual(reported(), ["beat after 5", "beat after 5"]);
  assert.equal(hearing.lease(), "stale");
  later(1);
  ahead();
  assert.deepEqual(reported(), ["reconnect", "beat after 5"]);
  later(1000);
  ahead();
  assert.deepEqual(reported(), ["beat after 5"], "the new connection has a second, too");
});

test("what was missing came: the second begins anew with the next gap", () => {
  const { hearing, later, reported } = live();
  hearing.hear({ type: "beat", seq: 6 });
  hearing.hear({ type: "beat", seq: 5 });
  later(1500);
  hearing.hear({ type: "beat", seq: 6 });
  assert.ok(!reported().includes("reconnect"));
});

test("after a sleep nothing counts that comes on the old connection", () => {
  const { hearing, later, reported } = live();
  later(TICK_MS);
  hearing.tick(TICK_MS);
  assert.deepEqual([reported(), hearing.lease()], [[], "live"]);
  later(TICK_MS, 3_600_000); // the monotonic clock stands still while it sleeps
  hearing.tick(TICK_MS);
  assert.deepEqual([reported(), hearing.lease()], [["reconnect"], "safe"]);
  later(TICK_MS);
  hearing.tick(TICK_MS);
  assert.deepEqual(reported(), [], "one sleep, one new connection");
  hearing.hear({ type: "beat", seq: 5 });
  assert.equal(hearing.lease(), "safe");
  hearing.linked("live");
  hearing.hear({ type: "beat", seq: 5 });
  assert.equal(hearing.lease(), "live");
});

test("the estimated time of the server survives late frames, sleep and clocks that are set", () => {
  const device = { mono: 1000, wall: Date.parse("2026-11-23T15:00:00Z") }; // six hours fast
  const clock = createClock({ mono: () => device.mono, wall: () => device.wall });
  const at = (moment) => Date.parse(`2026-11-23T${moment}Z`);
  const pass = (mono, wall = mono) => {
    device.mono += mono;
    device.wall += wall;
  };
  const reads = (moment) => assert.equal(clock.now() - at(moment), 0);
  reads("15:00:00.000"); // nothing heard yet: there is no better clock
  clock.heard(undefined);
  assert.equal(clock.isKnown(), false);
  clock.heard("2026-11-23T09:00:00.000Z");
  assert.equal(clock.isKnown(), true);
  reads("09:00:00.000");
  pass(5000);
  reads("09:00:05.000");
  pass(1000);
  clock.heard("2026-11-23T09:00:03.500Z"); // came 2.5 s late
  reads("09:00:06.000");
  pass(0, 3600000); // slept, and the monotonic clock with it
  reads("10:00:06.000");
  clock.heard("2026-11-23T10:00:09.000Z");
  reads("10:00:09.000");
  pass(1000, -7200000); // somebody sets the device's clock back
  reads("10:00:10.000");
  for (let beat = 0; beat < 9; beat += 1) {
    pass(2000);
    clock.heard(new Date(at("08:00:12.000") + beat * 2000).toISOString()); // the server's own clock was put right by two hours
  }
  reads("08:00:28.000");
});
