"""Pages around the board, and the organiser's sheets, in each engine: a heading is seen, nothing sticks out, each button can be
reached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import People
from tests.engines.conftest import LAPTOP, PHONE, Open
from tests.engines.window import Hand
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
TEXTS = ["You taught me to listen before I advise.", "شكراً على دليل الحوار. غيّر اجتماعنا.", "អរគុណដែលបង្រៀនយើងអំពីគុណភាព។"]
AGENDA = "title,starts_at,ends_at,room\nHeat,2026-11-30T10:30:00Z,2026-11-30T12:00:00Z,Lotus Hall\n"
HIGH = "(px) => document.querySelector('dialog[open]').getBoundingClientRect().height >= px"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Buttons, links and fields that have a box, and where no finger would reach it. In a dialog that is open: those of the dialog.
OUT_OF_REACH = """() => {
  const place = document.querySelector("dialog[open]") ?? document;
  const controls = [...place.querySelectorAll("button, a[href], input, select, textarea, summary")];
  return controls.filter((one) => {
    const boxes = one.getClientRects();
    if (!boxes.length || one.disabled || getComputedStyle(one).visibility !== "visible") return false;
    if (one.type === "file" || one.closest(".skip, .visually-hidden")) return false;
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const box = one.getClientRects()[0];
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !there || !(one.contains(there) || there.contains(one) || one.labels?.length);
  }).map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`);
}"""
# What opens a sheet, by section; each is there on a board with an agenda and people.
SHEETS = {
    "agenda": [".session [data-act=edit]", ".top-acts button.button-strong"],
    "people": [".person-acts .link", ".top-acts button.button-strong"],
    "screens": [".screen-acts .link", ".top-acts button.button-strong"],
    "links": [".top-acts button.button-strong", ".link-acts .link", ".link-acts .is-bad"],
    "after": [".life-acts .button-bad"],
}
LEAST_HIGH_PX = 160


async def whole(page: Hand, name: str) -> None:
    await page.sees("h1, h2")
    assert await page.window.run(SIDEWAYS) <= 0, name
    assert await page.window.run(OUT_OF_REACH) == [], name


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
async def test_pages_around_the_board_and_afterwards_have_a_correct_layout(
    open_page: Open, server: Server, board: dict[str, str], people: Of, size: tuple[int, int]
) -> None:
    here = people(server, board)
    author, organiser = await here.attendee("Nadia Haque", "Bangladesh"), await here.organiser()
    for text in TEXTS:
        await author.celebrate(text)
        await organiser.moderate(await author.ask(text), answered=True, answer=text)
    await organiser.send("PATCH", "", {"public": {"recap": True, "answers": True, "who": True}})
    await author.send("PUT", "/me/consent", {"directory": True, "outside": True})
    of_board, keepsake = f"{server.url}/b/{board['code']}", (await author.get("/me/keepsake")).json()["url"]
    kiosk = (await organiser.send("POST", "/kiosks", {"name": "Entrance"})).json()["url"]
    addresses = {name: f"{of_board}/{name}" for name in ("answers", "recap", "who", "privacy", "me")}
    addresses |= {"home": server.url, "keepsake": server.url + keepsake, "kiosk": kiosk, "missing": f"{server.url}/b/NONE11"}
    page = await open_page(server.url, size)
    for name, address in addresses.items():
        await page.window.go(address)
        await whole(page, name)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
async def test_the_sheets_of_an_organiser_have_a_correct_layout(
    open_page: Open, server: Server, board: dict[str, str], tmp_path: Path, size: tuple[int, int]
) -> None:
    agenda = tmp_path / "agenda.csv"
    agenda.write_text(AGENDA)
    server.run("import-agenda", board["code"], str(agenda))
    for section, openers in SHEETS.items():
        page = await open_page(f"{board['organise_url']}", size)
        await page.sees("#heading")
        await page.window.run("(name) => { location.hash = name }", section)
        for opener in openers:
            await page.tap(opener)
            await page.sees("dialog[open] h2")
            await page.until(HIGH, LEAST_HIGH_PX)
            assert await page.window.run(OUT_OF_REACH) == [], (section, opener)
            await page.tap("dialog[open] .sheet-head button")
            await page.until("() => !document.querySelector('dialog[open]')")
