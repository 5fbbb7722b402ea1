// A day of the gathering as a film on the large screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { before, bow, dayNumber } from "../../static/js/screen/bows.js";

const FILM = {
  teams: ["A", "B", "C"],
  days: [
    { date: "2023-10-02", cards: 2, bridges: [[0, 1], [1, 2]] },
    { date: "2023-10-03", cards: 3, bridges: [[0, 1], [1, 0]] },
  ],
};

test("bridges of the days before stand there, but for those that come again today", () => {
  assert.deepEqual(before(FILM, 0), []);
  assert.deepEqual(before(FILM, 1), [[1, 2]]);
});

test("a bridge runs from the giver to the receiver, and the way back is another curve", () => {
  assert.match(bow([0, 2], 3), /^M0 18C128\.0 18 128\.0 90 0 90$/);
  assert.match(bow([2, 0], 3), /^M0 90C123\.0 90 123\.0 18 0 18$/);
});

test("a day is counted from the first one of the gathering, also where nobody sent a card on some", () => {
  assert.deepEqual(["2023-10-02", "2023-10-05", "2023-10-01"].map((date) => dayNumber(date, "2023-10-02")), [1, 4, 0]);
});
