"""What a room sees while things break: a screen that is never blank, and hidden posts that are gone and stay gone.

Real pages in Chromium. One script in each looks every 250 ms whether anything is shown; another gets each post that a
moderator has hidden, and notes when its words have left the page, and whether they ever come back.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import statistics
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from playwright.async_api import Error, Page, expect

from tests import servers
from tests.browser.conftest import PHONE, Pages
from tests.people import Attendee, Moderator
from tests.relay import relay
from tests.room import SECRET, Follower, Room, at, room, whole
from tests.servers import Server, wait_until

Figure = Callable[[str, str, str], None]

LOOK_SECONDS = 0.25
LEASE_SECONDS = 15.0

# Something a person in the hall can see, apart from the ground: a card, a question, the slide with the code, the spotlight.
SHOWN = """() => [...document.querySelectorAll(
  ".wall [data-id], .questions [data-id], .beside, .spotlight, .slide, .light, .blank-facet")]
.filter((part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
.filter((part) => { const box = part.getBoundingClientRect();
  return box.width > 20 && box.height > 20 && box.right > 0 && box.bottom > 0
    && box.left < innerWidth && box.top < innerHeight; })
.length"""

WATCH = """() => {
  window.hidden = new Map();   // words of a hidden post: when they had gone, how often they came back
  // Whatever becomes of the page, this sees it before it is painted. (A look at each frame as well found nothing more.)
  const look = () => {
    const words = document.documentElement.innerHTML;
    for (const [text, seen] of window.hidden) {
      if (!words.includes(text)) seen.gone ||= performance.now();
      else if (seen.gone) Object.assign(seen, { gone: 0, back: seen.back + 1 });
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  window.hide = (text) => { window.hidden.set(text, { gone: 0, back: 0 }); look(); return performance.now(); };
}"""
PRESENT = """(text) => document.documentElement.innerHTML.includes(text)"""
LOOK_MS = 100
"""How often a page is asked whether words have come or gone; when they had, it notes itself."""
SCREEN = {"width": 640, "height": 360}
"""Four pages at a time that move are painted the whole test long; what is in them does not depend on their size."""


class Look:
    """Looks at a screen all the time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.looks = 0
        self.blank: list[float] = []
        self._began = time.monotonic()

    async def for_ever(self) -> None:
        while True:
            with suppress(Error):  # the page is just loading again
                shown = await self.page.evaluate(SHOWN)
                self.looks += 1
                if not shown:
                    self.blank.append(round(time.monotonic() - self._began, 2))
            await asyncio.sleep(LOOK_SECONDS)


@asynccontextmanager
async def looking(page: Page) -> AsyncIterator[Look]:
    look = Look(page)
    task = asyncio.create_task(look.for_ever())
    try:
        yield look
    finally:
        task.cancel()
    assert look.looks > 2
    assert look.blank == [], "the screen showed nothing at these seconds"


async def open_screen(pages: Pages, gathered: Room, board: dict[str, str], port: int | None = None) -> Page:
    address = board["screen_url"]
    if port is not None:
        address = re.sub(r":\d+/", f":{port}/", address, count=1)
    page = await pages.open(address, SCREEN)
    await expect(page.locator("html")).to_have_attribute("data-lease", "live")
    await page.evaluate(WATCH)
    return page


# -- never blank ---------------------------------------------------------------------------------------------------


@pytest.mark.lengthy
async def test_a_screen_is_never_blank_through_killed_workers_restarts_and_a_dead_redis(
    redis: servers.Redis, postgres_server: servers.Postgres, pages: Pages, long: bool, figure: Figure
) -> None:
    seconds = 15.0 if long else 2.0
    settings = SECRET | {"DATABASE_URL": postgres_server.new_database(), "REDIS_URL": redis.url, "BOARD_LIMITS": "off"}
    with servers.serving(workers=2, **settings) as server:
        board = server.create("Innovation Lab", "--team", "Jordan")
        async with room(server, followers=1, **board) as gathered:
            screen = await open_screen(pages, gathered, board)
            author = await gathered.here.attendee("Asha", "Jordan")
            for number in range(12):
                await author.celebrate(f"Card {number}: you made room for every voice in the room.")
            moderator = await gathered.here.moderator()
            async with looking(screen) as look:
                for scene in ("cards", "questions") if long else ("cards",):
                    await moderator.send("PUT", "/screen", {"scene": scene})
                    async with gathered.writing(authors=2, each_second=2):
                        for victim in sorted(server.worker_pids()):
                            os.kill(victim, signal.SIGKILL)
                            await asyncio.to_thread(wait_until, lambda victim=victim: whole(server, victim), "a new worker")
                        await asyncio.sleep(seconds)
                        before = server.worker_pids()
                        os.kill(server.pid, signal.SIGHUP)
                        await asyncio.to_thread(wait_until, lambda before=before: whole(server, *before), "new workers")
                        await asyncio.to_thread(redis.kill)
                        await asyncio.sleep(seconds)
                        await asyncio.to_thread(redis.start)
                        await asyncio.sleep(seconds)
                await gathered.verify()
                await asyncio.to_thread(server.kill)
                await asyncio.sleep(LEASE_SECONDS + 3)  # the lease runs out
                await asyncio.to_thread(server.start)
                await expect(screen.locator("html")).to_have_attribute("data-lease", "live", timeout=60_000)
            figure("G6", "a screen checked every 250 ms during these faults: checks that found it blank", f"0 of {look.looks}")


async def test_a_screen_loaded_while_the_server_is_down_recovers_without_old_posts(pages: Pages, figure: Figure) -> None:
    with servers.serving(BOARD_LIMITS="off") as server:
        board = server.create()
        async with room(server, followers=0, **board) as gathered:
            author, moderator = await gathered.here.attendee("Asha"), await gathered.here.moderator()
            card = await author.celebrate("canary-of-a-card-that-will-be-hidden")
            await moderator.send("PUT", "/screen", {"scene": "cards"})
            screen = await open_screen(pages, gathered, board)
            await expect(screen.get_by_text(card["text"]).first).to_be_visible(timeout=25_000)
            async with looking(screen):
                # frozen as a browser freezes a tab, while the card is hidden
                cdp = await screen.context.new_cdp_session(screen)
                await cdp.send("Page.setWebLifecycleState", {"state": "frozen"})
                await moderator.moderate(card, state="hidden")
                await asyncio.sleep(1)
                await cdp.send("Page.setWebLifecycleState", {"state": "active"})
                await expect(screen.get_by_text(card["text"])).to_have_count(0)
                await asyncio.sleep(1)
            assert await screen.evaluate(SHOWN) > 0
            await screen.evaluate("document.body.style.visibility = 'hidden'")
            assert await screen.evaluate(SHOWN) == 0, "or this test would notice no blank screen"


# -- hidden means hidden -------------------------------------------------------------------------------------------


class Hidden:
    """Hides cards one after the other and asks each page when it last had the words."""

    def __init__(self, author: Attendee, moderator: Moderator, watched: list[Page]) -> None:
        self.author, self.moderator, self.watched = author, moderator, watched
        self.texts: list[str] = []
        self.seconds: list[float] = []

    async def one(self, number: int, limit: float = 5.0) -> None:
        text = f"canary-{number:04d}-thank you"
        card = await self.author.celebrate(text)
        for page in self.watched:
            await page.wait_for_function(PRESENT, arg=text, polling=LOOK_MS, timeout=25_000)
        answer = await self.moderator.moderate(card, state="hidden")
        assert answer.status_code == 200
        answered = [await page.evaluate("(text) => window.hide(text)", text) for page in self.watched]
        self.texts.append(text)
        for page, began in zip(self.watched, answered, strict=True):
            async with asyncio.timeout(limit + 5):
                await page.wait_for_function("(text) => window.hidden.get(text).gone", arg=text, polling=LOOK_MS)
            gone = await page.evaluate("(text) => window.hidden.get(text).gone", text)
            assert not await page.evaluate(PRESENT, text)
            self.seconds.append(max(0.0, (gone - began) / 1000))
        assert max(self.seconds) < limit

    async def never_again(self) -> None:
        """None of them was seen after it had gone."""
        await asyncio.sleep(1)
        for page in self.watched:
            words = await page.evaluate("() => document.documentElement.innerHTML")
            assert [text for text in self.texts if text in words] == []
            seen = await page.evaluate("() => Object.fromEntries(window.hidden)")
            assert [text for text in self.texts if seen[text]["back"] or not seen[text]["gone"]] == []

    def p99(self) -> float:
        return statistics.quantiles(self.seconds, n=100)[98] if len(self.seconds) > 1 else self.seconds[0]


async def test_a_hidden_post_is_gone_from_every_page_and_never_comes_back(
    redis: servers.Redis, postgres_server: servers.Postgres, pages: Pages, long: bool, figure: Figure
) -> None:
    many = 100 if long else 8
    settings = SECRET | {"DATABASE_URL": postgres_server.new_database(), "REDIS_URL": redis.url, "BOARD_LIMITS": "off"}
    with servers.serving(workers=2, **settings) as server:
        board = server.create()
        async with room(server, followers=0, **board) as gathered:
            author, moderator = await gathered.here.attendee("Asha"), await gathered.here.moderator()
            await moderator.send("PUT", "/screen", {"scene": "cards"})
            watched = []
            for number in (0, 1):
                with at(server, number):
                    watched.append(await open_screen(pages, gathered, board))
                    phone = await pages.open(board["join_url"], PHONE)
                    await expect(phone.locator("#app")).to_contain_text("Celebrate")
                    await phone.evaluate(WATCH)
                    watched.append(phone)
            well = Hidden(author, moderator, watched)
            for number in range(many):
                await well.one(number)
            figure(
                "G5",
                f"from a hide to the removal on 2 screens and 2 phones, p99 of {len(well.seconds)}",
                f"{well.p99() * 1000:.0f} ms",
            )
            await asyncio.to_thread(redis.kill)
            without = Hidden(author, moderator, watched)
            for number in range(many // 2):
                await without.one(1000 + number)
            what = f"from a hide to the removal on 2 screens and 2 phones, without Redis, p99 of {len(without.seconds)}"
            figure("G5", what, f"{without.p99() * 1000:.0f} ms")
            for page in watched:
                await page.context.set_offline(True)
            await asyncio.sleep(1)
            for page in watched:
                await page.context.set_offline(False)
            await well.never_again()
            await without.never_again()


async def test_a_disconnected_screen_removes_a_hidden_post_within_its_lease(pages: Pages, figure: Figure) -> None:
    """Nobody can tell it; so it puts away by itself what no moderator has pinned."""
    with servers.serving(BOARD_LIMITS="off") as server:
        board = server.create()
        async with relay(server.port) as between, room(server, followers=0, **board) as gathered:
            author, moderator = await gathered.here.attendee("Asha"), await gathered.here.moderator()
            await moderator.send("PUT", "/screen", {"scene": "cards"})
            with_relay = board | {"screen_url": board["screen_url"]}
            screen = await open_screen(pages, gathered, with_relay, between.port)
            card = await author.celebrate("canary-behind-a-wall")
            await expect(screen.get_by_text(card["text"]).first).to_be_visible(timeout=25_000)
            between.black_hole = True
            await moderator.moderate(card, state="hidden")
            began = time.monotonic()
            async with looking(screen):
                await expect(screen.get_by_text(card["text"])).to_have_count(0, timeout=(LEASE_SECONDS + 5) * 1000)
                gone = time.monotonic() - began
                between.black_hole = False
                between.cut()
                await expect(screen.locator("html")).to_have_attribute("data-lease", "live", timeout=30_000)
                await expect(screen.get_by_text(card["text"])).to_have_count(0)
            assert gone < LEASE_SECONDS + 2
            figure("G5", "a disconnected screen removes a hidden post after (lease 15 s)", f"{gone:.1f} s")


async def test_hidden_posts_appear_only_in_moderators_feeds(
    postgres_server: servers.Postgres, long: bool, figure: Figure
) -> None:
    """Canaries: texts of posts that wait, were hidden, rejected or withdrawn, names of anonymous authors, moderators' words."""
    with servers.directory() as path:
        redis = servers.Redis(path)
        redis.start()
        async with relay(redis.port) as between:
            redis_url = f"redis://127.0.0.1:{between.port}/0"
            settings = SECRET | {"DATABASE_URL": postgres_server.new_database(), "REDIS_URL": redis_url, "BOARD_LIMITS": "off"}
            server = servers.Server(path, workers=2, **settings)
            await asyncio.to_thread(server.start)
            try:
                await _canaries(server, figure)
            finally:
                await asyncio.to_thread(server.stop)
        redis.stop()


async def _canaries(server: Server, figure: Figure) -> None:
    board = server.create()
    async with room(server, followers=0, **board) as gathered:
        public: list[Follower] = []
        for number in (0, 1):
            with at(server, number):
                public.append(await gathered.follow(await gathered.here.attendee()))
                wall = await gathered.here.attendee()
                wall.http.follow_redirects = True
                await wall.http.get(board["screen_url"])
                public.append(await gathered.follow(wall, feed="screen"))
        asha, moderator = await gathered.here.attendee("CANARY-Asha-in-person"), await gathered.here.moderator()
        await moderator.send("PATCH", "", {"premoderate": {"question": True}})
        waits = await asha.ask("CANARY-waits for approval")
        refused = await asha.ask("CANARY-is refused")
        await moderator.moderate(refused, state="rejected", reason="CANARY-reason of the refusal")
        await moderator.send("PATCH", "", {"premoderate": {"question": False}})
        hidden, taken = (
            await asha.celebrate("shown, then hidden", anonymous=True),
            await asha.celebrate("then taken back", anonymous=True),
        )
        anonymous = await asha.ask("asked by nobody", anonymous=True)
        await moderator.moderate(hidden, state="hidden", reason="CANARY-reason of the hide")
        await asha.send("PATCH", f"/posts/{taken['id']}", {"state": "withdrawn"})
        await asha.send("PATCH", f"/posts/{hidden['id']}", {"text": "CANARY-edited after it was hidden"})
        await gathered.verify()
        for old in [0, 1, waits["seq"] or 0, 5]:  # clients that come back from any time
            for number in (0, 1):
                with at(server, number):
                    back = await gathered.here.attendee()
                    live = await back.live(after=old, epoch=public[0].epoch)
                    public[0].frames.append(json.dumps(await live.next()))
        said = "".join(frame for follower in public for frame in follower.frames)
        visitor = await gathered.here.attendee("Leo")
        for address in (
            f"/api/b/{visitor.code}",
            f"/api/b/{visitor.code}?feed=screen",
            f"/api/b/{visitor.code}/posts",
            f"/api/b/{visitor.code}/mine",
            f"/b/{visitor.code}",
            f"/api/b/{visitor.code}/posts/{waits['id']}",
            f"/api/b/{visitor.code}/posts/{hidden['id']}",
            "/metrics",
            "/readyz",
        ):
            said += (await visitor.http.get(address)).text
        for post in (waits, refused, hidden):
            said += (await visitor.send("PUT", f"/posts/{post['id']}/vote")).text
            said += (await visitor.send("PATCH", f"/posts/{post['id']}", {"text": "Is this mine?"})).text
        assert "asked by nobody" in said
        assert anonymous["id"] in said
        found = re.findall(r"CANARY-[\w -]*", said)
        assert found == []
        log = server.log.read_text()
        assert re.findall(r"CANARY-[\w -]*|asked by nobody|then taken back", log) == [], "texts of posts are not for logs"
        assert board["moderate_url"].rsplit("/", 1)[1] not in log
        assert SECRET["SECRET_KEY"] not in log
        assert asha.cookie.split("=", 1)[1] not in log
        figure("G13", "marker texts of hidden posts found in frames, pages, answers and logs", f"0 in {len(said) // 1024} KiB")
