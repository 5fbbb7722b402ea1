"""Every page in every light: nothing in the console, nothing that the content policy stops, nothing that sticks out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.async_api import expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import PHONE, SMALL_PHONE, STAGE, Pages
from tests.browser.test_legibility import settled
from tests.conftest import People
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
SIZES = {"small phone": SMALL_PHONE, "phone": PHONE, "projector": {"width": 1024, "height": 768}, "stage": STAGE}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TEXTS = [
    "You taught me to listen before I advise.",
    "شكراً على دليل الحوار. غيّر اجتماعنا.",
    "អរគុណដែលបង្រៀនយើងអំពីគុណភាព។",
    "Wirtschaftsprüfungsgesellschaftsvorstandsvorsitzendenstellvertreterin" * 2,
    "👩🏽‍🏫🇧🇩👨‍👩‍👧‍👦 Zalgo: Z̷̧a̸l̵g̷o",
]


@pytest.mark.parametrize("link", ["join_url", "moderate_url", "screen_url"])
async def test_a_page_is_complete_and_fits_its_width(
    pages: Pages, server: Server, board: dict[str, str], people: Of, link: str
) -> None:
    author = await people(server, board).attendee("Lê Thị Hương", "Cambodia")
    for text in TEXTS:
        await author.celebrate(text)
        await author.ask(text)
    page = await pages.open(board[link], SMALL_PHONE, locale="ar")
    with all_of_them() as case:
        for light in ("light", "dark"):
            await page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
            for name, size in SIZES.items():
                with case(f"{name}, {light}"):
                    await page.set_viewport_size(size)  # type: ignore[arg-type]
                    await page.reload()  # what a page does as it begins, it does at this size
                    if link != "moderate_url":
                        await expect(page.locator("[data-id]").first).to_be_visible()
                    await settled(page)
                    wider = await page.evaluate(WIDER)
                    assert wider <= 0, f"{wider} px too wide"


async def test_pages_around_the_board_and_afterwards_fit_their_width(
    pages: Pages, server: Server, board: dict[str, str], people: Of
) -> None:
    """One window for all of them: it becomes smaller and larger, light and dark."""
    here = people(server, board)
    author, organiser = await here.attendee("Lê Thị Hương", "Cambodia"), await here.organiser()
    for text in TEXTS:
        await author.celebrate(text)
        post = await author.ask(text)
        await organiser.moderate(post, answered=True, answer=text)
    await organiser.send("PATCH", "", {"public": {"recap": True, "answers": True, "who": True}})
    await author.send("PUT", "/me/consent", {"directory": True, "outside": True})
    kiosk = (await organiser.send("POST", "/kiosks", {"name": "Entrance"})).json()["url"]
    keepsake = (await author.get("/me/keepsake")).json()["url"]
    page = await pages.open(f"{server.url}/healthz", SMALL_PHONE, locale="ar")
    cookies = [{"name": one.name, "value": one.value or "", "url": server.url} for one in author.http.cookies.jar]
    await page.context.add_cookies(cookies)  # type: ignore[arg-type]
    await page.context.request.get(board["organise_url"])
    own = [f"/b/{here.code}/{name}" for name in ("stage", "answers", "recap", "who", "privacy", "me")]
    for address in [*own, keepsake, kiosk]:
        await page.goto(address if "://" in address else server.url + address)
        await expect(page.locator("main, .kiosk-choices, .stage-now").first).to_be_visible()
        for light, (name, size) in zip(("light", "dark") * 2, SIZES.items(), strict=True):
            await page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            wider = await page.evaluate(WIDER)
            assert wider <= 0, f"{page.url} on a {name}, {light}, is {wider} px too wide"


async def test_the_home_page_leads_to_the_board(pages: Pages, server: Server, board: dict[str, str]) -> None:
    page = await pages.open(server.url, SMALL_PHONE)
    await page.get_by_role("textbox").fill(board["code"].lower())
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Nobody has been celebrated yet.")).to_be_visible()


async def test_a_wrong_code_gets_an_explanation(pages: Pages, server: Server) -> None:
    page = await pages.open(server.url, SMALL_PHONE)
    await page.get_by_role("textbox").fill("NOBODY-9")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("no board with this code")


async def test_an_injected_script_does_not_run(pages: Pages, board: dict[str, str]) -> None:
    page = await pages.open(board["join_url"])
    await page.evaluate(
        """() => { const script = document.createElement("script"); try { script.textContent = "window.hacked = 1"; } catch {}
        document.body.append(script); }"""
    )
    assert await page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in complaint or "TrustedScript" in complaint for complaint in pages.complaints)
    pages.complaints.clear()
