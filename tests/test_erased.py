"""Somebody who was erased: a mark that nobody can type, and a word in the language of each reader."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, select, update

from board.actions import attendees, forgetting
from board.data import schema
from board.data.migrations.versions import m0024_erased as migration
from board.data.store import Store
from board.model import requests, views
from board.model.erased import called, is_erased, kept, marked, plain
from board.model.keepsakes import keepsakes
from board.model.languages import ACCENTED, Languages
from board.model.models import Post, Reaction, Recipient
from board.model.story import StoryCard, story
from board.process import locales
from board.transfer import exports
from board.transfer.zipped import zipped
from board.web.folder import Folder
from tests import boards
from tests.boards import participant
from tests.test_afterwards import BEGAN, NADIA, card
from tests.test_offline import POSTS, taken

SOMEBODY = Languages(locales.read()).somebody(["en"])
GONE = Recipient(SOMEBODY)
OMARS = card(91, "You taught me, too.", to=[GONE])
OF_NOBODY = card(
    90,
    "You taught me.",
    to=[GONE, Recipient("Nadia", "Jordan", "nadia")],
    author=SOMEBODY,
    author_team=None,
    reactions={Reaction.CLAP: 9},
)


def test_the_mark_of_an_erased_person_cannot_be_typed() -> None:
    assert is_erased(SOMEBODY)
    assert (plain(SOMEBODY), called(SOMEBODY, "quelqu'un"), called("Nadia", "quelqu'un")) == ("somebody", "quelqu'un", "Nadia")
    assert not is_erased(requests.name(marked("Omar")))
    assert not is_erased(requests.name(SOMEBODY))
    assert [one.name for one in requests.recipients([requests.To(name=SOMEBODY)], {})] == ["somebody"]


def test_a_page_can_return_an_erased_recipient_only_where_one_was() -> None:
    sent = [Recipient("somebody"), Recipient("Omar")]
    assert kept([Recipient("Omar"), GONE], sent) == [GONE, Recipient("Omar")]
    assert kept([Recipient("somebody")], sent) == sent
    assert kept([GONE], [Recipient("Somebody", "Jordan"), Recipient("somebody", None, "p1")]) == [
        Recipient("Somebody", "Jordan"),
        Recipient("somebody", None, "p1"),
    ], "people of that name are people"


def test_programs_get_a_readable_word_and_a_flag_for_an_erased_person() -> None:
    view = views.post_view(OF_NOBODY)
    assert view["author"] == {"name": "somebody", "team": None, "erased": True}
    assert view["to"][0] == {"name": "somebody", "erased": True}
    assert "erased" not in views.encode(views.post_view(POSTS[0])).decode()


def test_each_page_names_an_erased_person_in_its_readers_language() -> None:
    whole = taken([*POSTS, OF_NOBODY, OMARS])
    words = Languages(locales.read(), pseudo=True)
    accented = words.catalogues[ACCENTED]
    his_word = accented.say("erased-person")
    for catalogue, word, other in ((accented, his_word, "somebody"), (words.english, "somebody", his_word)):
        folder = Folder(whole, catalogue, BEGAN)
        with zipfile.ZipFile(io.BytesIO(b"".join(zipped(folder.files(), "LAB", datetime(2026, 5, 4))))) as archive:
            pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")}
        assert f"<bdi>{word}</bdi>, <" in pages["LAB/cards.html"], "to whom"
        assert f"<b><bdi>{word}</bdi></b>" in pages["LAB/cards.html"], "from whom"
        assert any(f"<b><bdi>{word}</bdi></b></p>" in page for name, page in pages.items() if "people/" in name), "gave to"
        assert f"{word}, Nadia</h3>" in pages["LAB/recap.html"]
        assert not any(f">{other}<" in page or SOMEBODY in page for page in pages.values())
        assert not any(f'keep-name is-large tall" dir="auto">{word}' in page for page in pages.values())


def test_erased_people_have_no_keepsake_and_do_not_appear_in_the_ending() -> None:
    names = taken().found.names
    assert [one.name for one in keepsakes([OF_NOBODY], names).values()] == [NADIA.name]
    made = story([StoryCard(None, SOMEBODY, None, OF_NOBODY.to)], {}, [])
    assert made["people"] == ["Nadia"]


async def test_a_sheet_names_an_erased_person_in_its_readers_language(store: Store) -> None:
    board_id = await boards.new_board(store)
    await attendees.join(store, board_id, participant(1), requests.Join("Omar Canary"))
    await boards.submit(store, board_id, boards.card(to=[requests.To(name="Omar Canary")]))
    await boards.submit(store, board_id, boards.card(to=[requests.To(name="Nadia")]), 1)
    await forgetting.erase_person(store, board_id, "command line", "Omar Canary", SOMEBODY, texts=False)
    sheet = (await store.read(lambda connection: exports.export(connection, board_id, "csv", "quelqu'un"))).decode()
    assert sheet.count('"quelqu\'un"') == 2
    assert "somebody" not in sheet


async def test_the_migration_marks_people_who_were_erased_before(store: Store) -> None:
    board_id = await boards.new_board(store)
    await attendees.join(store, board_id, participant(2), requests.Join("somebody"))
    to = [requests.To(name="somebody"), requests.To(name="Nadia")]
    posts = [await boards.submit(store, board_id, boards.card(to=to[who - 1 :]), who) for who in (1, 2)]
    team = await boards.submit(store, board_id, boards.card(to=[requests.To(name="somebody", team="Jordan")]), 3)
    table = schema.posts

    def old(connection: Connection) -> None:
        connection.execute(update(table).where(table.c.id.in_([posts[0].id, team.id])).values(author_name="somebody"))
        with Operations.context(MigrationContext.configure(connection)):
            migration.upgrade()

    await store.write_any(old)

    async def stored(post: Post) -> tuple[str, str]:
        row = await store.read(lambda connection: connection.execute(select(table).where(table.c.id == post.id)).one())
        return row.author_name, row.to

    assert await stored(posts[0]) == (SOMEBODY, f'[{{"name":"{SOMEBODY}"}},{{"name":"Nadia"}}]')
    assert (await stored(posts[1]))[0] == "somebody", "a phone goes by this name"
    assert await stored(team) == (SOMEBODY, '[{"name":"somebody","team":"Jordan"}]')
