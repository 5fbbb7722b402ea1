"""A board that is archived is read-only: each address and each command that writes refuses everybody, with a sentence."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

import httpx
import pytest

from board.command import cli
from tests.badges import address_of
from tests.people import JSON, Json, card, question
from tests.servers import Server
from tests.test_contract_schemas import operations
from tests.test_organise import data_url, png
from tests.visitors import Visitors, visiting

POST_ID = "11111111-1111-4111-8111-111111111111"
SESSIONS = "title,date,start,end\nHeat,2026-05-04,09:00,10:00\n"
ROSTER = "id,name,team\nnadia,Nadia,Jordan\n"
MORE = "id,name,team\nomar,Omar,Jordan\n"


def question_for() -> Json:
    return {"kind": "question", "id": "22222222-2222-4222-8222-222222222222", "text": "Who pays?", "author": {"name": "Leo"}}


# What is sent to each address. An address that writes and stands in neither table fails the test.
REFUSED: dict[tuple[str, str], object] = {
    ("patch", ""): {"title": "Another"},
    ("post", "/posts"): question(),
    ("post", "/posts/bulk"): {"ids": [POST_ID], "state": "hidden"},
    ("patch", "/posts/{id}"): {"state": "withdrawn"},
    ("put", "/posts/{id}/vote"): None,
    ("delete", "/posts/{id}/vote"): None,
    ("put", "/posts/{id}/reactions/{key}"): None,
    ("delete", "/posts/{id}/reactions/{key}"): None,
    ("put", "/posts/{id}/thanks"): None,
    ("delete", "/posts/{id}/thanks"): None,
    ("delete", "/votes"): None,
    ("post", "/join"): {"name": "Leo"},
    ("post", "/badge"): {"badge": "BADGE"},
    ("put", "/screen"): {"scene": "cards"},
    ("put", "/sessions/{id}/floor"): {"post": None},
    ("put", "/notes"): {"text": "Louder, please."},
    ("delete", "/notes/{id}"): {},
    ("put", "/notes/{id}/seen"): {},
    ("put", "/screens"): {"scene": "cards", "all": True},
    ("post", "/screens"): {"name": "Hall"},
    ("put", "/screens/{id}"): {"scene": "cards"},
    ("delete", "/screens/{id}"): {},
    ("post", "/sessions"): {"title": "Water"},
    ("post", "/sessions/shift"): {"from": "heat", "minutes": 15},
    ("patch", "/sessions/{id}"): {"questions": "paused"},
    ("delete", "/sessions/{id}"): {},
    ("post", "/people"): {"name": "Omar"},
    ("patch", "/people/{id}"): {"name": "Nadja"},
    ("delete", "/people/{id}"): {},
    ("post", "/people/{id}/merge"): {"into": "omar"},
    ("delete", "/people/{id}/holder"): {},
    ("put", "/posts/{id}/join"): {"into": POST_ID},
    ("delete", "/posts/{id}/join"): {},
    ("put", "/participants/{id}/trust"): {},
    ("delete", "/participants/{id}/trust"): {},
    ("post", "/prepared"): {"questions": [{"id": POST_ID, "text": "Who pays?"}]},
    ("patch", "/prepared/{id}"): {"text": "Who pays?", "before": None},
    ("delete", "/prepared/{id}"): {},
    ("post", "/prepared/{id}/add"): {},
    ("post", "/behalf"): question_for(),
    ("post", "/kiosk/posts"): question_for(),
    ("post", "/kiosks"): {"name": "Entrance"},
    ("delete", "/kiosks/{id}"): {},
    ("put", "/participants/{id}/mute"): {},
    ("delete", "/participants/{id}/mute"): {},
    ("post", "/links"): {"role": "moderator", "name": "Evening"},
    ("delete", "/links/{id}"): {},
    ("post", "/links/{id}/renew"): {},
    ("post", "/imports"): MORE.encode(),
    ("patch", "/imports/{id}"): {"encoding": "utf-8"},
    ("post", "/imports/{id}/apply"): {},
    ("post", "/imports/{id}/undo"): {},
    ("post", "/rehearsal"): {},
    ("post", "/undos/{id}"): {},
    ("put", "/rehearsal/attendees"): {},
    ("post", "/webhooks"): {"url": "https://example.org/", "events": ["board.archived"]},
}
# It is opened again, copied, erased, and so is its rehearsal; a QR code is only drawn; one may say no at any time.
ALLOWED = {
    ("post", "/archive"),
    ("delete", "/archive"),
    ("post", "/duplicate"),
    ("delete", "/rehearsal"),
    ("delete", "/rehearsal/attendees"),
    ("post", "/purge"),
    ("post", "/qr"),
    ("put", "/me/consent"),
    ("delete", "/webhooks/{id}"),  # read-only is no reason to go on sending
    ("delete", "/me"),  # read-only is no reason to keep somebody
    ("post", "/people/{id}/erase"),
}
COMMANDS_REFUSED: dict[str, list[str]] = {
    "link": ["organiser", "--name", "Evening"],
    "import-agenda": ["SESSIONS"],
    "import-people": ["ROSTER"],
}
COMMANDS_ALLOWED = {"erase", "export", "purge", "duplicate", "archive"}


class Archived:
    """A board with something of everything, one browser that may do all on it, and what it held when it was archived."""

    def __init__(self, server: Server, visit: Visitors) -> None:
        self.server, self.board = server, server.create("Innovation Lab", "--team", "Jordan")
        self.code, self.api = self.board["code"], f"/api/b/{self.board['code']}"
        for kind, text in (("agenda", SESSIONS), ("people", ROSTER)):
            server.run(f"import-{kind}", self.code, self.file(kind, text))
        self.badge = address_of(server, self.board, "nadia").rpartition("/")[2]
        self.client = visit.by_link(server, self.board["organise_url"])
        self.session = self.snapshot["sessions"][0]["id"]
        self._done("POST", "/posts", card() | {"id": POST_ID})
        self.open, self.applied = self._brought(MORE), self._brought(MORE)
        self._done("POST", f"/imports/{self.applied}/apply", {})
        self.undo = self._done("PATCH", "/people/nadia", {"team": None})["undo"]
        self.link = self._done("GET", "/links")["links"][0]["id"]
        self._done("POST", "/archive", {})
        self.before = server.run("export", self.code).stdout

    def file(self, kind: str, text: str) -> str:
        path = self.server.directory / f"{kind}-{self.code}.csv"
        path.write_text(text)
        return str(path)

    @property
    def snapshot(self) -> Json:
        found: Json = self.client.get(self.api).json()
        return found

    def _brought(self, text: str) -> str:
        headers = {"Content-Type": "application/octet-stream"}
        address = f"{self.api}/imports?kind=people&name=people.csv"
        answer = self.client.post(address, content=text.encode(), headers=headers)
        assert answer.status_code == 201, answer.text
        found: str = answer.json()["import"]["id"]
        return found

    def _done(self, method: str, path: str, body: object = None) -> Json:
        content = None if body is None else json.dumps(body).encode()
        answer = self.client.request(method, self.api + path, content=content, headers=JSON)
        assert answer.status_code < 300, answer.text
        found: Json = answer.json()
        return found

    def ask(self, method: str, path: str, body: object) -> httpx.Response:
        """The address with what is there in the place of its parts."""
        for part, value in (
            ("/posts/{id}", f"/posts/{POST_ID}"),
            ("/prepared/{id}", f"/prepared/{POST_ID}"),
            ("/sessions/{id}", f"/sessions/{self.session}"),
            ("/people/{id}", "/people/nadia"),
            ("/undos/{id}", f"/undos/{self.undo}"),
            ("/links/{id}", f"/links/{self.link}"),
            ("/imports/{id}/undo", f"/imports/{self.applied}/undo"),
            ("/imports/{id}", f"/imports/{self.open}"),
            ("/votes", "/votes?since=2026-05-04T09:00:00Z"),
            ("{key}", "clap"),
            ("{id}", "somebody"),
        ):
            path = path.replace(part, value)
        if isinstance(body, bytes):
            headers = {"Content-Type": "application/octet-stream"}
            return self.client.post(f"{self.api}{path}?kind=people&name=people.csv", content=body, headers=headers)
        content = b"" if body is None else json.dumps(body).replace("BADGE", self.badge).encode()
        return self.client.request(method, self.api + path, content=content, headers=JSON)


@pytest.fixture(scope="module")
def archived(server: Server) -> Iterator[Archived]:
    with visiting() as visit:
        yield Archived(server, visit)


def test_an_archived_board_refuses_each_writing_address_in_words(archived: Archived) -> None:
    prefix = "/api/b/{code}"
    writing = {(method, path.removeprefix(prefix)) for path, method, _ in operations() if path.startswith(prefix)}
    writing = {(method, path) for method, path in writing if method != "get"}
    assert writing == REFUSED.keys() | ALLOWED, "each address that writes stands in one of the tables"
    uploads = {("patch", ""): [{"logo": data_url(png())}, {"frozen": True}, {"themes": [{"name": "Heat"}]}]}
    for (method, path), first in REFUSED.items():
        for body in (first, *uploads.get((method, path), [])):
            answer = archived.ask(method.upper(), path, body)
            found = answer.json()
            assert (answer.status_code, found.get("code")) == (423, "archived"), (method, path, body, answer.text)
            assert "archived" in found["detail"], "in words"
    assert archived.server.run("export", archived.code).stdout == archived.before, "nothing was written"


def test_an_archived_board_refuses_each_writing_command_in_words(archived: Archived) -> None:
    (commands,) = (each.choices for each in cli._parser()._actions if isinstance(each, argparse._SubParsersAction))
    one_board = {name for name, each in commands.items() if "code" in {one.dest for one in each._get_positional_actions()}}
    assert one_board == COMMANDS_REFUSED.keys() | COMMANDS_ALLOWED, "each command on a board stands in one of the tables"
    files = {"SESSIONS": SESSIONS.replace("Heat", "Water"), "ROSTER": ROSTER.replace("adia", "our")}
    for name, words in COMMANDS_REFUSED.items():
        given = [archived.file(word, files[word]) if word in files else word for word in words]
        refused = archived.server.run(name, archived.code, *given, check=False)
        assert (refused.returncode, refused.stderr.strip().count("\n")) == (1, 0), (name, refused.stderr)
        assert "archived" in refused.stderr, name
    dry = archived.server.run("import-people", archived.code, archived.file("dry", MORE), "--dry-run").stdout
    assert "Nothing was changed" in dry
    assert archived.server.run("export", archived.code).stdout == archived.before


def test_a_board_that_the_command_line_reopens_accepts_writes_again(server: Server) -> None:
    board = server.create()
    server.run("archive", board["code"])
    assert server.run("link", board["code"], "moderator", check=False).returncode == 1
    assert "takes writes again" in server.run("archive", board["code"], "--reopen").stdout
    assert "/l/" in server.run("link", board["code"], "moderator").stdout
