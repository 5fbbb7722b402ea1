"""A phone's life: pockets, dead sockets, wrong clocks, killed pages, a server that restarts; and a reader nobody disturbs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from tests import servers
from tests.browser.cases import all_of_them
from tests.browser.conftest import LAPTOP, PHONE, SMALL_PHONE, Pages
from tests.browser.test_phone import lane, say_who, write_question
from tests.conftest import People
from tests.people import Json
from tests.relay import Relay, relay
from tests.room import until
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

# A page that can be put into a pocket, and whose wall clock can be set; the clock that counts stands still in a sleeping phone.
POCKET = """let away = false;
let ahead = 0;
const now = Date.now.bind(Date);
Date.now = () => now() + ahead;
window.setClock = (ms) => { ahead += ms; };
Object.defineProperty(document, "hidden", { get: () => away });
Object.defineProperty(document, "visibilityState", { get: () => (away ? "hidden" : "visible") });
window.putAway = (hidden) => {
  away = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
};"""
# Whatever moved by itself, and whether it was something to read, to write or to tap; a sign may move inside its own button.
SHIFTS = """window.shifts = [];
const inside = (node, names) => (node?.closest ? node : node?.parentElement)?.closest(names);
new PerformanceObserver((list) => {
  const place = document.querySelector("dialog[open]") ? ".sheet-form" : "[data-id]";
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    const nodes = sources
      .map(({ node }) => node)
      .filter((node) => inside(node, place) && !inside(node.parentElement, ".reaction"));
    if (!hadRecentInput) shifts.push({ value, moved: nodes.map((node) => node.outerHTML ?? node.data) });
  }
}).observe({ type: "layout-shift", buffered: true });"""
HOURS_MS = 5 * 3600 * 1000
# A dead connection is noticed without any help after this long; with help it comes back sooner.
SOON_MS = 20_000
STUCK_SECONDS = 30
GOES_OUT_MS = 40_000


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


@pytest.fixture
async def between(server: Server) -> AsyncIterator[Relay]:
    async with relay(server.port) as between:
        yield between


@pytest.fixture
async def phone(pages: Pages, server: Server, board: dict[str, str], between: Relay) -> Page:
    """Behind a network that can fail, in a hand that can put it away."""
    return await open_behind(between, pages, server, board["join_url"], PHONE)


async def open_behind(between: Relay, pages: Pages, server: Server, url: str, viewport: dict[str, int]) -> Page:
    context = await pages.context(viewport)
    await context.add_init_script(POCKET)
    return await pages.open_in(context, url.replace(f":{server.port}", f":{between.port}"))


async def connected(phone: Page) -> None:
    await expect(phone.locator(".top-live.is-live")).to_be_visible()


# -- pockets and dead sockets ----------------------------------------------------------------------------------------


async def test_a_phone_that_wakes_up_shows_new_posts_and_no_hidden_ones(phone: Page, here: People, between: Relay) -> None:
    old, new = await changed_meanwhile(phone, here, between, "putAway(true)")
    await phone.evaluate("setClock(60_000); putAway(false)")
    await expect(phone.get_by_text(new["text"])).to_be_visible(timeout=SOON_MS)
    await expect(phone.get_by_text(old["text"])).to_have_count(0)


async def test_a_page_from_the_back_cache_loads_the_board_again_even_with_stopped_clocks(
    phone: Page, here: People, between: Relay
) -> None:
    old, new = await changed_meanwhile(phone, here, between, "0")
    await phone.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    await expect(phone.get_by_text(new["text"])).to_be_visible(timeout=SOON_MS)
    await expect(phone.get_by_text(old["text"])).to_have_count(0)


async def changed_meanwhile(phone: Page, here: People, between: Relay, leave: str) -> tuple[Json, Json]:
    """While the phone is away its connections die without a word; one card is hidden, another one comes."""
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    old = await author.celebrate("Said before the phone went away.")
    await expect(phone.get_by_text(old["text"])).to_be_visible()
    await connected(phone)
    await phone.evaluate(leave)
    between.abandon()
    await moderator.moderate(old, state="hidden")
    new = await author.celebrate("Said while the phone was away.")
    await asyncio.sleep(1)
    assert await phone.get_by_text(old["text"]).count() == 1
    return old, new


async def test_a_socket_that_never_opens_is_retried_with_backoff(phone: Page, here: People, between: Relay) -> None:
    await connected(phone)
    between.black_hole = True
    tried = between.accepted
    between.cut()
    await until(lambda: between.accepted >= tried + 2, STUCK_SECONDS, "it waits for ever")
    assert between.accepted <= tried + 8
    between.black_hole = False
    post = await (await here.attendee("Omar", "Jordan")).celebrate("Said while nothing opened.")
    await expect(phone.get_by_text(post["text"])).to_be_visible(timeout=STUCK_SECONDS * 1000)


# -- wrong clocks ------------------------------------------------------------------------------------------------------


async def test_a_clock_change_during_sleep_does_not_stop_the_feed(phone: Page, here: People, between: Relay) -> None:
    author = await here.attendee("Omar", "Jordan")
    for leap in (HOURS_MS, -2 * HOURS_MS):
        await connected(phone)
        await phone.evaluate("putAway(true)")
        between.abandon()
        await phone.evaluate("(ms) => setClock(ms)", leap)
        await phone.evaluate("putAway(false)")
        post = await author.celebrate(f"Said after a leap of {leap}.")
        await expect(phone.get_by_text(post["text"])).to_be_visible(timeout=SOON_MS)


async def test_a_clock_change_does_not_keep_the_phone_from_sending_a_post(phone: Page, here: People) -> None:
    await lane(phone, "Ask")
    await write_question(phone, "Is this the first one?")
    await say_who(phone)
    await expect(phone.locator(".question:not(.is-waiting)")).to_be_visible()
    for leap in (HOURS_MS, -2 * HOURS_MS):
        await phone.context.set_offline(True)
        await write_question(phone, f"Written before a leap of {leap}?")
        await expect(phone.locator(".question.is-waiting")).to_be_visible()
        await phone.evaluate("(ms) => setClock(ms)", leap)
        await phone.context.set_offline(False)
        own = phone.locator(".question:not(.is-waiting)", has_text=f"leap of {leap}?")
        await expect(own).to_be_visible(timeout=GOES_OUT_MS)
    assert len((await (await here.attendee()).snapshot())["posts"]) == 3


async def test_a_large_screen_reconnects_after_a_clock_jump_and_shows_the_present_state(
    pages: Pages, server: Server, board: dict[str, str], here: People, between: Relay
) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    await moderator.send("PUT", "/screen", {"scene": "questions"})
    screen = await open_behind(between, pages, server, board["screen_url"], LAPTOP)
    for leap in (HOURS_MS, -2 * HOURS_MS):
        await expect(screen.locator("html")).to_have_attribute("data-lease", "live", timeout=SOON_MS)
        old = await author.ask(f"Asked before a leap of {leap}?")
        await expect(screen.get_by_text(old["text"]).first).to_be_visible()
        between.abandon()
        await moderator.moderate(old, state="hidden")
        new = await author.ask(f"Asked meanwhile, at {leap}?")
        await screen.evaluate("(ms) => setClock(ms)", leap)
        await expect(screen.get_by_text(new["text"]).first).to_be_visible(timeout=5_000)
        await expect(screen.get_by_text(old["text"])).to_have_count(0)
        await moderator.moderate(new, state="hidden")


# -- what was written goes out, once -----------------------------------------------------------------------------------


@pytest.fixture
async def named(pages: Pages, board: dict[str, str]) -> Page:
    """In Ask, with a first question on the board and the name given with it."""
    return await open_named(await pages.context(PHONE), pages, board)


async def open_named(context: BrowserContext, pages: Pages, board: dict[str, str]) -> Page:
    phone = await pages.open_in(context, board["join_url"] + "#ask")
    await write_question(phone, "Is this the first one?")
    await say_who(phone)
    await expect(phone.locator(".question:not(.is-waiting)")).to_have_count(1)
    return phone


async def is_on_the_board_once(phone: Page, here: People, *texts: str) -> None:
    for text in texts:
        await expect(phone.locator(".question:not(.is-waiting)", has_text=text)).to_have_count(1, timeout=GOES_OUT_MS)
    await expect(phone.locator(".question.is-waiting")).to_have_count(0, timeout=GOES_OUT_MS)
    posts = (await (await here.attendee()).snapshot())["posts"]
    assert sorted(post["text"] for post in posts) == sorted(["Is this the first one?", *texts])


async def test_the_next_tab_sends_the_post_of_a_tab_killed_offline(
    named: Page, pages: Pages, here: People, board: dict[str, str]
) -> None:
    await named.context.set_offline(True)
    await write_question(named, "Written over the sea?")
    await expect(named.locator(".question.is-waiting")).to_be_visible()
    await named.close()
    await named.context.set_offline(False)
    next_one = await pages.open_in(named.context, board["join_url"] + "#ask")
    await is_on_the_board_once(next_one, here, "Written over the sea?")


async def test_a_tab_killed_before_the_answer_does_not_post_twice(
    named: Page, pages: Pages, here: People, board: dict[str, str]
) -> None:
    arrived = asyncio.Event()

    async def deliver_and_say_nothing(route: Route) -> None:
        await route.fetch()
        arrived.set()

    await named.route("**/posts", deliver_and_say_nothing)
    await write_question(named, "Has it gone out?")
    await asyncio.wait_for(arrived.wait(), 20)
    await named.close()
    next_one = await pages.open_in(named.context, board["join_url"] + "#ask")
    await is_on_the_board_once(next_one, here, "Has it gone out?")


async def test_a_phone_sends_a_waiting_post_after_a_restart_of_the_server(pages: Pages, people: Of) -> None:
    with servers.serving(BOARD_LIMITS="off") as server:
        board = server.create("Lab", "--team", "Cambodia")
        named = await open_named(await pages.context(PHONE), pages, board)
        await asyncio.to_thread(server.stop)
        await write_question(named, "Is anybody there?")
        await expect(named.locator(".question.is-waiting")).to_be_visible()
        await asyncio.sleep(3)  # it is tried meanwhile, in vain
        await asyncio.to_thread(server.start)
        await is_on_the_board_once(named, people(server, board), "Is anybody there?")


async def test_two_tabs_of_one_board_send_each_post_once(
    named: Page, pages: Pages, here: People, board: dict[str, str]
) -> None:
    other = await pages.open_in(named.context, board["join_url"] + "#ask")
    await expect(other.locator(".question")).to_have_count(1)
    await named.context.set_offline(True)
    for number in range(2):
        await write_question(named, f"From the first tab, {number}?")
        await write_question(other, f"From the second tab, {number}?")
    await expect(other.locator(".question.is-waiting")).to_have_count(4)
    await named.context.set_offline(False)
    texts = [f"From the {tab} tab, {number}?" for tab in ("first", "second") for number in range(2)]
    await is_on_the_board_once(named, here, *texts)
    await is_on_the_board_once(other, here, *texts)


async def test_a_post_that_one_tab_sent_leaves_the_outbox_of_other_tabs(
    named: Page, pages: Pages, here: People, board: dict[str, str]
) -> None:
    async def cut(route: Route) -> None:
        await route.abort()

    await named.route("**/posts", cut)
    await write_question(named, "Which of us sends it?")
    await expect(named.locator(".question.is-waiting")).to_be_visible()
    await pages.open_in(named.context, board["join_url"])
    await is_on_the_board_once(named, here, "Which of us sends it?")
    await expect(named.locator(".tab-badge")).to_have_count(0)


# -- nothing moves under the eye -----------------------------------------------------------------------------------------


@pytest.fixture
async def full(here: People) -> list[Json]:
    """Cards, newest first."""
    author = await here.attendee("Omar", "Jordan")
    return [await author.celebrate(f"Card {number}, for something that you did. " * 3) for number in range(30)][::-1]


@pytest.fixture
async def reader(pages: Pages, board: dict[str, str], full: list[Json]) -> Page:
    context = await pages.context(PHONE)
    await context.add_init_script(SHIFTS)
    reader = await pages.open_in(context, board["join_url"])
    await expect(reader.locator(".card")).to_have_count(len(full))
    await reader.evaluate("document.fonts.ready")
    return reader


async def much_happens(here: People, full: list[Json], in_view: Json) -> None:
    """Everywhere but for what is in view, which only gets reactions, more than a hand has fingers."""
    author, moderator = await here.attendee("Lina", "Cambodia"), await here.moderator()
    for number in range(5):
        await author.celebrate(f"Card {number} that came meanwhile.")
    for one in [await here.attendee() for _ in range(12)]:
        for key in ("clap", "heart", "bulb", "me-too"):
            await one.send("PUT", f"/posts/{in_view['id']}/reactions/{key}", {})
    for post in (full[0], full[1], full[-1], full[-2]):
        await moderator.moderate(post, state="hidden")
    await moderator.moderate(full[3], pinned=True)
    await moderator.send("PUT", "/screen", {"scene": "spotlight", "post": full[4]["id"]})


async def moved(page: Page) -> list[str]:
    parts: list[str] = await page.evaluate("shifts.flatMap(({ moved }) => moved)")
    return parts


async def top(page: Page, post: Json) -> float:
    place: float = await page.locator(f'[data-id="{post["id"]}"]').evaluate("(card) => card.getBoundingClientRect().top")
    return place


async def test_the_text_under_the_readers_eyes_does_not_move(reader: Page, here: People, full: list[Json]) -> None:
    read, below = full[12], full[13]
    await reader.locator(f'[data-id="{read["id"]}"]').evaluate("(card) => card.scrollIntoView({ block: 'center' })")
    await reader.wait_for_timeout(500)
    await reader.evaluate("shifts.length = 0")
    places = [await top(reader, post) for post in (read, below)]
    await much_happens(here, full, read)
    await expect(reader.get_by_role("button", name="Show 5 new")).to_be_visible()
    await expect(reader.locator(".now")).to_be_attached()
    await expect(reader.locator(".card")).to_have_count(len(full) - 4)
    assert [await top(reader, post) for post in (read, below)] == pytest.approx(places, abs=1)
    assert await moved(reader) == []


async def test_the_text_field_in_use_does_not_move(reader: Page, here: People, full: list[Json]) -> None:
    await reader.get_by_role("button", name="Celebrate someone").click()
    text = reader.get_by_label("In one sentence")
    await text.fill("Half a sentence")
    await reader.wait_for_timeout(700)  # what follows from an own tap may move
    await reader.evaluate("shifts.length = 0")
    place = await text.bounding_box()
    await much_happens(here, full, full[2])
    await expect(reader.get_by_role("button", name="Show 5 new")).to_be_visible()
    assert await text.bounding_box() == place
    assert await moved(reader) == []


async def test_the_page_does_not_jump_while_it_loads(reader: Page, pages: Pages) -> None:
    await reader.wait_for_timeout(1000)
    shifts = await reader.evaluate("shifts")
    assert sum(shift["value"] for shift in shifts) < 0.05, shifts

    async def never(route: Route) -> None:
        await route.abort()

    shell = await (await pages.context(PHONE)).new_page()
    await shell.route("**/js/phone/phone.*", never)
    await shell.goto(reader.url)
    for part in (".top-title", ".dock .button-primary", ".tab:first-child"):
        boxes = [await page.locator(part).bounding_box() for page in (shell, reader)]
        for box in boxes:
            assert box
            if part == ".top-title":
                del box["width"]  # the shell has no fonts yet: they come after the first card
        assert boxes[0] == boxes[1]


# -- the focus stays, and nobody is talked over --------------------------------------------------------------------------

# What a screen reader would say by itself.
SPOKEN = """window.spoken = [];
new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes) {
    const node = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
    const region = node?.closest("[aria-live]:not([aria-live=off]), [role=status], [role=alert]");
    const fresh = [...addedNodes].filter((added) => added.matches?.("[aria-live], [role=status], [role=alert]"));
    spoken.push(...[region, ...fresh].filter(Boolean).map((one) => one.textContent.trim()));
  }
}).observe(document, { subtree: true, childList: true, characterData: true });"""


async def test_a_vote_button_keeps_the_focus_when_questions_move(pages: Pages, here: People, board: dict[str, str]) -> None:
    author = await here.attendee("Omar", "Jordan")
    asked = [await author.ask(f"Question number {number}?") for number in range(4)]
    phone = await pages.open(board["join_url"] + "#ask")
    last = phone.locator(f'[data-id="{asked[-1]["id"]}"] .vote')
    voters = [await here.attendee() for _ in range(7)]
    await last.focus()
    for post, votes in ((asked[-1], 3), (asked[1], 5), (asked[2], 7)):
        for voter in voters[:votes]:
            await voter.send("PUT", f"/posts/{post['id']}/vote")
        await expect(phone.locator(".question").first).to_have_attribute("data-id", post["id"])
        await expect(last).to_be_focused()
    await (await here.moderator()).moderate(asked[2], state="hidden")
    await expect(phone.locator(".question")).to_have_count(3)
    await expect(last).to_be_focused()
    await phone.keyboard.press("Enter")
    await expect(last).to_have_attribute("aria-pressed", "true")


async def test_screen_readers_do_not_announce_each_new_card(pages: Pages, here: People, board: dict[str, str]) -> None:
    context = await pages.context(PHONE)
    await context.add_init_script(SPOKEN)
    phone = await pages.open_in(context, board["join_url"])
    await expect(phone.get_by_text("Nobody has been celebrated yet.")).to_be_visible()
    author = await here.attendee("Omar", "Jordan")
    await phone.evaluate("spoken.length = 0")
    for number in range(20):
        await author.celebrate(f"Card number {number}.")
    await expect(phone.locator(".card")).to_have_count(20)
    assert await phone.evaluate("spoken") == []
    await phone.get_by_role("button", name="Celebrate someone").click()
    await expect(phone.get_by_label("In one sentence")).to_be_visible()
    await phone.wait_for_timeout(500)
    await phone.evaluate("spoken.length = 0")
    for number in range(20):
        await author.celebrate(f"Card number {number} while one writes.")
    await expect(phone.get_by_role("button", name="Show 20 new")).to_be_visible()
    assert await phone.evaluate("spoken") == []


async def test_the_head_has_one_height_with_and_without_a_network(pages: Pages, server: Server, between: Relay) -> None:
    """Beside longer words the title would wrap, and all that one reads would drop by a line."""
    phone = await open_behind(between, pages, server, "about:blank", SMALL_PHONE)
    measure = "() => ['.top', '.top-title'].map((part) => document.querySelector(part).offsetHeight)"
    with all_of_them() as case:
        for title in ("Innovation Lab", "Bangkok Lab 2026", "Second Cross-Regional Peer Exchange"):
            with case(title):
                await phone.context.set_offline(False)
                await phone.goto(server.create(title)["join_url"].replace(f":{server.port}", f":{between.port}"))
                await expect(phone.locator(".top-live")).to_contain_text("here")
                await phone.evaluate("document.fonts.ready")
                live = await phone.evaluate(measure)
                await phone.context.set_offline(True)
                between.cut()
                await expect(phone.locator(".top-live.is-offline")).to_be_visible()
                assert await phone.evaluate(measure) == live
                assert (live[1] < 30) == (len(title) < 20), "a short title is on one line at 320 px"
