"""A limit that server and pages share stands in one place; numbers and times are in the language of the page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest

from board.web import assets
from board.web.bundle import bundled
from board.web.page_limits import PAGE_LIMITS, PHONE_LIMITS, limits_of
from tests.servers import Server

SCRIPTS = sorted((Path(__file__).resolve().parent.parent / "static" / "js").rglob("*.js"))
NUMBER = re.compile(r"^(?:export )?const ([A-Z_]+) = [\d_]+\b", re.MULTILINE)
ABOUT_A_LIMIT = re.compile(r"MOST|LEAST|MAX|MIN_|LENGTH|LIMIT|PAGE|SECONDS|POINTS|WORDS|CHARACTERS|LETTERS|BYTES")
# Limits of the pages alone: no server knows of them.
OF_PAGES_ALONE = {
    "DRAFTS_AT_MOST",  # drafts a phone keeps
    "LABEL_AT_MOST",  # letters of a label
    "LETTERS_AT_MOST",  # of a code that is offered
    "PAGES_AT_ONCE",  # pages asked for at once
    "OFFERS_AT_MOST",  # names offered below a field
    "SILENT_AT_MOST",  # tries of one way to the board
    "REFUSED_AT_MOST",
    "REFUSED_AFTER_WORK_AT_MOST",
    "DEFAULT_LEASE_SECONDS",  # where no page says it
    "PASTED_AT_MOST",  # letters that a field takes at once: many times what a post may have
    "BEFORE_THE_ROSTER_AT_MOST",  # names offered
    "TRIES_AT_MOST",
    "FACETS_MOST",  # facets drawn
    "LINES_MOST",  # lines drawn
    "LIGHTS_MOST",  # lights that travel on one day of the film
    "SESSIONS_A_PAGE",  # of the recap
    "TALLIED_MOST",  # pages of sessions that it shows
    "VISITS_MOST",  # visits of the ending to a facet
    "AFTER_HEADER_BYTES",  # of a PNG file
    "APPLAUSE_AT_ONCE_MOST",  # facets that rise from one card at once
    "APPLAUSE_ALIVE_MOST",  # and in all
    "CARDS_MOST",  # cards that the ending shows one after the other
    "NAMES_A_PAGE",
    "HEADER_BYTES",  # of a file within a ZIP file
    "HELD_BYTES",  # of a file on its way, before the browser may put them on its disk
    "MOST_KEPT",  # posts that a kiosk keeps until they are sent
    "QUESTIONS_AT_MOST",  # moved in one tap
    "LEFT_AT_MOST",  # sessions whose questions are offered
    "KEPT_AT_MOST",  # thanks a phone remembers
    "REMEMBERED_AT_MOST",  # cards that it has opened
    "SEALED_AT_MOST",  # cards that lie on each other
    "MOST_RECORDS",  # changes of a page by others that are looked at one by one
    "LETTERS_WORTH_A_ROW",  # the look of the large screen
    "LEAST",
    "USUAL_LENGTH",
    "MOST_IN_A_ROW",
}


def texts() -> dict[str, str]:
    return {str(path.relative_to(path.parents[1])): path.read_text(encoding="utf-8") for path in SCRIPTS}


def test_every_page_contains_the_limits(server: Server) -> None:
    board = server.create("Innovation Lab")
    for address in (server.url, board["join_url"], board["moderate_url"], board["screen_url"], f"{server.url}/nothing/here"):
        with httpx.Client(follow_redirects=True) as visitor:
            page = visitor.get(address).text
        config = re.search(r'<script type="application/json" id="config">(.*?)</script>', page, re.DOTALL)
        assert config is not None, address
        wanted = limits_of("phone.html" if address == board["join_url"] else "any other")
        assert json.loads(config[1])["limits"] == json.loads(json.dumps(wanted)), address


def test_the_phone_has_every_limit_that_its_scripts_ask_for() -> None:
    code = "".join(bundled(assets.STATIC / "js" / "phone" / script).ours for script in ("phone.js", "later.js"))
    asked = {name for name in PAGE_LIMITS if re.search(rf"\blimits\(\)(\.{name}\b|\[[^\]]*\"{name}\")", code)}
    assert asked == set(PHONE_LIMITS)


def test_every_limit_is_used_by_a_page() -> None:
    code = "\n".join(text for name, text in texts().items() if name != "shared/limits.js")
    unused = {name for name in PAGE_LIMITS if not re.search(rf"\blimits\(\)(\.{name}\b|\[[^\]]*\"{name}\")", code)}
    assert unused == set()


def test_no_script_repeats_a_limit_of_the_server_as_a_number() -> None:
    found = {
        f"{script}: {name}"
        for script, text in texts().items()
        for name in NUMBER.findall(text)
        if ABOUT_A_LIMIT.search(name) and not name.endswith(("_MS", "_PX")) and name not in OF_PAGES_ALONE
    }
    assert found == set(), "put it into board/web/page_limits.py; or, where no server knows of it, into OF_PAGES_ALONE"
    for script, text in texts().items():
        assert re.findall(r'\b(?:maxlength|minlength|max)="\d+"', text) == [], script


@pytest.mark.parametrize(
    "made", ["toLocale", r"Intl\.(?:DateTimeFormat|NumberFormat|RelativeTimeFormat|ListFormat)\(undefined"]
)
def test_scripts_never_format_numbers_or_times_in_the_browsers_language(made: str) -> None:
    """It is in the page's: half a page in another language, or in other digits, is read wrongly."""
    assert [script for script, text in texts().items() if re.search(rf"\b{made}", text)] == []


def test_fields_are_given_units_for_characters() -> None:
    """A `maxlength` in characters would cut an answer in Khmer after a third of what it may have."""
    found = {(name, most) for name, text in texts().items() for most in re.findall(r"maxlength=\$\{([^}]*)\}", text)}
    assert len(found) > 5
    bare = {most for _, most in found if "unitsOf(" not in most}
    assert bare == set(), "what is counted in characters needs unitsOf()"
