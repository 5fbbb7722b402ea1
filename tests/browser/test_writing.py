"""The sheet in which one writes, on small phones: what matters at this moment is in sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.cases import all_of_them
from tests.browser.conftest import LAPTOP, Pages
from tests.browser.test_phone import lane
from tests.browser.test_recipients import Of
from tests.servers import Server

PEOPLE = "id,name,team\n" + "".join(
    f"so{at},{name},Cambodia\n" for at, name in enumerate(("Sok Dara", "Sok Lina", "Sok Mey", "Sok Nary"))
)
# The part of it that nothing covers, in px of its height.
SEEN = """(node) => {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  let seen = 0;
  for (let y = Math.ceil(top); y < Math.min(bottom, innerHeight); y += 1) {
    const hit = document.elementFromPoint((left + right) / 2, y);
    if (hit && (node.contains(hit) || hit.contains(node) && hit.closest(".field"))) seen += 1;
  }
  return seen;
}"""


@pytest.fixture
async def phone(pages: Pages, server: Server, board: dict[str, str], tmp_path: Path) -> Page:
    roster = tmp_path / "people.csv"
    roster.write_text(PEOPLE, encoding="utf-8")
    server.run("import-people", board["code"], str(roster))
    phone = await pages.open(board["join_url"], {"width": 320, "height": 640})
    await expect(phone.locator(".top-live.is-live")).to_be_visible()
    await phone.get_by_role("button", name="Celebrate someone").click()
    await expect(phone.locator(".starters")).to_have_css("flex-wrap", "nowrap")  # the second style sheet is there
    return phone


async def offered(phone: Page) -> None:
    await phone.locator("#to").press_sequentially("sok")
    await expect(phone.locator("#to-offers .offer").last).to_contain_text("not on the list")


async def test_while_names_are_offered_all_of_them_and_the_field_for_the_text_are_in_sight(phone: Page) -> None:
    offers = phone.locator("#to-offers .offer")
    with all_of_them() as case:
        for width in (320, 360):
            with case(f"{width} px"):
                await phone.set_viewport_size({"width": width, "height": 640})
                await offered(phone)
                await expect(offers).to_have_count(5)
                for at in range(5):
                    assert await offers.nth(at).evaluate(SEEN) >= 43
                assert await phone.locator("#text").evaluate(SEEN) >= 24  # one line of it
                await phone.locator("#to").press("Enter")
                await expect(phone.locator(".to-chip")).to_have_count(1)
                await expect(phone.locator("fieldset.field, .sheet-body > .from").first).to_be_visible()
                await phone.locator("#to").press("Backspace")
                await expect(phone.locator(".to-chip")).to_have_count(0)


async def test_above_a_keyboard_names_take_the_place_of_send_which_comes_back(phone: Page) -> None:
    await phone.set_viewport_size({"width": 320, "height": 320})
    await offered(phone)
    send = phone.get_by_role("button", name="Send to the board")
    await expect(send).to_be_hidden()
    assert await phone.locator("#to").evaluate(SEEN) >= 40
    offers = phone.locator("#to-offers .offer")
    for at in range(3):
        assert await offers.nth(at).evaluate(SEEN) >= 43
    await phone.locator("#to").press("ArrowUp")  # round to the last one: the mark stays in sight
    await expect(offers.last).to_have_attribute("aria-selected", "true")
    await expect(offers.last).to_be_in_viewport(ratio=0.9)
    await phone.locator("#text").focus()  # with half a name
    await expect(send).to_be_in_viewport(ratio=1)
    assert await phone.locator("#text").evaluate(SEEN) >= 60


async def test_above_a_keyboard_both_ways_to_send_fit_their_words(phone: Page) -> None:
    await phone.set_viewport_size({"width": 320, "height": 320})
    await phone.locator("#to").fill("sok dara")
    await phone.locator("#to").press("Enter")
    await phone.locator("#text").fill("You showed me how to read an accident report.")
    await phone.get_by_role("button", name="Send to the board").click()
    for name in ("Send to the board", "Send without a name"):
        button = phone.get_by_role("button", name=name)
        await expect(button).to_be_in_viewport(ratio=1)
        assert await button.evaluate("(node) => node.scrollHeight <= node.clientHeight && node.scrollWidth <= node.clientWidth")


async def test_a_long_own_name_takes_one_line_and_the_link_to_change_it_another(phone: Page) -> None:
    await phone.get_by_role("button", name="Close").click()
    await lane(phone, "Me")
    await phone.get_by_role("button", name="Add your name").click()
    await phone.get_by_label("Your name").fill("Maria Fernanda Oliveira de Souza e Silva")
    await phone.get_by_role("button", name="Save").click()
    await expect(phone.locator(".me-who")).to_contain_text("Maria Fernanda")
    await lane(phone, "Celebrate")
    await phone.get_by_role("button", name="Celebrate someone").click()
    name, change = phone.locator(".as-whom"), phone.get_by_role("button", name="change")
    boxes = [await one.bounding_box() for one in (name, change)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["height"] < 30
    assert boxes[1]["x"] == pytest.approx(boxes[0]["x"], abs=1)
    assert await phone.locator(".sheet-body").evaluate("(node) => node.scrollWidth <= node.clientWidth")


async def asked_for_the_name(phone: Page, typed: str) -> None:
    await phone.locator("#to").fill("sok dara")
    await phone.locator("#to").press("Enter")
    await phone.locator("#text").fill("You showed me how to read an accident report.")
    await phone.get_by_role("button", name="Send to the board").click()
    await phone.locator("#name").press_sequentially(typed)
    await expect(phone.locator("#name-offers .offer").last).to_contain_text(f"Keep “{typed}”")


async def test_the_own_name_has_the_same_list_its_first_row_is_marked_and_enter_takes_it(phone: Page) -> None:
    await asked_for_the_name(phone, "sok")
    rows, name = phone.locator("#name-offers .offer"), phone.locator("#name")
    await expect(phone.locator('#name-offers [aria-selected="true"]')).to_have_count(1)
    await expect(rows.first).to_have_attribute("aria-selected", "true")
    await expect(name).to_have_attribute("aria-activedescendant", await rows.first.get_attribute("id") or "none")
    second = await rows.nth(1).locator("> bdi").text_content()
    await name.press("ArrowDown")
    await expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    await name.press("Enter")
    await expect(name).to_have_value(second or "")
    await expect(phone.locator("#team")).to_have_value("Cambodia")
    await expect(phone.get_by_role("button", name="Send to the board")).to_be_focused()
    await expect(phone.locator("#name-offers")).to_be_hidden()


async def test_an_own_name_that_is_typed_stays_as_it_is_by_its_row_or_by_send(phone: Page) -> None:
    await asked_for_the_name(phone, "sok")
    await phone.get_by_role("option", name="Keep “sok”").click()
    await expect(phone.locator("#name-offers")).to_be_hidden()
    await expect(phone.locator("#name")).to_have_value("sok")
    await phone.get_by_role("button", name="Send to the board").click()
    await expect(phone.locator(".card:not(.is-waiting)")).to_contain_text("from sok")


async def test_a_name_in_use_is_not_what_enter_takes(phone: Page, pages: Pages, board: dict[str, str]) -> None:
    other = await pages.open(board["join_url"] + "#me")
    await other.get_by_role("button", name="Add your name").click()
    await other.locator("#name").press_sequentially("sok dara")
    await other.get_by_role("option", name="Sok Dara Cambodia").click()
    await other.get_by_role("button", name="Save").click()
    await expect(other.locator(".me-who")).to_contain_text("Sok Dara")
    await asked_for_the_name(phone, "sok")
    taken = phone.locator("#name-offers .offer").filter(has_text="in use on another phone")
    await expect(taken).to_have_count(1)
    await expect(taken).to_have_attribute("aria-selected", "false")
    await phone.locator("#name").fill("sok dara")
    await expect(phone.locator("#name-offers .offer")).to_have_count(2)
    await expect(phone.get_by_role("option", name="Keep “sok dara”")).to_have_attribute("aria-selected", "true")


@pytest.fixture
async def desk(pages: Pages, server: Server, board: dict[str, str], tmp_path: Path) -> Page:
    roster = tmp_path / "people.csv"
    roster.write_text(PEOPLE, encoding="utf-8")
    server.run("import-people", board["code"], str(roster))
    desk = await pages.open(board["moderate_url"], LAPTOP)
    await desk.locator(
        '[data-panel="behalf"] summary, details:has(> summary:text-is("Write for somebody")) > summary'
    ).first.click()
    return desk


async def test_the_desk_writes_paper_cards_by_name_enter_text_enter(
    desk: Page, server: Server, board: dict[str, str], people: Of
) -> None:
    to, text = desk.locator("#behalf-to"), desk.locator("#behalf-text")
    await to.click()
    for typed, offered, sentence in (
        ("sok li", "Sok Lina", "You waited."),
        ("Guest Zora", "Add “Guest Zora”", "You drove us."),
    ):
        await expect(to).to_be_focused()
        await to.press_sequentially(typed)
        await expect(desk.get_by_role("option", name=offered)).to_have_attribute("aria-selected", "true")
        await desk.keyboard.press("Enter")
        await expect(text).to_be_focused()
        await desk.keyboard.type(sentence)
        await desk.keyboard.press("Enter")
        await expect(text).to_have_value("")
    reader = await people(server, board).attendee()
    cards = {post["text"]: post["to"] for post in (await reader.snapshot())["posts"]}
    assert cards["You waited."] == [{"name": "Sok Lina", "team": "Cambodia", "person": "so1"}]
    assert [one["name"] for one in cards["You drove us."]] == ["Guest Zora"]


async def test_the_desk_says_that_a_paper_card_is_for_nobody_and_takes_what_is_still_typed(desk: Page) -> None:
    await desk.locator("#behalf-text").fill("You drove us.")
    await desk.locator("#behalf-text").press("Enter")
    await expect(desk.get_by_role("alert")).to_contain_text("Who is this card for?")
    await expect(desk.locator("#behalf-to")).to_be_focused()
    await desk.keyboard.type("Zora, Omar")
    await expect(desk.locator(".to-chip bdi")).to_have_text(["Zora"])
    await desk.locator("#behalf-text").press("Enter")  # Omar was not ended
    await expect(desk.locator("#behalf-text")).to_have_value("")
    await expect(desk.locator(".to-chip")).to_have_count(0)


async def test_a_kiosk_keeps_send_and_the_text_in_sight_while_names_are_offered(
    pages: Pages, server: Server, board: dict[str, str], people: Of, tmp_path: Path
) -> None:
    roster = tmp_path / "people.csv"
    roster.write_text(PEOPLE, encoding="utf-8")
    server.run("import-people", board["code"], str(roster))
    moderator = await people(server, board).moderator()
    link = (await moderator.send("POST", "/kiosks", {"name": "Coffee corner"})).json()["url"]
    kiosk = await pages.open(link, LAPTOP)
    await kiosk.locator(".kiosk-choice.is-card").click()
    with all_of_them() as case:
        for width, height in ((1024, 768), (768, 1024), (390, 844)):
            with case(f"{width}\u00d7{height}"):
                await kiosk.set_viewport_size({"width": width, "height": height})
                await keeps_in_sight(kiosk)


async def keeps_in_sight(kiosk: Page) -> None:
    """As it came, and as it is left."""
    heading = await kiosk.locator(".kiosk-form h2").bounding_box()
    send = kiosk.get_by_role("button", name="Send")
    await expect(send).to_be_in_viewport(ratio=1)
    await kiosk.locator("#to").press_sequentially("sok")
    await expect(kiosk.locator("#to-offers .offer")).to_have_count(5)
    await expect(send).to_be_in_viewport(ratio=1)
    has_room = await kiosk.evaluate("innerHeight") > 900
    for later in ("#name", ".kiosk-themes"):
        await expect(kiosk.locator(later)).to_be_visible(visible=has_room)
    for at in range(5):
        assert await kiosk.locator("#to-offers .offer").nth(at).evaluate(SEEN) >= 50
    assert await kiosk.locator("#text").evaluate(SEEN) >= 60
    assert await kiosk.locator(".kiosk-form h2").bounding_box() == heading  # nothing jumped
    await kiosk.locator("#to").press("Enter")
    await kiosk.locator("#text").fill("You waited.")
    await expect(kiosk.locator(".kiosk-count")).to_have_text("11 of 280")
    await kiosk.locator("#text").fill("")
    await kiosk.keyboard.insert_text("ក្តី" * 100)  # 100 characters as people see them, 400 as a browser counts
    await expect(kiosk.locator(".kiosk-count")).to_have_text("100 of 280")
    await expect(kiosk.locator("#name")).to_be_visible()
    await kiosk.locator("#text").fill("")
    await kiosk.locator("#to").press("Backspace")
    await expect(kiosk.locator(".to-chip")).to_have_count(0)
