// The brilliant: how it is cut, and where the words of a name stand before a card opens.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FACETS_MOST, cut, facets } from "../../static/js/shared/brilliant.js";
import { crownOf, largePlace, nameAlone, stoneSize } from "../../static/js/screen/moment.js";

const area = ([a, b, c]) => Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
const whole = (list) => list.reduce((sum, one) => sum + area(one), 0);

test("the stone has a facet for every card, and covers the same ground however it is cut", () => {
  assert.equal(facets().length, 48);
  for (const count of [48, 49, 150, 1500, 5000]) {
    const stone = cut(count);
    assert.equal(stone.length, count);
    assert.ok(Math.abs(whole(stone) - whole(facets())) < 1e-9);
    const areas = stone.map(area);
    assert.ok(Math.max(...areas) / Math.min(...areas) < 8, `${count}: one facet is much larger than another`);
  }
  assert.equal(cut(3).length, 48);
  assert.equal(cut(1e9).length, FACETS_MOST);
});

test("a large card keeps its proportion, its text grows, and it stands clear of the corner", () => {
  const stage = { x: 40, y: 90, w: 1840, h: 890 };
  const notch = { width: 238, height: 340 };
  for (const cell of [{ x: 40, y: 90, w: 600, h: 430 }, { x: 900, y: 500, w: 500, h: 440 }, { x: 40, y: 90, w: 1600, h: 890 }]) {
    const { scale, dx } = largePlace(cell, stage, notch);
    const right = cell.x + cell.w / 2 + dx + (cell.w * scale) / 2;
    assert.ok(right < stage.x + stage.w - notch.width);
    assert.ok(cell.h * scale <= stage.h);
  }
});

test("a name stands alone in one line or two, within the table, in the order in which it is read", () => {
  const room = { rx: 400, ry: 250, height: 1080 / 1.7 };
  const word = (x, w) => ({ x, y: -100, w, h: 62 });
  for (const words of [[word(-300, 120)], [word(-300, 150), word(-130, 200)], [word(-300, 90), word(-200, 60), word(-120, 300)]]) {
    const places = nameAlone(words, 55, room);
    const boxes = words.map((one, index) => {
      const { scale, dx, dy } = places[index];
      const [x, y] = [one.x + one.w / 2 + dx, one.y + one.h / 2 + dy];
      return { left: x - (one.w * scale) / 2, right: x + (one.w * scale) / 2, y };
    });
    for (const { left, right } of boxes) assert.ok(left >= -400 * 0.62 && right <= 400 * 0.62);
    boxes.slice(1).forEach((one, index) => assert.ok(one.y > boxes[index].y + 1 || one.left >= boxes[index].right));
  }
  const arabic = [word(150, 100), word(-20, 140)]; // read from the right
  const [first, second] = nameAlone(arabic, 20, { ...room, height: 100 });
  assert.ok(arabic[0].x + first.dx > arabic[1].x + second.dx || first.dy < second.dy);
});

test("the facets of the crown leave the table free", () => {
  const { rx, ry } = stoneSize({ x: 0, y: 0, w: 1840, h: 890 });
  for (const facet of crownOf({ rx, ry }))
    for (const [x, y] of facet) assert.ok(Math.hypot(x / rx, y / ry) > 0.61 && Math.hypot(x / rx, y / ry) < 1.001);
});
