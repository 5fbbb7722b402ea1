"""Two rooms with a screen each: moderators drive them from two desks, a screen is lost, an organiser adds one."""

from __future__ import annotations

from collections.abc import Callable

from playwright.async_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.conftest import People
from tests.servers import Server

SMALL = {"width": 800, "height": 450}
"""Of the screens: what moves on them is painted sooner, and nothing here depends on their size."""


async def scene(page: Page, name: str) -> None:
    await expect(page.locator("html")).to_have_attribute("data-scene", name)


async def test_two_moderators_drive_the_screens_of_two_rooms(
    pages: Pages, server: Server, prepared: dict[str, str], people: Callable[[Server, dict[str, str]], People]
) -> None:
    here = people(server, prepared)
    organiser, asha = await here.organiser(), await here.attendee("Asha", "Jordan")
    post = await asha.celebrate("Shown on the screens of two rooms.")

    # The organiser names the first screen's room, and makes another one.
    await organiser.send("PUT", "/screens/first", {"name": "Left", "room": "Lotus Hall"})
    page = await pages.open(prepared["organise_url"], LAPTOP)
    await page.locator(".side").get_by_role("link", name="Rooms and screens").click()
    await expect(page.locator(".screen")).to_have_count(1)
    await page.get_by_role("button", name="New screen").click()
    await page.get_by_label("Name").fill("Right")
    await page.get_by_label("Room").fill("Jasmine Room")
    await page.get_by_role("button", name="Make the screen").click()
    url = await page.locator("#fresh-url").input_value()
    await expect(page.locator(".fresh-qr")).to_be_visible()
    await page.get_by_role("button", name="I have it").click()
    await expect(page.locator(".screen")).to_have_count(2)
    await page.close()

    left, right = await pages.open(prepared["screen_url"], SMALL), await pages.open(url, SMALL)
    desk, other = await pages.open(prepared["moderate_url"], LAPTOP), await pages.open(prepared["moderate_url"], PHONE)
    row = desk.locator(f'.row[data-id="{post["id"]}"]')
    await expect(row).to_be_visible()  # nothing is approved first: it opens on the board

    # One screen by its own buttons; all of them, one, and ticked ones by keys. The pictures are drawn as the screens are.
    ids = [one["id"] for one in (await organiser.get("/screens")).json()["screens"]]
    await desk.locator(f'[data-screen="{ids[1]}"] [data-scene="questions"]').click()
    await scene(right, "questions")
    await scene(left, "cards")
    picture = desk.locator(f'[data-screen="{ids[1]}"]').frame_locator("iframe").locator("html")
    await expect(picture).to_have_attribute("data-scene", "questions")
    await desk.keyboard.press("8")
    for page in (left, right):
        await scene(page, "map")
    await desk.keyboard.press("n")
    await desk.keyboard.press("6")
    await scene(left, "cards")
    await scene(right, "map")
    await desk.keyboard.press("Escape")
    await desk.keyboard.press("b")
    for page in (left, right):
        await scene(page, "blank")
    await desk.keyboard.press("u")
    await scene(left, "cards")
    await scene(right, "map")

    # The other moderator puts the post on all screens; a hide takes it away, and its undo puts it back.
    await other.locator(f'.row[data-id="{post["id"]}"] [data-act="spotlight"]').click()
    for page in (left, right):
        await scene(page, "spotlight")
    await expect(row.locator(".row-state")).to_have_text("On the screen now")
    await row.locator('[data-act="hold"]').click()
    await scene(left, "cards")
    await scene(right, "map")
    await desk.keyboard.press("u")
    for page in (left, right):
        await scene(page, "spotlight")

    # At a screen itself a row of keys comes with the mouse, and acts on it alone.
    await left.mouse.move(300, 300)
    await left.mouse.move(310, 310)
    await left.locator('.keyrow [data-key="1"]').click()
    await scene(left, "join")
    await scene(right, "spotlight")

    # A screen that is lost says until when it may still be read, and so does the answer to a hide.
    await right.close()
    lost = desk.locator(f'[data-screen="{ids[1]}"]')
    await expect(lost.locator(".shot-note")).to_contain_text("May still be read until")
    await row.locator('[data-act="hold"]').click()
    await expect(desk.locator("[data-undo]")).to_contain_text("“Right · Jasmine Room” has no connection")
