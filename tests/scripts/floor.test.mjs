// Who comes next, by the examples that the server is held to (tests/vectors/floor.json), and the stage's own rules.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { inTurn, taken } from "../../static/js/shared/floor.js";
import { around, clockText, noteFor, timingOf } from "../../static/js/stage/timing.js";

const VECTORS = JSON.parse(readFileSync(new URL("../vectors/floor.json", import.meta.url), "utf8"));
const at = (n) => new Date(n).toISOString();

for (const { name, rule, questions, order, now } of VECTORS)
  test(`who comes next: ${name}`, () => {
    const posts = questions.map(({ at: n, later, team, ...one }) => ({
      ...one,
      created_at: at(n),
      author: team ? { name: "Asha", team } : null,
      ...(later ? { later: at(later) } : {}),
    }));
    assert.deepEqual(
      inTurn(posts, rule ?? undefined).map(({ id }) => id),
      order,
    );
    assert.equal(taken(posts)?.id ?? null, now);
  });

const SESSION = { starts_at: "2026-11-23T10:30:00Z", ends_at: "2026-11-23T12:00:00Z" };
const time = (clock) => {
  const timing = timingOf(SESSION, Date.parse(`2026-11-23T${clock}Z`));
  return [timing.state, clockText(timing)];
};

test("the time left is counted to the second, and counts up once it is over", () => {
  assert.deepEqual(time("10:29:30"), ["ahead", "0:30"]);
  assert.deepEqual(time("10:30:00"), ["left", "1:30:00"]);
  assert.deepEqual(time("11:47:20"), ["left", "12:40"]);
  assert.deepEqual(time("11:58:00"), ["short", "2:00"]);
  assert.deepEqual(time("11:59:59.200"), ["short", "0:01"]);
  assert.deepEqual(time("12:00:00"), ["over", "0:00"]);
  assert.deepEqual(time("12:03:20.900"), ["over", "3:20"]);
  assert.equal(timingOf({ ...SESSION, ends_at: null }, Date.parse("2026-11-23T11:00:00Z")).state, "open");
});

test("a note stays until somebody has seen it, and five minutes more", () => {
  const seen = Date.parse("2026-11-23T10:00:00Z");
  const note = { id: "n", text: "Louder.", by: "Theo", seen_at: "2026-11-23T10:00:00Z" };
  assert.equal(noteFor({ ...note, seen_at: null }, seen + 3600000)?.id, "n");
  assert.equal(noteFor(note, seen + 299000)?.id, "n");
  assert.equal(noteFor(note, seen + 300000), null);
  assert.equal(noteFor(null, seen), null);
});

test("a break belongs to its room, and what follows is no break", () => {
  const pause = { ...SESSION, kind: "break", room: "Lotus" };
  const next = { starts_at: "2026-11-23T12:30:00Z", room: "Lotus" };
  const tea = { starts_at: "2026-11-23T12:10:00Z", kind: "break", room: "Lotus" };
  const now = Date.parse("2026-11-23T11:00:00Z");
  assert.deepEqual(around([pause, tea, next], now, "Lotus"), { pause, next });
  assert.deepEqual(around([pause, tea, next], now, "Orchid"), { pause: null, next: null });
});
