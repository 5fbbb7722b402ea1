"""The organiser who has never seen it: from the link that the server prints to a ready board, with two real files."""

from __future__ import annotations

import io
import re
from pathlib import Path

from openpyxl import Workbook
from playwright.async_api import FilePayload, Page, expect

from tests import servers
from tests.browser.conftest import Pages
from tests.browser.organising import go

SECONDS_A_STEP = 8
"""To find and tap one thing, or to type one line, for somebody who reads every word."""
ALLOWED_SECONDS = 600

DAYS = {
    "Mon 2 October": [
        ("9.00 – 9.45", "Opening: Sustaining Impact, year two", "Lotus Hall", "Malee Suksawat"),
        ("9.45 – 10.15", "Coffee break", "", ""),
        ("10.15 – 11.30", "What we learned in thirteen countries", "Lotus Hall", "Claire Moreau; Budi Santoso"),
        ("13.00 – 14.30", "Industrial relations: from complaint to dialogue", "Orchid Room", "Sokha Chan"),
        ("13.00 – 14.30", "Staff interviews: a day in a factory", "Jasmine Room", "Priya Nair"),
    ],
    "Tue 3 October": [
        ("9.00 – 10.00", "Gender equality: numbers nobody dared to ask for", "Orchid Room", "Tigist Bekele, Sana Malik"),
        ("10.30 – 12.00", "Occupational safety and health: heat", "Lotus Hall", "Nadia Rahman"),
    ],
}
PEOPLE = """Participants Innovation Lab;;;
First name;Family name;Country programme;Job title
Sokha;Chan;Cambodia;Enterprise Advisor
Nadia;Rahman;Bangladesh;Training Officer
Lê Thị;Hương;Viet Nam;Enterprise Advisor
Trần Thu;Hà;Vietnam;Technical Expert
André;Pierre;Haiti;Training Officer
Tigist;Bekele;Ethiopia;Enterprise Advisor

"""


def agenda() -> bytes:
    """A heading above, each day once, times with a dot, two sessions at once, an empty row between the days."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Innovation Lab 2023 – draft agenda v7"])
    sheet.append(["Date", "Time", "Session", "Room", "Speaker(s)"])
    for day, sessions in DAYS.items():
        for at, row in enumerate(sessions):
            sheet.append([f"{day} 2023" if at == 0 else None, *row])
        sheet.append([])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class Organiser:
    """Counts what a hand does."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    async def fill(self, label: str, text: str) -> None:
        await self.page.get_by_label(label, exact=True).fill(text)
        self.steps += 1

    async def press(self, role: str, name: str | re.Pattern[str]) -> None:
        await self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.steps += 1

    async def section(self, name: str) -> None:
        await go(self.page, name)
        self.steps += 1

    async def bring(self, label: str, name: str, content: bytes) -> None:
        """A file, each doubt answered by the first answer, and then applied."""
        payload: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        await self.page.get_by_label(label).first.set_input_files(payload)
        self.steps += 2
        await expect(self.page.get_by_role("heading", name="What will change")).to_be_visible()
        await expect(self.page.get_by_role("button", name=re.compile("^Apply"))).to_be_visible()  # it has been read
        asks = self.page.locator(".ask:not(.is-answered)")
        while await asks.count():
            left = await asks.count()
            await asks.first.get_by_role("button").first.click()
            self.steps += 1
            await expect(asks).not_to_have_count(left)
        await self.press("button", re.compile("^Apply"))
        await expect(self.page.get_by_role("heading", name="What will change")).to_have_count(0)


async def test_a_first_time_organiser_prepares_a_board_from_two_files(pages: Pages, tmp_path: Path) -> None:
    server = servers.Server(tmp_path)
    server.start()
    try:
        await make(pages, server)
    finally:
        server.stop()


async def make(pages: Pages, server: servers.Server) -> None:
    printed = re.search(r"http://\S+/l/\S+", server.log.read_text())
    assert printed, "a server without boards prints one link"
    page = await pages.open(re.sub("//[^:/]+:", "//127.0.0.1:", printed[0]), timezone_id="Asia/Bangkok")
    hand = Organiser(page)
    await hand.fill("Title", "Innovation Lab 2023")
    await hand.fill("First day", "2023-10-02")
    await hand.fill("Last day", "2023-10-05")
    await hand.press("button", "Make the board")
    await hand.press("link", "Open the board")
    await hand.section("Agenda")
    await hand.bring("Import a file", "agenda.xlsx", agenda())
    await expect(page.locator(".session")).to_have_count(sum(map(len, DAYS.values())))
    await expect(page.locator(".session", has_text="from complaint to dialogue")).to_contain_text("13:00–14:30")
    await expect(page.locator(".is-parallel .session")).to_have_count(2)
    await hand.section("People")
    await hand.bring("Import a roster", "people.csv", PEOPLE.encode("utf-8-sig"))
    await expect(page.locator(".person")).to_have_count(6)
    await expect(page.locator(".person", has_text="Hương")).to_contain_text("Viet")
    teams = {await one.inner_text() for one in await page.locator(".person-team").all()}
    assert len(teams) in (0, 5), "one country in two spellings is one team"
    await hand.section("Overview")
    await expect(page.locator(".done")).to_contain_text("7 sessions in the agenda")
    await expect(page.locator(".done")).to_contain_text("6 people in the roster")
    await expect(page.locator(".done")).to_contain_text("5 teams")
    assert hand.steps * SECONDS_A_STEP < ALLOWED_SECONDS
