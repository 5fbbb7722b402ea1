"""Prepared questions at the desk, by keys alone: changed in place, put in order, and nothing that was typed is lost."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.browser.conftest import LAPTOP, PHONE, Pages, answered
from tests.browser.test_moderate import opened
from tests.conftest import People
from tests.people import Json, Moderator
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
HEAT, DUST, NOISE = TEXTS = ["How hot may it be?", "Who measures the dust?", "How loud is it?"]
FINGER_PX = 44


class Panel:
    """The panel of a desk that is open, and Leo, a colleague."""

    def __init__(self, desk: Page, leo: Moderator, ids: dict[str, str]) -> None:
        self.desk, self.leo, self.ids = desk, leo, ids
        self.all = desk.locator('[data-panel="prepared"]')

    def line(self, text: str) -> Locator:
        """Of the question that was first called so."""
        return self.all.locator(f'[data-prepared="{self.ids[text]}"]')

    def part(self, text: str, part: str) -> Locator:
        return self.line(text).locator(f'[data-do="{part}"]')

    async def press(self, text: str, part: str, key: str = "Enter") -> None:
        await self.part(text, part).focus()
        await self.desk.keyboard.press(key)

    async def edit(self, text: str) -> Locator:
        await self.press(text, "edit")
        await expect(self.part(text, "text")).to_be_focused()
        return self.part(text, "text")

    async def stored(self) -> list[str]:
        questions: list[Json] = (await self.leo.get("/prepared")).json()["questions"]
        return [one["text"] for one in questions if "added_at" not in one]

    async def change(self, text: str, body: Json) -> None:
        """Leo does."""
        assert (await self.leo.send("PATCH", f"/prepared/{self.ids[text]}", body)).status_code == 200


@pytest.fixture(params=[LAPTOP, PHONE], ids=["laptop", "phone"])
async def panel(pages: Pages, server: Server, board: dict[str, str], people: Of, request: pytest.FixtureRequest) -> Panel:
    leo = await people(server, board).moderator()
    ids = {text: str(uuid.uuid4()) for text in TEXTS}
    made = await leo.send("POST", "/prepared", {"questions": [{"id": one, "text": text} for text, one in ids.items()]})
    assert made.status_code == 201
    panel = Panel(await opened(pages, board, request.param), leo, ids)
    await open_panel(panel)
    return panel


async def open_panel(panel: Panel) -> None:
    if (room := panel.desk.locator(".is-room-tab")) and await room.is_visible():
        await room.focus()
        await panel.desk.keyboard.press("Enter")
    await expect(panel.all.locator("summary")).to_be_visible()  # what is hidden takes no focus
    await panel.all.locator("summary").focus()
    await panel.desk.keyboard.press("Enter")
    await expect(panel.all.locator("li")).to_have_count(len(TEXTS))


async def test_a_text_is_changed_in_place_and_the_focus_comes_back(panel: Panel) -> None:
    field = await panel.edit(DUST)
    await expect(field).to_have_value(DUST)
    await field.fill("Nobody wants to know.")
    await field.press("Escape")
    await expect(panel.part(DUST, "edit")).to_be_focused()
    await expect(panel.line(DUST)).to_contain_text(DUST)
    await panel.desk.keyboard.press("Enter")
    await expect(field).to_have_value(DUST)
    await field.fill("Who measures the dust,")
    await field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})  # it takes what an input method offers
    await field.press("Shift+Enter")
    await field.press_sequentially("and how often?")
    async with answered(panel.desk):
        await field.press("Enter")
    await expect(panel.part(DUST, "edit")).to_be_focused()
    await expect(panel.line(DUST)).to_contain_text("and how often?")
    assert await panel.stored() == [HEAT, "Who measures the dust,\nand how often?", NOISE]
    await panel.desk.keyboard.press("Enter")
    await expect(field).to_have_value("Who measures the dust,\nand how often?")
    await panel.desk.context.set_offline(True)
    await field.press("Enter")  # as it was: nothing is sent
    await expect(panel.part(DUST, "edit")).to_be_focused()


async def test_the_focus_moves_with_a_moved_question(panel: Panel) -> None:
    await expect(panel.part(HEAT, "up")).to_have_attribute("aria-disabled", "true")
    await panel.press(HEAT, "down")
    await panel.desk.keyboard.press("Enter")  # at once: the first is on its way
    await panel.desk.keyboard.press("Enter")  # and one too many
    await expect(panel.all.locator("li").last).to_contain_text(HEAT)
    await expect(panel.part(HEAT, "down")).to_have_attribute("aria-disabled", "true")
    await expect(panel.part(HEAT, "down")).to_be_focused()
    await expect(panel.desk.locator("[role=status]").filter(has_text="Place 3 of 3")).to_have_count(1)
    assert await panel.stored() == [DUST, NOISE, HEAT]
    async with answered(panel.desk):
        await panel.press(NOISE, "up")
    await expect(panel.all.locator("li").first).to_contain_text(NOISE)
    await expect(panel.part(NOISE, "up")).to_be_focused()
    assert await panel.stored() == [NOISE, DUST, HEAT]


async def test_repeated_taps_on_an_arrow_move_the_same_question(panel: Panel) -> None:
    """The line that comes up in its place would go down again at the second tap."""
    texts = [f"What about floor {floor}, and who answers for it?" for floor in range(5)]
    new = [{"id": str(uuid.uuid4()), "text": text} for text in texts]
    await panel.leo.send("POST", "/prepared", {"questions": new})
    for _ in range(2):  # closed and opened: the list comes anew
        await panel.all.locator("summary").press("Enter")
    await expect(panel.all.locator("li")).to_have_count(8)
    await panel.part(NOISE, "down").scroll_into_view_if_needed()
    box = await panel.part(NOISE, "down").bounding_box()
    assert box is not None
    for place in (4, 5, 6):
        async with answered(panel.desk):
            await panel.desk.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await expect(panel.all.locator("li").nth(place - 1)).to_contain_text(NOISE)
    assert await panel.stored() == [HEAT, DUST, *texts[:3], NOISE, *texts[3:]]


async def test_every_button_names_its_question_and_is_large_enough_for_a_finger(panel: Panel) -> None:
    await panel.edit(NOISE)
    await expect(panel.part(NOISE, "text")).to_have_accessible_name(f"Edit: {NOISE}")
    for text, names in (
        (HEAT, ["Move up", "Move down", "Add to the board", "Edit", "Remove"]),
        (NOISE, ["Save", "Cancel"]),
    ):
        buttons = await panel.line(text).locator("button").all()
        for button, name in zip(buttons, names, strict=True):
            await expect(button).to_have_accessible_name(f"{name}: {text}" if text == HEAT else name)
            box = await button.bounding_box()
            assert box is not None
            if panel.desk.viewport_size == PHONE:
                assert min(box["width"], box["height"]) >= FINGER_PX, name


async def test_typed_text_survives_a_lost_network_and_new_frames(panel: Panel) -> None:
    field = await panel.edit(DUST)
    await field.fill("Who measures the dust, and when?")
    await panel.desk.context.set_offline(True)
    await field.press("Enter")
    await expect(panel.line(DUST).get_by_role("alert")).to_contain_text("Please check the Wi-Fi and try again")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await panel.desk.context.set_offline(False)
    await field.evaluate("(field) => field.setSelectionRange(4, 12)")
    await panel.leo.send("POST", "/behalf", {"kind": "question", "id": str(uuid.uuid4()), "text": "Who is it for?"})
    await expect(panel.desk.locator('[data-tab="board"] .tab-count')).to_have_text("1")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("Who measures the dust, and when?")
    assert await field.evaluate("(field) => [field.selectionStart, field.selectionEnd]") == [4, 12]
    await panel.change(HEAT, {"before": None})
    await panel.press(NOISE, "up")  # the list comes anew, in another order
    await expect(panel.all.locator("li").last).to_contain_text(HEAT)
    await expect(field).to_have_value("Who measures the dust, and when?")
    await panel.desk.reload()
    await open_panel(panel)
    await expect(field).to_have_value("Who measures the dust, and when?")
    async with answered(panel.desk):
        await field.press("Enter")
    await expect(field).to_have_count(0)
    assert "Who measures the dust, and when?" in await panel.stored()


async def test_a_moderator_sees_a_colleagues_text_before_overwriting_it(panel: Panel) -> None:
    field = await panel.edit(DUST)
    await panel.change(DUST, {"text": "Is it dusty?"})
    await field.fill("Who sweeps?")
    await field.press("Enter")
    await expect(panel.line(DUST).get_by_role("alert")).to_contain_text("Somebody else changed it to “Is it dusty?”")
    await expect(field).to_have_value("Who sweeps?")
    await expect(field).to_be_focused()
    assert await panel.stored() == [HEAT, "Is it dusty?", NOISE]
    async with answered(panel.desk):
        await field.press("Enter")
    await expect(panel.part(DUST, "edit")).to_be_focused()
    assert await panel.stored() == [HEAT, "Who sweeps?", NOISE]
    field = await panel.edit(DUST)
    await panel.change(DUST, {"text": "Is it dusty?"})
    await field.fill("Who cleans?")
    await field.press("Enter")
    await expect(panel.line(DUST).get_by_role("alert")).to_be_visible()
    await field.press("Escape")
    await expect(panel.line(DUST)).to_contain_text("Is it dusty?")
    assert await panel.stored() == [HEAT, "Is it dusty?", NOISE]


async def test_text_typed_during_a_save_becomes_the_next_change(panel: Panel) -> None:
    field, let = await panel.edit(DUST), asyncio.Event()

    async def late(route: Route) -> None:
        await let.wait()
        await route.continue_()

    await panel.desk.route("**/prepared/*", late)
    await field.fill("Who sweeps?")
    await field.press("Enter")
    await expect(panel.line(DUST)).to_contain_text("Saving")
    await field.press("End")
    await field.press_sequentially(" And when?")
    async with answered(panel.desk):
        let.set()
    await expect(panel.line(DUST)).not_to_contain_text("Saving")
    await expect(field).to_have_value("Who sweeps? And when?")
    await expect(field).to_be_focused()
    assert await panel.stored() == [HEAT, "Who sweeps?", NOISE]
    async with answered(panel.desk):
        await field.press("Enter")
    assert await panel.stored() == [HEAT, "Who sweeps? And when?", NOISE]


async def test_a_moderator_sees_a_colleagues_change_before_adding_the_question(panel: Panel) -> None:
    await panel.change(DUST, {"text": "Is it dusty?"})
    await panel.press(DUST, "add")
    await expect(panel.desk.get_by_role("alert")).to_contain_text("Somebody else changed this question")
    await expect(panel.line(DUST)).to_contain_text("Is it dusty?")
    await expect(panel.part(DUST, "add")).to_be_focused()
    async with answered(panel.desk, "POST"):
        await panel.desk.keyboard.press("Enter")
    await expect(panel.line(DUST)).to_have_count(0)
    assert await panel.stored() == [HEAT, NOISE]
    assert (await panel.leo.snapshot())["posts"][0]["text"] == "Is it dusty?"


@pytest.mark.parametrize("gone", ["added", "removed"])
async def test_typed_text_stays_when_a_colleague_adds_or_removes_the_question(panel: Panel, gone: str) -> None:
    field = await panel.edit(DUST)
    await field.fill("Who sweeps?")
    way = ("POST", "/add") if gone == "added" else ("DELETE", "")
    await panel.leo.send(way[0], f"/prepared/{panel.ids[DUST]}{way[1]}", {})
    await field.press("Enter")
    alert = panel.line(DUST).get_by_role("alert")
    await expect(alert).to_contain_text("Your text stays here: copy it")
    await expect(alert).to_contain_text("on the board already" if gone == "added" else "no such prepared question")
    await expect(panel.all).to_contain_text("2 of 100")
    await expect(field).to_have_value("Who sweeps?")
    await expect(field).to_be_focused()
    await field.press("Escape")
    await expect(panel.line(DUST)).to_have_count(0)
    await expect(panel.all.locator("select")).to_be_focused()
    assert await panel.stored() == [HEAT, NOISE]


async def test_after_a_question_leaves_the_focus_moves_to_the_next(panel: Panel) -> None:
    async with answered(panel.desk, "DELETE"):
        await panel.press(DUST, "remove")
    await expect(panel.part(NOISE, "remove")).to_be_focused()
    async with answered(panel.desk, "POST"):
        await panel.press(NOISE, "add")
    await expect(panel.part(HEAT, "add")).to_be_focused()
    await expect(panel.line(HEAT).locator(".orders")).to_have_count(0)
    async with answered(panel.desk, "DELETE"):
        await panel.press(HEAT, "remove")
    await expect(panel.all.locator("select")).to_be_focused()
    assert await panel.stored() == []
