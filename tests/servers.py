"""Real servers for tests: Redis, PostgreSQL and our own `serve`, each on a free port in a directory of its own."""

from __future__ import annotations

import atexit
import functools
import glob
import json
import os
import pwd
import random
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg

from tests import commands

START_SECONDS = 60.0
PORTS = 12_000, 32_000
"""Browsers open all of these."""
ANSWER_SECONDS = 30.0
"""How long a test waits for an answer: longer than the server allows itself (`/readyz` asks the database for up to 10 s),
or a busy machine would count as a fault. `tests/test_health.py` holds it above that."""
STOP_SECONDS = 30.0
DROPPED_AT_ONCE = 12
"""Each takes 8 MiB, perhaps of memory."""
FAST = "-c fsync=off -c full_page_writes=off -c autovacuum=off"
"""No test cuts the power, so what processes have written outlives them. Each new database waited for the disk twenty times."""
SINCE_STRATEGIES = 15
OTHERS_LEAVE = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
SHAPE = """SELECT (SELECT string_agg(version_num, ' ') FROM alembic_version),
  (SELECT md5(string_agg(concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default), ';'
    ORDER BY table_name, column_name)) FROM information_schema.columns WHERE table_schema = 'public'),
  (SELECT md5(string_agg(concat_ws(' ', attrelid::regclass, attname, attstattarget), ';'
    ORDER BY attrelid::regclass::text, attname))
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0),
  (SELECT md5(string_agg(indexdef, ';' ORDER BY indexdef)) FROM pg_indexes WHERE schemaname = 'public'),
  (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_statistic_ext),
  (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND reltuples > 0),
  (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 262144)"""
EMPTY = """DO $$ DECLARE one record; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', one.tablename);
  END LOOP;
  FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', one.sequencename);
  END LOOP; END $$"""
"""Without looking for what refers to what: all of it goes."""
MODEL = "model"
"""A PostgreSQL database that others are copied from."""
TLS = ssl.create_default_context()
"""One for all clients: each would read the list of authorities, which takes longer than what it asks."""


def free_port() -> int:
    """Not one of those that the system gives to connections (Linux: from 32768 on): until the server takes it, a client that
    connects somewhere might have it as its own. By chance, or several processes of tests would look at the same one."""
    while True:
        port = random.SystemRandom().randrange(*PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def listens(port: int) -> bool:
    """Whether anybody takes connections at this port of ours."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(ready: Callable[[], bool], what: str, seconds: float = START_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} is not ready after {seconds:g} s")
        time.sleep(0.05)


def tool(name: str, package: str, *patterns: str) -> str:
    """The path of a program that tests need, or a failure that says how to get it."""
    found = shutil.which(name) or next((p for pattern in patterns for p in sorted(glob.glob(pattern), reverse=True)), None)
    if found is None:
        raise RuntimeError(f"{name} is missing. On Debian or Ubuntu: apt install {package} (or run `make test` as root).")
    return found


class Redis:
    """A redis-server without persistence."""

    def __init__(self, directory: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._directory = directory
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = tool("redis-server", "redis-server")
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [program, *options, "--dir", str(self._directory)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self._answers, "redis-server")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def command(self, *words: str) -> bytes:
        """One command as it would be typed; the raw answer."""
        with socket.create_connection(("127.0.0.1", self.port), 2) as connection:
            connection.sendall((" ".join(words) + "\r\n").encode())
            return connection.recv(65536)

    def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)
        assert self._process is not None
        self._process.wait()
        self._process = None

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self) -> None:
        if self._process is not None:
            self.resume()
            self.kill()


class Postgres:
    """A PostgreSQL cluster of its own; as root it runs as `postgres` or `nobody`, which the server demands."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port = free_port()
        self._bin = Path(tool("pg_ctl", "postgresql", "/usr/lib/postgresql/*/bin/pg_ctl")).resolve().parent
        self._user = _unprivileged()
        self._databases = 0
        self._model_is: Any = None
        self._empty: list[str] = []
        told = subprocess.run([self._bin / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        # Since 15 a copy is written block by block into the log, which takes ten times as long as copying its files.
        self._by_files = ["--strategy=file_copy"] if int(told.split()[2].split(".")[0]) >= SINCE_STRATEGIES else []
        self._unneeded: list[str] = []
        self._kept: dict[str, psycopg.Connection[Any]] = {}

    def start(self) -> None:
        if self._user:
            shutil.chown(self.directory, self._user)
        data = str(self.directory / "data")
        self._run("initdb", "-D", data, "-U", "board", "--auth=trust", "--encoding=UTF8", "--no-sync")
        self.restart("start")

    def restart(self, how: str = "restart") -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=100 {FAST}"
        data, log = str(self.directory / "data"), str(self.directory / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-m", "fast", "-o", options, how)

    def stop(self) -> None:
        for connection in self._kept.values():
            connection.close()
        self._run("pg_ctl", "-D", str(self.directory / "data"), "-m", "immediate", "stop")

    def demote(self) -> None:
        """Restarts it as a standby: it answers, and takes no writes until it is promoted."""
        self._run("pg_ctl", "-D", str(self.directory / "data"), "-m", "fast", "stop")
        (self.directory / "data" / "standby.signal").touch()
        self.restart("start")

    def promote(self) -> None:
        self._run("pg_ctl", "-D", str(self.directory / "data"), "-w", "promote")

    def pids(self) -> list[int]:
        """The main process first, then all that it has started."""
        main = int((self.directory / "data" / "postmaster.pid").read_text().split()[0])
        return [main, *map(int, Path(f"/proc/{main}/task/{main}/children").read_text().split())]

    def new_database(self) -> str:
        """The address of a new, empty database."""
        self._databases += 1
        name = f"board{self._databases}"
        return self._create(name)

    def new_board_database(self) -> str:
        """The address of a new database with our tables, and nothing in them: a copy is made ten times sooner."""
        if self._model_is is None:
            address = {"DATABASE_URL": self._create(MODEL), "SECRET_KEY": "k" * 40}
            prepared("migrate", environment=clean_environment() | address)
            with psycopg.connect(address["DATABASE_URL"]) as connection:
                self._model_is = self._shape(connection)
        if self._empty:
            return self._address(self._empty.pop())
        self._databases += 1
        return self._create(f"board{self._databases}", "--template", MODEL, *self._by_files)

    def done_with(self, url: str) -> None:
        """Nobody needs this database any more. Where only rows were added it is emptied for the next one: that takes a tenth of
        the time of a copy. The others are dropped by the dozen: a program that does it takes longer than it."""
        name = url.rpartition("/")[2]
        if self._emptied(name):
            self._empty.append(name)
            return
        self._unneeded.append(name)
        if len(self._unneeded) == DROPPED_AT_ONCE:
            commands = [f"--command=DROP DATABASE {name} WITH (FORCE)" for name in self._unneeded]
            self._run("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "board", "-q", "postgres", *commands)
            self._unneeded.clear()

    def _emptied(self, name: str) -> bool:
        """Not where a test changed tables or made statistics, or where many rows would have to go."""
        with suppress(psycopg.Error):
            connection = self._kept_connection(name)
            connection.execute(OTHERS_LEAVE)
            if self._model_is is not None and self._shape(connection) == self._model_is:
                connection.execute(EMPTY)
                return True
        if name in self._kept:
            self._kept.pop(name).close()
        return False

    def _kept_connection(self, name: str) -> psycopg.Connection[Any]:
        """One for all tests that borrow this database: a new one would learn all its tables again. A test may end it."""
        with suppress(KeyError, psycopg.Error):
            self._kept[name].execute("SELECT")
            return self._kept[name]
        self._kept[name] = psycopg.connect(self._address(name), autocommit=True)
        return self._kept[name]

    def _shape(self, connection: psycopg.Connection[Any]) -> Any:
        return connection.execute(SHAPE).fetchone()

    def _address(self, name: str) -> str:
        return f"postgresql://board@127.0.0.1:{self.port}/{name}"

    def _create(self, name: str, *options: str) -> str:
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "board", *options, name)
        return self._address(name)

    def _run(self, name: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._bin / name), *arguments],
            user=self._user,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=60,
        )
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr.decode()}")


class Pooler:
    """pgbouncer before a PostgreSQL, in one of its modes: `session` or `transaction`."""

    def __init__(self, directory: Path, postgres: Postgres, mode: str, connections: int) -> None:
        self.port = free_port()
        self._directory = directory
        self._postgres = postgres
        self._settings = {
            "listen_addr": "127.0.0.1",
            "listen_port": str(self.port),
            "unix_socket_dir": "",
            "auth_type": "any",
            "pool_mode": mode,
            "default_pool_size": str(connections),
            "logfile": str(directory / "pgbouncer.log"),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        user = _unprivileged()
        if user:
            shutil.chown(self._directory, user)
        lines = ["[databases]", f"* = host=127.0.0.1 port={self._postgres.port} user=board", "[pgbouncer]"]
        lines += [f"{name} = {value}" for name, value in self._settings.items()]
        file = self._directory / "pgbouncer.ini"
        file.write_text("\n".join(lines) + "\n")
        program = tool("pgbouncer", "pgbouncer", "/usr/sbin/pgbouncer")
        self._process = subprocess.Popen(
            [program, "-q", str(file)], user=user, cwd=self._directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: listens(self.port), "pgbouncer")

    def url(self, database: str) -> str:
        """The address at which the pooler has this database of its PostgreSQL."""
        return database.replace(f":{self._postgres.port}/", f":{self.port}/")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _unprivileged() -> str | None:
    """The user that servers are started as which refuse to run as root; None where this process is not root."""
    if os.geteuid() != 0:
        return None
    return next(name for name in ("postgres", "nobody") if _exists(name))


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


class Server:
    """Our own server, started as its users start it."""

    def __init__(self, directory: Path, workers: int = 1, host: str = "127.0.0.1", **environment: str) -> None:
        self.port = free_port()
        self.host = host
        self.url = f"http://{host}:{self.port}"
        self.directory = directory
        self._workers = workers
        self.environment = clean_environment() | {"BOARD_DATA_DIR": str(directory), "PORT": str(self.port)} | environment
        self.log = directory / f"serve-{self.port}.log"
        self.prefix: list[str] = []
        """A program that starts ours, with its arguments, as `prlimit`."""
        self.program = COMMAND
        self._process: subprocess.Popen[bytes] | commands.Forked | None = None

    def start(self) -> None:
        self.begin()
        self.wait()

    def begin(self) -> subprocess.Popen[bytes] | commands.Forked:
        """Starts it, without waiting until it answers."""
        arguments = ["serve", "--host", self.host, "--port", str(self.port), "--workers", str(self._workers)]
        with self.log.open("ab") as log:
            if not self.prefix and self.program == [sys.executable, "-m", "board"]:  # not what a test has put into COMMAND
                self._process = commands.forked_server(*arguments, workers=self._workers, environment=self.environment, log=log)
            if self._process is None:
                command = [*self.prefix, *self.program, *arguments]
                self._process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        return self._process

    def wait(self) -> None:
        wait_until(self._answers, f"the server (see {self.log})")

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise RuntimeError(f"the server ended: {self.log.read_text()}")
        if not listens(self.port):  # sooner than to make a client, twenty times a second
            return False
        try:
            return httpx.get(f"{self.url}/readyz", timeout=ANSWER_SECONDS, verify=TLS).status_code == 200
        except httpx.TransportError:
            return False

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def worker_pids(self) -> list[int]:
        """The processes that serve; with one worker the main process itself."""
        if self._workers == 1:
            return [self.pid]
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        commands = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children}
        return [pid for pid, command in commands.items() if b"spawn_main" in command or b"tests.commands" in command]

    def run(self, *arguments: str, check: bool = True, input: str | None = None) -> subprocess.CompletedProcess[str]:
        """A command of ours on this server's database."""
        return prepared(*arguments, environment=self.environment, check=check, input=input)

    def create(self, title: str = "Innovation Lab", *arguments: str) -> dict[str, str]:
        made: dict[str, str] = json.loads(self.run("create", title, "--json", *arguments).stdout)
        return {name: value.replace("//localhost:", "//127.0.0.1:") for name, value in made.items()}

    def stop(self) -> int:
        """SIGTERM; gives the exit status."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
                raise
        status, self._process = self._process.returncode, None
        return status

    def kill(self) -> None:
        """As a power cut would: the whole group, at once."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None


COMMAND = [sys.executable, "-m", "board"]


def clean_environment() -> dict[str, str]:
    """This process's environment without any setting of ours."""
    ours = ("DATABASE_URL", "REDIS_URL", "PORT", "WEB_CONCURRENCY", "PUBLIC_URL", "SECRET_KEY", "FORWARDED_ALLOW_IPS")
    return {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("BOARD_")}


def run_command(
    *arguments: str, environment: dict[str, str], check: bool = True, input: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Started as its users start it."""
    done = subprocess.run([*COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=60, input=input)
    return _checked(done, arguments) if check else done


def prepared(
    *arguments: str, environment: dict[str, str], check: bool = True, input: str | None = None
) -> subprocess.CompletedProcess[str]:
    """The same, sooner, for tests that need what it does: see `tests.commands`."""
    done = commands.forked(*arguments, environment=environment, input=input)
    if done is None:
        return run_command(*arguments, environment=environment, check=check, input=input)
    return _checked(done, arguments) if check else done


def _checked(done: subprocess.CompletedProcess[str], arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    if done.returncode:
        raise RuntimeError(f"brilliance-board {' '.join(arguments)}: {done.stderr}")
    return done


@contextmanager
def directory() -> Iterator[Path]:
    """Short, for socket paths, and open to the user that PostgreSQL runs as."""
    path = Path(tempfile.mkdtemp(prefix="board-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@functools.cache
def sqlite_model() -> Path:
    """A database that others are copied from: making its tables takes ten times as long."""
    path = Path(tempfile.mkdtemp(prefix="board-model-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    prepared("migrate", environment=clean_environment() | {"DATABASE_URL": f"sqlite:///{path / 'board.db'}"})
    return path / "board.db"


@contextmanager
def serving(workers: int = 1, host: str = "127.0.0.1", **environment: str) -> Iterator[Server]:
    with directory() as path:
        server = Server(path, workers, host, **environment)
        if "DATABASE_URL" not in environment and "BOARD_DATA_DIR" not in environment:
            shutil.copyfile(sqlite_model(), path / "board.db")
        try:  # also where it was started and did not become ready in time
            server.start()
            yield server
        finally:
            if server.running:
                server.stop()
