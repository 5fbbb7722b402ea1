"""Who somebody is, what a link allows, where a request came from, and how fast is too fast."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import product
from pathlib import Path

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import Response

from board import access
from board.access import BOARD_POSTS, PARTICIPANT_MARKS, PARTICIPANT_POSTS, RANK, Access, Limiter, Rate
from board.models import Actor, Board, Forbidden, Link, Role, TooFast
from board.settings import Settings, load

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


def request(scheme: str = "http", **headers: str) -> HTTPConnection:
    pairs = [(name.encode(), value.encode()) for name, value in ({"host": HOST} | headers).items()]
    return HTTPConnection({"type": "http", "scheme": scheme, "headers": pairs})


@dataclass
class Browser:
    """Keeps the cookies that it is given, as a browser does."""

    access: Access
    cookies: dict[str, str] = field(default_factory=dict)

    def request(self) -> HTTPConnection:
        return request(cookie="; ".join(f"{name}={value}" for name, value in self.cookies.items()))

    def keep(self, response: Response) -> None:
        for name, morsel in SimpleCookie(response.headers["set-cookie"]).items():
            self.cookies[name] = morsel.value

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


def test_a_device_is_known_again_by_its_cookie(ours: Access) -> None:
    browser = Browser(ours)
    assert ours.device(browser.request()) is None
    device = browser.given_device()
    assert ours.device(browser.request()) == device
    assert Browser(ours).given_device() != device


def test_a_cookie_is_out_of_reach_of_scripts_and_other_sites(ours: Access) -> None:
    response = Response()
    ours.set_device(request(), response, "device")
    parts = response.headers["set-cookie"].lower().split("; ")
    assert parts[0].startswith("bb-device=device.")
    assert set(parts[1:]) == {"httponly", "samesite=lax", "path=/", f"max-age={60 * 24 * 3600}"}


def test_over_https_a_cookie_is_this_hosts_alone(behind_https: Access) -> None:
    """`__Host-` is refused by browsers from any other host, so nobody beside us can plant one."""
    response = Response()
    behind_https.set_device(request(), response, "device")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-bb-device=")
    assert "; Secure" in cookie
    browser = Browser(behind_https)
    device = browser.given_device()
    assert behind_https.device(browser.request()) == device
    planted = {name.removeprefix("__Host-"): value for name, value in browser.cookies.items()}
    assert behind_https.device(Browser(behind_https, planted).request()) is None


def test_a_cookie_that_we_did_not_sign_is_nobodys(ours: Access, strangers: Access) -> None:
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


def test_a_device_is_another_participant_on_each_board_and_where_it_posts_without_a_name(ours: Access) -> None:
    ids = {
        ours.participant(device, board(number), anonymous=anonymous)
        for device, number, anonymous in product(("one", "other"), (1, 2, 11), (False, True))
    }
    assert len(ids) == 12
    assert all(re.fullmatch("[0-9a-f]{32}", participant) for participant in ids)
    assert ours.participant("one", board(), anonymous=True) in ids, "and the same one each time"


def test_a_board_of_another_code_and_history_has_the_same_participants(ours: Access) -> None:
    """They hang on the board's number, which is never given twice."""
    assert ours.participant("one", board(code="LAB")) == ours.participant("one", board(code="HALL"))


def test_without_the_key_nobody_can_tell_which_name_an_anonymous_post_belongs_to(ours: Access, strangers: Access) -> None:
    """Who knows the device, the board and the code of this program, still cannot make the id."""
    for anonymous in (False, True):
        assert ours.participant("one", board(), anonymous=anonymous) != strangers.participant(
            "one", board(), anonymous=anonymous
        )


# -- staff ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("held", Role)
def test_a_link_allows_what_its_rank_may_do_and_no_more(ours: Access, held: Role) -> None:
    allowed = {
        Role.SCREEN: {Role.SCREEN},
        Role.MODERATOR: {Role.SCREEN, Role.MODERATOR},
        Role.ORGANISER: {Role.SCREEN, Role.MODERATOR, Role.ORGANISER},
    }
    browser, link = Browser(ours), next(link for link in LINKS if link.role is held)
    browser.opens(link)
    for role in Role:
        if role in allowed[held]:
            assert ours.require(browser.request(), board(), role) == Actor(link.id, held, link.name)
        else:
            assert ours.actor(browser.request(), board(), role) is None
            with pytest.raises(Forbidden, match=f"{role} link"):
                ours.require(browser.request(), board(), role)


def test_every_role_has_a_rank_of_its_own() -> None:
    assert set(RANK) == set(Role)
    assert len(set(RANK.values())) == len(Role)


def test_without_a_link_nobody_may_do_anything(ours: Access) -> None:
    browser = Browser(ours)
    browser.given_device()
    assert not any(browser.may(role) for role in Role)


def test_who_holds_several_links_acts_by_the_least_that_is_enough(ours: Access) -> None:
    """So that the audit trail says in which part somebody acted."""
    browser = Browser(ours)
    for link in LINKS:
        browser.opens(link)
    for role in Role:
        assert ours.require(browser.request(), board(), role).role is role


def test_a_link_that_was_taken_back_allows_nothing_though_the_cookie_stays(ours: Access) -> None:
    browser = Browser(ours)
    for link in LINKS:
        browser.opens(link)
    left = [link for link in LINKS if link.role is Role.SCREEN]
    assert [role for role in Role if browser.may(role, board(links=left))] == [Role.SCREEN]
    renewed = [Link("link-moderator-2", Role.MODERATOR, "A moderator")]
    assert not browser.may(Role.MODERATOR, board(links=renewed)), "a new link of the same name is another one"


def test_a_link_opens_its_own_board_alone(ours: Access) -> None:
    """Even on a board that was erased and made again under the same code, or where a link has the same id."""
    browser = Browser(ours)
    browser.opens(LINKS[0])
    assert browser.may(Role.MODERATOR)
    assert not browser.may(Role.MODERATOR, board(number=2))
    assert not browser.may(Role.MODERATOR, board(code="HALL"))
    moved = {name.replace("LAB", "HALL"): value for name, value in browser.cookies.items()}
    assert not Browser(ours, moved).may(Role.MODERATOR, board(number=2, code="HALL"))


def test_the_cookie_of_a_screen_under_the_name_of_an_organiser_is_still_a_screens(ours: Access) -> None:
    screen = next(link for link in LINKS if link.role is Role.SCREEN)
    browser = Browser(ours)
    browser.opens(screen)
    renamed = {name.replace("screen", role): value for name, value in browser.cookies.items() for role in Role}
    assert len(renamed) == 3
    assert [role for role in Role if Browser(ours, renamed).may(role)] == [Role.SCREEN]


def test_a_staff_cookie_that_we_did_not_sign_opens_nothing(ours: Access, strangers: Access) -> None:
    theirs = Browser(strangers)
    theirs.opens(LINKS[0])
    assert theirs.may(Role.MODERATOR)
    name, signed = next(iter(theirs.cookies.items()))
    for value in (signed, f"1.{LINKS[0].id}", f"1.{LINKS[0].id}.{signed.rpartition('.')[2]}"):
        assert not Browser(ours, {name: value}).may(Role.MODERATOR)


def test_a_device_cookie_is_no_staff_cookie(ours: Access) -> None:
    browser = Browser(ours)
    browser.given_device()
    device = next(iter(browser.cookies.values()))
    names = [f"bb-staff-LAB-{role}" for role in Role]
    assert not Browser(ours, dict.fromkeys(names, device)).may(Role.SCREEN)


def test_a_token_cannot_be_guessed_and_only_its_digest_is_kept() -> None:
    tokens = {access.new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"[\w-]{32}", token) for token in tokens)
    digests = {access.digest(token) for token in tokens}
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
def test_a_page_is_ours_if_scheme_host_and_port_are(ours: Access, scheme: str) -> None:
    assert ours.same_origin(request(scheme)), "anything but a browser says nothing"
    for same in (f"http://{HOST}", f"http://{HOST}".upper()):
        assert ours.same_origin(request(scheme, origin=same))
    for other in [*OTHERS, f"https://{HOST}"]:
        assert not ours.same_origin(request(scheme, origin=other)), other
    assert ours.same_origin(request(scheme, host="192.168.1.5:8000", origin="http://192.168.1.5:8000"))


@pytest.mark.parametrize("scheme", ["https", "wss"])
def test_a_proxy_that_speaks_https_for_us_is_believed(ours: Access, scheme: str) -> None:
    assert ours.same_origin(request(scheme, origin=f"https://{HOST}"))
    assert not ours.same_origin(request(scheme, origin=f"http://{HOST}"))
    assert ours.secure(request(scheme))


def test_with_a_public_address_a_page_is_ours_there_alone(behind_https: Access) -> None:
    """Whatever host and scheme reach us behind the proxy."""
    for connection in (request(origin=f"https://{HOST}"), request("ws", host="10.0.0.7:8000", origin=f"https://{HOST}")):
        assert behind_https.same_origin(connection)
        assert behind_https.secure(connection)
    for other in [*OTHERS, f"http://{HOST}"]:
        assert not behind_https.same_origin(request(origin=other)), other
    assert not behind_https.same_origin(request(host="evil.example", origin="http://evil.example")), "a forged host"


# -- how fast ------------------------------------------------------------------------------------------------------


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> Limiter:
    return Limiter(True, clock)


def spent(limiter: Limiter, rate: Rate, who: str = "asha", what: str = "post") -> int:
    """How often somebody may do something before being told to wait."""
    for number in range(10_000):
        try:
            limiter.spend(what, who, rate)
        except TooFast:
            return number
    pytest.fail("there is no limit")


@pytest.mark.parametrize("rate", [PARTICIPANT_POSTS, PARTICIPANT_MARKS, BOARD_POSTS])
def test_so_many_at_once_then_so_many_a_second(limiter: Limiter, clock: Clock, rate: Rate) -> None:
    assert spent(limiter, rate) == rate.burst
    assert spent(limiter, rate) == 0
    clock.now += 10
    assert spent(limiter, rate) == pytest.approx(min(rate.burst, 10 * rate.per_second), abs=1)
    clock.now += 3_600
    assert spent(limiter, rate) == rate.burst, "waiting longer saves up no more"


def test_who_is_too_fast_is_told_how_long_to_wait_and_then_it_works(limiter: Limiter, clock: Clock) -> None:
    spent(limiter, PARTICIPANT_POSTS)
    clock.now += 1.5
    with pytest.raises(TooFast) as refusal:
        limiter.spend("post", "asha", PARTICIPANT_POSTS)
    assert refusal.value.retry_after == pytest.approx(3.5)
    assert refusal.value.detail == "That was fast. Please wait 4 s and try again."
    clock.now += math.floor(refusal.value.retry_after)
    assert spent(limiter, PARTICIPANT_POSTS) == 0
    clock.now += 1
    assert spent(limiter, PARTICIPANT_POSTS) == 1


def test_trying_in_vain_makes_nobody_wait_longer(limiter: Limiter, clock: Clock) -> None:
    spent(limiter, PARTICIPANT_POSTS)
    taken = 0
    for _ in range(52):
        clock.now += 0.1
        taken += spent(limiter, PARTICIPANT_POSTS)
    assert taken == 1


def test_one_persons_haste_is_nobody_elses_and_posts_are_not_votes(limiter: Limiter) -> None:
    assert spent(limiter, PARTICIPANT_POSTS, "asha") == 5
    assert spent(limiter, PARTICIPANT_POSTS, "leo") == 5
    assert spent(limiter, PARTICIPANT_MARKS, "asha", "mark") == 30


def test_without_limits_nobody_waits(clock: Clock) -> None:
    free = Limiter(False, clock)
    for _ in range(1_000):
        free.spend("post", "asha", PARTICIPANT_POSTS)


def test_who_has_long_been_quiet_is_forgotten_and_who_has_not_is_held_back_still(limiter: Limiter, clock: Clock) -> None:
    for number in range(50_000):
        limiter.spend("mark", str(number), PARTICIPANT_MARKS)
    clock.now += 601
    spent(limiter, PARTICIPANT_POSTS)
    assert len(limiter._buckets) == 1
    assert spent(limiter, PARTICIPANT_POSTS) == 0


def test_whoever_is_forgotten_would_have_had_a_full_measure_again() -> None:
    for rate in (value for value in vars(access).values() if isinstance(value, Rate)):
        assert rate.burst / rate.per_second < 600
