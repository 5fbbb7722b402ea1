"""Every part in every state as it looked when somebody last said that it looks right.

make gallery        takes the pictures anew: look at them, then commit what was meant to change
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image
from playwright.async_api import Browser, BrowserContext, Page, TimeoutError

from tests import servers
from tests.browser import pictures
from tests.browser.conftest import PHONE, Pages, watched
from tests.browser.lending import Contexts
from tests.servers import Server

KEPT = Path(__file__).parent / "gallery"
KEPT_BYTES = 1_500_000
WINDOW = {"width": 1280, "height": 720}
# part, its window, options, the shelves of interest (all where none are named)
LOOKS: dict[str, tuple[str, dict[str, int], str, str, tuple[str, ...]]] = {
    "phone-light": ("phone", PHONE, "light", "ltr", ()),
    "phone-dark": (
        "phone",
        PHONE,
        "dark",
        "ltr",
        ("colours", "theme-colours", "buttons", "chips", "inputs", "dock", "card-themes", "questions"),
    ),
    "phone-rtl": ("phone", PHONE, "light", "rtl", ("inputs", "header", "dock", "card-states", "questions")),
    "desk-phone": ("desk", PHONE, "light", "ltr", ("board", "selection")),
    "screen": ("screen", WINDOW, "light", "ltr", ("scenes-dark",)),
}


@pytest.fixture(scope="module")
def gallery() -> Iterator[Server]:
    with servers.serving(BOARD_GALLERY="on") as server:
        yield server


@pytest.fixture(scope="module")
async def pages(whole_browser: Browser) -> AsyncIterator[Pages]:
    async with watched(Contexts(whole_browser)) as pages:
        yield pages


@pytest.fixture(scope="module")
async def visitor(pages: Pages) -> BrowserContext:
    """With one page for all looks: a new one takes as long as many pictures."""
    return await pages.context(PHONE, reduced_motion="reduce", timezone_id="UTC", locale="en-GB")


async def opened(pages: Pages, visitor: BrowserContext, server: Server, look: str) -> Page:
    part, window, scheme, dir, _ = LOOKS[look]
    page = visitor.pages[0] if visitor.pages else await pages.open_in(visitor, "about:blank")
    await page.set_viewport_size(window)  # type: ignore[arg-type]
    await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    await page.goto(f"{server.url}/gallery/{part}?dir={dir}")
    await page.locator("html[data-ready]").wait_for()
    return page


async def test_the_gallery_exists_only_with_its_setting(server: Server, gallery: Server) -> None:
    async with httpx.AsyncClient() as visitor:
        for path in ("/gallery", "/gallery/phone", "/gallery/screen", "/gallery/desk"):
            assert (await visitor.get(server.url + path)).status_code == 404, path
            assert (await visitor.get(gallery.url + path)).status_code == 200, path
        assert (await visitor.get(gallery.url + "/gallery/attic")).status_code == 404


async def test_the_gallery_keeps_to_the_content_policy_of_the_other_pages(gallery: Server) -> None:
    async with httpx.AsyncClient(base_url=gallery.url) as visitor:
        found = [(await visitor.get(path)).headers["content-security-policy"] for path in ("/", "/gallery")]
    without_nonces = [[rule for rule in policy.split("; ") if not rule.startswith("script-src")] for policy in found]
    assert without_nonces[0] == without_nonces[1]
    assert "unsafe" not in found[1]


@pytest.mark.parametrize("look", LOOKS)
async def test_every_part_fits_its_window_and_matches_its_accepted_picture(
    pages: Pages, visitor: BrowserContext, gallery: Server, look: str, request: pytest.FixtureRequest
) -> None:
    try:
        found = await taken(pages, visitor, gallery, look)
    except TimeoutError:
        # Chromium without a graphics card may stop drawing a page for good: once no frame came for two minutes.
        await visitor.pages[0].close()
        found = await taken(pages, visitor, gallery, look)
    assert pages.complaints == []
    left = [file for file in KEPT.glob(f"{look}-*.png") if file.stem.removeprefix(f"{look}-") not in found]
    if request.config.getoption("--accept"):
        for name, picture in found.items():
            accept(picture, KEPT / f"{look}-{name}.png")
        for file in left:
            file.unlink()
        return
    assert left == [], "pictures of shelves that are no more: make gallery"
    different = {name: words for name, picture in found.items() if (words := compared(picture, KEPT / f"{look}-{name}.png"))}
    if different:
        where = saved({name: found[name] for name in different}, look)
        differences = "\n".join(f"  {name} {words}" for name, words in different.items())
        pytest.fail(f"{look} looks different:\n{differences}\nSee {where}. If that was meant: make gallery", pytrace=False)


async def taken(pages: Pages, visitor: BrowserContext, server: Server, look: str) -> dict[str, Image.Image]:
    """A picture of each shelf that this look names, else of all."""
    page = await opened(pages, visitor, server, look)
    wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{look} is {wider} px too wide"
    named = LOOKS[look][4] or await page.evaluate("[...document.querySelectorAll('.shelf')].map(({ id }) => id)")
    return await pictures.taken(page, list(named))


def compared(picture: Image.Image, file: Path) -> str:
    if not file.exists():
        return "has no picture yet"
    return pictures.difference(picture, Image.open(file).convert("RGB"))


def accept(picture: Image.Image, file: Path) -> None:
    """Only what looks different: others would be new files for nothing."""
    if compared(picture, file):
        pictures.keep(picture, file)
        assert compared(picture, file) == "", f"{file.name} has too many colours to be kept small"


def saved(found: dict[str, Image.Image], look: str) -> Path:
    where = Path(tempfile.mkdtemp(prefix="gallery-"))
    for name, picture in found.items():
        picture.save(where / f"{look}-{name}-actual.png")
        if (file := KEPT / f"{look}-{name}.png").exists():
            wanted = Image.open(file).convert("RGB")
            wanted.save(where / f"{look}-{name}-wanted.png")
            pictures.shown(picture, wanted).save(where / f"{look}-{name}-difference.png")
    return where


def test_the_accepted_pictures_are_few_and_small() -> None:
    files = list(KEPT.glob("*.png"))
    assert all(any(file.name.startswith(f"{look}-") for look in LOOKS) for file in files)
    assert 0 < sum(file.stat().st_size for file in files) < KEPT_BYTES
