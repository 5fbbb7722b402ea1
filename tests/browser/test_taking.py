"""The folder to take home in the browser: how far it is, an end by hand, a line that breaks, and an archive that is whole."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Download, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.browser.organising import WIDER, go
from tests.browser.test_accessibility import check
from tests.people import Attendee
from tests.relay import Relay, relay
from tests.room import until
from tests.servers import Server

PEOPLE, TO_AT_ONCE = 120, 5
PAGES = 5 + PEOPLE + 1
"""Index, recap, cards, questions, who; a keepsake of each, and of the author."""
SOME_BYTES = 80_000
SILENT_MS = 61_000
STUCK_SECONDS = 20


@pytest.fixture
async def between(server: Server) -> AsyncIterator[Relay]:
    async with relay(server.port) as between:
        yield between


@pytest.fixture(scope="module")
async def board(server: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One for all tests here, which only read it."""
    board = server.create("Innovation Lab", "--team", "Cambodia", "--team", "Jordan")
    names = [f"Person {number}" for number in range(PEOPLE)]
    roster = tmp_path_factory.mktemp("taking") / "people.csv"
    roster.write_text("name,team\n" + "".join(f"{name},Jordan\n" for name in names))
    server.run("import-people", board["code"], str(roster))
    async with Attendee(server.url, board["code"]) as asha:
        await asha.join("Asha", "Cambodia")
        for first in range(0, PEOPLE, TO_AT_ONCE):
            to = [{"name": name, "team": "Jordan"} for name in names[first : first + TO_AT_ONCE]]
            await asha.celebrate("You taught me how to measure heat.", to=to, theme=None)
    return board


async def opened(pages: Pages, server: Server, board: dict[str, str], between: Relay) -> Page:
    url = board["organise_url"].replace(f":{server.port}", f":{between.port}")
    page = await pages.open(url, LAPTOP, bypass_csp=True, accept_downloads=True)
    await go(page, "After")
    await page.locator("#taking").wait_for()
    await page.evaluate(WATCH)
    return page


# What a screen reader is told, and how often the folder is asked for.
WATCH = """() => {
  window.aloud = [];
  const status = document.querySelector("#taking").closest("section").querySelector("[role=status]");
  const heard = new MutationObserver(() => status.textContent && aloud.push(status.textContent));
  heard.observe(status, { characterData: true, childList: true, subtree: true });
  window.asked = 0;
  const fetched = fetch.bind(window);
  window.fetch = (address, about) => {
    if (String(address).includes("format=html")) asked += 1;
    return fetched(address, about);
  };
}"""
PART_WAY = """() => {
  const bar = document.querySelector(".taking progress");
  return bar && bar.value > 5 && bar.value < bar.max - 5;
}"""


async def begun(page: Page, between: Relay) -> None:
    """Some pages are there, and then nothing more comes."""
    between.stalls_after = SOME_BYTES
    await page.locator("#taking").press("Enter")
    await until(lambda: between.stalled, STUCK_SECONDS, "too little came to be stalled")
    await page.wait_for_function(PART_WAY)


async def whole(download: Download) -> list[str]:
    path = await download.path()
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert archive.testzip() is None
        return archive.namelist()


async def test_the_page_shows_the_progress_of_the_folder_and_saves_the_complete_one(
    pages: Pages, server: Server, board: dict[str, str], between: Relay
) -> None:
    page = await opened(pages, server, board, between)
    await begun(page, between)
    bar = page.get_by_role("progressbar", name="Folder to take home")
    done, words, seen = await bar.evaluate("bar => [bar.value, bar.ariaValueText, bar.nextElementSibling.innerText]")
    assert words == f"{done} of {PAGES} pages"
    assert re.fullmatch(rf"{words} · \d\.\d MB", seen), seen
    for size in (PHONE, LAPTOP):
        await page.set_viewport_size(size)  # type: ignore[arg-type]
        await expect(bar).to_be_visible()
        assert await page.evaluate(WIDER) <= 0
        await check(page, f"a folder that comes, {size['width']} px")
    await page.locator("#taking").press("Enter")
    await expect(page.locator("#taking")).to_have_attribute("aria-disabled", "true")
    async with page.expect_download() as saving:
        between.stall(False)
    download = await saving.value
    assert download.suggested_filename == f"{board['code']}.zip"
    names = await whole(download)
    assert len([name for name in names if name.endswith(".html")]) == PAGES
    await expect(page.locator(".toast")).to_contain_text("The folder is saved")
    await expect(page.locator(".taking")).to_have_count(0)
    assert await page.evaluate("asked") == 1, "asked for twice, it is made once"
    aloud = await page.evaluate("aloud")
    assert aloud[0].startswith("The folder is being made")
    assert 2 <= len(aloud) <= 5, "each quarter, not each page"
    async with page.expect_download() as saving:
        await page.locator("#taking").press("Enter")
    assert await whole(await saving.value) == names, "and again, whole again"


async def test_an_organiser_stops_the_folder_and_nothing_is_saved(
    pages: Pages, server: Server, board: dict[str, str], between: Relay
) -> None:
    page = await opened(pages, server, board, between)
    saved = list[Download]()
    page.on("download", lambda download: saved.append(download))
    await begun(page, between)
    await page.keyboard.press("Tab")
    for _ in range(3):  # Excel, CSV, JSON
        await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Stop")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".toast")).to_contain_text("Nothing was saved")
    await expect(page.locator("#taking")).to_be_focused()
    await expect(page.locator(".taking")).to_have_count(0)
    between.stall(False)
    async with page.expect_download() as saving:
        await page.keyboard.press("Enter")
    assert f"{board['code']}/index.html" in await whole(await saving.value)
    assert len(saved) == 1, "what was stopped is not saved later"


@pytest.mark.parametrize("fault", ["cut", "silent"])
async def test_a_broken_or_silent_connection_saves_no_incomplete_folder_and_says_what_to_do(
    pages: Pages, server: Server, board: dict[str, str], between: Relay, fault: str
) -> None:
    page = await opened(pages, server, board, between)
    saved = list[Download]()
    page.on("download", lambda download: saved.append(download))
    if fault == "silent":
        await page.clock.install()
    await begun(page, between)
    if fault == "cut":
        between.cut()
    else:
        await page.clock.fast_forward(SILENT_MS)
    await expect(page.get_by_role("alert")).to_contain_text("so it was not saved. Please check the Wi-Fi")
    between.cut()
    await page.locator("#taking").click()
    await expect(page.get_by_role("alert")).to_have_count(0)
    async with page.expect_download() as saving:
        between.stall(False)
    assert f"{board['code']}/index.html" in await whole(await saving.value)
    assert len(saved) == 1


async def test_without_a_script_the_link_saves_the_folder(
    pages: Pages, server: Server, board: dict[str, str], between: Relay
) -> None:
    """As an address that somebody opens in a tab: that is what the link is without the script."""
    page = await opened(pages, server, board, between)
    address = await page.locator("#taking").get_attribute("href")
    async with page.expect_download() as saving:
        await page.evaluate("address => { location.href = address; }", address)
    assert f"{board['code']}/index.html" in await whole(await saving.value)
