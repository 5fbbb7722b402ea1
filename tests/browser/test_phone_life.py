"""What phones go through in a pocket and in a crowd: sockets that die without a word, clocks that jump, tabs that are killed,
and a list that must stand still under the eyes of who reads it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import Page, Route, expect

from tests import servers
from tests.browser.conftest import PHONE, STAGE, Pages
from tests.browser.test_phone import lane, say_who, write_question
from tests.conftest import People
from tests.relay import Relay, relay
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
HOURS = 3_600_000
BACK_MS = 40_000

# A wall clock that can be set, and a page that can be put away. Playwright's own clock would stop the timers, too.
LIFE = """(() => {
  const now = Date.now;
  window.shift = 0;
  Date.now = () => now() + window.shift;
  window.putAway = (away) => {
    for (const [name, value] of [["hidden", away], ["visibilityState", away ? "hidden" : "visible"]])
      Object.defineProperty(document, name, { configurable: true, get: () => value });
    document.dispatchEvent(new Event("visibilitychange"));
  };
})()"""
# Notes what moves without a finger having asked for it. In the dock a button makes room for "3 new": that is not being read.
SHIFTS = """() => {
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      if (!hadRecentInput && !sources.every(({ node }) => node?.closest?.(".dock")))
        window.moved.push({ value, what: sources.map(({ node }) => node?.className ?? "") });
  }).observe({ type: "layout-shift", buffered: false });
}"""


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.fixture
async def between(server: Server) -> AsyncIterator[Relay]:
    async with relay(server.port) as between:
        yield between


def through(between: Relay, server: Server, address: str) -> str:
    return address.replace(f":{server.port}", f":{between.port}")


async def living(pages: Pages, url: str, viewport: dict[str, int] = PHONE) -> Page:
    context = await pages.context(viewport)
    await context.add_init_script(LIFE)
    return await pages.open_in(context, url)


@pytest.mark.parametrize("comes_back", ["after an hour", "with its clock set back", "from the back/forward cache"])
async def test_a_socket_that_died_in_the_pocket_is_not_trusted(
    pages: Pages, server: Server, here: People, board: dict[str, str], between: Relay, comes_back: str
) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    hidden = await author.celebrate("This one is hidden meanwhile.")
    phone = await living(pages, through(between, server, board["join_url"]))
    await expect(phone.locator(".top-live")).to_contain_text("here")
    await expect(phone.get_by_text(hidden["text"])).to_be_visible()
    hours = {"after an hour": 1, "with its clock set back": -1}.get(comes_back)
    await phone.evaluate("() => window.putAway(true)")
    between.lose()
    await moderator.moderate(hidden, state="hidden")
    await author.celebrate("This one is new.")
    if hours is None:
        await phone.evaluate("() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        await phone.evaluate("() => window.putAway(false)")
    else:
        await phone.evaluate(f"() => {{ window.shift = {hours * HOURS}; window.putAway(false); }}")
    await expect(phone.get_by_text("This one is new.")).to_be_visible(timeout=5_000)
    await expect(phone.get_by_text(hidden["text"])).to_have_count(0)


@pytest.mark.parametrize("hours", [5, -5])
async def test_a_clock_that_jumps_changes_nothing(pages: Pages, here: People, board: dict[str, str], hours: int) -> None:
    author = await here.attendee("Omar", "Jordan")
    phone = await living(pages, board["join_url"])
    screen = await living(pages, board["screen_url"], STAGE)
    await expect(screen.locator("html")).to_have_attribute("data-lease", "live")
    await lane(phone, "Ask")
    await phone.context.set_offline(True)
    await write_question(phone, "Is it late already?")
    await say_who(phone)
    for page in (phone, screen):
        await page.evaluate(f"() => {{ window.shift = {hours * HOURS}; }}")
    await phone.context.set_offline(False)
    await expect(phone.locator(".question:not(.is-waiting)", has_text="Is it late already?")).to_be_visible(timeout=BACK_MS)
    card = await author.celebrate("It came after the jump.")
    await lane(phone, "Celebrate")
    await expect(phone.get_by_text(card["text"])).to_be_visible()
    await expect(screen.locator(".card", has_text=card["text"]).first).to_be_visible(timeout=25_000)
    await expect(screen.locator("html")).to_have_attribute("data-lease", "live")


async def test_a_socket_that_never_opens_is_given_up(
    pages: Pages, server: Server, here: People, board: dict[str, str], between: Relay
) -> None:
    phone = await living(pages, through(between, server, board["join_url"]))
    await expect(phone.locator(".top-live")).to_contain_text("here")
    between.black_hole = True
    between.cut()
    await expect(phone.locator(".top-live")).to_contain_text("Waiting for the Wi-Fi")
    await phone.wait_for_timeout(2_000)
    between.black_hole = False
    between.lose()
    card = await (await here.attendee("Omar")).celebrate("The Wi-Fi is back.")
    await expect(phone.get_by_text(card["text"])).to_be_visible(timeout=BACK_MS)


async def test_what_waits_in_a_tab_that_is_killed_goes_out_from_the_next_one(
    phone_without_posting: Page, here: People, board: dict[str, str]
) -> None:
    phone = phone_without_posting
    await lane(phone, "Ask")
    await write_question(phone, "Did the tab survive?")
    await say_who(phone)
    await expect(phone.locator(".question.is-waiting")).to_contain_text("Did the tab survive?")
    context = phone.context
    await phone.close()
    await context.unroute("**/posts")
    phone = await context.new_page()
    await phone.goto(board["join_url"] + "#ask")
    await expect(phone.locator(".question:not(.is-waiting)", has_text="Did the tab survive?")).to_be_visible(timeout=BACK_MS)
    assert len((await (await here.attendee()).snapshot())["posts"]) == 1


@pytest.fixture
async def phone_without_posting(pages: Pages, board: dict[str, str]) -> Page:
    context = await pages.context(PHONE)

    async def cut(route: Route) -> None:
        await route.abort()

    await context.route("**/posts", cut)
    return await pages.open_in(context, board["join_url"])


async def test_what_waits_outlives_a_restart_of_the_server(pages: Pages, people: Of) -> None:
    with servers.serving() as server:
        board = server.create("Innovation Lab", "--team", "Cambodia")
        phone = await pages.open(board["join_url"])
        await lane(phone, "Ask")
        await expect(phone.get_by_role("button", name="Ask a question")).to_be_enabled()
        server.stop()
        await write_question(phone, "Is anybody there?")
        await say_who(phone)
        await expect(phone.locator(".question.is-waiting")).to_contain_text("Is anybody there?")
        server.start()
        await expect(phone.locator(".question:not(.is-waiting)", has_text="Is anybody there?")).to_be_visible(timeout=BACK_MS)
        assert len((await (await people(server, board).attendee()).snapshot())["posts"]) == 1


async def test_two_tabs_of_a_board_send_what_waits_once(pages: Pages, here: People, board: dict[str, str]) -> None:
    context = await pages.context(PHONE)
    tabs = [await pages.open_in(context, board["join_url"] + "#ask") for _ in range(2)]
    await lane(tabs[0], "Ask")
    await expect(tabs[0].get_by_role("button", name="Ask a question")).to_be_enabled()
    await context.set_offline(True)
    await write_question(tabs[0], "Asked from two tabs?")
    await say_who(tabs[0])
    await expect(tabs[0].locator(".question.is-waiting")).to_have_count(1)
    await context.set_offline(False)
    for tab in tabs:
        await expect(tab.locator(".question:not(.is-waiting)", has_text="Asked from two tabs?")).to_have_count(
            1, timeout=BACK_MS
        )
        await expect(tab.locator(".question.is-waiting")).to_have_count(0)
    assert len((await (await here.attendee()).snapshot())["posts"]) == 1


async def moved(page: Page) -> list[dict[str, object]]:
    await page.wait_for_timeout(700)
    found: list[dict[str, object]] = await page.evaluate("() => window.moved.filter(({ value }) => value > 0.001)")
    return found


@pytest.mark.parametrize("writing", [False, True], ids=["reading", "writing"])
async def test_nothing_moves_under_the_eyes_of_who_reads_or_writes(
    pages: Pages, here: People, board: dict[str, str], writing: bool
) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    cards = [await author.celebrate(f"Card {number}: you waited a full minute before you answered me.") for number in range(40)]
    phone = await pages.open(board["join_url"])
    await expect(phone.locator(".card")).to_have_count(40)
    await phone.evaluate("() => document.fonts.ready")
    await phone.locator(f'[data-id="{cards[25]["id"]}"]').scroll_into_view_if_needed()
    if writing:
        await phone.get_by_role("button", name="Celebrate someone").click()
    await phone.wait_for_timeout(900)
    await phone.evaluate(SHIFTS)
    for number in range(5):
        await author.celebrate(f"News, number {number}.")
        for seen in range(22, 28):
            await author.send(
                "PUT", f"/posts/{cards[seen]['id']}/reactions/{('clap', 'heart', 'bulb', 'me-too', 'clap')[number]}"
            )
        await moderator.moderate(cards[38 - number], state="hidden")  # above
        await moderator.moderate(cards[number], state="hidden")  # below
        await phone.wait_for_timeout(150)
    await expect(phone.locator(".card")).to_have_count(30)
    assert await moved(phone) == []


async def test_the_first_load_moves_hardly_anything(pages: Pages, here: People, board: dict[str, str]) -> None:
    author = await here.attendee("Omar", "Jordan")
    for number in range(30):
        await author.celebrate(f"Card {number}: you waited a full minute before you answered me.")
    context = await pages.context(PHONE)
    await context.add_init_script(f"({SHIFTS})()".replace("buffered: false", "buffered: true"))
    phone = await pages.open_in(context, board["join_url"])
    await expect(phone.locator(".card")).to_have_count(30)
    await phone.wait_for_timeout(1_500)
    assert sum(float(str(one["value"])) for one in await moved(phone)) < 0.05


async def test_a_vote_that_has_the_focus_keeps_it_when_questions_change_places(phone_here: tuple[Page, People]) -> None:
    phone, here = phone_here
    author, voter = await here.attendee("Omar", "Jordan"), await here.attendee()
    await lane(phone, "Ask")
    first, second = await author.ask("Who pays for lunch?"), await author.ask("How do you measure heat?")
    await author.send("PUT", f"/posts/{first['id']}/vote", {})
    await expect(phone.locator(".question").first).to_have_attribute("data-id", first["id"])
    await phone.locator(f'[data-id="{second["id"]}"] .vote').focus()
    for one in (voter, author):
        await one.send("PUT", f"/posts/{second['id']}/vote", {})
    await expect(phone.locator(".question").first).to_have_attribute("data-id", second["id"])
    await expect(phone.locator(f'[data-id="{second["id"]}"] .vote')).to_be_focused()


@pytest.fixture
async def phone_here(pages: Pages, here: People, board: dict[str, str]) -> tuple[Page, People]:
    return await pages.open(board["join_url"]), here


async def test_a_screen_reader_is_not_told_of_every_card(phone_here: tuple[Page, People]) -> None:
    phone, here = phone_here
    author = await here.attendee("Omar", "Jordan")
    await author.celebrate("The first one.")
    await expect(phone.locator(".card")).to_have_count(1)
    await phone.wait_for_timeout(500)
    await phone.evaluate(
        """() => {
          window.told = [];
          const live = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]";
          new MutationObserver((changes) => {
            for (const { target } of changes) {
              const region = (target.nodeType === 1 ? target : target.parentElement)?.closest(live);
              if (region) window.told.push(region.textContent.trim());
            }
          }).observe(document.body, { subtree: true, childList: true, characterData: true });
        }"""
    )
    for number in range(20):
        await author.celebrate(f"Card {number} of many.")
        await asyncio.sleep(0.03)
    await expect(phone.locator(".card")).to_have_count(21)
    assert [words for words in await phone.evaluate("() => window.told") if words] == []
