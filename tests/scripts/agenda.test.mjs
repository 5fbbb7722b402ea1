// Which session a phone is in: the examples that the server is held to, and the choice between rooms.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { current, isChosen, parallel } from "../../static/js/shared/agenda.js";
import { createWaking, nextTurn } from "../../static/js/phone/turning.js";

const examples = JSON.parse(readFileSync(new URL("../vectors/agenda.json", import.meta.url), "utf8"));
const at = (time) => Date.parse(`2026-11-23T${time}:00Z`);

for (const { name, sessions, now, chosen, current: wanted, ...choice } of examples)
  test(name, () => {
    const when = chosen && { ...chosen, at: Date.parse(chosen.at) };
    assert.equal(current(sessions, Date.parse(now), { ...choice, chosen: when })?.id ?? null, wanted);
  });

test("of sessions that run at the same time a person chooses once, and again when others do", () => {
  const { sessions } = examples.find(({ name }) => name.startsWith("parallel sessions: the room"));
  const offered = (time) => parallel(sessions, at(time)).map(({ id }) => id);
  assert.deepEqual(offered("08:59"), []);
  assert.deepEqual(offered("09:30"), ["hall-1a", "hall-2a"]);
  assert.deepEqual(offered("10:15"), ["hall-2a", "hall-1b"]);
  assert.deepEqual(offered("11:10"), []);
  const several = parallel(sessions, at("09:30"));
  assert.equal(isChosen(null, several), false);
  assert.equal(isChosen({ session: "hall-2a", at: at("08:00") }, several), true);
  assert.equal(isChosen({ session: "", at: at("09:10") }, several), true);
  assert.equal(isChosen({ session: "yesterday", at: at("08:00") }, several), false);
});

test("the next turn is when a session begins or ends, whichever comes first; without times there is none", () => {
  const sessions = [
    { id: "a", starts_at: "2026-11-23T09:00:00Z", ends_at: "2026-11-23T10:30:00Z" },
    { id: "b", starts_at: "2026-11-23T10:00:00Z", ends_at: null },
    { id: "c", starts_at: null, ends_at: null },
  ];
  const turns = ["08:00", "09:00", "09:59", "10:00", "10:30"].map((time) => nextTurn(sessions, at(time)));
  assert.deepEqual(turns, [at("09:00"), at("10:00"), at("10:00"), at("10:30"), Infinity]);
  assert.equal(nextTurn([], at("09:00")), Infinity);
});

test("a phone at rest draws every half minute, and the moment a session begins, by the server's clock", () => {
  globalThis.window = globalThis;
  mock.timers.enable({ apis: ["setTimeout"] });
  let passed = 0;
  const begins = at("09:00");
  const clock = { now: () => begins - 40_000 + passed }; // the device's own clock says whatever it likes
  const held = { board: { sessions: [{ starts_at: "2026-11-23T09:00:00Z", ends_at: "2026-11-23T10:00:00Z" }] } };
  const drawn = [];
  const waking = createWaking({ held, clock, draw: () => (drawn.push(passed), waking.wait()) });
  waking.wait();
  const pass = (ms) => {
    for (let left = ms; left > 0; left -= 100) {
      passed += 100;
      mock.timers.tick(100);
    }
  };
  pass(69_900);
  assert.deepEqual(drawn, [30_000, 40_000], "at rest, then when it begins");
  pass(40_000);
  assert.deepEqual(drawn, [30_000, 40_000, 70_000, 100_000]);
  held.board.sessions[0].ends_at = new Date(clock.now() + 5_000).toISOString();
  waking.wait(); // a frame came: the agenda is another
  pass(6_000);
  assert.equal(drawn.at(-1), passed - 1_000);
  mock.timers.reset();
  delete globalThis.window;
});
