"""docs/openapi.yaml and docs/asyncapi.yaml against the real thing: addresses, requests, answers, refusals, frames."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import httpx
import jsonschema
import msgspec
import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from starlette.routing import Route, WebSocketRoute
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from board import __version__
from board.app import create_app
from board.model import (
    arranging,
    forgetting,
    importing,
    joining,
    linking,
    messages,
    models,
    noting,
    prepared,
    preparing,
    requests,
    rostering,
    screening,
    views,
    webhooks,
)
from board.model.models import Audience, BoardError, Close
from board.process.settings import load
from board.web import access
from board.web.api import parts, qr, reading
from board.web.page_limits import POSTS_A_PAGE
from board.web.printing import SHEETS
from tests import boards
from tests.badges import address_of
from tests.conftest import People
from tests.inprocess import by_clock
from tests.people import JSON, Attendee, Json, Live, Moderator, Person, card, question
from tests.sentences import ENGLISH
from tests.servers import Server

Of = Callable[[Server, dict[str, str]], People]

DOCS = Path(__file__).parent.parent / "docs"
OPENAPI: Json = yaml.load((DOCS / "openapi.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
ASYNCAPI: Json = yaml.load((DOCS / "asyncapi.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
REGISTRY: Registry[Any] = Registry().with_resource("openapi.yaml", Resource(OPENAPI, DRAFT202012))
METHODS = ("get", "post", "put", "patch", "delete")
SCHEMAS: Json = OPENAPI["components"]["schemas"]


def hold(schema: Json | bool, value: object, document: Json = OPENAPI) -> None:
    """Checks the value against this schema of the document. Raises `jsonschema.ValidationError`."""
    whole = {"components": document["components"], "allOf": [schema]}
    Draft202012Validator(whole, registry=REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)


def refused(schema: Json, value: object, document: Json = OPENAPI) -> bool:
    try:
        hold(schema, value, document)
    except jsonschema.ValidationError:
        return True
    return False


def resolved(part: Json, document: Json = OPENAPI) -> Json:
    """What a `$ref` within the document points at; anything else is itself."""
    while "$ref" in part:
        assert part["$ref"].startswith("#/"), part
        target: Any = document
        for step in part["$ref"][2:].split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        part = target
    return part


def nodes(part: object) -> Iterator[Json]:
    """Every object of the document."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from nodes(inner)


def operations() -> Iterator[tuple[str, str, Json]]:
    """Address, method and description of each documented operation."""
    for path, item in OPENAPI["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


ORGANISERS = {"host", "organise", "desk"}
"""Tags of operations whose answers are witnessed in tests of their own."""


def problem(name: str) -> Json:
    """The documented refusal of this name."""
    return OPENAPI["components"]["responses"][name]["content"]["application/problem+json"]


# -- the documents by themselves -----------------------------------------------------------------------------------


def test_openapi_yaml_is_an_openapi_document() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(OPENAPI).iter_errors()] == []


def test_operation_ids_are_unique_and_tags_are_declared() -> None:
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(ids) == len(set(ids))
    tags = {tag["name"] for tag in OPENAPI["tags"]}
    assert {tag for _, _, operation in operations() for tag in operation["tags"]} == tags


def test_every_component_is_used() -> None:
    text = (DOCS / "openapi.yaml").read_text() + (DOCS / "asyncapi.yaml").read_text()
    for group, members in OPENAPI["components"].items():
        if group != "securitySchemes":
            unused = [name for name in members if f"#/components/{group}/{name}'" not in text]
            assert unused == ["wrong-method"] if group == "responses" else unused == []  # any address may answer 405


def test_references_in_asyncapi_yaml_are_consistent() -> None:
    """No checker of AsyncAPI 3 is on PyPI; these are the rules that one would check beyond the shape of the objects."""
    assert ASYNCAPI["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= ASYNCAPI["info"].keys()
    messages_of = ASYNCAPI["components"]["messages"]
    listed: dict[str, set[str]] = {name: set() for name in ASYNCAPI["channels"]}
    for channel in ASYNCAPI["channels"].values():
        assert set(channel["parameters"]) == set(re.findall(r"{(\w+)}", channel["address"]))
        for name, message in channel["messages"].items():
            assert resolved(message, ASYNCAPI) is messages_of[name]
    for operation in ASYNCAPI["operations"].values():
        assert operation["action"] in ("send", "receive")
        channel = operation["channel"]["$ref"].removeprefix("#/channels/")
        for message in operation["messages"]:
            resolved(message, ASYNCAPI)
            listed[channel].add(message["$ref"].removeprefix(f"#/channels/{channel}/messages/"))
    assert listed == {name: set(channel["messages"]) for name, channel in ASYNCAPI["channels"].items()}


def test_the_schemas_of_frames_are_schemas_and_their_references_lead_somewhere() -> None:
    resolver = REGISTRY.with_resource("asyncapi.yaml", Resource(ASYNCAPI, DRAFT202012)).resolver("asyncapi.yaml")
    for node in nodes(ASYNCAPI):
        if "$ref" in node:
            resolver.lookup(node["$ref"])
    for schema in ASYNCAPI["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_both_documents_have_the_version_of_the_code() -> None:
    assert OPENAPI["info"]["version"] == ASYNCAPI["info"]["version"] == __version__


# -- addresses -----------------------------------------------------------------------------------------------------


def test_documented_addresses_are_those_of_the_application(tmp_path: Path) -> None:
    app = create_app(load({"BOARD_DATA_DIR": str(tmp_path)}))
    app.state.context.store.close()
    routes = {
        (route.path.replace(":path}", "}"), method.lower())
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert {(path, method) for path, method, _ in operations()} == routes
    sockets = {route.path for route in app.routes if isinstance(route, WebSocketRoute)}
    assert sockets == {ASYNCAPI["channels"]["live"]["address"]}
    assert (ASYNCAPI["channels"]["events"]["address"], "get") in routes
    assert len(app.routes) == len([route for route in app.routes if isinstance(route, Route | WebSocketRoute)])


def test_every_part_of_an_address_is_described() -> None:
    for path, method, operation in operations():
        parameters = [resolved(p) for p in OPENAPI["paths"][path].get("parameters", []) + operation.get("parameters", [])]
        in_path = {parameter["name"] for parameter in parameters if parameter["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path)), (path, method)


def test_close_codes_are_those_of_the_code() -> None:
    declared = {str(code) for name, code in vars(Close).items() if not name.startswith("_")}
    assert set(ASYNCAPI["channels"]["live"]["x-close-codes"]) == declared


# -- words and requests --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Kind", "State", "Scene", "Questions", "Reaction"])
def test_documented_choices_are_those_of_the_code(name: str) -> None:
    assert SCHEMAS[name]["enum"] == [choice.value for choice in getattr(models, name)]


def test_other_choices_are_those_of_the_code() -> None:
    assert SCHEMAS["Board"]["properties"]["names"]["enum"] == list(models.Names)
    assert set(SCHEMAS["Reactions"]["properties"]) == set(models.Reaction)
    feeds = OPENAPI["components"]["parameters"]["feed"]["schema"]["enum"]
    assert feeds == list(parts._FEEDS)
    assert ASYNCAPI["channels"]["live"]["bindings"]["ws"]["query"]["properties"]["feed"]["enum"] == feeds


def test_documented_limits_are_those_of_the_code() -> None:
    def says(schema: str, field: str, words: str) -> bool:
        return words in SCHEMAS[schema]["properties"][field]["description"]

    assert says("NewCard", "text", "{} to {} characters".format(*models.CARD_TEXT_GRAPHEMES))
    assert says("NewQuestion", "text", "{} to {} characters".format(*models.QUESTION_TEXT_GRAPHEMES))
    assert says("NewCard", "to", f"1 to {models.MAX_RECIPIENTS}")
    assert says("Join", "name", "{} to {} characters".format(*models.NAME_GRAPHEMES))
    assert says("Moderation", "reason", f"t most {models.REASON_GRAPHEMES[1]} characters")
    assert says("Bulk", "reason", f"t most {models.REASON_GRAPHEMES[1]} characters")
    assert says("Moderation", "answer", f"at most {models.ANSWER_GRAPHEMES[1]} characters")
    assert says("Bulk", "ids", f"1 to {models.MAX_BULK}")
    assert f"at most {models.BODY_BYTES // 1024} KiB" in OPENAPI["info"]["description"]
    assert OPENAPI["components"]["parameters"]["code"]["schema"]["pattern"] == "^[A-Za-z0-9-]{4,12}$"
    assert SCHEMAS["Board"]["properties"]["code"]["pattern"] == f"^{models.CODE_PATTERN}$"
    limit = next(p for p in OPENAPI["paths"]["/api/b/{code}/posts"]["get"]["parameters"] if p.get("name") == "limit")
    assert limit["schema"]["maximum"] == limit["schema"]["default"] == POSTS_A_PAGE
    assert SCHEMAS["Posts"]["properties"]["posts"]["maxItems"] == POSTS_A_PAGE
    assert SCHEMAS["Mine"]["properties"]["posts"]["maxItems"] == reading.MINE_LIMIT
    assert SCHEMAS["Audit"]["properties"]["entries"]["maxItems"] == reading.AUDIT_LIMIT
    days = access.COOKIE_SECONDS // 86400
    assert f"{days} days" in OPENAPI["components"]["securitySchemes"]["device"]["description"]


REQUESTS = {
    shape.__name__: shape
    for module in (arranging, importing, joining, linking, noting, prepared, preparing, requests, rostering, screening)
    for shape in vars(module).values()
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct) and shape.__module__ == module.__name__
    if not shape.__name__.startswith("_")
    and shape
    not in (
        requests.SessionChange,
        importing.Answers,
        prepared.Prepared,
        prepared.Checked,
        noting.Note,
    )  # the part of SessionEdit that is moderators'
}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_documented_request_has_the_fields_that_the_code_takes(name: str) -> None:
    _, taken = msgspec.json.schema_components([REQUESTS[name]], ref_template="{name}")
    documented = SCHEMAS.get(name) or ASYNCAPI["components"]["schemas"][name]
    assert set(documented["properties"]) == set(taken[name]["properties"])
    assert set(documented["required"]) == set(taken[name]["required"])
    assert documented["additionalProperties"] is False
    assert taken[name]["additionalProperties"] is False


def request_examples() -> Iterator[tuple[str, Json, Json]]:
    for _, _, operation in operations():
        if content := operation.get("requestBody", {}).get("content", {}).get("application/json"):
            examples = [content["example"]] if "example" in content else [e["value"] for e in content["examples"].values()]
            assert examples
            yield from ((operation["operationId"], content["schema"], example) for example in examples)


SHAPES: dict[str, Any] = {
    "createBoard": preparing.NewBoard,
    "changeBoard": preparing.Settings,
    "duplicateBoard": preparing.Duplicate,
    "beginRehearsal": preparing.Rehearsal,
    "purgeBoard": preparing.Purge,
    "createPost": requests.NewCard | requests.NewQuestion,
    "moderateMany": requests.Bulk,
    "changePost": requests.Edit | requests.Moderation,
    "join": requests.Join,
    "enterByBadge": requests.Badge,
    "putConsent": requests.ConsentWish,
    "present": requests.NewScreen,
    "changeImport": importing.ImportChange,
    "changeSession": arranging.SessionEdit | requests.FloorChange,
    "takeUp": requests.NextQuestion,
    "writeNote": noting.NewNote,
    "createLink": linking.NewLink,
    "createWebhook": webhooks.NewWebhook,
    "createKiosk": linking.NewKiosk,
    "joinQuestions": joining.Joining,
    "prepareQuestions": prepared.PreparedList,
    "changePrepared": prepared.PreparedEdit,
    "addPrepared": prepared.PreparedAddition,
    "postOnBehalf": requests.CardFor | requests.QuestionFor,
    "postAtKiosk": requests.CardFor | requests.QuestionFor,
    "createScreen": screening.NewLargeScreen,
    "changeScreen": screening.LargeScreenChange,
    "presentOnScreens": screening.ManyScreens,
    "createPerson": rostering.NewPerson,
    "changePerson": rostering.PersonEdit,
    "mergePeople": rostering.Merge,
    "erasePerson": rostering.ErasePerson,
    "eraseMe": forgetting.EraseMe,
    "makeQr": qr.Address,
    "createSession": arranging.NewSession,
    "shiftSessions": arranging.Shift,
    "removeSession": arranging.SessionRemoval,
}


def test_every_operation_with_a_body_has_an_example_of_it() -> None:
    files = {"createImport"}
    with_body = {operation["operationId"] for _, _, operation in operations() if "requestBody" in operation} - files
    assert {name for name, _, _ in request_examples()} == with_body == set(SHAPES)


@pytest.mark.parametrize(("name", "schema", "example"), list(request_examples()))
def test_an_example_request_is_as_documented_and_the_code_takes_it(name: str, schema: Json, example: Json) -> None:
    hold(schema, example)
    shapes = get_args(SHAPES[name]) if name in ("changePost", "changeSession") else [SHAPES[name]]
    taken = 0
    for shape in shapes:
        try:
            requests.parse(json.dumps(example).encode(), shape)
        except BoardError:
            continue
        taken += 1
    assert taken
    assert refused(schema, example | {"nonsense": 1})


def test_examples_of_answers_and_parameters_are_as_documented() -> None:
    held = 0
    for node in nodes(OPENAPI):
        if isinstance(node.get("schema"), dict) and "example" in node:
            hold(node["schema"], node["example"])
            held += 1
    for schema in SCHEMAS.values():
        for example in schema.get("examples", []):
            hold(schema, example)
            held += 1
    assert held > 25


def test_examples_of_frames_are_as_documented() -> None:
    held = 0
    for message in ASYNCAPI["components"]["messages"].values():
        for example in message.get("examples", []):
            hold(message["payload"], example["payload"], ASYNCAPI)
            assert refused(message["payload"], example["payload"] | {"nonsense": 1}, ASYNCAPI)
            held += 1
    assert held > 5


def test_frames_in_browser_tests_match_the_documented_frames() -> None:
    said: Json = json.loads((DOCS.parent / "tests" / "vectors" / "frames.json").read_text(encoding="utf-8"))["now"]
    for reader, frames in said.items():
        for frame in frames:
            for_moderators = f"{frame['type']}ForModerators" if reader == "desk" and frame["type"] != "beat" else frame["type"]
            hold(ASYNCAPI["components"]["messages"][for_moderators]["payload"], frame, ASYNCAPI)


# -- refusals ------------------------------------------------------------------------------------------------------


def family(error: type[BoardError] = BoardError) -> Iterator[type[BoardError]]:
    yield error
    for kind in error.__subclasses__():
        yield from family(kind)


def test_documented_refusals_match_the_code() -> None:
    declared = {error.slug: error for error in family()}
    documented = {name for name, answer in OPENAPI["components"]["responses"].items() if name != "page"}
    assert documented == set(declared)
    assert SCHEMAS["Problem"]["properties"]["type"]["enum"] == [f"urn:brilliance-board:{slug}" for slug in declared]
    for slug, error in declared.items():
        example = problem(slug)["example"]
        assert example["status"] == error.status
        title = ENGLISH.say(f"problem-{slug}")
        assert example["title"] == title == OPENAPI["components"]["responses"][slug]["description"]
        assert example["type"] == f"urn:brilliance-board:{slug}"


def test_each_documented_status_is_that_of_its_refusal() -> None:
    status_of = {error.slug: str(error.status) for error in family()}
    for path, _, operation in operations():
        for status, answer in operation["responses"].items():
            if path.startswith("/api/") and "$ref" in answer:
                slug = answer["$ref"].rsplit("/", 1)[1]
                assert status == ("default" if slug == "error" else status_of[slug]), (path, status)


@pytest.mark.parametrize("error", list(family()), ids=lambda error: error.slug)
def test_a_refusal_is_a_problem_as_documented(error: type[BoardError]) -> None:
    made = error() if error is models.StorageDown else error("text-missing", field="text")
    hold(problem(error.slug)["schema"], json.loads(views.encode(messages.problem(made, ENGLISH))))


# -- answers of a real server --------------------------------------------------------------------------------------


def operation_of(request: httpx.Request) -> Json:
    """The documented operation that this request is for: the one with the fewest gaps in its address."""
    found = []
    for path, method, operation in operations():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)).replace("/static/[^/]+/[^/]+", "/static/[^/]+/.+")
        if method == request.method.lower() and re.fullmatch(pattern, request.url.path):
            found.append((path.count("{"), operation["operationId"], operation))
    assert found, f"{request.method} {request.url.path} is not documented"
    return min(found)[2]


class Witness:
    """Holds every answer to what the document promises of it, and remembers which answers there were."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()

    def watch(self, *clients: httpx.AsyncClient) -> None:
        for client in clients:
            client.event_hooks = {"response": [self]}

    async def __call__(self, response: httpx.Response) -> None:
        operation, status = operation_of(response.request), str(response.status_code)
        assert status in operation["responses"], f"{operation['operationId']} answers {status}, which is not documented"
        self.seen.add((operation["operationId"], status))
        answer = resolved(operation["responses"][status])
        assert {name for name in answer.get("headers", {}) if name not in response.headers} == set()
        content, media_type = answer.get("content", {}), response.headers.get("content-type", "").split(";")[0]
        if content and "*/*" not in content:
            assert media_type in content
        if media_type.endswith("json"):
            await response.aread()
            hold(content[media_type]["schema"], response.json())


@pytest.fixture
async def board(server: Server) -> dict[str, str]:
    """A new board with a session and a person on the roster."""
    board = server.create("Innovation Lab", "--team", "Bangladesh", "--theme", "OSH", "--starts-on", "2026-05-04")
    times = {"starts_at": "2026-05-04T02:30:00Z", "ends_at": "2026-05-04T03:30:00Z"}
    async with boards.opened(f"sqlite:///{server.directory / 'board.db'}") as store:
        board_id = await store.board_id(board["code"])
        await boards.new_session(store, board_id, "osh-1", room="Hall A", speakers=["Nadia Rahman", "Leo Tan"], **times)
        await boards.new_person(store, board_id, "nadia", "Nadia Rahman", "Bangladesh")
    return board


async def _visit_pages(server: Server, witness: Witness, board: dict[str, str], anyone: Person, moderator: Moderator) -> None:
    code, somebody = board["code"], anyone.http
    page = await somebody.get(f"/b/{code}")
    static = re.search(r"/static/\w+/css/phone.css", page.text)
    assert static
    addresses = ["/", f"/?code={code}", "/?code=nowhere", "/b/nowhere", f"/b/{code}/screen", f"/b/{code}/moderate"]
    addresses += [
        f"/b/{code}/manifest.webmanifest",
        "/b/nowhere/manifest.webmanifest",
        f"/b/{code}/privacy",
        "/b/nowhere/privacy",
        f"/b/{code}/me",
        "/b/nowhere/me",
        "/b/nowhere/screen",
        "/b/nowhere/moderate",
        f"/b/{code}/stage",
        "/b/nowhere/stage",
        f"/b/{code}/organise",
        f"/b/{code}/kiosk",
        "/b/nowhere/organise",
        f"/b/{code}/picture",
        "/b/nowhere/picture",
        "/b/nowhere/kiosk",
        "/l/wrong",
        "/favicon.ico",
        "/static/x/nothing.js",
    ]
    addresses += ["/static/x/%00", f"/static/x/{'n' * 300}", "/static/x/..%2f..%2fpyproject.toml"]
    for address in [*addresses, static[0], "/healthz", "/readyz", "/metrics"]:
        await somebody.get(address)
    pages = ("screen", "stage", "moderate", "picture", "kiosk")
    for address in (*(f"/b/{code}/{page}" for page in pages), board["moderate_url"]):
        await moderator.http.get(address)
    for address, fields, headers in (
        (f"/b/{code}/me", {}, {}),
        (f"/b/{code}/me", {"sure": "yes"}, {}),
        ("/b/nowhere/me", {"sure": "yes"}, {}),
        (f"/b/{code}/me", {"sure": "yes"}, {"Origin": "https://elsewhere.example"}),
    ):
        await anyone.http.post(address, data=fields, headers=headers)
    assert ("screenPage", "200") in witness.seen
    await _print(server, board, anyone, moderator)


PRINTED = (*(sheet.name for sheet in SHEETS), "ending.svg")


async def _print(server: Server, board: dict[str, str], anyone: Person, organiser: Person) -> None:
    """The organiser's sheets, and what a badge opens; then the moderator is one again."""
    code, before = board["code"], dict(organiser.http.cookies)
    for sheet in PRINTED:
        await anyone.http.get(f"/b/{code}/print/{sheet}")
    afterwards = [f"/b/{code}/{page}" for page in ("recap", "who", "who.csv", "who.vcf", "people/nadia", "keepsakes.csv")]
    for address in afterwards:
        await anyone.http.get(address)
    await organiser.http.get(board["organise_url"])
    for address in (*afterwards, "/b/nowhere/keepsakes.csv"):
        await organiser.http.get(address)
    await organiser.http.get(f"/b/{code}/organise")
    for sheet in PRINTED:
        for address in (
            f"/b/{code}/print/{sheet}",
            f"/b/{code}/print/{sheet}?headline={'x' * 1000}",
            f"/b/nowhere/print/{sheet}",
        ):
            await organiser.http.get(address)
    organiser.http.cookies = httpx.Cookies(before)
    await anyone.http.get(f"/b/{code}/badge/nadia.x")
    await anyone.send("POST", "/badge", {"badge": "nadia.x"})
    token = address_of(server, board, "nadia").rpartition("/")[2]
    await anyone.http.get(f"/b/{code}/badge/{token}")
    await anyone.send("POST", "/badge", {"badge": token})


async def _read(board: dict[str, str], anyone: Person, moderator: Moderator, post: Json) -> None:
    for feed in ("", "screen", "moderate"):
        response = await moderator.get(feed=feed)
        unchanged = await moderator.http.get(response.url, headers={"If-None-Match": response.headers["ETag"]})
        assert unchanged.status_code == 304
        await anyone.get(feed=feed)
        await moderator.get("/posts", feed=feed, limit=1)
        await anyone.get("/posts", feed=feed, before=post["id"])
    for wrong in ({"feed": "nonsense"}, {"limit": 0}, {"kind": "song"}, {"before": "nothing"}):
        await anyone.get("/posts", **wrong)
    await anyone.get(feed="nonsense")
    for person in (anyone, moderator):
        await person.get("/mine")
        await person.get("/me/consent")
        await person.get("/me/keepsake")
        await person.get("/me/data")
        await person.get("/audit")
        for q in ("na", "nobody", ""):
            await person.get("/people", q=q)
        await person.get("/similar", text="Who pays for the training of delegates?", session="osh-1")
        await person.get("/bridges")
        await person.get("/totals")
        await person.get("/answers", state="answered")
        await person.get("/answers", state="lost")
        for page in ("answers", "answers?state=lost", "answers.ics"):
            await person.http.get(f"/b/{board['code']}/{page}")
        await person.get("/story")
    for query in ({"feed": "nonsense"}, {"feed": "moderate"}, {"after": 1}):
        await anyone.get("/events", **query)


async def _attend(asha: Attendee, leo: Attendee) -> tuple[Json, Json]:
    """Asha posts a card and a question, and Leo votes and reacts. Returns both posts."""
    wanted = card(theme="OSH", to=[{"person": "nadia"}, {"name": "The whole team", "team": "Jordan"}])
    await asha.send("POST", "/join", {"name": "Asha Perera", "team": "Sri Lanka"})
    for body in (wanted, wanted, wanted | {"text": "Something else entirely."}):
        await asha.send("POST", "/posts", body)
    asked = await asha.ask(session="osh-1", anonymous=True)
    for method in ("PUT", "DELETE", "PUT"):
        await leo.send(method, f"/posts/{asked['id']}/vote")
        await leo.send(method, f"/posts/{wanted['id']}/reactions/heart")
        await leo.send(method, f"/posts/{wanted['id']}/vote")
        await leo.send(method, f"/posts/{asked['id']}/reactions/clap")
    await asha.send("PATCH", f"/posts/{wanted['id']}", {"text": "You taught me to measure heat. Thank you!"})
    await leo.send("PATCH", f"/posts/{wanted['id']}", {"text": "Not mine to change."})
    assert (await leo.get("/mine")).json()["votes"] == [asked["id"]]
    await leo.send("POST", "/join", {"name": "The whole team", "team": "Jordan"})
    for method in ("PUT", "DELETE", "PUT"):
        await leo.send(method, f"/posts/{wanted['id']}/thanks")
        await asha.send(method, f"/posts/{wanted['id']}/thanks")
        await leo.send(method, f"/posts/{asked['id']}/thanks")
    await asha.send("PUT", "/me/consent", {"directory": True})
    await asha.get("/me/consent")
    assert (await asha.get("/me/keepsake")).status_code == 200
    return wanted, asked


async def _moderate(moderator: Moderator, asha: Attendee, shown: Json, asked: Json) -> None:
    await moderator.moderate(asked, answered=True, answer="The ministry does, from 2027 on.", pinned=True)
    turns = [{"scene": scene, "seconds": 20} for scene in ("cards", "map", "recap")]
    await moderator.send("PUT", "/screen", {"scene": "cards", "turns": turns})
    await moderator.send("PUT", "/screen", {"scene": "spotlight", "post": shown["id"]})
    assert (await asha.snapshot())["screen"] == {"scene": "spotlight", "session": None, "post": shown["id"], "turns": turns}
    await moderator.moderate(shown, state="hidden", reason="Please leave out the name.", expect="visible")
    late = await moderator.moderate(shown, state="rejected", expect="visible")
    assert late.json()["post"]["state"] == "hidden"
    assert (await moderator.moderate(shown, answered=True)).status_code == 422
    await asha.send("PATCH", f"/posts/{shown['id']}", {"text": "It was put aside meanwhile."})
    await asha.get("/mine")
    await moderator.send("POST", "/posts/bulk", {"ids": [shown["id"], asked["id"]], "state": "visible"})
    await moderator.send("POST", "/posts/bulk", {"ids": [asked["id"]], "state": "rejected", "reason": "Sorting."})
    await moderator.send("DELETE", "/votes?since=2026-01-01T00:00:00Z")
    await moderator.send("DELETE", "/votes?since=yesterday")
    await _on_stage(moderator, asha)
    await moderator.send("PATCH", "/sessions/osh-1", {"questions": "closed"})
    await asha.send("PUT", f"/posts/{asked['id']}/vote")
    await asha.send("POST", "/posts", question(session="osh-1"))
    await moderator.send("PATCH", "", {"premoderate": {"card": True}, "frozen": True})
    everything = (await moderator.get(feed="moderate")).json()
    author = next(post["participant"] for post in everything["posts"] if post["id"] == shown["id"])
    for method in ("PUT", "DELETE", "PUT"):
        await moderator.send(method, f"/participants/{author}/mute")
    assert (await moderator.get(feed="moderate")).json()["board"]["muted"] == [author]
    for who, q in ((asha, "nadia"), (moderator, "nadia")):
        await who.send("POST", "/join", {"person": "nadia"})
        await who.get("/people", q=q)
    await moderator.send("DELETE", "/people/nadia/holder")


async def _on_stage(moderator: Moderator, asha: Attendee) -> None:
    await moderator.send("PATCH", "/sessions/osh-1", {"floor": "first"})
    hand = await asha.ask(session="osh-1", voice=True)
    assert (await asha.send("POST", "/posts", question(session="osh-1", voice=True))).status_code == 409
    for body in ({"post": hand["id"]}, {"post": None, "left": {"post": hand["id"], "to": "later"}}):
        await moderator.send("PUT", "/sessions/osh-1/floor", body)
    note = (await moderator.send("PUT", "/notes", {"text": "Louder, please."})).json()["note"]
    assert (await moderator.get(feed="moderate")).json()["board"]["notes"] == [note]
    assert (await moderator.get(feed="stage")).json()["note"] == note
    await moderator.send("PUT", f"/notes/{note['id']}/seen")
    await moderator.send("DELETE", f"/notes/{note['id']}")
    await moderator.moderate(hand, state="hidden")


def _address(path: str, code: str, post: str) -> str:
    return path.replace("{code}", code).replace("{key}", "clap").replace("{id}", "osh-1" if "sessions" in path else post)


async def _provoke(moderator: Moderator, stranger: Person, code: str, post: str) -> None:
    """What can be wrong with a request whatever it is for; the answer is the documented one, from every operation."""
    too_large = b'{"text": "' + b"x" * models.BODY_BYTES + b'"}'
    for path, method, operation in operations():
        if not path.startswith("/api/") or set(operation["tags"]) & ORGANISERS:
            continue

        async def send(
            who: Person = moderator,
            headers: dict[str, str] = JSON,
            content: bytes = b"",
            code: str = code,
            path: str = path,
            method: str = method,
        ) -> int:
            response = await who.http.request(method, _address(path, code, post), headers=headers, content=content)
            return response.status_code

        assert await send(code="NOWHERE") == 404
        if method != "get":
            assert await send(headers={"Content-Type": "text/plain"}) == 415
            assert await send(headers=JSON | {"Origin": "https://elsewhere.example"}) == 403
        if "requestBody" in operation:
            assert await send(content=b"{") == 400
            assert await send(content=too_large) == 413
            assert await send(content=b'{"nonsense": 1}') == 422
            assert await send(content=b"[]") == 422
        else:
            assert not {"400", "413"} & operation["responses"].keys()
        if operation.get("security") == [{"staff": []}]:
            assert await send(who=stranger) == 403


async def _miss(moderator: Moderator, asha: Attendee) -> None:
    """Posts, sessions and participants that are not there."""
    nothing = str(uuid.uuid4())
    for path in (f"/posts/{nothing}/vote", f"/posts/{nothing}/reactions/clap", "/participants/nobody/mute"):
        for method in ("PUT", "DELETE"):
            assert (await moderator.send(method, path)).status_code == 404
    assert (await moderator.moderate({"id": nothing}, state="hidden")).status_code == 404
    assert (await asha.send("PATCH", f"/posts/{nothing}", {"text": "Anything"})).status_code == 404
    assert (await moderator.send("POST", "/posts/bulk", {"ids": [nothing], "state": "hidden"})).status_code == 404
    assert (await moderator.send("PATCH", "/sessions/nothing", {"questions": "open"})).status_code == 404
    spotlight = {"scene": "spotlight", "post": nothing}
    assert (await moderator.send("PUT", "/screen", spotlight)).status_code == 404


async def _vote_too_late(moderator: Moderator, leo: Attendee) -> None:
    """For a question that was joined with another one meanwhile, and back."""
    behalf = {"kind": "question", "text": "Who pays for it?"}
    goes, stays = [
        (await moderator.send("POST", "/behalf", behalf | {"id": str(uuid.uuid4())})).json()["post"]["id"] for _ in range(2)
    ]
    assert (await moderator.send("PUT", f"/posts/{goes}/join", {"into": stays})).status_code == 200
    assert [(await leo.send(method, f"/posts/{goes}/vote")).status_code for method in ("PUT", "DELETE")] == [200, 409]


async def test_the_server_gives_every_documented_answer_and_no_other(server: Server, board: dict[str, str], people: Of) -> None:
    here, witness = people(server, board), Witness()
    asha, leo, moderator = await here.attendee(), await here.attendee(), await here.moderator()
    witness.watch(asha.http, leo.http, moderator.http)
    wanted, asked = await _attend(asha, leo)
    await moderator.send("POST", "/join", {"name": "The whole team", "team": "Jordan"})
    late = await moderator.send("PUT", f"/posts/{wanted['id']}/thanks")
    assert late.status_code == 409, "Leo has thanked under this name, and erases himself only afterwards"
    await _visit_pages(server, witness, board, leo, moderator)
    await _read(board, leo, moderator, asked)
    await _vote_too_late(moderator, leo)
    await _moderate(moderator, asha, wanted, asked)
    await _miss(moderator, asha)
    await _provoke(moderator, leo, board["code"], asked["id"])
    assert (await asha.send("POST", "/posts", card())).status_code == 423
    assert (await asha.send("DELETE", "/me", {"texts": "keep"})).status_code == 200
    documented = answers(lambda tags: not tags & ORGANISERS)
    assert documented - witness.seen == {("getEvents", "200")}  # an endless one, tested below


def answers(wanted: Callable[[set[str]], object]) -> set[tuple[str, str]]:
    """Every documented answer of the operations with such tags; too fast and storage down have tests of their own."""
    return {
        (operation["operationId"], status)
        for _, _, operation in operations()
        for status in operation["responses"]
        if wanted(set(operation["tags"])) and status not in ("429", "503", "default")
    }


async def test_too_fast_requests_get_the_documented_answer(people: Of) -> None:
    with by_clock() as server:
        here, witness = people(server, server.create()), Witness()
        asha = await here.attendee()
        witness.watch(asha.http)
        for path, method, operation in operations():
            if "429" not in operation["responses"] or ORGANISERS & set(operation["tags"]):
                continue
            address = _address(path.removeprefix("/api/b/{code}"), "", str(uuid.uuid4()))
            bodies = {"createPost": question(), "enterByBadge": {"badge": "nadia.x"}}
            body = bodies.get(operation["operationId"], {})
            for _ in range(50):
                if (await asha.send(method.upper(), address, body)).status_code == 429:
                    break
            assert (operation["operationId"], "429") in witness.seen
        leo = await here.attendee()
        assert (
            await leo.send("POST", "/posts", question())
        ).status_code == 201  # the limit of one phone does not slow down others


# -- frames of a real server ---------------------------------------------------------------------------------------


def payload(name: str) -> Json:
    return ASYNCAPI["components"]["messages"][name]["payload"]


def message_of(frame: Json, audience: Audience) -> str:
    """The documented message that a frame for this audience is."""
    action = "tellModerators" if audience is Audience.MODERATORS else "tellEveryone"
    for message in ASYNCAPI["operations"][action]["messages"]:
        name = message["$ref"].rsplit("/", 1)[1]
        if ASYNCAPI["components"]["messages"][name]["name"] == frame["type"]:
            return name
    raise AssertionError(f"{frame['type']} is not documented")


def hold_frame(frame: Json, audience: Audience) -> str:
    name = message_of(frame, audience)
    hold(payload(name), frame, ASYNCAPI)
    return name


async def until_seen(live: Live, kinds: set[str], wanted: Callable[[Json], object]) -> None:
    """Reads on until a frame is the wanted one and each kind was there."""
    there = False
    while not there or not kinds <= {frame["type"] for frame in live.frames}:
        there = bool(wanted(await live.next(15))) or there


@pytest.fixture
async def screen(server: Server, board: dict[str, str]) -> AsyncIterator[Moderator]:
    async with Moderator(server.url, board["code"], board["screen_url"]) as screen:
        yield screen


async def test_live_frames_of_every_kind_are_as_documented(
    server: Server, board: dict[str, str], people: Of, screen: Moderator
) -> None:
    here = people(server, board)
    asha, leo, moderator = await here.attendee("Asha", "Sri Lanka"), await here.attendee(), await here.moderator()
    before = await asha.ask(session="osh-1")
    phone, desk = await asha.live(), await moderator.live(feed="moderate")
    wall, stage = await screen.live(feed="screen"), await moderator.live(feed="stage")
    shown = await asha.celebrate(theme="OSH", to=[{"person": "nadia"}])
    await wall.until(lambda frame: frame["type"] == "changes" and frame["posts"])
    await wall.socket.send(json.dumps(ASYNCAPI["components"]["messages"]["applied"]["examples"][0]["payload"]))
    await leo.send("PUT", f"/posts/{before['id']}/vote")
    await leo.send("PUT", f"/posts/{shown['id']}/reactions/heart")
    await phone.until(lambda frame: any(post.get("votes") == 1 for post in frame.get("posts", [])))
    await moderator.moderate(
        before, answered=True, answer="The ministry does.", pinned=True, answer_translations={"fr": "Le ministère."}
    )
    await moderator.send("PATCH", "/sessions/osh-1", {"questions": "paused"})
    await moderator.moderate(shown, state="hidden", reason="Please leave out the name.")
    await moderator.send("PATCH", "", {"frozen": True})
    waiting = await asha.ask(text="Does this one wait?")

    def ends(frame: Json) -> bool:
        return bool(frame.get("board", {}).get("frozen"))

    await until_seen(phone, {"snapshot", "changes", "presence", "mine"}, ends)
    await until_seen(wall, {"snapshot", "changes", "presence", "beat"}, ends)
    await until_seen(stage, {"snapshot", "changes", "presence", "beat"}, ends)
    await until_seen(desk, {"snapshot", "changes", "presence", "beat"}, lambda frame: waiting["id"] in json.dumps(frame))
    kinds: set[str] = set()
    for live, audience in (
        (phone, Audience.PUBLIC),
        (wall, Audience.PUBLIC),
        (stage, Audience.PUBLIC),
        (desk, Audience.MODERATORS),
    ):
        kinds |= {hold_frame(frame, audience) for frame in live.frames}
    assert kinds == set(ASYNCAPI["components"]["messages"]) - {"applied"}
    # Every documented field was there at least once, so none is documented that nobody sends …
    changes = [frame for frame in wall.frames if frame["type"] == "changes"]
    on_stage = [frame for frame in stage.frames if frame["type"] == "changes"]
    assert {name for frame in changes for name in frame} == {name for frame in on_stage for name in frame} - {"note"}
    assert {name for frame in on_stage for name in frame} == set(
        ASYNCAPI["components"]["schemas"]["ChangesFrame"]["properties"]
    )
    assert any(frame["gone"] == [shown["id"]] for frame in changes)
    # … and what only moderators may hear fits no public frame.
    for frame in desk.frames:
        held_back = frame["type"] == "changes" and any("state" in post for post in frame["posts"])
        if held_back or frame["type"] in ("snapshot", "presence"):
            assert refused(payload(message_of(frame, Audience.PUBLIC)), frame, ASYNCAPI)
    assert waiting["id"] not in json.dumps(wall.frames)
    assert all(waiting["id"] not in json.dumps(frame) for frame in phone.frames if frame["type"] != "mine")


async def test_posts_have_all_documented_fields_and_no_other(server: Server, board: dict[str, str], people: Of) -> None:
    here = people(server, board)
    asha, moderator = await here.attendee("Asha", "Sri Lanka"), await here.moderator()
    cards = [await asha.celebrate(theme="OSH", to=[{"person": "nadia"}, {"name": "Zoya", "team": "Jordan"}])]
    await (await here.attendee("Zoya", "Jordan")).send("PUT", f"/posts/{cards[0]['id']}/thanks")
    await moderator.send("PATCH", "/sessions/osh-1", {"floor": "first"})
    asked = [await asha.ask(session="osh-1", voice=True), await asha.ask("Who pays for the interpreters?")]
    asked += [await asha.ask("Who pays for the bus?", session="osh-1")]
    later = {"post": asked[2]["id"], "left": {"post": asked[0]["id"], "to": "later"}}
    await moderator.send("PUT", "/sessions/osh-1/floor", later)
    await moderator.moderate(asked[0], answered=True, answer="The ministry does.", answer_translations={"km": "ក្រសួង"})
    await moderator.moderate(asked[0], owner={"person": "nadia"}, due="2026-05-20")
    await moderator.moderate(asked[1], set_aside="It belongs to the budget talks.")
    await moderator.moderate(cards[0], pinned=True)
    joined = [await asha.ask("Who pays for the rooms?"), await asha.ask("Who pays for the room?")]
    await moderator.send("PUT", f"/posts/{joined[0]['id']}/join", {"into": joined[1]["id"]})
    async with Moderator(server.url, board["code"], board["organise_url"]) as organiser:
        await organiser.send("PATCH", "", {"blocked_words": ["nonsensical"]})
    for body in (card(text="A nonsensical card."), question(text="A nonsensical question?")):
        await asha.send("POST", "/posts", body)
    posts = (await asha.snapshot())["posts"]
    for kind, name in (("card", "Card"), ("question", "Question")):
        assert _fields(posts, kind) == set(SCHEMAS[name]["properties"])
    for post in (*cards, *asked):
        await moderator.moderate(post, state="hidden", reason="Please leave out the name.")
    own, held = (await asha.get("/mine")).json()["posts"], (await moderator.snapshot(feed="moderate"))["posts"]
    for kind, name in (("card", "Card"), ("question", "Question")):
        assert _fields(own, kind) | _only_public(kind) == set(SCHEMAS[f"Own{name}"]["properties"])
        assert _fields(held, kind) | _only_public(kind) == set(SCHEMAS[f"{name}ForModerators"]["properties"])


def _fields(posts: list[Json], kind: str) -> set[str]:
    """Of all posts of this kind: a question is answered or set aside, not both."""
    return {name for post in posts if post["kind"] == kind for name in post}


def _only_public(kind: str) -> set[str]:
    """What a post that was hidden has no more: nobody answers it now."""
    return {"now"} if kind == "question" else set()


async def test_server_sent_events_are_the_same_frames(server: Server, board: dict[str, str], people: Of) -> None:
    asha = await people(server, board).attendee("Asha")
    frames: list[Json] = []
    ids: list[int] = []
    async with asha.http.stream("GET", asha.api + "/events") as response:
        documented = resolved(operation_of(response.request)["responses"]["200"])
        assert response.status_code == 200
        assert response.headers["content-type"].split(";")[0] in documented["content"]
        async for line in response.aiter_lines():
            if line.startswith("id: "):
                ids.append(int(line.removeprefix("id: ").partition(".")[0]))
            if line.startswith("data: "):
                frames.append(json.loads(line.removeprefix("data: ")))
                if frames[-1]["type"] == "snapshot":
                    await asha.celebrate()
                if frames[-1]["type"] == "changes":
                    break
    assert [frame["type"] for frame in frames if hold_frame(frame, Audience.PUBLIC) in ("snapshot", "changes")] == [
        "snapshot",
        "changes",
    ]
    assert ids == [frames[0]["seq"], frames[-1]["to"]]


async def closed_with(live: Live) -> int | None:
    with pytest.raises(ConnectionClosed):
        await live.until(lambda frame: False)
    return live.socket.close_code


async def test_a_socket_is_closed_with_the_documented_codes(server: Server, board: dict[str, str], people: Of) -> None:
    asha = await people(server, board).attendee()
    talking = await asha.live()
    await talking.socket.send("hello")
    assert await closed_with(talking) == Close.BAD_REQUEST
    assert await closed_with(await asha.live(after=1)) == Close.BAD_REQUEST
    assert await closed_with(await asha.live(feed="moderate")) == Close.NOT_ALLOWED
    async with Attendee(server.url, "NOWHERE") as lost:
        assert await closed_with(await lost.live()) == Close.NO_BOARD
    address = server.url.replace("http", "ws", 1) + asha.api + "/live"
    with pytest.raises(InvalidStatus) as refused:
        await connect(address, origin="https://elsewhere.example", compression=None, proxy=None)
    assert refused.value.response.status_code == 403


# -- metrics -------------------------------------------------------------------------------------------------------


async def test_metrics_count_the_phones_of_all_workers(two_workers: Server, people: Of) -> None:
    """Whichever worker is asked: one connection is always answered by the same one."""
    here = people(two_workers, two_workers.create())
    phones = [await (await here.attendee()).live() for _ in range(8)]
    async with httpx.AsyncClient() as client, asyncio.timeout(20):
        counted = -1.0
        while counted != len(phones):
            await asyncio.sleep(0.2)
            lines = (await client.get(f"{two_workers.url}/metrics")).text.splitlines()
            counted = sum(float(line.split()[-1]) for line in lines if line.startswith('board_viewers{kind="phone"'))
