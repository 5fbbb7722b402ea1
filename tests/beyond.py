"""What a page is asked to find parts of it that have left their place."""

from __future__ import annotations

OUTSIDE = """(names) => {
  const escaped = [];
  for (const card of document.querySelectorAll(names)) {
    if (!card.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const place = card.getBoundingClientRect();
    if (card.scrollWidth > card.clientWidth + 1) escaped.push(["wider than its place", card.textContent.slice(0, 50)]);
    if (getComputedStyle(card).overflow === "visible") {
      for (const part of card.querySelectorAll("*")) {
        const box = part.getBoundingClientRect();
        const beyond = box.right > place.right + 2 || box.left < place.left - 2;
        if (beyond) escaped.push([part.className, part.textContent.slice(0, 50)]);
      }
    }
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) escaped.push(["the page scrolls sideways", ""]);
  return escaped;
}"""


SETTLED = """() => {
  const moving = document.getAnimations().filter((one) =>
    one.playState === "running" && Number.isFinite(one.effect.getComputedTiming().endTime));
  for (const one of moving) one.finish();
  return moving.length === 0;
}"""
"""Ends what moves, with what begins at its end."""

OFF_THE_STAGE = """(id) => {
  const box = document.querySelector(`.spotlight [data-id="${id}"]`).getBoundingClientRect();
  return box.right > innerWidth + 2 || box.bottom > innerHeight + 2 || box.left < -2 || box.top < -2;
}"""
