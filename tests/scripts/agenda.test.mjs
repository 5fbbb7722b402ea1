// Which session a phone is in: the examples that the server is held to, and the choice between rooms.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { current, isChosen, parallel } from "../../static/js/shared/agenda.js";

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
