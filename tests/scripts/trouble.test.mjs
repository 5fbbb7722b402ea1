// When a page says that it has no connection (static/js/shared/trouble.js), which way it tries next (ways.js). The test moves the clock.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createTrouble } from "../../static/js/shared/trouble.js";
import { failed, nextWay, untried, worked } from "../../static/js/shared/ways.js";

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

// s: a silent socket, r: a refused one, S: one that works, e: silent events, E: events that work. After each: what is next.
const WAYS = {
  ss: "socket events", // two that stay silent
  rr: "socket events",
  ssE: "socket events events",
  sse: "socket events socket!", // neither way: the page asks, and goes on trying from the first
  ssess: "socket events socket! socket! events!",
  sseS: "socket events socket! socket",
  Ssrrr: "socket socket socket socket socket", // a socket has worked here, so the server is away
  Sss: "socket socket events",
  SssE: "socket socket events socket", // a socket again, before events once more
  SssEs: "socket socket events socket events",
  ssEe: "socket events events socket!",
};
const DOES = {
  s: (tries) => failed(tries, "socket", true),
  r: (tries) => failed(tries, "socket", false),
  S: (tries) => worked(tries, "socket"),
  e: (tries) => failed(tries, "events", true),
  E: (tries) => worked(tries, "events"),
};

for (const [steps, wanted] of Object.entries(WAYS))
  test(`silent ways are left in order and tried again: ${steps}`, () => {
    let tries = untried();
    const next = [...steps].map((step) => {
      tries = DOES[step](tries);
      return nextWay(tries) + (tries.ask ? "!" : "");
    });
    assert.equal(next.join(" "), wanted);
  });
