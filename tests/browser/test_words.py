"""The words of the pages: made in the browser as on the server, in the language of the address, by pages that name them."""

from __future__ import annotations

import httpx

from tests.browser.conftest import PHONE, Pages
from tests.servers import Server
from tests.test_catalogue import VECTORS, catalogues

MADE = """async ([messages, cases]) => {
  const { createWords } = await import("/static/now/js/shared/words.js");
  return cases.map(([language, direction, key, values]) =>
    createWords(messages[language], language, direction).say(key, values));
}"""


async def test_the_browser_makes_the_texts_that_the_server_makes(pages: Pages, server: Server) -> None:
    page = await pages.open(server.url, PHONE, bypass_csp=True)
    cases = [case for case in VECTORS["cases"] if (case[0], case[2]) != ("ar", "kind")]  # what is missing comes by the server
    messages = {language: catalogue.messages_of(sorted(catalogue.keys)) for language, catalogue in catalogues().items()}
    assert await page.evaluate(MADE, [messages, cases]) == [case[4] for case in cases]


def test_a_script_carries_the_texts_that_it_names_and_no_others(server: Server) -> None:
    script = httpx.get(f"{server.url}/static/now/js/shared/api.js?lang=en").text
    assert "No answer from the board." in script
    assert "There is no board with this code" not in script
