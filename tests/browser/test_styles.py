"""A style sheet as it is served has the rules that were written: a space less, and `:has(a) :is(b)` within `@container` is
another selector, which matches nothing (rcssmin 1.3; `:has(a) *:is(b)` is left alone)."""

from __future__ import annotations

import re

from board.web.assets import STATIC
from board.web.minifying import Minifier
from tests.browser.conftest import Pages

RULES = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const all = (rules) => [...rules].flatMap((rule) => [
    [rule.constructor.name, rule.selectorText ?? rule.conditionText ?? rule.name, [...(rule.style ?? [])]],
    ...all(rule.cssRules ?? []),
  ]);
  return all(sheet.cssRules);
}"""


async def test_served_styles_have_the_rules_that_were_written(pages: Pages) -> None:
    page = await pages.open("about:blank")
    for file in sorted((STATIC / "css").glob("*.css")):
        written = re.sub(r"^@import .*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        rules = await page.evaluate(RULES, written)
        assert rules or not written.strip(), file.name
        assert await page.evaluate(RULES, Minifier().style(written)) == rules, file.name
