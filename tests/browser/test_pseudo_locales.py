"""Every page in every state in two languages that nobody speaks: accented and longer, and from right to left.

Nothing is untranslated, nothing is cut, no control lies over another. `pseudo.js` looks, in the page.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from board.model.languages import ACCENTED, MIRRORED, Languages
from board.process import locales
from tests import servers
from tests.agendas import import_agenda
from tests.browser.conftest import LAPTOP, PHONE, SMALL_PHONE, STAGE, Contexts, Pages
from tests.conftest import People
from tests.people import Json
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
LOOK = (Path(__file__).parent / "pseudo.js").read_text(encoding="utf-8")
LANGUAGES = [ACCENTED, MIRRORED]
WINDOW = {"width": 1280, "height": 720}
SHELVES = {"phone": [SMALL_PHONE], "desk": [LAPTOP, PHONE], "screen": [WINDOW]}
LABELS = [".gallery-head", ".contents", ".shelf-title", ".shelf-note", ".piece-name", "[data-token]", ".help dt"]
# What people wrote on the shelves, besides what stands in posts.js.
ON_SHELVES = [
    *(
        "Innovation Lab",
        "Mira",
        "Ravi",
        "Nadine Fares",
        "Nad",
        "Hall",
        "Foyer",
        "Budi",
        "Sokunthea Lim",
        "Sok",
        "Yes, tonight.",
        "Can we get the slides?",
    ),
    "Regional forum on social dialogue, occupational safety and health and decent work",
    "Please say it a little more kindly.",
    "The employer does, from the first of July. The form is on the table at the door.",
    "Is the training of delegates paid time?",
    "You taught me how to measure heat where people sit.",
    "You waited a full minute. ",
    "You waited a full minute of silence, and then the manager told us the real reason for the overtime."
    " Nobody in that room has forgotten it, least of all he.",
    *(f"Gallery: {part} · Brilliance Board" for part in ("phone", "desk", "screen")),
]
IN_POSTS = """async () => {
  const posts = await import("/static/now/js/gallery/posts.js");
  const found = [];
  const look = (one) => {
    if (typeof one === "string") found.push(one);
    else if (one && typeof one === "object") Object.values(one).forEach(look);
  };
  look([...Object.values(posts), posts.card({}), posts.question({})]);
  return found.filter((text) => /[^a-z]/.test(text) && text.length > 1); // no ids, which may be words within ours
}"""
TITLE, NAME, TEAM, OTHER, SESSION = "Innovation Lab", "Sokha Chan", "Cambodia", "Nadia Rahman", "Safety at heat"
CARD, QUESTION, REASON = "You taught me how to measure heat.", "Who pays for the training?", "Please say it more kindly."
ON_BOARD = [*(TITLE, *TITLE.split()), *(NAME, TEAM, OTHER, SESSION, CARD, QUESTION, REASON), "Jordan", "Bangladesh"]
# The product, codes, names of links.
ON_BOARD += ["Brilliance", "Board", "LAB-23", "NOBODY-9", "moderator", "screen", "organiser"]
# Of a board that names none itself.
THEMES = [
    "Expertise",
    "Teamwork",
    "Teaching and training",
    "Training",
    "New ideas",
    "Ideas",
    "Courage",
    "Care for others",
    "Care",
]


@pytest.fixture(scope="module")
def pseudo() -> Iterator[Server]:
    with servers.serving(BOARD_GALLERY="on", BOARD_PSEUDO_LOCALES="on", BOARD_LIMITS="off") as server:
        yield server


async def faults(page: Page, data: list[str]) -> list[str]:
    """What is wrong with what the page shows now. `data` is what people wrote: in no catalogue, and of any length."""
    await page.evaluate("document.fonts.ready.then(() => {})")
    found: list[str] = await page.evaluate(LOOK, {"data": data, "labels": LABELS})
    return found


async def whole(page: Page, data: list[str], where: str = "") -> None:
    if found := await faults(page, data):
        pytest.fail("\n".join([f"{page.url} {where}", *found]), pytrace=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", SHELVES)
async def test_every_shelf_of_the_gallery_has_a_correct_layout(pages: Pages, pseudo: Server, part: str, language: str) -> None:
    windows, address = SHELVES[part], f"{pseudo.url}/gallery/{part}?lang={language}"
    page = await pages.open(address, windows[0], reduced_motion="reduce", bypass_csp=True, timezone_id="UTC")
    await page.locator("html[data-ready]").wait_for()
    data = [*ON_SHELVES, *await page.evaluate(IN_POSTS)]
    for window in windows:
        await page.set_viewport_size(window)  # type: ignore[arg-type]
        await whole(page, data, f"{window}")


async def reads(pages: Pages, server: Server, language: str, window: dict[str, int], url: str) -> Page:
    """By somebody who has chosen this language."""
    page = await pages.open(f"{server.url}/healthz", window, reduced_motion="reduce")
    await page.context.add_cookies([{"name": "bb-lang", "value": language, "url": server.url}])
    await page.goto(url)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
async def test_pages_without_a_script_have_a_correct_layout(pages: Pages, pseudo: Server, language: str) -> None:
    board = pseudo.create(TITLE)
    page = await reads(pages, pseudo, language, SMALL_PHONE, pseudo.url)
    for path in ("/", "/?code=NOBODY-9", "/b/NOBODY-9", "/nothing/here", "/l/nobody", f"/b/{board['code']}/moderate"):
        await page.goto(pseudo.url + path)
        await whole(page, [*ON_BOARD, board["code"]], path)


@pytest.fixture(scope="module")
def room(pseudo: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    board = pseudo.create(TITLE, "--team", TEAM, "--team", "Jordan", "--team", "Bangladesh")
    directory = tmp_path_factory.mktemp("agenda")
    import_agenda(pseudo, board, directory, {"id": "heat", "title": SESSION, "starts": -10, "ends": 300})
    return board


@pytest.fixture
async def posts(pseudo: Server, room: dict[str, str], people: Of) -> tuple[People, list[Json]]:
    here = people(pseudo, room)
    sokha = await here.attendee(NAME, TEAM)
    card = await sokha.celebrate(CARD, to=[{"name": OTHER, "team": "Bangladesh"}])
    return here, [card, await sokha.ask(QUESTION, session="heat"), await sokha.ask(QUESTION)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_phone_has_a_correct_layout(
    pages: Pages, pseudo: Server, room: dict[str, str], posts: tuple[People, list[Json]], language: str
) -> None:
    page = await reads(pages, pseudo, language, SMALL_PHONE, room["join_url"])
    data = [*ON_BOARD, *THEMES, room["code"]]
    await page.locator(".card").first.wait_for()
    await whole(page, data)
    await page.locator(".tabs .tab").nth(2).click()
    until = date.fromisoformat(await page.locator(".me-until time").get_attribute("datetime") or "")  # it comes with the feed
    data.append(f"{until.day} {until:%B} {until.year}")  # by Intl
    for place in (1, 2):
        await page.locator(".tabs .tab").nth(place).click()
        await page.locator(".tabs .tab").nth(place).and_(page.locator("[aria-current=page]")).wait_for()
        await whole(page, data)
    for place in (0, 1):
        await page.locator(".tabs .tab").nth(place).click()
        await page.locator(".dock-do .button").click()
        await page.locator("#composer[open] textarea").wait_for()
        await whole(page, data)
        await page.locator("#composer[open] .sheet-foot .button").first.click()  # nothing is written yet
        await expect(page.locator("#composer .error").first).to_be_visible()
        await whole(page, data)
        await page.go_back()
        await expect(page.locator("#composer[open]")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("window", [LAPTOP, PHONE])
async def test_the_desk_has_a_correct_layout(
    pages: Pages, pseudo: Server, room: dict[str, str], posts: tuple[People, list[Json]], language: str, window: dict[str, int]
) -> None:
    here, (_, question, _) = posts
    moderator = await here.moderator()
    await moderator.moderate(question, state="hidden", reason=REASON)
    for body in ({"frozen": True}, {"frozen": False}, {"premoderate": {"card": True}}, {"premoderate": {"card": False}}):
        await moderator.send("PATCH", "", body)
    await moderator.send("PUT", "/screen", {"scene": "map"})
    first, second = [{"id": str(uuid.uuid4()), "text": QUESTION} for _ in range(2)]
    await moderator.send("POST", "/prepared", {"questions": [first, second]})
    page = await reads(pages, pseudo, language, window, room["moderate_url"])
    await page.locator(".tabs [data-tab]").first.wait_for()
    data = [*ON_BOARD, *THEMES, room["code"]]
    for tab in await page.locator(".tabs [data-tab]:visible").all():
        await tab.click()
        await expect(tab).to_have_attribute("aria-current", "page")  # a busy machine draws it late
        await whole(page, data)
    for folded in await page.locator("details:visible > summary").all():
        await folded.click()
    await expect(page.locator("details[open]:visible")).not_to_have_count(0)
    await expect(page.locator("details:not([open]):visible")).to_have_count(0)
    await page.locator(".lately li").first.wait_for()
    await page.locator(f'[data-prepared="{first["id"]}"] [data-do="edit"]').click()
    await moderator.send("PATCH", f"/prepared/{first['id']}", {"text": CARD})
    await page.locator('[data-do="text"]').fill(REASON)
    await page.keyboard.press("Enter")
    await page.locator('[data-panel="prepared"] .error').wait_for()
    await whole(page, data)
    for one in (first, second):
        await moderator.send("DELETE", f"/prepared/{one['id']}", {})


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_large_screen_has_a_correct_layout(
    pages: Pages, pseudo: Server, room: dict[str, str], posts: tuple[People, list[Json]], language: str
) -> None:
    here, (card, *_) = posts
    moderator = await here.moderator()
    page = await reads(pages, pseudo, language, STAGE, room["screen_url"])
    data = [*ON_BOARD, *THEMES, room["code"]]
    for scene in ("join", "cards", "questions", "map", "recap", "spotlight"):
        await moderator.send("PUT", "/screen", {"scene": scene} | ({"post": card["id"]} if scene == "spotlight" else {}))
        await page.locator(f"html[data-scene={scene}]").wait_for()
        await whole(page, data, scene)
    await page.keyboard.press("?")
    await page.locator("[data-part=help]:visible").wait_for()
    await whole(page, data)


@pytest.fixture(scope="module")
async def blank(contexts: Contexts) -> AsyncIterator[Page]:
    """For tests that give it a content of their own."""
    async with AsyncExitStack() as stack:
        yield await Pages(contexts, stack).open("about:blank", SMALL_PHONE)


@pytest.mark.parametrize(
    ("fault", "html"),
    [
        ("untranslated: Not sent", "<p>Not sent</p>"),
        ("untranslated: by", "<p>Åñdré <b>by</b> Sokha Chan</p>"),
        ("untranslated aria-label: Close", "<button aria-label='Close'>×</button>"),
        ("cut: Thé whölé", "<p style='width: 80px; overflow: hidden; white-space: nowrap'>Thé whölé böárd îñ öñé lîñé</p>"),
        ("cut: Séñd thîš", "<button style='width: 60px; white-space: nowrap'>Séñd thîš åñd thåt</button>"),
        ("cut: Ör", "<p style='white-space: nowrap'>Ör{}</p>".format(" müçh tôö lôñg" * 9)),
        ("cut placeholder: Whö", "<input placeholder='Whö dö ýöû wåñt tö çélébråté?' style='width: 90px'>"),
        ("cut choice: För", "<select style='width: 60px'><option>För évérýöñé</option></select>"),
        ("overlap:", "<button>Åpprövé</button><button style='margin-left: -20px'>Höld</button>"),
        ("text over text: Åpp", "<p>Åpprövé</p><p style='margin-top: -34px'>Höld</p>"),
    ],
)
async def test_the_layout_check_finds_a_fault(blank: Page, fault: str, html: str) -> None:
    await blank.set_content(f"<!doctype html><html lang='en-XA' dir='ltr'><body>{html}</body></html>")
    found = await faults(blank, [NAME])
    assert any(one.startswith(fault) for one in found), found


@pytest.mark.parametrize(
    ("fault", "html"),
    [
        ("untranslated: Not sent", "<p>Not sent</p>"),
        ("untranslated: \u202eHidden by\u202c Mira", "<p>\u202eHidden by\u202c Mira</p>"),
        ("placeholder runs ltr", "<input dir='ltr' placeholder='\u202eName\u202c'>"),
    ],
)
async def test_the_layout_check_finds_a_right_to_left_fault(blank: Page, fault: str, html: str) -> None:
    await blank.set_content(f"<!doctype html><html lang='ar-XB' dir='rtl'><body>{html}</body></html>")
    found = await faults(blank, [NAME])
    assert any(one.startswith(fault) for one in found), found


async def test_a_correct_page_has_no_fault(blank: Page) -> None:
    await blank.set_content(
        f"<!doctype html><html lang='en-XA' dir='ltr'><title>Thé böárd</title><body><p>Whö? {NAME}</p><kbd>Shift</kbd>"
        f"<p style='width: 30px; overflow: hidden; white-space: nowrap'>{NAME}</p><button>Höld</button> <button>Pîñ</button>"
        "<input placeholder='Ñåmé'><select><option>Åll</option></select></body></html>"
    )
    assert await faults(blank, [NAME]) == []


async def test_each_page_shows_an_erased_person_by_its_readers_word(pages: Pages, pseudo: Server, people: Of) -> None:
    """On a board in English: the phone, the large screen, the desk and the recap of a reader of another language."""
    board = pseudo.create(TITLE)
    here = people(pseudo, board)
    leaver, sokha = await here.attendee(OTHER), await here.attendee(NAME)
    await leaver.celebrate(CARD, to=[{"name": NAME}])
    await sokha.celebrate(CARD, to=[{"name": OTHER}])
    pseudo.run("erase", board["code"], OTHER)
    word = Languages(locales.read(), pseudo=True).catalogues[ACCENTED].say("erased-person")
    for url, window, card in (
        (board["join_url"], PHONE, ".card"),
        (board["screen_url"], STAGE, ".card"),
        (board["moderate_url"], LAPTOP, ".row"),
    ):
        page = await reads(pages, pseudo, ACCENTED, window, url)
        there = page.locator(card).filter(has_text=CARD).filter(has_text=word).filter(has_text=NAME)
        await expect(there).to_have_count(2)  # from the one, to the other
        assert "somebody" not in await page.locator("body").inner_text()
    await page.context.request.get(board["organise_url"])  # for its cookie; the page behind it takes longer than the recap
    await page.goto(f"{pseudo.url}/b/{board['code']}/recap")
    assert word in await page.locator("body").inner_text()
    assert "somebody" not in await page.locator("body").inner_text()
