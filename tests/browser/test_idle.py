"""A page on which nothing happens draws nothing: on a phone each needless frame costs battery, on a laptop its fan.

(A large screen looks at its lease twice a second and is no case of this.)
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.async_api import expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
LOOK_MS = 500
COUNTED = """window.framesAsked = 0;
const ask = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (draw) => { window.framesAsked += 1; return ask(draw); };"""
RESTED = """() => {
  const before = window.framesBefore;
  window.framesBefore = window.framesAsked;
  return before === window.framesAsked;
}"""


PAGES = (
    ("join_url", "", PHONE),
    ("join_url", "/answers", PHONE),
    ("moderate_url", "", LAPTOP),
    ("moderate_url", "/kiosk", PHONE),
    ("organise_url", "", LAPTOP),
    ("organise_url", "/stage", LAPTOP),
)


async def test_an_idle_page_does_no_work(pages: Pages, server: Server, board: dict[str, str], people: Of) -> None:
    here = people(server, board)
    author = await here.attendee("Omar", "Jordan")
    await author.celebrate("You showed us how to measure heat.", to=[{"name": "Cambodia"}])
    await author.ask("Who pays for the training?")
    context = await pages.context(PHONE)
    await context.add_init_script(COUNTED)
    page = await pages.open_in(context, "about:blank")
    with all_of_them() as case:
        for link, path, window in PAGES:
            with case(link + path):
                await page.set_viewport_size(window)  # type: ignore[arg-type]
                await page.goto(board[link])
                if path:
                    await page.goto(f"{server.url}/b/{here.code}{path}")
                else:
                    await expect(page.get_by_text("measure heat").or_(page.get_by_role("heading").first).first).to_be_visible()
                await page.wait_for_load_state("networkidle")  # the phone's second script came
                await page.wait_for_function(RESTED, polling=LOOK_MS)
