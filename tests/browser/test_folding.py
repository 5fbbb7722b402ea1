"""The pages compare names as the server does."""

from __future__ import annotations

from pathlib import Path

from tests.browser.conftest import Pages
from tests.test_folding import VECTORS

MODULE = Path(__file__).parents[2] / "static/js/shared/folding.js"


async def test_pages_fold_and_tidy_names_as_the_server_does(pages: Pages) -> None:
    page = await pages.open("about:blank")
    await page.add_script_tag(content=MODULE.read_text(encoding="utf-8").replace("export ", ""))
    for typed, stored in VECTORS["same"]:
        assert await page.evaluate("([one, other]) => fold(one) === fold(other)", [typed, stored]), (typed, stored)
    for one, other in VECTORS["different"]:
        assert await page.evaluate("([one, other]) => fold(one) !== fold(other)", [one, other]), (one, other)
    for typed, stored in VECTORS["tidy"]:
        assert await page.evaluate("(name) => tidy(name)", typed) == stored
