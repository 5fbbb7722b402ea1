"""Several processes write to one board at once: nothing is lost, nothing is stored twice, and no number is left out."""

from __future__ import annotations

import asyncio
import multiprocessing
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing.synchronize import Barrier

import pytest

from board.actions import attendees
from board.data.queries import changes_after
from board.data.store import Store
from board.model.models import Post
from tests import boards
from tests.boards import participant, pseudonym

PROCESSES = {"sqlite": 2, "postgresql": 4}
WAVES = 10
QUESTIONS_A_WAVE = 10
# Processes need only a moment to meet; this is for a machine that has much else to do.
MEET_SECONDS = 60

_meet: Barrier


@dataclass
class Written:
    """The answers that one process got."""

    questions: list[str] = field(default_factory=list)
    answers: list[bool] = field(default_factory=list)
    commits: list[tuple[int, int]] = field(default_factory=list)


def _prepare(barrier: Barrier) -> None:
    global _meet
    _meet = barrier


def _write(url: str, board_id: int, number: int, asked: str, shared: list[uuid.UUID]) -> Written:
    """One process: its own questions, votes of its own people on a question of all, and posts that every process sends."""

    async def run() -> Written:
        store, written = Store(url), Written()
        store.listeners[:] = [lambda changes: written.commits.append((changes.after, changes.to))]
        store.start()
        for wave, post_id in enumerate(shared):
            _meet.wait(MEET_SECONDS)  # SQLite's lock is not fair: without it one process might be done before the other
            people = range(number * 1_000 + wave * QUESTIONS_A_WAVE, number * 1_000 + (wave + 1) * QUESTIONS_A_WAVE)
            own = asyncio.gather(*(boards.submit(store, board_id, boards.question(f"Question {who}"), who) for who in people))
            votes = asyncio.gather(*(attendees.vote(store, board_id, participant(who), asked, True) for who in people))
            again = attendees.submit(store, board_id, participant(), pseudonym(), boards.question(id=post_id))
            posts, _, (_, new) = await asyncio.gather(own, votes, again)
            written.questions += [post.id for post in posts]
            written.answers.append(new)
        await store.stop()
        return written

    return asyncio.run(run())


@pytest.fixture
def processes(database_url: str) -> Iterator[tuple[int, ProcessPoolExecutor]]:
    """Processes that know nothing of each other, as workers are. They are forked from one that has read the code, no more."""
    count = PROCESSES[database_url.split(":")[0].split("+")[0]]
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(count, context, _prepare, (context.Barrier(count),)) as pool:
        yield count, pool


async def test_simultaneous_processes_lose_and_double_no_post_and_leave_no_gap(
    store: Store, database_url: str, processes: tuple[int, ProcessPoolExecutor]
) -> None:
    count, pool = processes
    board_id = await boards.new_board(store)
    asked = await boards.submit(store, board_id, boards.question("Who pays for the training?"))
    shared = [uuid.uuid4() for _ in range(WAVES)]
    running = [pool.submit(_write, database_url, board_id, number, asked.id, shared) for number in range(1, count + 1)]
    written = await asyncio.gather(*map(asyncio.wrap_future, running))
    received = await store.read(lambda connection: changes_after(connection, board_id, 0))
    assert received is not None
    posts = {post.id: post for post in received.posts}

    own = [post_id for one in written for post_id in one.questions]
    assert len(own) == len(set(own)) == count * WAVES * QUESTIONS_A_WAVE
    assert posts.keys() == {asked.id, *own, *map(str, shared)}
    assert [sum(answers) for answers in zip(*(one.answers for one in written), strict=True)] == [1] * WAVES, "one was first"
    assert posts[asked.id].votes == count * WAVES * QUESTIONS_A_WAVE, "every vote counts"
    hold_numbers(received.posts, asked, received.to)
    hold_commits(written, asked.seq, received.to)


def hold_numbers(posts: list[Post], voted: Post, head: int) -> None:
    numbers = [post.seq for post in posts]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) == head
    by_time = sorted((post for post in posts if post.id != voted.id), key=lambda post: post.created_at)
    assert [post.seq for post in by_time] == sorted(post.seq for post in by_time), "later is also higher"
    assert len({post.created_at for post in posts}) == len(posts)


def hold_commits(written: list[Written], first: int, head: int) -> None:
    commits = sorted((*span, number) for number, one in enumerate(written) for span in one.commits)
    assert (commits[0][0], commits[-1][1]) == (first, head)
    assert all(earlier[1] == later[0] for earlier, later in pairwise(commits)), "each begins where another one ended"
    turns = sum(earlier[2] != later[2] for earlier, later in pairwise(commits))
    assert turns >= WAVES * (len(written) - 1), "or the test would not show much"
