"""Files of organisers in the browser: dropped or chosen, looked at, doubts answered, applied, undone."""

from __future__ import annotations

from playwright.async_api import FilePayload, expect

from tests.browser.conftest import Pages
from tests.browser.organising import SIZES, WIDER, opened
from tests.browser.test_accessibility import check

NEXT_AGENDA = """Session title,Date,Start,End,Room,Dress code
Opening,2026-11-30,9:30,10:00,Lotus Hall,smart
Occupational safety: heat,2026-11-30,10:30,12:00,Orchid Room,casual
Evening walk,2026-11-30,17:00,17:45,Garden,casual
"""


def file(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


@SIZES
async def test_an_organiser_previews_applies_and_undoes_an_agenda_file(
    pages: Pages, prepared: dict[str, str], size: dict[str, int]
) -> None:
    page = await opened(pages, prepared, "Agenda", size)
    await page.get_by_label("Import a file").set_input_files(file("agenda-v3.csv", NEXT_AGENDA))
    await expect(page.get_by_role("heading", name="What will change")).to_be_visible()
    await expect(page.locator(".change.is-added")).to_contain_text("Evening walk")
    await expect(page.locator(".change.is-moved, .change.is-changed").first).to_be_visible()
    await check(page, "preview")
    await expect(page.locator(".columns summary")).to_contain_text("is left out")
    for ask in await page.locator(".ask:not(.is-answered)").all():
        await ask.get_by_role("button", name="As they are").click()
    await page.get_by_role("button", name="Apply").click()
    await expect(page.locator(".session", has_text="Evening walk")).to_contain_text("17:00–17:45")
    await expect(page.locator(".session", has_text="Opening")).to_contain_text("09:30–10:00")
    await page.get_by_role("button", name="Undo").click()
    await expect(page.locator(".session", has_text="Evening walk")).to_have_count(0)
    await expect(page.locator(".session", has_text="Opening")).to_contain_text("09:00–10:00")
    assert await page.evaluate(WIDER) <= 0


async def test_an_open_doubt_stands_on_top_and_blocks_the_import(pages: Pages, board: dict[str, str]) -> None:
    page = await opened(pages, board, "Agenda")
    text = "Title,Date,Start,End\nOpening,04/05/2026,9:30,10:00\nHeat,05/05/2026,9:30,10:00\n"
    await page.get_by_label("Import a file").first.set_input_files(file("agenda.csv", text))
    ask = page.locator(".ask").first
    await expect(ask).to_be_visible()
    await check(page, "a doubt")
    apply = page.get_by_role("button", name="Apply")
    await expect(apply).to_have_attribute("aria-disabled", "true")
    await expect(page.get_by_text("Answer the question above first")).to_be_visible()
    await ask.get_by_role("button").first.click()
    await expect(apply).to_have_attribute("aria-disabled", "false")
    await apply.click()
    await expect(page.locator(".session")).to_have_count(2)


async def test_a_column_is_mapped_by_hand(pages: Pages, board: dict[str, str]) -> None:
    page = await opened(pages, board, "People")
    text = "Name,Where from\nSokha Chan,Cambodia\nOmar Haddad,Jordan\n"
    await page.get_by_label("Import a roster").first.set_input_files(file("people.csv", text))
    await page.locator(".columns summary").click()
    await page.get_by_label("Column “Where from” is").select_option(label="Team")
    await expect(page.locator(".change.is-added").first).to_contain_text("Cambodia")
    await page.get_by_role("button", name="Apply").click()
    await expect(page.locator(".person", has_text="Sokha Chan")).to_contain_text("Cambodia")


async def test_an_organiser_drops_a_file_on_the_page(pages: Pages, board: dict[str, str]) -> None:
    page = await opened(pages, board, "People")
    transfer = await page.evaluate_handle(
        """() => { const data = new DataTransfer();
        data.items.add(new File(["name,team\\nSokha Chan,Cambodia\\n"], "people.csv", { type: "text/csv" })); return data }"""
    )
    await page.locator(".drop").dispatch_event("drop", {"dataTransfer": transfer})
    await page.get_by_role("button", name="Apply 1 change").click()
    await expect(page.locator(".person")).to_have_count(1)
