// Which card comes to the wall next, and for which one (static/js/screen/choosing.js). Moved by hand: no page, no clock.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as choosing from "../../static/js/screen/choosing.js";
import { stayMs } from "../../static/js/screen/wall.js";

const LEAST_MS = 1000;
const TEXT = "Thank you.";
const STAY_MS = stayMs(TEXT.length);

/** "a b! c": cards with these ids, newest first; those with "!" are pinned. Each of another team, unless one is named: "a:Dhaka". */
const cards = (list) =>
  list
    .split(" ")
    .filter(Boolean)
    .map((word) => {
      const [, id, team, pin] = /^(\w+)(?::(\w+))?(!?)$/.exec(word);
      return { id, text: TEXT, pinned: Boolean(pin), to: [{ name: id, team: team ?? `team of ${id}` }] };
    });
const ids = (list) => list.map(({ id }) => id).join(" ");

/** A wall that knows all these cards and shows those: {id: since when, ms}. */
function wallOf(list, shown = {}) {
  const wall = choosing.emptyWall();
  wall.posts = new Map(cards(list).map((post) => [post.id, post]));
  wall.cells = Object.entries(shown).map(([id, since]) => ({ id, since, x: 0, y: 0, w: 100, h: 100, size: 20 }));
  wall.look = { ...wall.look, most: 14 };
  return wall;
}
const turn = (wall, arriving = []) => ids(choosing.turn(wall, choosing.onWall(wall), arriving));

test("two walls share nothing", () => {
  const [one, other] = [choosing.emptyWall(), choosing.emptyWall()];
  one.posts.set("a", {});
  one.cells.push({});
  assert.deepEqual([other.posts.size, other.cells.length], [0, 0]);
});

test("a card that was hidden has no place any more", () => {
  assert.equal(ids(choosing.onWall(wallOf("a b", { b: 0, hidden: 0, a: 0 }))), "b a");
});

test("those that are on the wall or come another way are not in the turn", () => {
  assert.equal(turn(wallOf("a b c d", { a: 0 }), ["c", undefined]), "b d");
});

test("the one shown least often is first, then the team that is least on the wall, then the newest", () => {
  for (const shown of [{ e: 0 }, { e: 0, f: 0, g: 0 }]) {
    const wall = wallOf("a b:Dhaka c:Lima d:Lima e:Dhaka f g", shown);
    wall.shown = new Map(["a", "f", "g"].map((id) => [id, { times: 1, last: 5 }]));
    assert.equal(turn(wall).replace(/ f g$/, ""), "c b d a");
  }
});

test("pinned cards are in turn after the others, but on a wall of one or two cards, where they are cards like all", () => {
  assert.equal(turn(wallOf("p! a q! b c d e", { c: 0, d: 0, e: 0 })), "a b p q");
  assert.equal(turn(wallOf("p! a q! b c", { c: 0 })), "p a q b");
  assert.equal(turn(wallOf("p! a b")), "a b p");
});

test("an exchange looks at eight cards and two pinned ones, however many wait", () => {
  const waiting = cards("a b c d e f g h i j p! q! r!");
  assert.equal(ids(choosing.lookedAt(waiting)), "a b c d e f g h p q");
});

test("pinned cards come only up to a third of the places, as long as others wait", () => {
  const shown = { p: 0, q: 0, a: 0, b: 0, c: 0, d: 0 };
  const wall = wallOf("p! q! r! a b c d e", shown);
  const may = (waiting, comes, leaves) => choosing.mayComeFor(wall, cards(waiting))({ id: comes }, { id: leaves });
  assert.equal(may("r! e", "r", "a"), false, "two of six are a third");
  assert.equal(may("r! e", "r", "p"), true, "one pinned card for another");
  assert.equal(may("r! e", "e", "p"), false, "the share of pinned cards is kept");
  assert.equal(may("r! e", "e", "a"), true);
  assert.equal(may("r!", "r", "a"), true, "nothing else waits");
});

test("three cards and one pinned card may go first: those whose time is over for longest, by the length of their text", () => {
  const wall = wallOf("a b c d p! q!", { a: 300, b: 200, c: 100, d: 0, p: 50, q: 0 });
  assert.equal(ids(choosing.ripest(wall, 10_000, LEAST_MS)), "d c b q");
  wall.posts.get("d").text = TEXT.repeat(20);
  assert.equal(ids(choosing.ripest(wall, 10_000, LEAST_MS)), "c b a q", "a long text is read for longer");
});

test("a card that has just come does not go", () => {
  const wall = wallOf("a b", { a: 0, b: 500 });
  assert.equal(ids(choosing.ripest(wall, LEAST_MS, LEAST_MS)), "a");
  assert.equal(ids(choosing.ripest(wall, LEAST_MS - 1, LEAST_MS)), "");
});

test("a card that must come takes the place of the ripest one that may go for it", () => {
  const wall = wallOf("n m! p! a b", { p: 0, a: 50, b: 60 });
  const out = (id) => choosing.outFor(wall, wall.posts.get(id), 10_000, LEAST_MS)?.id;
  assert.equal(out("n"), "a", "the pinned one holds its share");
  assert.equal(out("m"), "a", "nothing but pinned cards waits");
  assert.equal(choosing.outFor(wall, wall.posts.get("n"), 0, LEAST_MS), undefined);
  const young = wallOf("n p! a", { p: 0, a: 9500 });
  assert.equal(choosing.outFor(young, young.posts.get("n"), 10_000, LEAST_MS), undefined, "only the pinned one has had its time");
});

test("a pinned card gives way to another one after twice the time of a card, if cards that are not pinned wait too", () => {
  const wall = wallOf("p! q! r! s! a b", { p: 0 });
  const next = (waiting, now) => ids(choosing.nextPins(wall, cards(waiting), now));
  assert.equal(next("q! r! s! a", 2 * STAY_MS - 1), "");
  assert.equal(next("q! r! s! a", 2 * STAY_MS), "q r");
  assert.equal(next("q! r! s!", 2 * STAY_MS), "", "else all are pinned and take turns as cards do");
  assert.equal(ids(choosing.nextPins(wallOf("a b", { a: 0 }), cards("q! b"), 9 * STAY_MS)), "", "no pinned card is shown");
});

test("there is space for one more only where it is clear which card gets it", () => {
  const has = (wall, waiting) => choosing.hasSpace(wall, () => cards(waiting));
  assert.equal(has(wallOf("a b", { a: 0 }), "b"), true);
  assert.equal(has(wallOf("a b c", { a: 0 }), "b c"), false);
  assert.equal(has(wallOf("a", { a: 0 }), ""), false, "all are shown");
  const full = wallOf("a b", { a: 0 });
  full.look.most = 1;
  assert.equal(has(full, "b"), false);
});

test("who waits is not asked while there is no space: it costs a sort", () => {
  const asked = () => assert.fail("asked");
  assert.equal(choosing.hasSpace(wallOf("a", { a: 0 }), asked), false);
});

test("after three exchanges that passed over the fairest card the wall is laid anew around it", () => {
  let passed = 0;
  const turns = ["b", null, "c"].map((came) => {
    const { times, isOver } = choosing.patience(passed, "a", came);
    passed = times;
    return isOver;
  });
  assert.deepEqual(turns, [false, false, true]);
  assert.deepEqual(choosing.patience(2, "a", "a"), { times: 0, isOver: false });
});

test("a text may be a third larger than its neighbours, and on a wall of few cards as large as it likes", () => {
  const look = { min: 20, comfort: 25, max: 70, large: 60, most: 14 };
  assert.deepEqual(choosing.sizesOf(30, 4, look), { min: 20, max: 39 });
  assert.deepEqual(choosing.sizesOf(60, 4, look), { min: 20, max: 70 });
  assert.deepEqual(choosing.sizesOf(30, 3, look), { min: 20, max: 70 });
});
