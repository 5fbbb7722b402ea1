"""Who somebody is, what a link allows, where a request came from, and how fast is too fast."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import product
from pathlib import Path

import msgspec
import pytest
from starlette.requests import HTTPConnection
from starlette.responses import Response

from board.model import tokens
from board.model.models import Actor, Board, Forbidden, Link, NoCookie, Role
from board.model.showing import FIRST, LargeScreen
from board.process.settings import Settings, load
from board.web.access import RANK, Access
from board.web.limits import Phone
from tests.clocks import MovedClock
from tests.sentences import refused

HOST = "board.example.org"
LINKS = [Link(f"link-{role}", role, f"A {role}") for role in Role]


def settings(tmp_path: Path, **environ: str) -> Settings:
    return load({"BOARD_DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 40} | environ)


@pytest.fixture
def ours(tmp_path: Path) -> Access:
    return Access(settings(tmp_path))


@pytest.fixture
def behind_https(tmp_path: Path) -> Access:
    return Access(settings(tmp_path, PUBLIC_URL=f"https://{HOST}"))


@pytest.fixture
def strangers(tmp_path: Path) -> Access:
    """Another server's, with a key of its own."""
    return Access(settings(tmp_path, SECRET_KEY="s" * 40))


def board(number: int = 1, code: str = "LAB", links: list[Link] = LINKS) -> Board:
    return Board(id=number, code=code, epoch="e", seq=0, settings_seq=0, title="Innovation Lab", links=links)


def request(scheme: str = "http", query: str = "", **headers: str) -> HTTPConnection:
    pairs = [(name.encode(), value.encode()) for name, value in ({"host": HOST} | headers).items()]
    return HTTPConnection({"type": "http", "scheme": scheme, "headers": pairs, "query_string": query.encode()})


@dataclass
class Browser:
    """Keeps the cookies that it is given, as a browser does."""

    access: Access
    cookies: dict[str, str] = field(default_factory=dict)

    def request(self) -> HTTPConnection:
        return request(cookie="; ".join(f"{name}={value}" for name, value in self.cookies.items()))

    def keep(self, response: Response) -> None:
        for given in response.headers.getlist("set-cookie"):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(given).items()}

    def given_device(self) -> str:
        response, device = Response(), self.access.new_device()
        self.access.set_device(self.request(), response, device)
        self.keep(response)
        return device

    def opens(self, link: Link, of: Board | None = None) -> None:
        response = Response()
        self.access.set_staff(self.request(), response, of or board(), link)
        self.keep(response)

    def may(self, role: Role, on: Board | None = None) -> bool:
        return self.access.actor(self.request(), on or board(), role) is not None


# -- participants --------------------------------------------------------------------------------------------------


def test_a_cookie_identifies_its_device(ours: Access) -> None:
    browser = Browser(ours)
    assert ours.device(browser.request()) is None
    device = browser.given_device()
    assert ours.device(browser.request()) == device
    assert Browser(ours).given_device() != device


def test_scripts_and_other_sites_cannot_use_a_cookie(ours: Access) -> None:
    response = Response()
    ours.set_device(request(), response, "device")
    parts = response.headers["set-cookie"].lower().split("; ")
    assert re.match("bb-device-[0-9a-f]{8}=device[.]", parts[0])
    assert set(parts[1:]) == {"httponly", "samesite=lax", "path=/", f"max-age={60 * 24 * 3600}"}


def test_over_https_a_cookie_belongs_to_this_host_only(behind_https: Access) -> None:
    """`__Host-` is refused by browsers from any other host, so nobody beside us can plant one."""
    response = Response()
    behind_https.set_device(request(), response, "device")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-bb-device-")
    assert "; Secure" in cookie
    browser = Browser(behind_https)
    device = browser.given_device()
    assert behind_https.device(browser.request()) == device
    planted = {name.removeprefix("__Host-"): value for name, value in browser.cookies.items()}
    assert behind_https.device(Browser(behind_https, planted).request()) is None


def test_a_device_cookie_with_a_wrong_signature_identifies_no_phone(ours: Access, strangers: Access) -> None:
    theirs = Browser(strangers)
    theirs.given_device()
    own = Browser(ours)
    device = own.given_device()
    name, signed = own.cookies.popitem()
    signature = signed.rpartition(".")[2]
    forged = [
        device,
        f"{device}.",
        f".{signature}",
        f"someone-else.{signature}",
        signed[:-1],
        signed + "A",
        "",
        ".",
        "…",
        "\x00",
    ]
    for value in [*theirs.cookies.values(), *forged, signed.swapcase(), f"{signed}.{signature}"]:
        assert ours.device(Browser(ours, {name: value}).request()) is None, value
    assert ours.device(Browser(ours, {name: signed}).request()) == device


def test_a_device_has_different_ids_for_each_board_and_for_posts_without_a_name(ours: Access) -> None:
    ids = {
        ours.participant(device, board(number), anonymous=anonymous)
        for device, number, anonymous in product(("one", "other"), (1, 2, 11), (False, True))
    }
    assert len(ids) == 12
    assert all(re.fullmatch("[0-9a-f]{32}", participant) for participant in ids)
    assert ours.participant("one", board(), anonymous=True) in ids, "and the same one each time"


def test_participant_ids_do_not_depend_on_the_boards_code_and_history(ours: Access) -> None:
    """They hang on the board's number, which is never given twice."""
    assert ours.participant("one", board(code="LAB")) == ours.participant("one", board(code="HALL"))


def test_only_the_secret_key_links_an_anonymous_post_to_a_name(ours: Access, strangers: Access) -> None:
    """Who knows the device, the board and the code of this program, still cannot make the id."""
    for anonymous in (False, True):
        assert ours.participant("one", board(), anonymous=anonymous) != strangers.participant(
            "one", board(), anonymous=anonymous
        )


def test_a_client_that_did_not_return_its_cookie_cannot_write(ours: Access, strangers: Access) -> None:
    with refused(NoCookie, match="Allow cookies"):
        ours.require_device(request())
    theirs = Browser(strangers)
    theirs.given_device()
    with pytest.raises(NoCookie):
        ours.require_device(theirs.request())
    own = Browser(ours)
    assert ours.require_device(own.given_device() and own.request())


def test_two_servers_on_one_host_keep_separate_cookies(ours: Access, strangers: Access) -> None:
    """As a rehearsal beside the live one: a browser gives cookies to every port of a host."""
    browser = Browser(ours)
    live = browser.given_device()
    browser.opens(LINKS[0])
    browser.access = strangers
    rehearsal = browser.given_device()
    browser.opens(LINKS[0])
    assert len(browser.cookies) == 4
    assert ours.device(browser.request()) == live
    assert strangers.device(browser.request()) == rehearsal
    assert ours.actor(browser.request(), board(), LINKS[0].role)
    assert strangers.actor(browser.request(), board(), LINKS[0].role)


def test_cookies_from_before_the_server_mark_still_identify_their_phone(ours: Access, strangers: Access) -> None:
    browser = Browser(ours)
    device = browser.given_device()
    browser.opens(LINKS[0])
    assert not ours.has_old_name(browser.request())
    old = Browser(ours, {re.sub("-[0-9a-f]{8}$", "", name): value for name, value in browser.cookies.items()})
    assert set(old.cookies) == {"bb-device", f"bb-staff-LAB-{LINKS[0].role}"}
    assert ours.device(old.request()) == device
    assert ours.has_old_name(old.request())
    assert old.may(LINKS[0].role)
    assert strangers.device(old.request()) is None
    both = Browser(ours, {**Browser(ours, old.cookies).cookies})
    newer = both.given_device()
    assert ours.device(both.request()) == newer, "today's name goes first"


def test_a_phones_id_contains_its_age_and_crowd_for_the_limits(tmp_path: Path) -> None:
    clock = MovedClock()
    access = Access(settings(tmp_path), clock)
    early = access.new_device()
    clock.move(100)
    late = access.new_device(access.crowd("192.0.2.1"))
    clock.move(5)
    assert access.phone(early, board()) == Phone(access.participant(early, board()), 105)
    assert access.phone(late, board()) == Phone(access.participant(late, board()), 5, access.crowd("192.0.2.1"))
    assert access.came_at(late) == access.came_at(early) + 100
    assert "192.0.2.1" not in late
    clock.set(-3_600)
    assert access.phone(late, board()).age_seconds == 5, "a clock set back makes nobody new again"
    restarted = Access(settings(tmp_path), clock.restarted())
    assert not restarted.phone(late, board()).is_new, "also where the server starts again with the clock set back"


# -- staff ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("held", Role)
def test_a_link_allows_exactly_what_its_role_may_do(ours: Access, held: Role) -> None:
    allowed = {
        Role.SCREEN: {Role.SCREEN},
        Role.STAGE: {Role.STAGE},
        Role.KIOSK: {Role.KIOSK},
        Role.MODERATOR: set(Role) - {Role.ORGANISER},
        Role.ORGANISER: set(Role),
    }
    words = {Role.SCREEN: "a large screen", Role.STAGE: "the stage page", Role.KIOSK: "a kiosk"}
    browser, link = Browser(ours), next(link for link in LINKS if link.role is held)
    browser.opens(link)
    for role in Role:
        if role in allowed[held]:
            assert ours.require(browser.request(), board(), role) == Actor(link.id, held, link.name)
        else:
            assert ours.actor(browser.request(), board(), role) is None
            with refused(Forbidden, match=words.get(role, f"{role} link")):
                ours.require(browser.request(), board(), role)


def test_every_role_has_a_rank_of_its_own() -> None:
    assert set(RANK) == set(Role)
    assert len(set(RANK.values())) == len(Role)


def test_nobody_has_staff_permissions_without_a_link(ours: Access) -> None:
    browser = Browser(ours)
    browser.given_device()
    assert not any(browser.may(role) for role in Role)


def test_a_person_with_several_links_acts_with_the_lowest_sufficient_role(ours: Access) -> None:
    """So that the audit trail says in which part somebody acted."""
    browser = Browser(ours)
    for link in LINKS:
        browser.opens(link)
    for role in Role:
        assert ours.require(browser.request(), board(), role).role is role


def test_a_revoked_link_allows_nothing_even_with_its_cookie(ours: Access) -> None:
    browser = Browser(ours)
    for link in LINKS:
        browser.opens(link)
    left = [link for link in LINKS if link.role is Role.SCREEN]
    assert [role for role in Role if browser.may(role, board(links=left))] == [Role.SCREEN]
    renewed = [Link("link-moderator-2", Role.MODERATOR, "A moderator")]
    assert not browser.may(Role.MODERATOR, board(links=renewed)), "a new link of the same name is another one"


def test_a_link_opens_only_its_own_board(ours: Access) -> None:
    """Even on a board that was erased and made again under the same code, or where a link has the same id."""
    browser = Browser(ours)
    browser.opens(LINKS[0])
    assert browser.may(Role.MODERATOR)
    assert not browser.may(Role.MODERATOR, board(number=2))
    assert not browser.may(Role.MODERATOR, board(code="HALL"))
    moved = {name.replace("LAB", "HALL"): value for name, value in browser.cookies.items()}
    assert not Browser(ours, moved).may(Role.MODERATOR, board(number=2, code="HALL"))


def test_a_screens_cookie_under_an_organisers_name_keeps_the_screens_permissions(ours: Access) -> None:
    screen = next(link for link in LINKS if link.role is Role.SCREEN)
    browser = Browser(ours)
    browser.opens(screen)
    renamed = {name.replace("screen", role): value for name, value in browser.cookies.items() for role in Role}
    assert len(renamed) == 2 * len(Role), "it has one more for the screen itself"
    assert [role for role in Role if Browser(ours, renamed).may(role)] == [Role.SCREEN]


def test_a_staff_cookie_with_a_wrong_signature_gives_no_permissions(ours: Access, strangers: Access) -> None:
    theirs = Browser(strangers)
    theirs.opens(LINKS[0])
    assert theirs.may(Role.MODERATOR)
    name, signed = next(iter(theirs.cookies.items()))
    for value in (signed, f"1.{LINKS[0].id}", f"1.{LINKS[0].id}.{signed.rpartition('.')[2]}"):
        assert not Browser(ours, {name: value}).may(Role.MODERATOR)


def test_a_device_cookie_gives_no_staff_permissions(ours: Access) -> None:
    browser = Browser(ours)
    browser.given_device()
    device = next(iter(browser.cookies.values()))
    browser.opens(LINKS[0])
    staff = next(name for name in browser.cookies if "staff" in name)
    names = [staff.replace(LINKS[0].role, role) for role in Role]
    assert not Browser(ours, dict.fromkeys(names, device)).may(Role.SCREEN)


def test_a_token_cannot_be_guessed_and_only_its_digest_is_kept() -> None:
    made = {tokens.new_token() for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"[\w-]{32}", token) for token in made)
    digests = {tokens.digest(token) for token in made}
    assert len(digests) == 100
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests)


# -- where a request came from -------------------------------------------------------------------------------------

OTHERS = [
    "https://evil.example",
    "null",
    "",
    f"http://{HOST}.evil.example",
    f"http://evil.example/{HOST}",
    f"http://{HOST}:8000",
    f"http://user@{HOST}",
]


@pytest.mark.parametrize("scheme", ["http", "ws"])
def test_a_page_is_ours_if_scheme_host_and_port_match(ours: Access, scheme: str) -> None:
    assert ours.same_origin(request(scheme)), "anything but a browser says nothing"
    for same in (f"http://{HOST}", f"http://{HOST}".upper()):
        assert ours.same_origin(request(scheme, origin=same))
    for other in [*OTHERS, f"https://{HOST}"]:
        assert not ours.same_origin(request(scheme, origin=other)), other
    assert ours.same_origin(request(scheme, host="192.168.1.5:8000", origin="http://192.168.1.5:8000"))


@pytest.mark.parametrize("scheme", ["https", "wss"])
def test_a_proxy_may_report_https(ours: Access, scheme: str) -> None:
    assert ours.same_origin(request(scheme, origin=f"https://{HOST}"))
    assert not ours.same_origin(request(scheme, origin=f"http://{HOST}"))
    assert ours.secure(request(scheme))


def test_with_a_public_address_only_pages_there_are_ours(behind_https: Access) -> None:
    """Whatever host and scheme reach us behind the proxy."""
    for connection in (request(origin=f"https://{HOST}"), request("ws", host="10.0.0.7:8000", origin=f"https://{HOST}")):
        assert behind_https.same_origin(connection)
        assert behind_https.secure(connection)
    for other in [*OTHERS, f"http://{HOST}"]:
        assert not behind_https.same_origin(request(origin=other)), other
    assert not behind_https.same_origin(request(host="evil.example", origin="http://evil.example")), "a forged host"


def test_a_window_stays_the_screen_that_its_address_names(ours: Access) -> None:
    """Two links were opened in one browser. Each opens its own screen; without a name it is the one that came last."""
    hall, foyer = Link("h" * 16, Role.SCREEN, "Hall"), Link("f" * 16, Role.SCREEN, "Foyer", "foyer")
    here = msgspec.structs.replace(board(links=[hall, foyer, *LINKS]), screens=[FIRST, LargeScreen("foyer", "Foyer")])

    def asked(cookies: dict[str, str], query: str) -> str | None:
        found = ours.at_screen(
            request(query=query, cookie="; ".join(f"{name}={value}" for name, value in cookies.items())), here
        )
        return found[1].id if found else None

    first, both = Browser(ours), Browser(ours)
    first.opens(hall, here)
    for link in (foyer, hall):
        both.opens(link, here)
    assert [asked(first.cookies, query) for query in ("", "screen=first", "screen=foyer")] == ["first", "first", None]
    assert [asked(both.cookies, query) for query in ("", "screen=first", "screen=foyer")] == ["first", "first", "foyer"]
    here = msgspec.structs.replace(here, links=[hall])
    assert asked(both.cookies, "screen=foyer") is None, "its link was taken back"
    assert asked({}, "screen=first") is None
