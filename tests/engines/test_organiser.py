"""What an organiser does before a gathering, in each engine: files, settings, people."""

from __future__ import annotations

from tests.engines.conftest import LAPTOP, PHONE, Open

AGENDA = "Session title,Date,Start,End,Room\nHeat,2026-11-30,10:30,12:00,Orchid Room\nWalk,2026-11-30,17:00,17:45,Garden\n"
ROSTER = "name,team\nSokha Chan,Cambodia\nنادية حداد,Jordan\n"
CHOOSE = """(text, name) => {
  const field = [...document.querySelectorAll("input[type=file]")][0], data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/csv" }));
  field.files = data.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}"""
SECTIONS = {"screens": "Rooms and screens", "links": "Links", "print": "Print", "after": "After", "overview": "Ready"}
HASH = "() => location.hash"
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


async def test_an_organiser_prepares_a_board(open_page: Open, board: dict[str, str]) -> None:
    page = await open_page(board["organise_url"], LAPTOP)
    phone = await open_page(board["join_url"], PHONE)

    async def section(name: str, heading: str) -> None:
        await page.tap(f'nav a[href="#{name}"]')
        await page.until(HASH, wanted=f"#{name}")
        await page.sees("#heading", heading)
        assert await page.window.run(SIDEWAYS) <= 0, name

    async def imported(text: str, name: str) -> None:
        await page.sees("label.file-button")
        await page.window.run(CHOOSE, text, name)
        await page.sees("h1, h2", "What will change")

    await section("agenda", "Agenda")
    await imported(AGENDA, "agenda.csv")
    await page.tap("button", "Apply")
    await page.sees(".session", "Walk")
    await section("people", "People")
    await imported(ROSTER, "people.csv")
    await page.tap(".ask button", "As they are")
    await page.tap("button", "Apply")
    await page.sees(".person", "نادية حداد")
    await page.tap(".person button", "Edit")  # the first: Nadia Haque
    await page.write("#field-name", "Nadia Haque-Rahman")
    await page.tap("dialog button", "Save")
    await page.sees(".person", "Nadia Haque-Rahman")
    await section("board", "Board")
    await page.write("#field-title", "A ready board")
    await page.tap("button", "Save")
    await page.sees(".toast", "Saved")
    await phone.sees("*", "A ready board")
    for name, heading in SECTIONS.items():
        await section(name, heading)
