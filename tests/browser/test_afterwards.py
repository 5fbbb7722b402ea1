"""Afterwards in a browser: a phone decides where its cards may be seen; a saved keepsake is whole without a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.async_api import expect

from tests.browser.conftest import PHONE, Pages
from tests.browser.test_celebrated import press
from tests.conftest import People
from tests.people import JSON, encoded
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]


async def test_a_phone_stores_its_consent_and_its_saved_keepsake_opens(
    pages: Pages, server: Server, people: Of, tmp_path: Path
) -> None:
    board = server.create("Innovation Lab", "--team", "Jordan")
    here = people(server, board)
    organiser = await here.organiser()
    await organiser.send("PATCH", "", {"public": {"recap": True, "answers": False, "who": False}})
    context = await pages.context(PHONE)
    ask = context.request  # with the phone's cookies
    await ask.get(board["join_url"])  # the card comes while the phone is away
    api = f"{server.url}/api/b/{here.code}"
    joined = await ask.post(f"{api}/join", data=encoded({"name": "Nadia", "team": "Jordan"}), headers=JSON)
    assert joined.status == 200
    omar = await here.attendee("Omar", "Jordan")
    await omar.celebrate("You taught me to measure heat. សូមអរគុណ", to=[{"name": "Nadia", "team": "Jordan"}])
    page = await pages.open_in(context, board["join_url"])
    await press(page, "Close")  # the card is a moment first
    await page.locator(".tab").last.click()
    recap = page.get_by_role("switch", name="In the recap")
    await expect(recap).to_have_attribute("aria-checked", "true")
    await expect(page.get_by_role("switch", name="Who can help")).to_have_attribute("aria-checked", "false")
    assert "measure heat" in await (await ask.get(f"{server.url}/b/{here.code}/recap")).text()
    async with page.expect_response(lambda response: response.request.method == "PUT" and "consent" in response.url):
        await recap.click()
    await expect(recap).to_have_attribute("aria-checked", "false")
    assert "measure heat" not in await (await ask.get(f"{server.url}/b/{here.code}/recap")).text()
    async with page.expect_response(lambda response: response.request.method == "PUT" and "consent" in response.url):
        await recap.click()

    await page.get_by_role("link", name="keepsake").click()
    await expect(page.get_by_role("heading", name="Nadia")).to_be_visible()
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="Save this page").click()
    file = tmp_path / "keepsake.html"
    await (await saving.value).save_as(file)
    saved = await page.context.new_page()
    asked = list[str]()
    saved.on("request", lambda request: asked.append(request.url))
    await saved.goto(file.as_uri())
    await expect(saved.get_by_text("You taught me to measure heat.").first).to_be_visible()
    assert await saved.evaluate("document.fonts.ready.then((fonts) => [...fonts].some((one) => one.status === 'loaded'))")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert await saved.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


async def test_a_card_without_a_theme_is_gold_in_the_recap_as_it_is_on_phones(pages: Pages, server: Server, people: Of) -> None:
    here = people(server, server.create("Innovation Lab", "--team", "Jordan"))
    organiser, omar = await here.organiser(), await here.attendee("Omar", "Jordan")
    await organiser.send("PATCH", "", {"public": {"recap": True, "answers": False, "who": False}})
    await omar.celebrate("Thank you!", to=[{"name": "Nadia", "team": "Jordan"}])
    page = await pages.open(f"{server.url}/b/{here.code}/recap", PHONE)
    paper = await page.locator(".keep-card").evaluate("(card) => getComputedStyle(card).backgroundColor")
    probe = "(page) => { page.style.background = 'var(--t1-paper)'; return getComputedStyle(page).backgroundColor; }"
    assert paper == await page.locator("body").evaluate(probe)
