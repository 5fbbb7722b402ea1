"""What the first opening of a very large board costs, and pages and searches of it.   python -m tests.bench.opening [--quick]

The store alone, in this process: no network, no other load. `--postgresql` also there; `--directory` for the files of SQLite.
"""

from __future__ import annotations

import argparse
import random
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from sqlalchemy import Connection, create_engine, text

from board.actions import lifecycle
from board.data import moving, search
from board.data.older import Wanted, older
from board.data.own import own
from board.data.queries import load
from board.data.store import Store
from board.model.models import Audience, Kind, Person, Post, Recipient, Session, State
from tests import servers

NOW = 1_790_000_000_000_000
TEAMS, SESSIONS, PEOPLE, PHONES = 24, 60, 1_000, 2_000
WORDS = ["training", "heat", "stress", "wages", "audit", "factory", "gender", "visit", "advice", "partner", "union", "night"]
REPEATED = 5
REASONS = ("Off topic", "Asked already", "Names somebody", None)


def people() -> list[Person]:
    return [Person(f"p{number}", f"Person {number} Surname", f"Team {number % TEAMS}") for number in range(PEOPLE)]


def posts(many: int) -> Iterator[Post]:
    """Four cards to a question, the oldest first; a fiftieth is held, and of questions a third is open."""
    chance, roster = random.Random(7), people()
    for number in range(many):
        asked = number % 5 == 4
        held = chance.random() < 0.02
        author = roster[chance.randrange(PEOPLE)]
        words = " ".join(chance.choices(WORDS, k=12))
        to = [] if asked else [Recipient(one.name, one.team, one.id) for one in chance.sample(roster, chance.choice((1, 1, 2)))]
        post = Post(
            id=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            kind=Kind.QUESTION if asked else Kind.CARD,
            participant=str(chance.randrange(PHONES)),
            text=f"{words} {number}",
            seq=0,
            content_seq=0,
            state=State.HIDDEN if held else State.VISIBLE,
            author_name=author.name,
            author_team=author.team,
            to=to,
            session=f"s{number % SESSIONS}" if asked else None,
            answered=asked and chance.random() < 0.6,
            reason=chance.choice(REASONS) if held else None,
            created_at=NOW + number * 1_000_000,
            published=True,
        )
        yield post


def fill(connection: Connection, many: int) -> int:
    board_id, _ = lifecycle.new_board(connection, NOW, "Very large")
    named = {one.id: (one.name, one.team) for one in people()}
    sessions = [Session(f"s{number}", f"Session {number}") for number in range(SESSIONS)]
    arrived = moving.Arrived(list(posts(many)), sessions, named, set(), [], None)
    moving.fill(connection, board_id, arrived, NOW, "bench")
    return board_id


def asked(store: Store, board_id: int) -> dict[str, Callable[[Connection], object]]:
    """The queries that the bench measures, each with its name."""
    person = people()[7]
    wanted = {
        "newest page": Wanted(Audience.PUBLIC),
        "questions of a session": Wanted(Audience.MODERATORS, kind=Kind.QUESTION, session="s4"),
        "questions of a session that has none": Wanted(Audience.PUBLIC, kind=Kind.QUESTION, session="none"),
        "page of a person": Wanted(Audience.PUBLIC, person=person.id, named=person),
        "page of a person, of hidden cards": Wanted(Audience.MODERATORS, State.HIDDEN, person=person.id, named=person),
        "page of a person who has no card": Wanted(Audience.PUBLIC, person="nobody", named=Person("nobody", "Nobody", None)),
        "search, many found": Wanted(Audience.MODERATORS, words=search.words("heat stress")),
        "search, nothing found": Wanted(Audience.MODERATORS, words=search.words("heat zebra")),
        "search among visible cards, nothing found": Wanted(
            Audience.MODERATORS, State.VISIBLE, Kind.CARD, words=search.words("heat zebra")
        ),
    }
    first: dict[str, Callable[[Connection], object]] = {
        "first opening": lambda connection: load(connection, board_id),
        "what a phone posted": lambda connection: own(connection, board_id, "nobody", "nobody else", 500),
    }
    return first | {
        name: lambda connection, one=one: older(connection, board_id, 101, None, one)  # type: ignore[misc]
        for name, one in wanted.items()
    }


def measured(url: str, many: int) -> dict[str, float]:
    """Milliseconds, the median of several."""
    store = Store(url)
    store.migrate()
    engine = create_engine(url)
    with engine.begin() as connection:
        board_id = fill(connection, many)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if "postgresql" in url else "ANALYZE"))
    engine.dispose()
    found = {}
    for name, query in asked(store, board_id).items():
        took = []
        for _ in range(REPEATED):
            began = time.perf_counter()
            store.read_now(query)
            took.append((time.perf_counter() - began) * 1000)
        found[name] = median(took)
    store.close()
    return found


def table(columns: dict[str, dict[str, float]]) -> list[str]:
    lines = [f"| ms | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    for name in next(iter(columns.values())):
        lines.append(f"| {name} | {' | '.join(f'{column[name]:,.1f}' for column in columns.values())} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="100,000 posts alone")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--directory", type=Path, default=Path(".bench"), help="for the file of SQLite")
    given = parser.parse_args()
    given.directory.mkdir(parents=True, exist_ok=True)
    columns = {}
    for many in (100_000,) if given.quick else (100_000, 1_000_000):
        file = given.directory / "opening.db"
        for each in given.directory.glob("opening.db*"):
            each.unlink()
        columns[f"SQLite, {many:,}"] = measured(f"sqlite:///{file}", many)
        for each in given.directory.glob("opening.db*"):
            each.unlink()
    if given.postgresql:
        with servers.directory() as path:
            postgres = servers.Postgres(path)
            postgres.start()
            try:
                for many in (100_000,) if given.quick else (100_000, 1_000_000):
                    url = postgres.new_database().replace("postgresql:", "postgresql+psycopg:")
                    columns[f"PostgreSQL, {many:,}"] = measured(url, many)
            finally:
                postgres.stop()
    print("\n".join(table(columns)))


if __name__ == "__main__":
    main()
