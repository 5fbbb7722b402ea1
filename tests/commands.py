"""Commands of ours on a board that a test prepares: each in a process of its own, as its users run them, but without the second
that Python takes to read the code. A helper has read it once; each command is forked from it. (`servers.run_command` starts
Python anew, as tests of the command line itself do.)"""

from __future__ import annotations

import functools
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from typing import Any

SECONDS = 60
KINDS = (socket.AF_UNIX, socket.SOCK_SEQPACKET)


def forked(*arguments: str, environment: dict[str, str], input: str | None = None) -> subprocess.CompletedProcess[str] | None:
    """What came of the command; nothing if the environment has what only a new Python heeds."""
    helper = _helper()
    if helper.heeds(environment):
        return helper.run(arguments, environment, input)
    return None


@functools.cache
def _helper() -> Helper:
    return Helper()


class Helper:
    """A process that forks; it ends when this one does, because its socket ends then."""

    def __init__(self) -> None:
        self._fixed = _fixed(os.environ)
        self._control, its = socket.socketpair(*KINDS)
        with its:
            command = [sys.executable, "-m", "tests.commands"]
            self._process = subprocess.Popen(command, stdin=its, stdout=subprocess.DEVNULL)

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


def _fixed(environment: Any) -> dict[str, str]:
    """What Python and its libraries look at once, when they start."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(("PYTHON", "LC_", "LD_")) or name in ("LANG", "LANGUAGE", "TZ", "COLUMNS")
    }


def _all_of(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


# -- the helper ----------------------------------------------------------------------------------------------------


def main() -> None:
    """Forks until its socket ends. In a command's process this returns what the command is."""
    from board.command import cli

    _read_the_rest()
    gc.freeze()  # or each command would look through all of that, and copy it
    arguments = _command(socket.socket(fileno=os.dup(0)))
    if arguments is not None:
        sys.argv = ["brilliance-board", *arguments]
        cli.main()


def _read_the_rest() -> None:
    """What commands load when they need it."""
    for name in ("alembic.command", "alembic.context", "sqlalchemy.dialects.sqlite.pysqlite"):
        importlib.import_module(name)
    importlib.import_module("sqlalchemy.dialects.postgresql.psycopg")
    importlib.import_module("psycopg")


def _command(control: socket.socket) -> list[str] | None:
    """The arguments, in a process that is to run them; nothing in the helper, when there is no more to do."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait
    while True:
        word, files, _, _ = socket.recv_fds(control, 16, 4)
        if not word:
            return None
        if os.fork() == 0:
            control.close()
            return _watched(*files)
        for file in files:
            os.close(file)


def _watched(connection_file: int, *files: int) -> list[str]:
    """Forks once more: one runs the command to Python's own end, the other waits for it and tells its status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    connection = socket.socket(fileno=connection_file)
    arguments, environment, place = json.loads(_all_of(connection))
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        connection.sendall(str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    connection.close()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(place)
    signal.alarm(SECONDS)
    words: list[str] = arguments
    return words


if __name__ == "__main__":
    main()
