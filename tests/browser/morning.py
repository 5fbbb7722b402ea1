"""A morning in two rooms, as one script: an over-run, a break, an agenda that is shifted, a screen that is lost, and a desk
that the next shift takes over. Each step says what each face shows; `python -m tests.browser.shots` films it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, STAGE, Pages
from tests.browser.organising import go
from tests.browser.test_phone import lane, say_who, write_card, write_question
from tests.inprocess import ServerByClock
from tests.people import Json, Moderator

TABLET = {"width": 1024, "height": 768}
TEAMS = ("Cambodia", "Jordan", "Bangladesh")
DAY = "2027-01-15"
WAITS_MS = 20_000  # what a page shows next comes with a frame or, where only time went by, with a beat
LOTUS, ORCHID = "Lotus Hall", "Orchid Room"
LEFT, RIGHT = f"Screen of {LOTUS}", f"Screen of {ORCHID}"
PLAN = (
    ("heat", "Heat at work", "08:30", "10:00", LOTUS, "session"),
    ("wages", "Wages that last", "08:30", "10:00", ORCHID, "session"),
    ("coffee", "Coffee", "10:00", "10:30", "", "break"),
    ("care", "Who cares for whom", "10:30", "12:00", LOTUS, "session"),
    ("young", "Young workers", "10:30", "12:00", ORCHID, "session"),
    ("lunch", "Lunch", "12:00", "13:30", "", "break"),
)
PHONES = ("Asha", "Omar", "Sokha", "Lien")
CARD = "You opened the hall before anybody was awake."
HOT = "How hot is too hot to sew?"
RENT = "Does a wage that pays no rent count as one?"
BREAK = "Can the slides be on the board before lunch?"

Take = Callable[[str, dict[str, Page]], Awaitable[None]]


async def not_filmed(_: str, __: dict[str, Page]) -> None: ...


@dataclass
class Morning:
    """The faces by their names, and the clock of the server that they all go by."""

    pages: Pages
    server: ServerByClock
    take: Take = not_filmed
    faces: dict[str, Page] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    async def run(self) -> None:
        self.board = self.server.create("Innovation Lab", *(word for team in TEAMS for word in ("--team", team)))
        async with AsyncExitStack() as stack:
            staff = Moderator(self.server.url, self.board["code"], self.board["organise_url"])
            self.organiser = await stack.enter_async_context(staff)
            await self._prepare()
            await self._open()
            for step in (
                self._before,
                self._two_rooms,
                self._questions,
                self._note,
                self._over_run,
                self._break,
                self._lost_screen,
                self._next_sessions,
                self._next_shift,
                self._end,
            ):
                await step()

    # -- what every step needs -------------------------------------------------------------------------------------

    def at(self, time: str) -> None:
        """It is so late now, for the server and soon for all faces."""
        then = datetime.fromisoformat(f"{DAY}T{time}").replace(tzinfo=UTC).timestamp()
        self.server.clock.move(then - self.server.clock.wall)

    async def _sent(self, method: str, path: str, **body: object) -> Json:
        answer = await self.organiser.send(method, path, body)
        assert answer.is_success, answer.text
        made: Json = answer.json()
        return made

    async def _taken(self, title: str) -> None:
        """Each face as it is by now: phones draw what only time has brought twice a minute, and the desk shows its screens."""
        for name in PHONES:
            await self.faces[name].evaluate("dispatchEvent(new Event('online'))")
        await self.desk.evaluate("document.querySelector('.room')?.scrollTo({ top: 0 })")
        await self.take(title, self.faces)

    def part(self, face: str, selector: str) -> Locator:
        return self.faces[face].locator(selector)

    # -- before ----------------------------------------------------------------------------------------------------

    async def _prepare(self) -> None:
        for key, title, starts, ends, room, kind in PLAN:
            times = {"starts_at": f"{DAY}T{starts}:00Z", "ends_at": f"{DAY}T{ends}:00Z"}
            made = await self._sent("POST", "/sessions", title=title, room=room, kind=kind, **times)
            self.sessions[key] = made["session"]["id"]
        await self._sent("PATCH", f"/sessions/{self.sessions['heat']}", floor="first")
        await self._sent("PUT", "/screens/first", name="Left", room=LOTUS)
        self.right_url = (await self._sent("POST", "/screens", name="Right", room=ORCHID))["url"]
        self.stage_url = (await self._sent("POST", "/links", role="stage", name="Lectern"))["url"]
        self.second_desk_url = (await self._sent("POST", "/links", role="moderator", name="Theo"))["url"]

    async def _open(self) -> None:
        room = f"?room={LOTUS.replace(' ', '+')}"
        for face, url, size in (
            (LEFT, self.board["screen_url"], STAGE),
            (RIGHT, self.right_url, STAGE),
            (f"Stage of {LOTUS}", self.stage_url + room, TABLET),
            ("First desk", self.board["moderate_url"], LAPTOP),
            ("Second desk", self.second_desk_url, PHONE),
            *((name, f"{self.board['join_url']}#ask", PHONE) for name in PHONES),
        ):
            self.faces[face] = await self.pages.open(url, size)
        self.stage = self.faces[f"Stage of {LOTUS}"]
        self.desk, self.other = self.faces["First desk"], self.faces["Second desk"]

    async def _before(self) -> None:
        self.at("08:20")
        for face, title in ((LEFT, "Heat at work"), (RIGHT, "Wages that last")):
            await expect(self.part(face, "html")).to_have_attribute("data-lease", "live", timeout=WAITS_MS)
            await expect(self.part(face, "[data-part=now]")).to_contain_text(title, timeout=WAITS_MS)
        await expect(self.stage.locator(".following")).to_contain_text("Heat at work", timeout=WAITS_MS)
        omar = self.faces["Omar"]
        await lane(omar, "Celebrate")
        await write_card(omar, CARD)
        await say_who(omar, "Omar", "Jordan")
        await lane(omar, "Ask")
        for face in (LEFT, RIGHT):
            await expect(self.faces[face].get_by_text(CARD).first).to_be_visible(timeout=WAITS_MS)
        for name in PHONES:
            await expect(self.part(name, ".room")).to_have_count(0)
        await self._taken("08:20 before it begins")

    # -- the first sessions ----------------------------------------------------------------------------------------

    async def _two_rooms(self) -> None:
        """Each person says once in which room he is."""
        self.at("08:35")
        await self._choose({"Asha": LOTUS, "Omar": LOTUS, "Sokha": ORCHID, "Lien": ORCHID}, {LOTUS: "heat", ORCHID: "wages"})
        await expect(self.part(LEFT, "[data-part=now]")).to_contain_text("Now: Heat at work", timeout=WAITS_MS)
        await expect(self.part(RIGHT, "[data-part=now]")).to_contain_text("Now: Wages that last", timeout=WAITS_MS)
        await expect(self.stage.locator(".stage-left")).to_have_text(re.compile(r"^1:2[45]:\d\d$"), timeout=WAITS_MS)
        await self._taken("08:35 two rooms")

    async def _choose(self, rooms: dict[str, str], sessions: dict[str, str]) -> None:
        for name, room in rooms.items():
            await self._drawn(name, self.part(name, ".room"))
            await self.part(name, ".room").filter(has_text=room).click()
            await expect(self.part(name, ".session-choice")).to_have_value(self.sessions[sessions[room]])
            await expect(self.part(name, ".room")).to_have_count(0)

    async def _drawn(self, name: str, place: Locator) -> None:
        """A phone draws what only time has brought twice a minute; here as soon as it has heard what time it is."""
        async with asyncio.timeout(WAITS_MS / 1_000):
            while not await place.count():
                await self.faces[name].evaluate("dispatchEvent(new Event('online'))")
                await self.faces[name].wait_for_timeout(100)

    async def _questions(self) -> None:
        """Each room's questions stand on its own screen; the microphone goes from one to the next."""
        self.at("09:10")
        for name, team, text in (("Asha", "Jordan", HOT), ("Sokha", "Cambodia", RENT)):
            await write_question(self.faces[name], text)
            await say_who(self.faces[name], name, team)
        await self.desk.keyboard.press("7")
        for face, here, elsewhere in ((LEFT, HOT, RENT), (RIGHT, RENT, HOT)):
            await expect(self.part(face, "html")).to_have_attribute("data-scene", "questions", timeout=WAITS_MS)
            await expect(self.faces[face].get_by_text(here).first).to_be_visible(timeout=WAITS_MS)
            await expect(self.faces[face].get_by_text(elsewhere)).to_have_count(0)
        omar = self.faces["Omar"]
        await omar.get_by_role("button", name="I want the microphone").click()
        await omar.locator("#floor-about").fill("The fans in hall three")
        await omar.get_by_role("button", name="Get in line").click()
        await expect(omar.locator(".floor-place")).to_have_text("You are number 2 in the line.")
        await expect(self.stage.locator(".now-text")).to_have_text(HOT)
        await expect(self.stage.locator(".next-text")).to_have_text("The fans in hall three")
        await expect(self.desk.locator(".floor-line li")).to_have_count(2)
        await self._taken("09:10 questions and the microphone")
        await self.stage.locator(".act-answered").click()
        await expect(omar.locator(".floor-place")).to_have_text("You have the microphone.", timeout=WAITS_MS)
        await expect(self.desk.locator(".floor-now")).to_contain_text("The fans in hall three")

    async def _note(self) -> None:
        """Short of time: the second desk writes to the stage, and hears that it was read."""
        self.at("09:58:30")
        await expect(self.stage.locator("html")).to_have_attribute("data-time", "short", timeout=WAITS_MS)
        await self.other.locator('[data-tab="room"]').click()
        await self.other.locator("[data-note]").fill("Five minutes more are fine.")
        await self.other.locator(f'[data-note-to="{LOTUS}"]').click()
        await expect(self.stage.locator(".note")).to_contain_text("Five minutes more are fine.")
        await self._taken("09:58 a note to the stage")
        await self.stage.locator(".note-see").click()
        await expect(self.other.locator(".floor-notes")).to_contain_text("seen")
        await expect(self.other.locator(".floor-notes")).not_to_contain_text("not seen yet")

    # -- over its time, and the break ------------------------------------------------------------------------------

    async def _over_run(self) -> None:
        """One tap moves all that comes; until then all stay where they are."""
        await self.desk.get_by_role("group", name="Coffee and all after it").get_by_role("button", name="+15 min").click()
        await expect(self.desk.locator("[data-undo]")).to_contain_text("Coffee and all after it: 15 min later")
        for desk in (self.desk, self.other):
            await expect(desk.locator(".large-next").first).to_contain_text("10:15", timeout=WAITS_MS)
        self.at("10:06")
        await expect(self.stage.locator(".stage-label")).to_have_text("Over", timeout=WAITS_MS)
        await expect(self.stage.locator(".stage-left")).to_have_text(re.compile(r"^6:\d\d$"), timeout=WAITS_MS)
        for face, title in ((LEFT, "Heat at work"), (RIGHT, "Wages that last")):
            await expect(self.part(face, "[data-part=now]")).to_contain_text(title)
        for name, key in (("Asha", "heat"), ("Sokha", "wages")):
            await expect(self.part(name, ".session-choice")).to_have_value(self.sessions[key])
        await self._taken("10:06 over its time")

    async def _break(self) -> None:
        """Each attendee with a question left asks it now."""
        self.at("10:20")
        await expect(self.stage.locator(".now")).to_contain_text("Break until 10:45", timeout=WAITS_MS)
        await expect(self.stage.locator(".following")).to_contain_text("At 10:45: Who cares for whom")
        await write_question(self.faces["Lien"], BREAK)
        await say_who(self.faces["Lien"], "Lien", "Bangladesh")
        await expect(self.faces[RIGHT].get_by_text(BREAK).first).to_be_visible(timeout=WAITS_MS)
        await expect(self.faces[LEFT].get_by_text(BREAK)).to_have_count(0)
        await self._taken("10:20 the break")

    async def _lost_screen(self) -> None:
        """Both desks see it, and a hide says that it may still be read there. It comes back as it should be."""
        await self.faces.pop(RIGHT).close()
        lost = self.desk.locator(".large-one", has_text=ORCHID)
        await expect(lost.locator(".shot-note")).to_contain_text("May still be read until", timeout=WAITS_MS)
        await self.desk.get_by_role("button", name=re.compile("Show$")).click()
        await self.desk.locator(".row", has_text=RENT).locator('[data-act="hold"]').click()
        await expect(self.desk.locator("[data-undo]")).to_contain_text(f"“Right · {ORCHID}” has no connection")
        await self._taken("10:21 a screen is lost")
        self.at("10:22")
        self.faces = {LEFT: self.faces[LEFT], RIGHT: await self.pages.open(self.right_url, STAGE)} | self.faces
        await expect(self.part(RIGHT, "html")).to_have_attribute("data-scene", "questions", timeout=WAITS_MS)
        await expect(self.faces[RIGHT].get_by_text(BREAK).first).to_be_visible(timeout=WAITS_MS)
        await expect(self.faces[RIGHT].get_by_text(RENT)).to_have_count(0)
        await expect(lost.locator(".shot-note")).to_have_count(0, timeout=WAITS_MS)

    # -- after the break -------------------------------------------------------------------------------------------

    async def _next_sessions(self) -> None:
        """Each choice ended with its session. What was asked in the break goes on to the session of its room, by one tap."""
        self.at("10:50")
        await self._choose({"Asha": LOTUS, "Lien": ORCHID}, {LOTUS: "care", ORCHID: "young"})
        move = self.desk.get_by_role("button", name=re.compile(r"^Move 1 open question of Wages that last to Young workers$"))
        await move.click(timeout=WAITS_MS)
        await expect(self.faces[RIGHT].get_by_text(BREAK).first).to_be_visible(timeout=WAITS_MS)
        await expect(self.faces["Lien"].get_by_text(BREAK).first).to_be_visible(timeout=WAITS_MS)
        await expect(self.part(LEFT, "[data-part=now]")).to_contain_text("Now: Who cares for whom", timeout=WAITS_MS)
        await expect(self.part(RIGHT, "[data-part=now]")).to_contain_text("Now: Young workers", timeout=WAITS_MS)
        await self._taken("10:50 the next sessions")

    async def _next_shift(self) -> None:
        """The organiser hands the desk over by a fresh link; what is open by the old one closes."""
        self.at("11:00")
        page = await self.pages.open(self.board["organise_url"], LAPTOP)
        self.faces["Organiser"] = page
        await go(page, "Links")
        await page.get_by_role("button", name="Hand over: moderator").click()
        await page.locator(".sheet-foot .button-strong").click()
        url = await page.locator("#fresh-url").input_value()
        await expect(self.desk.get_by_text("This link was taken back")).to_be_visible(timeout=WAITS_MS)
        await self._taken("11:00 the desk is handed over")
        await self.faces.pop("Organiser").close()
        self.desk = self.faces["First desk"] = await self.pages.open(url, LAPTOP)
        await expect(self.desk.locator(".row", has_text=BREAK)).to_be_visible(timeout=WAITS_MS)
        await self.desk.keyboard.press("b")
        for face in (LEFT, RIGHT):
            await expect(self.part(face, "html")).to_have_attribute("data-scene", "blank", timeout=WAITS_MS)
        await self.desk.keyboard.press("u")
        for face in (LEFT, RIGHT):
            await expect(self.part(face, "html")).to_have_attribute("data-scene", "questions", timeout=WAITS_MS)

    async def _end(self) -> None:
        """Lunch: all have the same numbers."""
        self.at("12:20")
        await expect(self.stage.locator(".now")).to_contain_text("Break until 13:45", timeout=WAITS_MS)
        await self.desk.keyboard.press("9")
        for face in (LEFT, RIGHT):
            await expect(self.part(face, "html")).to_have_attribute("data-scene", "recap", timeout=WAITS_MS)
        answer = (await self.organiser.get("/totals")).json()
        totals = answer["totals"]
        assert (totals["asked"], totals["answered"], totals["held"]) == (3, 1, 1), answer
        await self._taken("12:20 lunch")
