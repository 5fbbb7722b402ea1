"""Webhooks: what other programs are sent of a board, signed and in order, and what they cannot make the server do."""

from __future__ import annotations

import json
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select, update
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from board.actions import moderators, retention
from board.actions import webhooks as acts
from board.data import outbox, schema
from board.data import webhooks as stored
from board.data.store import Connection, Store
from board.live import webhooks as sender
from board.model import requests, webhooks
from board.model.models import Conflict, Invalid, Kind, Role, State
from board.model.webhooks import Event, NewWebhook, may_reach
from tests import boards, servers
from tests.conftest import People
from tests.inprocess import ServerByClock, by_clock
from tests.people import JSON
from tests.servers import Server
from tests.test_contract_schemas import Witness, answers
from tests.test_search import stored as post_of
from tests.visitors import Visitors

LOOPBACK = (ip_network("127.0.0.0/8"),)
EVERY = list(Event)


# -- which addresses may be reached -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.3.4", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),  # noqa: S104
        *("255.255.255.255", "::1", "::", "fd00::1", "fe80::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
    ],
)
def test_a_webhook_address_in_the_own_network_is_refused(address: str) -> None:
    assert not may_reach(ip_address(address), ())


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e", "::ffff:93.184.215.14"])
def test_a_webhook_address_on_the_internet_is_accepted(address: str) -> None:
    assert may_reach(ip_address(address), ())


def test_the_operator_can_allow_networks_for_webhooks() -> None:
    named = (ip_network("10.1.0.0/16"), ip_network("fd12::/32"))
    assert may_reach(ip_address("10.1.2.3"), named)
    assert may_reach(ip_address("fd12::7"), named)
    assert may_reach(ip_address("::ffff:10.1.2.3"), named)
    assert not may_reach(ip_address("10.2.0.1"), named)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("ftp://example.org/x", "webhook-address-wrong"),
        ("https://name:word@example.org/x", "webhook-address-wrong"),
        ("https://example.org/a b", "webhook-address-wrong"),
        ("https://example.org/a\r\nX: 1", "webhook-address-wrong"),
        ("https://example.org:99999/", "webhook-address-wrong"),
        ("https:///x", "webhook-address-wrong"),
        ("https://exämple.org/", "webhook-address-wrong"),
        (f"https://example.org/{'x' * 500}", "webhook-address-wrong"),
        ("http://127.0.0.1:8000/", "webhook-address-private"),
        ("http://[::1]/", "webhook-address-private"),
        ("http://169.254.169.254/latest/meta-data", "webhook-address-private"),
    ],
)
def test_a_wrong_address_is_refused_when_the_webhook_is_made(url: str, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        webhooks.wanted(NewWebhook(url, EVERY), ())
    assert (refused.value.message.key, refused.value.field) == (key, "url")


def test_pauses_between_retries_grow_to_a_day_and_then_retries_end() -> None:
    least = [webhooks.pause_seconds(tries, 0, 0.0) for tries in range(1, 10)]
    most = [webhooks.pause_seconds(tries, 0, 1.0) for tries in range(1, 10)]
    assert [round(one) for one in most if one] == [6, 330, 1_980, 7_920, 19_800, 39_600, 55_440, 79_200, 95_040]
    assert all(a and b and a < b for a, b in zip(least, most, strict=True))
    assert webhooks.pause_seconds(10, 0, 0.5) is None
    assert webhooks.pause_seconds(1, 120, 0.5) == 120, "as the receiver asks"
    assert webhooks.pause_seconds(1, 1e9, 0.5) == 86_400, "a day at the most"


# -- which changes are events --------------------------------------------------------------------------------------

ORDER = [State.PENDING, State.VISIBLE, State.HIDDEN, State.REJECTED, State.WITHDRAWN]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("was", [None, *ORDER])
@pytest.mark.parametrize("now", ORDER)
def test_a_post_that_comes_or_goes_is_an_event(kind: Kind, was: State | None, now: State) -> None:
    post = msgspec.structs.replace(post_of({"text": "Who?"}), kind=kind, state=now)
    before = msgspec.structs.replace(post, state=was) if was else None
    found = list(webhooks.of_change(before, post))
    came, went = now is State.VISIBLE and was is not State.VISIBLE, was is State.VISIBLE and now is not State.VISIBLE
    assert found == [Event(f"{kind}.visible")] * came + [Event.POST_HIDDEN] * went


def test_an_answer_is_an_event_once_and_no_text_and_no_name_is_sent() -> None:
    post = msgspec.structs.replace(post_of({"text": "Who?", "author": {"name": "Mira"}}), kind=Kind.QUESTION, session="heat")
    answered = msgspec.structs.replace(post, answered=True, answer="The ministry.")
    assert list(webhooks.of_change(post, answered)) == [Event.QUESTION_ANSWERED]
    assert list(webhooks.of_change(answered, msgspec.structs.replace(answered, pinned=True))) == []
    assert webhooks.about(answered) == {"post": {"id": post.id, "kind": "question", "session": "heat"}}


# -- in the database -----------------------------------------------------------------------------------------------


async def hooked(store: Store, *events: Event) -> tuple[int, Any, str]:
    board_id = await boards.new_board(store)
    olga = await boards.new_actor(store, board_id, "Olga", Role.ORGANISER)
    wanted = NewWebhook("https://example.org/hook/secret", list(events) or EVERY)
    return board_id, olga, await acts.add(store, board_id, olga, wanted, ())


async def waiting(store: Store, board_id: int) -> list[dict[str, Any]]:
    table = schema.messages
    found = select(table.c.body).where(table.c.board_id == board_id).order_by(table.c.id)
    return [json.loads(row.body) for row in await store.read(lambda connection: connection.execute(found).all())]


async def test_a_message_is_stored_with_its_change_only_for_webhooks_that_asked(store: Store) -> None:
    board_id, olga, made = await hooked(store, Event.CARD_VISIBLE, Event.QUESTION_ANSWERED)
    card = await boards.submit(store, board_id, boards.card("Thank you"))
    asked = await boards.submit(store, board_id, boards.question("Who pays?"))
    await moderators.moderate(store, board_id, olga, asked.id, requests.Moderation(answered=True, answer="I do."))
    await moderators.moderate(store, board_id, olga, card.id, requests.Moderation(state=State.HIDDEN))
    assert [(one["type"], one["data"]["post"]["id"]) for one in await waiting(store, board_id)] == [
        ("card.visible", card.id), ("question.answered", asked.id),
    ]  # fmt: skip
    refused = requests.Moderation(state=State.PENDING)
    with pytest.raises(Conflict):
        await moderators.moderate(store, board_id, olga, card.id, refused)
    assert len(await waiting(store, board_id)) == 2, "what was refused is no event"
    await acts.remove(store, board_id, olga, made)
    assert await waiting(store, board_id) == []
    await boards.submit(store, board_id, boards.card("Thank you again"))
    assert await waiting(store, board_id) == []
    audit = await store.read(lambda connection: connection.execute(select(schema.audit.c.action, schema.audit.c.detail)).all())
    assert [tuple(row) for row in audit if row.action.startswith("webhook")] == [
        ("webhook-added", "example.org"), ("webhook-removed", "example.org"),
    ]  # fmt: skip


async def test_the_number_of_waiting_messages_is_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    board_id, *_ = await hooked(store)
    monkeypatch.setattr(outbox, "MOST_WAITING", 3)
    for number in range(5):
        await boards.submit(store, board_id, boards.card(f"Thank you {number}"))
    assert len(await waiting(store, board_id)) == 3


async def test_only_one_worker_at_a_time_sends_to_a_webhook(store: Store) -> None:
    board_id, *_ = await hooked(store)
    await boards.submit(store, board_id, boards.card("Thank you"))
    now = store.now()

    def held(at: int) -> Callable[[Connection], int]:
        return lambda connection: len(stored.hold(connection, at, 8))

    assert await store.write_any(held(now)) == 1
    assert await store.write_any(held(now)) == 0
    assert await store.write_any(held(now + (stored.HOLD_SECONDS + 1) * 1_000_000)) == 1, "the other worker died"


async def test_the_number_of_webhooks_is_bounded(store: Store) -> None:
    board_id, olga, _ = await hooked(store)
    for _ in range(webhooks.MAX_WEBHOOKS - 1):
        await acts.add(store, board_id, olga, NewWebhook("https://example.org/", EVERY), ())
    with pytest.raises(Conflict, match="webhooks-too-many"):
        await acts.add(store, board_id, olga, NewWebhook("https://example.org/", EVERY), ())


async def test_every_documented_answer_about_webhooks_is_given(server: Server, people: Callable[..., People]) -> None:
    here, witness = people(server, server.create()), Witness()
    organiser, asha, moderator = await here.organiser(), await here.attendee(), await here.moderator()
    witness.watch(organiser.http, asha.http, moderator.http)
    wanted = {"url": "https://example.org/hook", "events": ["card.visible"]}
    made = (await organiser.send("POST", "/webhooks", wanted)).json()["webhook"]
    assert made["secret"].startswith("whsec_")
    (listed,) = (await organiser.get("/webhooks")).json()["webhooks"]
    assert listed == {name: value for name, value in made.items() if name != "secret"}
    for _ in range(webhooks.MAX_WEBHOOKS):
        await organiser.send("POST", "/webhooks", wanted)
    assert (await organiser.send("DELETE", f"/webhooks/{made['id']}")).status_code == 200
    for content in (b"{", b"x" * 20_000, b'{"url": "https://example.org/", "events": ["all"]}'):
        await organiser.http.post(f"{organiser.api}/webhooks", content=content, headers=JSON)
    for method, path in (("GET", "/webhooks"), ("POST", "/webhooks"), ("DELETE", "/webhooks/x")):
        for other in (asha, moderator):
            assert (await other.send(method, path, wanted)).status_code == 403
        await organiser.send(method, path, wanted)
        await organiser.http.request(method, organiser.api + path, content=b"{}")
        await organiser.http.request(method, f"/api/b/NOWHERE{path}", content=b"{}", headers=JSON)
    missing = {answer for answer in answers(lambda tags: "organise" in tags) - witness.seen if "Webhook" in answer[0]}
    assert missing == set()


# -- from a real server to a real receiver -------------------------------------------------------------------------


class Receiver:
    """Takes what comes, and answers as it is set: a status, and headers."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answer: tuple[int, dict[str, str]] = (204, {})
        self.holds: threading.Event | None = None
        here = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                here.got.append((dict(self.headers.items()), body))
                if here.holds:
                    here.holds.wait(10)
                status, headers = here.answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook?key=s3cret"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self, number: int) -> list[tuple[dict[str, str], bytes]]:
        servers.wait_until(lambda: len(self.got) >= number, f"{number} messages")
        return self.got


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def clocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerByClock]:
    monkeypatch.setattr(sender, "LOOK_SECONDS", 0.02)
    with by_clock(BOARD_WEBHOOK_NETWORKS="127.0.0.0/8", BOARD_LIMITS="off") as made:
        yield made


class Board:
    def __init__(self, server: ServerByClock, visit: Visitors) -> None:
        board = server.create("Innovation Lab")
        self.code, self.api = board["code"], f"/api/b/{board['code']}"
        self.organiser = visit.by_link(server, board["organise_url"])
        self.moderator = visit.by_link(server, board["moderate_url"])
        self.phone = visit.stranger(server)
        self.phone.get(f"/b/{self.code}")

    def hook(self, url: str, events: list[str] | None = None) -> dict[str, Any]:
        answer = self.organiser.post(self.api + "/webhooks", json={"url": url, "events": events or EVERY})
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()["webhook"]
        return found

    def card(self) -> str:
        post = {"id": str(uuid.uuid4()), "kind": "card", "to": [{"name": "Nadia"}], "text": "You listened."}
        assert self.phone.post(self.api + "/posts", json=post).status_code == 201
        return str(post["id"])

    def waiting(self) -> int:
        """Messages that have not arrived; none on a board that is erased."""
        found = self.organiser.get(self.api + "/webhooks").json()
        return sum(one["waiting"] for one in found.get("webhooks", []))

    def listed(self) -> dict[str, Any]:
        (one,) = self.organiser.get(self.api + "/webhooks").json()["webhooks"]
        found: dict[str, Any] = one
        return found


@pytest.fixture
def here(clocked: ServerByClock, visit: Visitors) -> Board:
    return Board(clocked, visit)


def test_messages_come_signed_and_in_order_and_the_secret_is_shown_once(here: Board, receiver: Receiver) -> None:
    made = here.hook(receiver.url)
    card = here.card()
    here.moderator.patch(f"{here.api}/posts/{card}", json={"state": "hidden", "reason": "Please not."})
    here.organiser.post(here.api + "/archive", json={})
    got = [json.loads(body) for _, body in receiver.wait(3)]
    assert [one["type"] for one in got] == ["card.visible", "post.hidden", "board.archived"]
    assert got[0]["data"] == {"board": here.code, "post": {"id": card, "kind": "card"}}
    assert "listened" not in json.dumps(got)
    for headers, body in receiver.got:
        lower = {name.lower(): value for name, value in headers.items()}
        # By the board's clock: the library holds the time of a message to its own.
        assert abs(int(lower["webhook-timestamp"]) - 1_800_000_000) < 60
        assert lower["webhook-id"].startswith("msg_")
        sign = webhooks.signature(made["secret"], lower["webhook-id"], int(lower["webhook-timestamp"]), body)
        assert lower["webhook-signature"] == sign
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 3
    listed = here.listed()
    assert "secret" not in listed
    servers.wait_until(lambda: here.listed()["waiting"] == 0, "all to arrive")
    assert (here.listed()["status"], here.listed()["failed"]) == (204, 0)
    gone = here.organiser.request("DELETE", f"{here.api}/webhooks/{made['id']}", json={})
    assert gone.status_code == 200, "also once it is archived"


def test_the_library_of_the_specification_accepts_our_signature() -> None:
    secret, body, now = webhooks.secret("k" * 40, "a1"), b'{"type":"card.visible"}', int(time.time())
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(now)}
    right = headers | {"webhook-signature": webhooks.signature(secret, "msg_1", now, body)}
    assert Webhook(secret).verify(body, right) == {"type": "card.visible"}
    with pytest.raises(WebhookVerificationError):
        Webhook(webhooks.secret("k" * 40, "a2")).verify(body, right)


def test_a_failed_message_is_retried_with_the_same_id(here: Board, clocked: ServerByClock, receiver: Receiver) -> None:
    here.hook(receiver.url, ["card.visible"])
    receiver.answer = (500, {})
    here.card()
    receiver.wait(1)
    servers.wait_until(lambda: here.listed()["failed"] == 1, "the failure to be written")
    here.card()
    receiver.answer = (302, {"Location": receiver.url})
    clocked.clock.move(8)
    receiver.wait(2)
    servers.wait_until(lambda: here.listed()["failed"] == 2, "the second failure: nothing is followed")
    receiver.answer = (204, {})
    clocked.clock.move(8)
    time.sleep(0.1)  # the pause is longer by now: nothing comes
    assert len(receiver.got) == 2
    clocked.clock.move(400)
    ids = [headers["webhook-id"] for headers, _ in receiver.wait(4)]
    assert ids[0] == ids[1] == ids[2] != ids[3]
    servers.wait_until(lambda: here.listed()["waiting"] == 0, "all to arrive")
    assert here.listed()["failed"] == 0


def test_a_receiver_that_is_gone_gets_no_more_messages(here: Board, clocked: ServerByClock, receiver: Receiver) -> None:
    here.hook(receiver.url)
    receiver.answer = (410, {})
    here.card()
    receiver.wait(1)
    servers.wait_until(lambda: "disabled_at" in here.listed(), "the webhook to be switched off")
    here.card()
    assert here.listed()["waiting"] == 0
    clocked.clock.move(90_000)
    assert len(receiver.got) == 1


def test_a_receiver_that_always_fails_is_switched_off_after_days(
    here: Board, clocked: ServerByClock, receiver: Receiver
) -> None:
    here.hook(receiver.url)
    receiver.answer = (503, {"Retry-After": "600"})
    here.card()
    for number in range(1, 11):
        receiver.wait(number)
        servers.wait_until(lambda number=number: here.listed()["failed"] == number, "the failure to be written")  # type: ignore[misc]
        clocked.clock.move(100_000)
    assert "disabled_at" in here.listed()
    assert len(receiver.got) == 10


@contextmanager
def silent() -> Iterator[int]:
    """The port of somebody who takes a connection and never says anything."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_worker_holds_a_webhook_longer_than_it_sends_to_it() -> None:
    assert stored.HOLD_SECONDS > sender.SENDS_SECONDS + sender.TAKES_SECONDS, "or two workers send the same messages"


def test_after_its_time_a_webhook_waits_for_its_next_turn(
    here: Board, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "SENDS_SECONDS", 0.0)
    here.hook(receiver.url, ["card.visible"])
    cards = [here.card() for _ in range(4)]
    got = [json.loads(body)["data"]["post"]["id"] for _, body in receiver.wait(4)]
    assert got == cards
    servers.wait_until(lambda: here.waiting() == 0, "all to arrive")
    assert len(receiver.got) == 4


def test_a_removed_webhook_gets_no_more_messages(here: Board, receiver: Receiver) -> None:
    """Also not those of the turn that has begun."""
    made = here.hook(receiver.url, ["card.visible"])
    go_on = threading.Event()
    receiver.holds = go_on
    for _ in range(3):
        here.card()
    receiver.wait(1)
    assert here.organiser.request("DELETE", f"{here.api}/webhooks/{made['id']}", json={}).status_code == 200
    go_on.set()
    receiver.holds = None
    other = here.hook(receiver.url + "&other=1", ["card.visible"])
    here.card()
    servers.wait_until(lambda: len(receiver.got) >= 2, "the message of the other webhook")
    servers.wait_until(lambda: here.waiting() == 0, "it to be written")
    signed = receiver.got[-1][0]["webhook-signature"]
    head, body = receiver.got[-1]
    assert signed == webhooks.signature(other["secret"], head["webhook-id"], int(head["webhook-timestamp"]), body)
    assert len(receiver.got) == 2


async def test_receivers_that_fail_stand_behind_those_that_work(store: Store) -> None:
    failing, *_ = await hooked(store)
    working, *_ = await hooked(store)
    for board_id in (failing, working):
        await boards.submit(store, board_id, boards.card("Thank you"))
    table = schema.webhooks
    failed = update(table).where(table.c.board_id == failing).values(failed=3, paused_until=-1)
    await store.write_any(lambda connection: connection.execute(failed))
    found = await store.read(lambda connection: stored.due(connection, store.now(), 1))
    assert [one.board_id for one in found] == [working]


def test_a_slow_receiver_does_not_delay_others(
    here: Board, receiver: Receiver, visit: Visitors, clocked: ServerByClock
) -> None:
    with silent() as port:
        here.hook(f"http://127.0.0.1:{port}/", ["card.visible"])
        other = Board(clocked, visit)
        other.hook(receiver.url, ["card.visible"])
        here.card()
        other.card()
        receiver.wait(1)


def test_a_host_name_of_the_own_network_is_not_connected(visit: Visitors, receiver: Receiver, monkeypatch: Any) -> None:
    """The name is looked up when something is sent, and where it leads is looked at then."""
    monkeypatch.setattr(sender, "LOOK_SECONDS", 0.02)
    with by_clock(BOARD_LIMITS="off") as server:
        here = Board(server, visit)
        here.hook(receiver.url.replace("127.0.0.1", "localhost"))
        here.card()
        servers.wait_until(lambda: here.listed()["failed"] == 1, "the failure to be written")
        assert (here.listed()["status"], receiver.got) == (0, [])


@pytest.mark.parametrize("host", ["a..invalid", f"{'a' * 64}.invalid"])
def test_a_host_name_that_cannot_be_is_a_failure_like_others(here: Board, host: str) -> None:
    """Python raises another error for it than for a name that nobody has."""
    here.hook(f"https://{host}/hook")
    here.card()
    servers.wait_until(lambda: here.listed()["failed"] == 1, "the failure to be written")
    assert here.listed()["status"] == 0


def test_webhooks_get_the_day_before_a_board_is_erased(here: Board, clocked: ServerByClock, receiver: Receiver) -> None:
    here.hook(receiver.url, ["board.expires"])
    assert here.organiser.patch(here.api, json={"retention_days": 30}).status_code == 200
    while here.organiser.get(here.api).status_code == 200:
        clocked.in_loop(lambda context: retention.look(context.store, context.languages.somebody))
        servers.wait_until(lambda: not here.waiting(), "all to arrive")
        clocked.clock.move(86_400)
    first, last = (json.loads(body) for _, body in receiver.got)
    assert first["type"] == last["type"] == "board.expires"
    assert first["data"] == last["data"]
    assert first["data"]["board"] == here.code
    day = datetime.fromisoformat(first["data"]["erased_on"]).replace(tzinfo=UTC)
    assert [round((day - datetime.fromisoformat(one["timestamp"])).days) for one in (first, last)] == [13, 0]


async def test_an_event_of_a_later_version_breaks_no_worker(store: Store) -> None:
    board_id, *_ = await hooked(store)
    later = update(schema.webhooks).values(events='["card.visible","card.gilded"]')
    await store.write_any(lambda connection: connection.execute(later))
    await boards.submit(store, board_id, boards.card("Thank you"))
    (one,) = await store.read(lambda connection: outbox.listed(connection, board_id))
    assert (one.events, one.waiting) == (["card.visible", "card.gilded"], 1)
    count = select(func.count()).select_from(schema.messages)
    assert await store.read(lambda connection: connection.scalar(count)) == 1
