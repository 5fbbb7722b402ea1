"""What is served in fewer bytes than it is written in means the same to the browser."""

from __future__ import annotations

import pytest

from board.web import assets
from tests.browser.conftest import Pages
from tests.servers import Server

# Each rule's selector or condition, and each of its properties with what it is set to; blanks that only divide do not count.
RULES = r"""(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const plain = (said) => said.replace(/\s*([,()/])\s*/g, "$1").replace(/\s+/g, " ").trim();
  const shown = (rule) => [
    plain(rule.cssText.split("{")[0]),
    ...[...(rule.style ?? [])].map((name) =>
      `${name}: ${plain(rule.style.getPropertyValue(name))} ${rule.style.getPropertyPriority(name)}`),
    ...[...(rule.cssRules ?? [])].flatMap(shown),
  ];
  return [...sheet.cssRules].flatMap(shown);
}"""
PAGE_SIZES = ("print-a4.css", "print-a5.css", "print-flow.css", "print-half-letter.css", "print-letter.css")
"""They say how large a sheet is, and no more."""
COMPARED = f"""async ([written, address]) => {{
  const rules = {RULES};
  return [rules(written), rules(await (await fetch(address)).text())];
}}"""


@pytest.mark.parametrize("style", sorted(path.name for path in (assets.STATIC / "css").glob("*.css")))
async def test_a_served_style_sheet_means_the_same_as_its_source(style: str, server: Server, pages: Pages) -> None:
    page = await pages.open(server.url)
    text = assets.with_imports(assets.STATIC / "css" / style)
    written, served = await page.evaluate(COMPARED, [text, f"/static/now/css/{style}"])
    assert len(written) > (4 if style in PAGE_SIZES else 50)
    assert served == written
