"""Pages whose DOM somebody else changes, a browser's translation or an extension: what is shown is what is known."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, Pages
from tests.conftest import People
from tests.people import Json
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]
SCREEN = {"width": 960, "height": 540}
"""A large screen whose frames cost a quarter: what it shows is the same, and it is drawn without a graphics card."""
NOTICE_STEPS, STEP_MS = 6, 1000  # of the pages' own time, for which the desk keeps a row that another moderator moved
PAUSES, PAUSE_MS = 50, 200  # for a slow machine
LIGHT_MS = 25_000  # a new card may stand large before the next one
ROOT = Path(__file__).parents[2]
SEEDS = (11, *(pytest.param(seed, marks=pytest.mark.lengthy) for seed in (23, 47)))
ROUNDS = (1, 2, 3, 4, 5, 6)
"""How many changes others make in each round."""

# As browsers translate: each text gives way to elements with other words ("apart"), or all texts of a parent to one of
# them ("at once"), and the old nodes are no longer in the page. What is added later is translated, too.
TRANSLATE = """([way, before, after]) => {
  const font = (words) => {
    const outer = document.createElement("font"), inner = document.createElement("font");
    inner.textContent = before + words + after;
    outer.append(inner);
    return outer;
  };
  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.data.trim() && !node.parentElement.closest("font, script, style, textarea, svg")) found.push(node);
    return found;
  };
  const translate = (root) => {
    const parents = new Map();
    for (const text of texts(root)) parents.set(text.parentNode, [...(parents.get(text.parentNode) ?? []), text]);
    for (const [parent, own] of parents) {
      const all = own.length === parent.childNodes.length - [...parent.childNodes].filter((node) => node.nodeType === 8).length;
      if (way === "at once" && all) {
        own[0].replaceWith(font(own.map((text) => text.data).join("")));
        for (const text of own.slice(1)) text.remove();
      } else for (const text of own) text.replaceWith(font(text.data));
    }
  };
  translate(document.body);
  window.translating?.disconnect();
  window.translating = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes)
      if (node.isConnected && node.nodeName !== "FONT") translate(node.nodeType === 3 ? node.parentNode : node);
  });
  window.translating.observe(document.body, { subtree: true, childList: true });
}"""

# What an extension may do, `many` times, at places that are drawn from `seed`.
MEDDLE = """([roots, seed, many]) => {
  let state = seed;
  const draw = (below) => (state = (state * 1103515245 + 12345) % 2147483648) % below;
  const marked = (words) => Object.assign(document.createElement("span"), { textContent: words });
  const around = (element) => {
    const box = document.createElement("div");
    element.replaceWith(box);
    box.append(element);
  };
  const meddle = (root) => {
    const nodes = [root, ...root.querySelectorAll("*")].filter((node) => !node.closest("svg"));
    const element = nodes[draw(nodes.length)];
    const inside = element.childNodes[draw(element.childNodes.length || 1)] ?? null;
    const acts = [
      () => element.insertBefore(marked("somebody else's words"), inside),
      () => inside?.remove(),
      () => inside?.nodeType === 3 && (inside.data = "other words"),
      () => element !== root && element.remove(),
      () => element !== root && element.replaceWith(marked("gone")),
      () => element.append(...element.childNodes.length ? [element.firstChild] : []),
      () => element.replaceChildren(),
      () => element !== root && around(element),
      () => inside && document.createElement("div").append(inside),
      () => (element.innerHTML = element.innerHTML),
    ];
    acts[draw(acts.length)]();
  };
  for (const name of roots) for (const root of document.querySelectorAll(name))
    for (let times = 0; times < many; times += 1) meddle(root);
}"""

WORDS_OF = """(name) => {
  const read = (node) => {
    if (node.nodeType === 3) return node.data;
    return node.nodeType === 1 && !node.hidden ? [...node.childNodes].map(read).join(" ") : "";
  };
  return [...document.querySelectorAll(name)].map((node) => read(node).replace(/\\s+/g, " ").trim());
}"""


@pytest.fixture
def here(server: Server, board: dict[str, str], people: Of) -> People:
    return people(server, board)


async def translated(page: Page, way: str, words: tuple[str, str] = ("«", "»")) -> None:
    await page.evaluate(TRANSLATE, [way, *words])


@pytest.fixture(params=["apart", "at once"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_a_translated_phone_still_updates_votes_people_and_permissions(
    pages: Pages, here: People, board: dict[str, str], way: str
) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    asked = await author.ask("Who pays for the training?")
    other = await author.ask("Where are the slides?")
    phone = await pages.open(board["join_url"] + "#ask")
    question = phone.locator(f'[data-id="{asked["id"]}"]')
    await expect(question).to_contain_text("Who pays for the training?")
    await translated(phone, way)
    await expect(question).to_contain_text("«Who pays for the training?»")
    await author.send("PUT", f"/posts/{asked['id']}/vote", {})
    await expect(question.locator(".count")).to_have_text("«1»")
    await question.locator(".vote").click()
    await expect(question.locator(".count")).to_have_text("«2»")
    await (await here.attendee()).live()
    await expect(phone.locator(".top-live")).to_have_text("«2 here»")
    await author.send("PATCH", f"/posts/{asked['id']}", {"text": "Who pays for the trainers?"})
    await expect(question.locator(".question-text")).to_have_text("«Who pays for the trainers?»")
    await moderator.moderate(other, state="hidden")
    await expect(phone.get_by_text("Where are the slides?")).to_have_count(0)
    await moderator.moderate(asked, answered=True, answer="The buyer.")
    await expect(phone.get_by_text("Who pays for the trainers?")).to_have_count(0)
    await phone.locator(".tab").first.click()
    await expect(phone.locator(".dock-do")).to_have_text("«Celebrate someone»")
    await moderator.send("PATCH", "", {"cards_open": False})
    await expect(phone.locator(".dock .note")).to_have_text("«Cards are closed right now. You can still read and applaud.»")


async def test_unchanged_text_stays_translated(pages: Pages, here: People, board: dict[str, str], way: str) -> None:
    author = await here.attendee("Omar", "Jordan")
    asked = await author.ask("Who pays for the training?")
    phone = await pages.open(board["join_url"] + "#ask")
    text = phone.locator(f'[data-id="{asked["id"]}"] .question-text')
    await expect(text).to_have_text("Who pays for the training?")
    await translated(phone, way)
    await text.locator("font").first.evaluate("(font) => (font.dataset.first = 'yes')")
    await author.send("PUT", f"/posts/{asked['id']}/vote", {})
    await expect(phone.locator(f'[data-id="{asked["id"]}"] .count')).to_have_text("«1»")
    await expect(text.locator("[data-first]")).to_have_text("«Who pays for the training?»")


async def test_a_translated_screen_shows_no_post_that_was_hidden(
    pages: Pages, here: People, board: dict[str, str], way: str
) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    first, second = await author.celebrate("The first card."), await author.celebrate("The second card.")
    asked = await author.ask("The question?")
    screen = await pages.open(board["screen_url"], SCREEN)
    root = screen.locator("html")
    await expect(root).to_have_attribute("data-lease", "live")
    await translated(screen, way)
    spotlight = screen.locator(".spotlight .card-text")
    for post in (first, second, asked):
        await moderator.send("PUT", "/screen", {"scene": "spotlight", "post": post["id"]})
        await expect(spotlight).to_contain_text(post["text"])
        await translated(screen, way)
    await author.send("PATCH", f"/posts/{asked['id']}", {"text": "The other question?"})
    await expect(spotlight).to_contain_text("The other question?")
    await moderator.moderate(first, state="hidden")
    await moderator.moderate(asked, state="hidden")
    await expect(root).to_have_attribute("data-scene", "cards")
    await expect(screen.get_by_text("The second card.").first).to_be_visible()
    shown = await screen.evaluate("document.body.textContent")
    assert "The first card." not in shown
    assert "The question?" not in shown
    assert "The other question?" not in shown


async def test_a_translated_desk_shows_what_a_moderator_approves(
    pages: Pages, here: People, board: dict[str, str], way: str
) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    await moderator.send("PATCH", "", {"premoderate": {"card": True}})
    card = await author.celebrate("You taught me to measure heat.")
    desk = await pages.open(board["moderate_url"], LAPTOP)
    row = desk.locator(f'.row[data-id="{card["id"]}"]')
    await expect(row).to_contain_text("You taught me to measure heat.")
    await translated(desk, way)
    await author.send("PATCH", f"/posts/{card['id']}", {"text": "Buy my shoes."})
    await expect(row).to_contain_text("Buy my shoes.")
    await expect(row).not_to_contain_text("measure heat")
    await moderator.moderate(card, state="visible")
    await expect(desk.locator('[data-tab="waiting"] .tab-count')).to_contain_text("0")


async def test_half_typed_text_and_focus_survive_changes_of_an_extension(pages: Pages, board: dict[str, str]) -> None:
    phone = await pages.open(board["join_url"])
    await phone.get_by_role("button", name="Celebrate someone").click()
    await phone.locator("#to").fill("Nadia")
    await phone.keyboard.press("Enter")
    text = phone.locator("#text")
    await text.fill("You showed me how to")
    await text.evaluate("(text) => (text.dataset.same = 'yes')")
    await text.focus()
    await phone.evaluate("document.querySelector('.sheet-form').remove()")
    await expect(phone.locator("#text[data-same]")).to_have_value("You showed me how to")
    await expect(phone.locator("#text")).to_be_focused()
    await phone.evaluate("document.querySelector('#composer').remove()")
    await expect(phone.locator("#text[data-same]")).to_have_value("You showed me how to")
    await expect(phone.locator("#text")).to_be_visible()
    await phone.evaluate("document.querySelector('#app').remove()")
    await expect(phone.locator("#app .tabs")).to_have_count(1)
    await expect(phone.locator("#text")).to_be_focused()
    await phone.keyboard.press("End")
    await phone.keyboard.type(" heat.")
    await expect(phone.locator("#text[data-same]")).to_have_value("You showed me how to heat.")


async def test_a_page_without_foreign_changes_repairs_nothing(pages: Pages, here: People, board: dict[str, str]) -> None:
    author, moderator = await here.attendee("Omar", "Jordan"), await here.moderator()
    screen = await pages.open(board["screen_url"], SCREEN)
    desk = await pages.open(board["moderate_url"], LAPTOP)
    phone = await pages.open(board["join_url"])
    for number in range(3):
        card = await author.celebrate(f"Card {number} of a quiet morning.")
        await expect(screen.get_by_text(card["text"]).first).to_be_visible(timeout=LIGHT_MS)
    asked = await author.ask("Who pays?")
    for scene in ("questions", "map", "recap", "join", "cards", "blank"):
        await moderator.send("PUT", "/screen", {"scene": scene})
        await expect(screen.locator("html")).to_have_attribute("data-scene", scene)
    await moderator.send("PUT", "/screen", {"scene": "spotlight", "post": asked["id"]})
    await expect(screen.locator(".spotlight")).to_contain_text("Who pays?")
    await moderator.moderate(asked, state="hidden")
    await moderator.send("PUT", "/screen", {"scene": "cards"})
    await moderator.moderate(card, state="hidden")
    await expect(screen.get_by_text(card["text"])).to_have_count(0)
    await expect(desk.locator('[data-tab="held"] .tab-count')).to_contain_text("2")
    await expect(phone.get_by_text(card["text"])).to_have_count(0)
    await screen.set_viewport_size({"width": 1024, "height": 768})
    await phone.get_by_role("button", name="Celebrate someone").click()
    await expect(phone.locator("#text")).to_be_visible()
    for page in (screen, desk, phone):
        assert await page.evaluate("document.documentElement.dataset.mended ?? null") is None


class Hall:
    """Somebody who does one thing after the other on a board, as a seed has it."""

    def __init__(self, seed: int, here: People) -> None:
        self._random, self._here = random.Random(seed), here
        self._posts: list[Json] = []

    async def arrive(self, waiting: bool) -> None:
        self._author, self._moderator = await self._here.attendee("Omar", "Jordan"), await self._here.moderator()
        if waiting:
            await self._moderator.send("PATCH", "", {"premoderate": {"card": True, "question": True}})
        for number in range(3):
            self._posts.append(await self._author.celebrate(f"Card {number}."))
            self._posts.append(await self._author.ask(f"Question {number}?"))

    async def act(self) -> None:
        post = self._random.choice(self._posts)
        acts = [
            lambda: self._author.send("PATCH", f"/posts/{post['id']}", {"text": f"Said anew {self._random.random()}."}),
            lambda: self._moderator.moderate(post, state="hidden"),
            lambda: self._moderator.moderate(post, state="visible"),
            lambda: self._author.send("PUT", f"/posts/{post['id']}/vote", {}),
            lambda: self._author.send("PUT", f"/posts/{post['id']}/reactions/heart", {}),
            lambda: self._moderator.moderate(post, pinned=True),
            lambda: self._moderator.send("PUT", "/screen", {"scene": "spotlight", "post": post["id"]}),
            lambda: self._moderator.send(
                "PUT", "/screen", {"scene": self._random.choice(["cards", "questions", "map", "recap"])}
            ),
            lambda: self._moderator.send("PATCH", "", {"cards_open": self._random.random() < 0.5}),
        ]
        for _ in range(3):
            await self._random.choice(acts)()


DRAWN = {
    "phone": ("#app, #composer", [".top-title", ".lane", ".dock"]),
    "desk": ("#app, #pop", [".tabs", ".filters", ".rows .said", ".rows button"]),
    "screen": (
        "body > .page, body > .spotlight, body > .slide",
        [".head-title", ".corner", ".wall .card-text", ".questions", ".map", ".spotlight", ".slide-title", ".qr-tile"],
    ),
}
"""Which parts others change, and what is then compared."""
LIVE = {"phone": ".top-live.is-live", "desk": '.live [role="status"]:text-is("Live")', "screen": 'html[data-lease="live"]'}
"""What is there when a page has the board."""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", DRAWN)
async def test_a_page_with_random_foreign_changes_equals_a_fresh_page(
    pages: Pages, here: People, board: dict[str, str], name: str, seed: int
) -> None:
    hall = Hall(seed, here)
    await hall.arrive(waiting=name == "desk")
    url, size = {
        "phone": (board["join_url"] + "#ask", PHONE),
        "desk": (board["moderate_url"], LAPTOP),
        "screen": (board["screen_url"], SCREEN),
    }[name]
    context = await pages.context(size)
    await context.clock.install()
    page = await pages.open_in(context, url)
    other = await pages.open_in(context, page.url)
    roots, compared = DRAWN[name]
    await expect(page.get_by_text("Question 0?" if name != "screen" else "Card 0.").first).to_be_visible()

    async def shown(by: Page) -> list[list[str]]:
        return [sorted(await by.evaluate(WORDS_OF, part)) for part in compared]

    for many in ROUNDS:
        await page.evaluate(MEDDLE, [roots.split(", "), seed * 100 + many - 1, many])
        await hall.act()
        await other.reload()
        await expect(other.locator(LIVE[name])).to_be_visible()
        for step in range(NOTICE_STEPS + PAUSES):
            if step < NOTICE_STEPS:
                await context.clock.fast_forward(STEP_MS)
            else:
                await asyncio.sleep(PAUSE_MS / 1000)
            kept, fresh = await shown(page), await shown(other)
            if kept == fresh:
                break
        assert kept == fresh, f"round of {many}"
        page, other = other, page


def test_every_module_imports_templates_from_the_module_that_repairs_them() -> None:
    for file in (ROOT / "static/js").rglob("*.js"):
        taken = re.findall(r'import \{([^}]*)\} from "[./]*vendor/lit-html.js"', file.read_text(encoding="utf-8"))
        names = {name.split(" as ")[0].strip() for line in taken for name in line.split(",")}
        assert "html" not in names or file.name == "html.js", file.name
        assert "render" not in names or file.name not in ("phone.js", "painter.js", "moderate.js"), file.name
