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


async def test_browser_and_server_make_the_same_texts(pages: Pages, server: Server) -> None:
    page = await pages.open(server.url, PHONE, bypass_csp=True)
    cases = [case for case in VECTORS["cases"] if (case[0], case[2]) != ("ar", "kind")]  # what is missing comes by the server
    messages = {language: catalogue.messages_of(sorted(catalogue.keys)) for language, catalogue in catalogues().items()}
    assert await page.evaluate(MADE, [messages, cases]) == [case[4] for case in cases]


def test_a_script_contains_exactly_the_texts_that_it_names(server: Server) -> None:
    script = httpx.get(f"{server.url}/static/now/js/shared/api.js?lang=en").text
    assert "No answer from the board." in script
    assert "There is no board with this code" not in script


async def test_times_are_in_the_language_of_the_page_with_latin_digits(pages: Pages, server: Server) -> None:
    page = await pages.open(server.url, PHONE, bypass_csp=True, locale="ar-EG", timezone_id="Asia/Tokyo")
    made = """async () => {
      const { timeAgo } = await import("/static/now/js/shared/text.js");
      const then = "2026-06-15T08:05:00Z";
      return [1, 20, 600, 2000].map((minutes) => timeAgo(then, Date.parse(then) + minutes * 60000, "Asia/Bangkok"));
    }"""
    assert await page.evaluate(made) == ["1 min", "20 min", "10 h", "Mon 15:05"]
