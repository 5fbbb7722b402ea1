"""Boards to be photographed, on the server of the demo board: empty, in every script, with one long word, busy, closed."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests import servers
from tests.people import Attendee, Json, Moderator

HOST = "board.example"
IN_THE_ROOM = 58
THEMES = ("Safety and health", "Training", "Industrial relations", "Quality", "Gender", "Advisory", "Tools", "Collaboration")
TEAMS = ("Bangladesh", "Cambodia", "Ethiopia", "Jordan", "Sri Lanka", "Viet Nam")
AGENDA = """id,title,starts_at,ends_at,questions
heat,Occupational safety and health: heat,2020-01-01T00:00:00Z,2040-01-01T00:00:00Z,{}
"""
SCRIPTS = [
    ("សុខា", "អរគុណដែលបានបង្រៀនខ្ញុំឱ្យស្តាប់ មុននឹងផ្តល់យោបល់។ ក្រុមរបស់ខ្ញុំចាំរហូតមកដល់សព្វថ្ងៃ។"),
    ("نادية", "علّمتني كيف أستمع قبل أن أنصح، شكراً على دليل الحوار الاجتماعي."),
    ("ثنا ملک", "آپ نے سکھایا کہ پہلے سنیں، پھر مشورہ دیں۔"),
    ("নাদিয়া রহমান", "পরামর্শ দেওয়ার আগে শুনতে হয়, এটা আপনি আমাকে শিখিয়েছেন। আমাদের পুরো দল এখন তাই করে।"),
    ("නිමාලි", "උපදෙස් දීමට පෙර සවන් දීමට ඔබ මට ඉගැන්නුවා."),
    ("கவிதா", "அறிவுரை சொல்வதற்கு முன் கேட்கக் கற்றுக் கொடுத்தீர்கள்."),
    ("ትዕግስት", "ከመምከር በፊት ማዳመጥን አስተማርከኝ።"),
    ("มาลี", "คุณสอนให้ฉันฟังก่อนที่จะให้คำแนะนำ ขอบคุณมากสำหรับทุกอย่าง"),
    ("အေးအေး", "အကြံမပေးမီ နားထောင်ရန် သင်ပေးခဲ့သည်။"),
    ("सीता", "तपाईंले मलाई सल्लाह दिनुअघि सुन्न सिकाउनुभयो।"),
    ("Trần Thị Thu Hương", "Chị đã dạy em lắng nghe trước khi khuyên bảo."),
    ("Siriporn 🥭", "Mangoes and patience 👩🏽‍🏫 for 🇧🇩 and the whole 👨‍👩‍👧‍👦 of us."),
    ("Omar", "You said شكراً before anybody asked, and meant it."),
]
LONG_WORD = "Wirtschaftsprüfungsgesellschaftsvorstandsvorsitzendenstellvertreterin"
REASON = "Please say it a little more kindly."


@dataclass
class Board:
    code: str
    phone: str
    screen: str
    desk: str


@dataclass
class Boards:
    """The boards of the pictures. Programs use `url`, the browser uses the links of the boards."""

    url: str
    demo: Board
    empty: Board
    scripts: Board
    word: Board
    busy: Board
    closed: Board


class Demo:
    """The demo board's server, and how to make more boards on it."""

    def __init__(self, path: Path) -> None:
        self.port = servers.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = path / "demo.log"
        settings = {"BOARD_DATA_DIR": str(path), "BOARD_LIMITS": "off"}
        self._environment = servers.clean_environment() | settings
        self._beside = self._environment | {"DATABASE_URL": f"sqlite:///{path / 'demo.db'}"}

    def start(self) -> None:
        with self._log.open("w") as output:
            self._process = subprocess.Popen(
                [*servers.COMMAND, "demo", "--no-traffic", "--port", str(self.port)],
                env=self._environment,
                stdout=output,
                stderr=output,
                text=True,
            )
        servers.wait_until(lambda: "Moderator" in self._log.read_text() and self._answers(), "the demo board")

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=servers.ANSWER_SECONDS, verify=servers.TLS).status_code == 200
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(servers.STOP_SECONDS)

    def board(self) -> Board:
        links = dict(re.findall(r"(Phone|Screen|Moderator) +(http://\S+)", self._log.read_text()))
        return _board(links["Phone"], links["Screen"], links["Moderator"])

    def create(self, title: str, questions: str = "", code: str = "") -> Board:
        words = [word for theme in THEMES for word in ("--theme", theme)] + [
            word for team in TEAMS for word in ("--team", team)
        ]
        words += ["--code", code] if code else []
        made = json.loads(servers.prepared("create", title, "--json", *words, environment=self._beside).stdout)
        if questions:
            agenda = self._log.with_name("agenda.csv")
            agenda.write_text(AGENDA.format(questions))
            servers.prepared("import-agenda", made["code"], str(agenda), environment=self._beside)
        return _board(made["join_url"], made["screen_url"], made["moderate_url"])


def _board(*links: str) -> Board:
    phone, screen, desk = (f"http://{HOST}{urlsplit(link).path}" for link in links)
    return Board(phone.rsplit("/", 1)[1], phone, screen, desk)


@contextmanager
def demo() -> Iterator[Demo]:
    with servers.directory() as path:
        server = Demo(path)
        try:  # also where it was started and did not become ready in time
            server.start()
            yield server
        finally:
            server.stop()


async def set_up(server: Demo) -> Boards:
    boards = Boards(
        server.url,
        server.board(),
        empty=server.create("Innovation Lab"),
        scripts=server.create("مختبر الابتكار · Innovation Lab"),
        word=server.create(LONG_WORD[:60], code="WWWW-MMMM-WW"),
        busy=server.create("Innovation Lab", "open"),
        closed=server.create("Innovation Lab", "closed"),
    )
    async with AsyncExitStack() as stack:
        await _spotlight(await moderator(stack, boards, boards.demo))
        await _in_every_script(stack, boards)
        await _one_word(stack, boards)
        await _busy(stack, boards)
        await _closed(stack, boards)
    return boards


async def moderator(stack: AsyncExitStack, boards: Boards, board: Board) -> Moderator:
    return await stack.enter_async_context(Moderator(boards.url, board.code, urlsplit(board.desk).path))


async def _attendee(stack: AsyncExitStack, boards: Boards, board: Board, name: str, team: str | None = None) -> Attendee:
    attendee = await stack.enter_async_context(Attendee(boards.url, board.code))
    await attendee.join(name, team)
    return attendee


async def _themes(person: Attendee) -> list[str]:
    return [theme["id"] for theme in (await person.snapshot())["themes"]]


async def _spotlight(mira: Moderator) -> None:
    """What is alone on the screen when the scene is asked for; until then the screen shows cards."""
    (first, *_) = [post for post in (await mira.snapshot())["posts"] if post["kind"] == "card" and len(post["text"]) > 120]
    await _put(mira, "/screen", {"scene": "spotlight", "post": first["id"]})


async def _in_every_script(stack: AsyncExitStack, boards: Boards) -> None:
    board = boards.scripts
    for index, (name, text) in enumerate(SCRIPTS):
        author = await _attendee(stack, boards, board, name, TEAMS[index % len(TEAMS)])
        themes = await _themes(author)
        to = [{"name": SCRIPTS[index - 1][0], "team": TEAMS[(index + 2) % len(TEAMS)]}]
        card = await author.celebrate(text, to=to, theme=themes[index % len(themes)])
        asked = await author.ask(text)
        await _put(author, f"/posts/{card['id']}/reactions/clap")
        await _put(author, f"/posts/{asked['id']}/vote")
        if index == 1:
            mira = await moderator(stack, boards, board)
            await mira.moderate(card, pinned=True)
            await _put(mira, "/screen", {"scene": "spotlight", "post": card["id"]})


async def _one_word(stack: AsyncExitStack, boards: Boards) -> None:
    author = await _attendee(stack, boards, boards.word, LONG_WORD[:59], LONG_WORD[:60])
    card = await author.celebrate(f"{LONG_WORD} {LONG_WORD}", to=[{"name": LONG_WORD[:60]}])
    await author.ask(f"{LONG_WORD}?")
    await _put(await moderator(stack, boards, boards.word), "/screen", {"scene": "spotlight", "post": card["id"]})


async def _busy(stack: AsyncExitStack, boards: Boards) -> None:
    """Something in each of the moderators' lists."""
    board = boards.busy
    omar, sokha = [
        await _attendee(stack, boards, board, *who) for who in (("Omar Haddad", "Jordan"), ("Sokha Chan", "Cambodia"))
    ]
    mira = await moderator(stack, boards, board)
    themes = await _themes(omar)
    pinned = await omar.celebrate("You made the committee talk about heat.", theme=themes[0])
    await sokha.celebrate(
        SCRIPTS[1][1], to=[{"name": SCRIPTS[1][0]}, {"name": "Tigist Bekele", "team": "Ethiopia"}], theme=themes[2]
    )
    answered = await sokha.ask("Can we get the slides?", session="heat")
    asked = await omar.ask("Who pays for the training of delegates?", session="heat")
    held = [await omar.ask("Why is nobody ever on time?", session="heat"), await sokha.celebrate("You know what you did.")]
    await mira.moderate(pinned, pinned=True)
    await mira.moderate(answered, answered=True, answer="Yes, tonight.")
    for post in held:
        await mira.moderate(post, state="hidden", reason=REASON)
    for person in (omar, sokha):
        await _put(person, f"/posts/{asked['id']}/vote")
    await _patch(mira, {"premoderate": {"card": True, "question": True}})
    for name, text in SCRIPTS[:4]:
        await omar.celebrate(text, to=[{"name": name}], theme=themes[4])
    await sokha.ask("Is there a quiet room for prayer, and one for children?", session="heat")
    await sokha.celebrate("You waited a full minute of silence, and then the manager told us the real reason for the overtime.")


async def _closed(stack: AsyncExitStack, boards: Boards) -> None:
    author = await _attendee(stack, boards, boards.closed, "Omar Haddad", "Jordan")
    await author.celebrate("You made the committee talk about heat.")
    await _patch(await moderator(stack, boards, boards.closed), {"cards_open": False})


async def _put(person: Attendee | Moderator, path: str, body: Json | None = None) -> None:
    response = await person.send("PUT", path, body)
    assert response.is_success, response.text


async def _patch(mira: Moderator, changes: Json) -> None:
    response = await mira.send("PATCH", "", changes)
    assert response.is_success, response.text


async def live_room(url: str, code: str, stack: AsyncExitStack) -> list[Attendee]:
    """People with their phones open; they go home with `stack`."""
    room = [await stack.enter_async_context(Attendee(url, code)) for _ in range(IN_THE_ROOM)]
    for number, one in enumerate(room):
        await one.join(f"Colleague {number}")
        await one.live()
    return room
