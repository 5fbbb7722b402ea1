// When a page says that it has no connection (static/js/shared/trouble.js). The test moves the clock.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createTrouble } from "../../static/js/shared/trouble.js";

function page() {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  const calls = [];
  const trouble = createTrouble({ afterMs: 1500, onTrouble: () => calls.push("trouble") });
  return { trouble, calls };
}

test("tries that fail at once do not put the notice off", () => {
  const { trouble, calls } = page();
  trouble.update("live");
  for (let tries = 0; tries < 4; tries += 1) {
    trouble.update("offline");
    mock.timers.tick(200);
    trouble.update("connecting");
    mock.timers.tick(200);
  }
  assert.deepEqual([trouble.is(), calls], [true, ["trouble"]]);
});

test("a hiccup is no trouble, and the next one counts from its own beginning", () => {
  const { trouble, calls } = page();
  for (let hiccups = 0; hiccups < 3; hiccups += 1) {
    trouble.update("offline");
    mock.timers.tick(1400);
    assert.equal(trouble.update("live"), true);
  }
  mock.timers.tick(5000);
  assert.deepEqual([trouble.is(), calls], [false, []]);
});

test("trouble is reported once, and is over with the first frame, be it by the slow way", () => {
  const { trouble, calls } = page();
  trouble.update("offline");
  mock.timers.tick(1500);
  trouble.update("connecting");
  mock.timers.tick(5000);
  assert.deepEqual([trouble.is(), calls], [true, ["trouble"]]);
  assert.equal(trouble.update("slow"), true);
  assert.equal(trouble.is(), false);
});
