"""static/js/wall.js in the real browser: whatever is written, each card has its own place on the wall."""

from __future__ import annotations

from tests.browser.conftest import Pages

# Texts of every length at every size of screen, always the same ones.
LAY = """async () => {
  const { compose } = await import(WALL);
  let seed = 1;
  const random = (least, most) => least + (most - least) * ((seed = (seed * 48271) % 2147483647) / 2147483647);
  const bad = [];
  for (let wall = 0; wall < 600; wall += 1) {
    const [width, height] = [random(700, 3800), random(600, 2000)];
    const side = Math.min(width, height);
    const notch = width > height ? { width: height * 0.47, height: height * random(0.1, 0.2) } : null;
    const room = { width, height, gap: side * 0.017, pad: side * 0.026, notch };
    const look = { min: height * 0.022, comfort: height * 0.027, max: height * 0.072, most: 14 };
    const needs = Array.from({ length: Math.ceil(random(1, 20)) }, (_, id) => ({
      id: `${id}`, text: random(3, 90), name: random(2, 30), foot: [random(3, 14), random(2, 9)], word: random(2, 9),
      leading: random(0, 1) < 0.5 ? 1.36 : 1.75, nameLeading: random(0, 1) < 0.5 ? 1.14 : 1.5,
    }));
    const cells = compose(needs, room, look);
    const inside = ({ x, y, w, h }) => x >= 0 && y >= 0 && x + w < width + 1 && y + h < height + 1;
    const wrong = cells.filter((cell) => !(cell.w > room.pad && cell.h > room.pad && inside(cell)));
    const crosses = (from, size, other, its) => from < other + its - 1 && other < from + size - 1;
    const covers = (one, other) => crosses(one.x, one.w, other.x, other.w) && crosses(one.y, one.h, other.y, other.h);
    const over = cells.filter((one, at) => cells.slice(at + 1).some((other) => covers(one, other)));
    if (wrong.length || over.length) bad.push({ wall, width, height, wrong, over });
  }
  return bad;
}"""


async def test_no_card_lies_over_another_or_is_without_a_width(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["screen_url"])
    module = "/static/now/js/wall.js"
    assert await page.evaluate(LAY.replace("WALL", repr(module))) == []
