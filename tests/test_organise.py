"""Settings that organisers change in the browser: permissions, bounds, the frames to viewers, and two organisers at once."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Callable

import httpx
import pytest

from board.model.preparing import ORGANISERS_ALONE
from tests import servers
from tests.conftest import People
from tests.people import JSON, Json, Moderator, card, question
from tests.servers import Server
from tests.test_contract_schemas import Witness, answers
from tests.visitors import Visitors

Of = Callable[[Server, dict[str, str]], People]
WHOLE_BYTES = 200_000
"""Of a picture that is larger, the rest is missing: nobody unpacks it."""
HELD = {"nobody", "attendee", "host", "screen", "moderate"}


class Organiser:
    """A browser in which a board's organiser's link was opened."""

    def __init__(self, client: httpx.Client, code: str) -> None:
        self.client, self.api = client, f"/api/b/{code}"

    def patch(self, **changes: object) -> httpx.Response:
        return self.client.patch(self.api, json=changes)

    def change(self, **changes: object) -> Json:
        answer = self.patch(**changes)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    @property
    def settings(self) -> Json:
        found: Json = self.client.get(f"{self.api}/settings").json()["settings"]
        return found

    @property
    def snapshot(self) -> Json:
        found: Json = self.client.get(self.api).json()
        return found


def organiser(visit: Visitors, server: Server, board: dict[str, str]) -> Organiser:
    return Organiser(visit.by_link(server, board["organise_url"]), board["code"])


def png(width: int = 8, height: int = 8, *chunks: tuple[bytes, bytes]) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    whole = b"\x89PNG\r\n\x1a\n"
    for name, data in (
        (b"IHDR", head),
        *chunks,
        (b"IDAT", zlib.compress(bytes(min((1 + 3 * width) * height, WHOLE_BYTES)))),
        (b"IEND", b""),
    ):
        whole += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return whole


def data_url(content: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


CHANGES: Json = {
    "title": "Innovation Lab 2026",
    "subtitle": "Four days in Bangkok",
    "starts_on": "2026-05-04",
    "ends_on": "2026-05-07",
    "time_zone": "Asia/Bangkok",
    "themes": [{"name": "Occupational safety", "short": "OSH", "colour": 3, "mark": 5}],
    "teams": ["Jordan", "Cambodia"],
    "names": "required",
    "anonymous": False,
    "stage": "light",
    "accent": "#f5a300",
    "logo": data_url(png()),
    "languages": ["en", "km"],
    "blocked_words": ["idiot"],
    "lease": 30,
    "retention_days": 90,
    "public": {"recap": True},
}


# -- who -----------------------------------------------------------------------------------------------------------


def test_only_organisers_read_and_change_settings(either: Server, visit: Visitors) -> None:
    assert set(CHANGES) == ORGANISERS_ALONE
    board = either.create()
    everybody = visit.everybody(either, board)
    api = f"/api/b/{board['code']}"
    before = organiser(visit, either, board).settings
    for role in HELD:
        for name, value in CHANGES.items():
            assert everybody[role].patch(api, json={name: value}).status_code == 403, (role, name)
        for path in ("/settings", "/checklist"):
            assert everybody[role].get(api + path).status_code == 403, (role, path)
    assert organiser(visit, either, board).settings == before
    for name, value in CHANGES.items():
        assert everybody["organise"].patch(api, json={name: value}).status_code == 200, name
    assert everybody["moderate"].patch(api, json={"frozen": True}).status_code == 200, "what was a moderator's stays so"
    assert everybody["moderate"].patch(api, json={"frozen": True, "title": "Mine"}).status_code == 403


def test_an_organiser_of_one_board_has_no_permissions_on_another(server: Server, visit: Visitors) -> None:
    own, other = server.create(), server.create("Another")
    client = visit.by_link(server, own["organise_url"])
    for answer in (
        client.patch(f"/api/b/{other['code']}", json={"title": "Mine"}),
        client.get(f"/api/b/{other['code']}/settings"),
        client.get(f"/api/b/{other['code']}/checklist"),
    ):
        assert answer.status_code == 403


def test_an_organiser_with_a_moderators_link_is_still_an_organiser(server: Server, visit: Visitors) -> None:
    board = server.create()
    client = visit.by_link(server, board["moderate_url"])
    client.get(httpx.URL(board["organise_url"]).path)
    assert client.patch(f"/api/b/{board['code']}", json={"title": "Both"}).status_code == 200


# -- what ----------------------------------------------------------------------------------------------------------


def test_all_changed_settings_are_stored(either: Server, visit: Visitors) -> None:
    here = organiser(visit, either, either.create())
    here.change(**CHANGES)
    found = here.settings
    plain = CHANGES.keys() - {"themes", "teams", "logo", "public"}
    assert {name: found[name] for name in plain} == {name: CHANGES[name] for name in plain}
    assert found["teams"] == [{"name": "Jordan"}, {"name": "Cambodia"}]
    (theme,) = found["themes"]
    assert (theme["name"], theme["short"], theme["colour"], theme["mark"]) == ("Occupational safety", "OSH", 3, 5)
    assert found["public"] == {"recap": True, "answers": False, "who": False}
    here.change(public={"who": True}, starts_on=None, ends_on=None, accent=None, logo=None, retention_days=None)
    found = here.settings
    assert found["public"] == {"recap": True, "answers": False, "who": True}, "what is not named stays"
    assert [found[name] for name in ("starts_on", "ends_on", "accent", "logo")] == [None] * 4
    assert found["retention_days"] == 180, "without a choice"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 61),
        ("title", None),
        ("subtitle", "x" * 121),
        ("starts_on", "04.05.2026"),
        ("time_zone", "Mars"),
        ("names", "sometimes"),
        ("anonymous", "yes"),
        ("stage", "pink"),
        ("accent", "orange"),
        ("accent", "#12345"),
        ("languages", ["klingon language"]),
        ("blocked_words", ["x" * 61]),
        ("blocked_words", ["word"] * 301),
        ("lease", 4),
        ("lease", 3601),
        ("retention_days", 6),
        ("retention_days", 731),
        ("public", {"everything": True}),
        ("themes", [{"name": "One"}, {"name": "ONE"}]),
        ("themes", [{"name": "One", "id": "nothing"}]),
        ("themes", [{"name": "One", "colour": 9}]),
        ("themes", [{"name": "One", "mark": 0}]),
        ("themes", [{"name": f"{number}"} for number in range(9)]),
        ("teams", ["Jordan", {"name": "JORDAN"}]),
        ("teams", [{"name": "Jordan", "was": "Nowhere"}]),
        ("logo", "data:image/svg+xml;base64,PHN2Zy8+"),
        ("logo", "https://board.example.org/logo.png"),
    ],
)
def test_an_invalid_setting_is_refused_with_its_field_and_changes_nothing(
    server: Server, visit: Visitors, field: str, value: object
) -> None:
    here = organiser(visit, server, server.create())
    before = here.settings
    answer = here.patch(**{"subtitle": "Not this either", field: value})
    assert answer.status_code == 422, answer.text
    assert answer.json()["field"] == field
    assert here.settings == before


def test_a_gathering_does_not_end_before_it_starts_whichever_day_is_changed(server: Server, visit: Visitors) -> None:
    here = organiser(visit, server, server.create())
    here.change(starts_on="2026-05-04", ends_on="2026-05-07")
    assert here.patch(ends_on="2026-05-03").json()["field"] == "ends_on"
    assert here.patch(starts_on="2026-05-08").status_code == 422


def test_illegible_colours_are_corrected_with_a_note(server: Server, visit: Visitors) -> None:
    here = organiser(visit, server, server.create())
    answer = here.change(accent="#00F", themes=[{"name": "Blue", "colour": "#0a84ff"}, {"name": "Bluer", "colour": "#0000ff"}])
    (accent, one, two) = answer["repaired"]
    assert (accent["field"], accent["asked"]) == ("accent", "#0000ff")
    assert here.settings["accent"] == accent["used"] != "#0000ff"
    assert [theme["colour"] for theme in here.settings["themes"]] == [5, 2]
    assert (one["used"], two["used"]) == ("#1582e6", "#7a4ddf")
    assert "repaired" not in here.change(accent="#f5a300")
    both = here.change(themes=[{"name": "Blue", "colour": 5}, {"name": "Bluer", "colour": 5}])
    assert len({theme["colour"] for theme in here.settings["themes"]}) == 2
    assert [each["field"] for each in both["repaired"]] == ["themes"], "two themes have two colours"


# -- the logo ------------------------------------------------------------------------------------------------------


def test_a_logo_has_its_own_address_and_cannot_run_scripts(either: Server, visit: Visitors) -> None:
    board = either.create()
    here, content = organiser(visit, either, board), png(640, 480)
    address = here.change(logo=data_url(content))["board"]["logo"]
    served = visit.stranger(either).get(address)
    assert (served.status_code, served.headers["content-type"], served.content) == (200, "image/png", content)
    assert served.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert served.headers["x-content-type-options"] == "nosniff"
    another = here.change(logo=data_url(png(100, 100)))["board"]["logo"]
    assert another != address
    assert visit.stranger(either).get(address).status_code == 404
    here.change(logo=None)
    assert visit.stranger(either).get(another).status_code == 404
    assert here.settings["logo"] is None


def test_a_logo_must_be_a_small_picture_by_its_bytes(server: Server, visit: Visitors) -> None:
    here = organiser(visit, server, server.create())
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    moving = png(8, 8, (b"acTL", struct.pack(">II", 2, 0)))
    for content in (svg, b"", b"\x89PNG\r\n\x1a\n", png()[:20], moving, png(2001, 8), png(8, 2001), png(0, 8), b"GIF89a"):
        assert here.patch(logo=data_url(content)).json()["field"] == "logo"
    heavy = png() + b"\0" * (100 * 1024)
    assert here.patch(logo=data_url(heavy)).json()["field"] == "logo"
    assert here.patch(logo=data_url(b"\0" * 400_000)).status_code == 413


# -- blocked words -------------------------------------------------------------------------------------------------


async def test_a_post_with_a_blocked_word_waits_for_a_moderator(either: Server, people: Of, visit: Visitors) -> None:
    board = either.create()
    organiser(visit, either, board).change(blocked_words=["Idiot", "ឆ្កួត", "go home"])
    crowd = people(either, board)
    asha, moderator = await crowd.attendee("Asha"), await crowd.moderator()
    for text in ("What an ÍDIOT he is", "i\u200bdiot!", "ឯងឆ្កួតហើយ", "Go   HOME now"):
        asked = await asha.send("POST", "/posts", question(text))
        assert asked.status_code == 201
    to_idiot = await asha.send("POST", "/posts", card("Thank you for all", to=[{"name": "The idiot"}]))
    assert to_idiot.status_code == 201
    for text in ("An idiotic idea?", "Shall we go on from home?"):
        assert (await asha.send("POST", "/posts", question(text))).status_code == 201
    assert len((await asha.snapshot())["posts"]) == 2
    states = [post["state"] for post in (await moderator.snapshot(feed="moderate"))["posts"]]
    assert sorted(states) == ["pending"] * 5 + ["visible"] * 2


async def test_an_edit_with_a_blocked_word_is_refused(server: Server, people: Of, visit: Visitors) -> None:
    board = server.create()
    organiser(visit, server, board).change(blocked_words=["idiot"])
    asha = await people(server, board).attendee("Asha")
    asked = await asha.ask()
    refused = await asha.send("PATCH", f"/posts/{asked['id']}", {"text": "What an idiot"})
    assert refused.status_code == 423
    assert (await asha.snapshot())["posts"][0]["text"] == asked["text"]


async def test_only_organisers_see_the_blocked_words(server: Server, people: Of, visit: Visitors) -> None:
    board = server.create()
    organiser(visit, server, board).change(blocked_words=["secretword"])
    crowd = people(server, board)
    asha, moderator = await crowd.attendee("Asha"), await crowd.moderator()
    for text in (
        (await asha.get()).text,
        (await moderator.get(feed="moderate")).text,
        (await moderator.get("/audit")).text,
        (await asha.http.get(f"/b/{board['code']}")).text,
    ):
        assert "secretword" not in text


# -- teams ---------------------------------------------------------------------------------------------------------


async def test_renaming_a_team_renames_it_everywhere_at_once(either: Server, people: Of, visit: Visitors) -> None:
    board = either.create("Innovation Lab", "--team", "Jordan", "--team", "Cambodia")
    here, crowd = organiser(visit, either, board), people(either, board)
    asha, viewer = await crowd.attendee("Asha", "Jordan"), await crowd.attendee()
    to = [{"name": "Nadia", "team": "JORDAN"}, {"name": "Sok", "team": "Cambodia"}]
    thanks = await asha.celebrate(to=to)
    live = await viewer.live()
    await live.next()
    here.change(teams=[{"name": "Cambodia", "was": "Jordan"}, {"name": "Jordan", "was": "Cambodia"}])
    frame = await live.until(lambda frame: frame["type"] == "changes" and "teams" in frame)
    assert frame["teams"] == [{"name": "Cambodia"}, {"name": "Jordan"}]
    (changed,) = frame["posts"]
    assert changed["id"] == thanks["id"]
    assert changed["author"] == {"name": "Asha", "team": "Cambodia"}
    assert [each["team"] for each in changed["to"]] == ["Cambodia", "Jordan"], "two teams may exchange their names"
    assert (await asha.get("/mine")).json()["participant"]["team"] == "Cambodia"
    assert here.snapshot["posts"][0]["author"]["team"] == "Cambodia"
    assert here.snapshot["totals"]["teams"] == 1, "that of the one who gave"


def test_a_renamed_team_is_renamed_on_the_roster(either: Server, visit: Visitors) -> None:
    board = either.create("Innovation Lab", "--team", "Jordan")
    file = either.directory / f"people-{board['code']}.csv"
    file.write_text("name,team\nNadia Rahman,Jordan\nSok Dara,Cambodia\n")
    either.run("import-people", board["code"], str(file))
    here = organiser(visit, either, board)
    here.change(teams=[{"name": "Amman", "was": "Jordan"}, "Cambodia"])
    exported = json.loads(either.run("export", board["code"]).stdout)["people"]
    assert {person["name"]: person["team"] for person in exported} == {"Nadia Rahman": "Amman", "Sok Dara": "Cambodia"}


def test_the_recipient_field_finds_a_renamed_team_at_once(server: Server, visit: Visitors) -> None:
    board = server.create("Innovation Lab", "--team", "Jordan")
    file = server.directory / f"people-{board['code']}.csv"
    file.write_text("name,team\nNadia Rahman,Jordan\n")
    server.run("import-people", board["code"], str(file))
    here = organiser(visit, server, board)
    for team in ("Jordan", "Amman"):
        here.change(teams=[{"name": team, "was": "Jordan"}])
        (found,) = here.client.get(f"{here.api}/people", params={"q": "nadia"}).json()["people"]
        assert found["team"] == team


# -- themes --------------------------------------------------------------------------------------------------------


async def test_a_theme_keeps_its_cards_when_it_is_renamed(server: Server, people: Of, visit: Visitors) -> None:
    board = server.create("Innovation Lab", "--theme", "OSH", "--theme", "Training")
    here, asha = organiser(visit, server, board), await people(server, board).attendee("Asha")
    thanks = await asha.celebrate(theme="OSH")
    osh, training = here.settings["themes"]
    here.change(themes=[training, osh | {"name": "Health and safety", "short": "Health"}])
    themes = {theme["id"]: theme for theme in here.snapshot["themes"]}
    assert themes[thanks["theme"]]["name"] == "Health and safety"
    assert themes[thanks["theme"]]["colour"] == osh["colour"]
    here.change(themes=[training, {"name": "New one"}])
    assert len({theme["id"] for theme in here.settings["themes"]} | {osh["id"]}) == 3, "a new theme gets no old one's cards"


# -- live, and two at once -----------------------------------------------------------------------------------------


async def test_all_pages_get_changed_settings(either: Server, people: Of, visit: Visitors) -> None:
    board = either.create()
    here, crowd = organiser(visit, either, board), people(either, board)
    async with Moderator(either.url, board["code"], board["screen_url"]) as screen:
        viewers = [await (await crowd.attendee()).live(), await screen.live(feed="screen")]
        viewers.append(await (await crowd.moderator()).live(feed="moderate"))
        for live in viewers:
            await live.next()
        here.change(title="Another title", accent="#f5a300", themes=[{"name": "Only one"}])
        for live in viewers:
            frame = await live.until(lambda frame: frame["type"] == "changes" and "board" in frame)
            assert frame["board"]["title"] == "Another title"
            assert frame["board"]["accent"] == "#f5a300"
            assert [theme["name"] for theme in frame["themes"]] == ["Only one"]


def test_an_edit_of_changed_settings_gets_the_present_state(either: Server, visit: Visitors) -> None:
    board = either.create()
    mira, leo = organiser(visit, either, board), organiser(visit, either, board)
    seen = leo.settings
    mira.change(title="By Mira", expect={"title": seen["title"]})
    late = leo.patch(title="By Leo", subtitle="Also Leo's", expect={"title": seen["title"]})
    assert (late.status_code, late.json()["code"]) == (409, "conflict")
    assert late.json()["present"] == mira.settings
    assert mira.settings["title"] == "By Mira"
    assert mira.settings["subtitle"] == ""
    leo.change(subtitle="Only this", expect={"subtitle": ""})
    leo.change(title="By Mira", expect={"title": seen["title"]})  # it is so already, as after an answer that was lost
    for name, value in seen.items():
        if name not in ("title", "subtitle", "created_at"):
            assert leo.patch(lease=16, expect={name: value}).status_code == 200, name
            leo.change(lease=15)
    assert leo.patch(lease=16, expect={"nonsense": 1}).json()["field"] == "expect"


def test_equal_settings_make_no_change(server: Server, visit: Visitors) -> None:
    here = organiser(visit, server, server.create())
    here.change(**CHANGES)
    seq = here.snapshot["seq"]
    here.change(**CHANGES)
    assert here.snapshot["seq"] == seq


def test_the_audit_trail_names_each_changed_setting(server: Server, visit: Visitors) -> None:
    here = organiser(visit, server, server.create())
    here.change(title="Another", lease=20, blocked_words=["rudeword"])
    line = here.client.get(f"{here.api}/audit").json()["entries"][0]
    assert (line["actor"], line["action"], line["detail"]) == ("organiser", "settings", "blocked_words, lease, title")


# -- the checklist -------------------------------------------------------------------------------------------------


def test_the_checklist_shows_finished_tasks(either: Server, visit: Visitors) -> None:
    board = either.create()
    here = organiser(visit, either, board)

    def done() -> dict[str, bool]:
        items = here.client.get(f"{here.api}/checklist").json()["items"]
        return {item["key"]: item["done"] for item in items}

    keys = ["title", "dates", "agenda", "people", "teams", "themes", "moderators", "screens", "poster", "rehearsal"]
    assert list(done()) == keys
    assert [key for key, value in done().items() if value] == ["title", "moderators", "screens"]
    here.change(starts_on="2026-05-04", teams=["Jordan"], themes=[{"name": "OSH"}])
    for _ in range(2):
        assert here.client.get(f"/b/{board['code']}/print/poster").status_code == 200
    assert [line["action"] for line in here.client.get(f"{here.api}/audit").json()["entries"]].count("poster") == 1
    either.run("link", board["code"], "screen", "--revoke")
    assert [key for key, value in done().items() if value] == ["title", "dates", "teams", "themes", "moderators", "poster"]


# -- as documented -------------------------------------------------------------------------------------------------


async def test_each_answer_to_an_organiser_is_as_documented(server: Server) -> None:
    board, witness = server.create(), Witness()
    async with httpx.AsyncClient(base_url=server.url, timeout=servers.ANSWER_SECONDS, verify=servers.TLS) as client:
        witness.watch(client)
        api = f"/api/b/{board['code']}"
        for path in ("/settings", "/checklist"):
            assert (await client.get(f"/api/b/NOWHERE{path}")).status_code == 404
            assert (await client.get(api + path)).status_code == 403
        assert (await client.patch(api, json={"title": "Mine"})).status_code == 403
        await client.get(httpx.URL(board["organise_url"]).path)
        for content, headers, status in (
            (b"{", JSON, 400),
            (b"x" * 300_000, JSON, 413),
            (b"{}", {}, 415),
            (b'{"nonsense": 1}', JSON, 422),
        ):
            assert (await client.patch(api, content=content, headers=headers)).status_code == status
        assert (await client.patch("/api/b/NOWHERE", json={})).status_code == 404
        logo = (await client.patch(api, json=CHANGES)).json()["board"]["logo"]
        assert (await client.patch(api, json={"accent": "#000"})).json()["repaired"]
        stale = await client.patch(api, json={"title": "Late", "expect": {"title": "Another"}})
        assert stale.status_code == 409
        for path in ("/settings", "/checklist", ""):
            assert (await client.get(api + path)).status_code == 200
        assert (await client.get(logo)).status_code == 200
        assert (await client.get(f"/b/{board['code']}/logo/nothing")).status_code == 404
    ours = {"changeBoard", "getSettings", "getChecklist", "logo"}
    documented = {answer for answer in answers(lambda tags: "organise" in tags) if answer[0] in ours}
    assert {operation for operation, _ in documented} == ours
    assert documented - witness.seen == set()
