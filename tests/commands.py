"""Commands and servers of ours that a test needs, without the seconds that Python takes to read the code. A helper has read it
once: it runs the commands itself, one after the other, and each server is forked from it. A server of several workers is forked
from a helper of its own, and so are its workers. (`servers.run_command` starts Python anew, as tests of the command line itself
do; and so does uvicorn for each worker of a server that is started that way: tests/faults/test_workers.py has one.)"""

from __future__ import annotations

import fcntl
import functools
import gc
import hashlib
import importlib
import json
import multiprocessing
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import tzlocal.unix

from board.command import cli
from board.model.languages import Languages
from board.process import locales
from tests.compiled import share_statements

if TYPE_CHECKING:
    from board.model.catalogue import Catalogue

SECONDS = 60
MADE = "TESTS_MADE"
"""The directory in which servers of one run keep the files that they have made (an environment variable, for all processes)."""
METRICS = "PROMETHEUS_MULTIPROC_DIR"
KINDS = (socket.AF_UNIX, socket.SOCK_SEQPACKET)


def forked(*arguments: str, environment: dict[str, str], input: str | None = None) -> subprocess.CompletedProcess[str] | None:
    """What came of the command; nothing if the environment has what only a new Python heeds."""
    helper = _helper(False)
    if helper.heeds(environment):
        return helper.run(arguments, environment, input)
    return None


def forked_server(*arguments: str, workers: int, environment: dict[str, str], log: IO[bytes]) -> Forked | None:
    """A process that serves; nothing if the environment has what only a new Python heeds."""
    helper = _helper(workers > 1)
    return helper.start(arguments, environment, log) if helper.heeds(environment) else None


class Forked:
    """As much of `subprocess.Popen` as tests ask of a server. A process between reaps it, and reports its end on `report`."""

    def __init__(self, report: socket.socket, command: Sequence[str]) -> None:
        self.args = command
        self.returncode: int | None = None
        self._report = report
        self._words = b""
        self.pid = int(self._line())

    def _line(self) -> bytes:
        while b"\n" not in self._words:
            came = self._report.recv(64)
            if not came:
                raise ChildProcessError("the helper that forks is gone")
            self._words += came
        line, _, self._words = self._words.partition(b"\n")
        return line

    def poll(self) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            self.wait(0.0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, or the number of the signal, below zero. Raises `TimeoutExpired` as `Popen` does."""
        if self.returncode is None:
            readable, _, _ = select.select([self._report], [], [], timeout)
            if not readable:
                raise subprocess.TimeoutExpired(self.args, timeout or 0.0)
            self.returncode = int(self._line())
            self._report.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


@functools.cache
def _helper(counts_for_all: bool) -> Helper:
    return Helper(counts_for_all)


class Helper:
    """A process that forks; it ends when this one does, because its socket ends then. Whether numbers are counted for one
    process or for all workers is settled when the code of the metrics is read."""

    def __init__(self, counts_for_all: bool) -> None:
        self._fixed = _fixed(os.environ)
        self._control, its = socket.socketpair(*KINDS)
        counts = {METRICS: os.environ.get(MADE, tempfile.gettempdir())} if counts_for_all else {}
        with its:
            command = [sys.executable, "-m", "tests.commands"]
            self._process = subprocess.Popen(command, stdin=its, stdout=subprocess.DEVNULL, env=os.environ | counts)

    def heeds(self, environment: dict[str, str]) -> bool:
        return _fixed(environment) == self._fixed

    def run(
        self, arguments: tuple[str, ...], environment: dict[str, str], input: str | None
    ) -> subprocess.CompletedProcess[str]:
        with ExitStack() as stack:
            mine, its = map(stack.enter_context, socket.socketpair())
            given, out, err = (stack.enter_context(tempfile.TemporaryFile("w+")) for _ in range(3))
            given.write(input or "")
            given.seek(0)
            socket.send_fds(self._control, [b"run"], [file.fileno() for file in (its, given, out, err)])
            its.close()
            mine.settimeout(2 * SECONDS)
            mine.sendall(json.dumps([arguments, environment, os.getcwd()]).encode())
            mine.shutdown(socket.SHUT_WR)
            status = int(_all_of(mine))
            for file in (out, err):
                file.seek(0)
            return subprocess.CompletedProcess(["brilliance-board", *arguments], status, out.read(), err.read())

    def start(self, arguments: tuple[str, ...], environment: dict[str, str], log: IO[bytes]) -> Forked:
        mine, its = socket.socketpair()
        with its, open(os.devnull, "rb") as nothing:
            socket.send_fds(self._control, [b"serve"], [its.fileno(), nothing.fileno(), log.fileno(), log.fileno()])
        mine.sendall(json.dumps([arguments, environment, os.getcwd()]).encode())
        mine.shutdown(socket.SHUT_WR)
        return Forked(mine, ["brilliance-board", *arguments])


def _fixed(environment: Any) -> dict[str, str]:
    """What Python and its libraries look at once, when they start."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(("PYTHON", "LC_", "LD_")) or name in ("LANG", "LANGUAGE", "COLUMNS")
    }


def _all_of(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


# -- the helper ----------------------------------------------------------------------------------------------------


def main() -> None:
    """Works until its socket ends. In the process of a server this returns from the loop, and becomes the server."""
    share_statements()
    _read_the_rest()
    _fork_workers()
    gc.freeze()  # or each server would look through all of that, and copy it
    arguments = _server_to_be(socket.socket(fileno=os.dup(0)))
    if arguments is not None:
        sys.argv = ["brilliance-board", *arguments]
        cli.main()


def _read_the_rest() -> None:
    """What commands load when they need it."""
    for name in (
        *("alembic.command", "alembic.config", "alembic.context", "board.app", "board.data.migrations.samples"),
        *("sqlalchemy.dialects.sqlite.pysqlite", "sqlalchemy.dialects.postgresql.psycopg", "psycopg"),
        *("encodings.ascii", "encodings.idna", "importlib.resources.readers", "tzdata.zoneinfo"),
    ):
        importlib.import_module(name)
    importlib.import_module("board.app").warm_up()
    Languages(locales.read())
    _make_files_once()


def _make_files_once() -> None:
    """Scripts and styles that one server has made are there for all servers of this run: to bundle and compress those of one
    page takes a second. Their version is part of the name. What making them is like is for tests of `board.web.assets`. In the
    languages that nobody speaks they are compressed quickly: nobody weighs them."""
    from board.model.languages import ACCENTED, MIRRORED
    from board.web import assets, minifying

    if MADE not in os.environ:  # the benchmark and the pictures start a few servers, without pytest
        return
    made = Path(os.environ[MADE])
    make = assets.Files._make
    quick = minifying.Minifier()
    quick._has_zopfli = False

    def once(files: assets.Files, file: Path, catalogue: Catalogue | None) -> assets.Made:
        name = f"{assets.version()} {file} {catalogue.language if catalogue else ''}"
        kept = made / hashlib.sha256(name.encode()).hexdigest()
        with open(f"{kept}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # all begin with the same few files
            if not kept.exists():
                new = kept.with_suffix(".new")
                maker = assets.Files(quick) if catalogue and catalogue.language in (ACCENTED, MIRRORED) else files
                new.write_bytes(pickle.dumps(tuple(make(maker, file, catalogue))))
                new.replace(kept)  # whole, or not there: tests kill servers
        return assets.Made(*pickle.loads(kept.read_bytes()))  # noqa: S301 (our own)

    assets.Files._make = once  # type: ignore[method-assign]


def _fork_workers() -> None:
    """Each worker of uvicorn (tested: 0.54) reads all the code anew, which takes a second: here it has it from its parent."""
    from uvicorn import _subprocess
    from uvicorn.supervisors.multiprocess import SIGNALS

    started = _subprocess.subprocess_started

    def begin(*arguments: Any, **named: Any) -> None:
        for number in SIGNALS:  # what its parent does on them is not for a worker
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        started(*arguments, **named)

    _subprocess.spawn = multiprocessing.get_context("fork")  # type: ignore[assignment]
    _subprocess.subprocess_started = begin


def _server_to_be(control: socket.socket) -> list[str] | None:
    """The arguments, in a process that is to serve; nothing in the helper, when there is no more to do."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait
    while True:
        word, files, _, _ = socket.recv_fds(control, 16, 4)
        if not word:
            return None
        if word == b"run":
            _run(*files)
        elif os.fork() == 0:
            control.close()
            return _watched(*files)
        for file in files:
            os.close(file)


def _run(connection_file: int, *files: int) -> None:
    """A command, here: a process of its own costs three times what the command does."""
    connection = socket.socket(fileno=os.dup(connection_file))
    arguments, environment, place = json.loads(_all_of(connection))
    before = dict(os.environ), os.getcwd(), [os.dup(number) for number in range(3)]
    _become(environment, place, files)
    try:
        status = _status_of(arguments)
    finally:
        _become(*before)
        for file in before[2]:
            os.close(file)
    if threading.active_count() > 1:  # a server forked from here would not have them, but what they hold
        raise RuntimeError(f"{arguments} left threads: {threading.enumerate()}")
    connection.sendall(str(status).encode())
    connection.close()


def _become(environment: dict[str, str], place: str, files: Sequence[int]) -> None:
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    tzlocal.unix._cache_tz_name = None  # it looks once in the life of a process (tested: 5.4)
    os.chdir(place)


def _status_of(arguments: list[str]) -> int:
    sys.argv = ["brilliance-board", *arguments]
    sys.stdin = os.fdopen(0, closefd=False)  # the one before has read on
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(SECONDS)
    try:
        cli.main()
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # as Python itself does
        traceback.print_exc()
        return 1
    finally:
        signal.alarm(0)
        sys.stdout.flush()
        sys.stderr.flush()


def _too_long(*_: object) -> None:
    raise TimeoutError(f"it did not end within {SECONDS} s")


def _watched(connection_file: int, *files: int) -> list[str]:
    """Forks once more: one serves, to Python's own end, the other tells its number at once, and its status in the end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    connection = socket.socket(fileno=connection_file)
    arguments, environment, place = json.loads(_all_of(connection))
    child = os.fork()
    if child:
        for file in files:
            os.close(file)
        os.setpgid(0, 0)  # a signal to the group of the one that serves is not for this one
        connection.sendall(f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    connection.close()
    os.setsid()
    _become(environment, place, files)
    for file in files:
        os.close(file)
    words: list[str] = arguments
    return words


if __name__ == "__main__":
    main()
