"""What may be set, what it is otherwise, and what is refused before anything starts."""

from __future__ import annotations

import dataclasses
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path
from threading import Barrier

import pytest

from board.process import settings
from board.process.settings import SETTINGS, Settings, SettingsError, described

KEY = "k" * 32
POSTGRES = "postgresql://board:dont-tell@db.example:5432/board"
REDIS = "redis://default:dont-tell@cache.example:6379/0"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def load(data: Path, workers: int | None = None, **environ: str) -> Settings:
    return settings.load({"BOARD_DATA_DIR": str(data)} | environ, workers=workers)


def refused(data: Path, workers: int | None = None, **environ: str) -> str:
    """The sentence in which these settings are refused."""
    with pytest.raises(SettingsError) as refusal:
        load(data, workers, **environ)
    return str(refusal.value)


# -- what is set, and what is not ----------------------------------------------------------------------------------


def test_without_settings_one_worker_serves_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    loaded = settings.load({})
    assert dataclasses.asdict(loaded) == {
        "database_url": f"sqlite:///{tmp_path}/data/board.db",
        "redis_url": "",
        "port": 8000,
        "workers": 1,
        "public_url": "",
        "secret_key": (tmp_path / "data" / "secret-key").read_text(),
        "forwarded_allow_ips": "127.0.0.1,::1",
        "data_dir": Path("data"),
        "create": "link",
        "limits": True,
        "gallery": False,
        "pseudo_locales": False,
        "metrics_token": "",
        "webhook_networks": (),
        "log_level": "info",
    }


def test_every_setting_of_the_table_is_read(data: Path) -> None:
    given = {
        "DATABASE_URL": POSTGRES,
        "REDIS_URL": REDIS,
        "PORT": "9000",
        "WEB_CONCURRENCY": "4",
        "PUBLIC_URL": "https://board.example.org",
        "SECRET_KEY": KEY,
        "FORWARDED_ALLOW_IPS": "10.0.0.1",
        "BOARD_DATA_DIR": str(data),
        "BOARD_CREATE": "open",
        "BOARD_LIMITS": "off",
        "BOARD_GALLERY": "on",
        "BOARD_PSEUDO_LOCALES": "on",
        "BOARD_METRICS_TOKEN": "tell-nobody",
        "BOARD_WEBHOOK_NETWORKS": "10.1.0.0/16, fd12::/32",
        "BOARD_LOG_LEVEL": "debug",
    }
    assert set(given) == {setting.name for setting in SETTINGS}
    assert dataclasses.asdict(settings.load(given)) == {
        "database_url": POSTGRES.replace("postgresql:", "postgresql+psycopg:"),
        "redis_url": REDIS,
        "port": 9000,
        "workers": 4,
        "public_url": "https://board.example.org",
        "secret_key": KEY,
        "forwarded_allow_ips": "10.0.0.1",
        "data_dir": data,
        "create": "open",
        "limits": False,
        "gallery": True,
        "pseudo_locales": True,
        "metrics_token": "tell-nobody",
        "webhook_networks": (ip_network("10.1.0.0/16"), ip_network("fd12::/32")),
        "log_level": "debug",
    }
    assert not data.exists(), "with a key and a database elsewhere there is nothing to keep in it"


def test_an_empty_setting_counts_as_missing(data: Path) -> None:
    empty = {setting.name: " " for setting in SETTINGS if setting.name != "BOARD_DATA_DIR"}
    assert load(data, **empty) == load(data)


def test_the_command_line_overrides_the_number_of_workers(data: Path) -> None:
    assert load(data, workers=1, WEB_CONCURRENCY="4").workers == 1
    assert load(data, workers=3, WEB_CONCURRENCY="1", REDIS_URL=REDIS).workers == 3


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_of_postgresql_is_understood_as_providers_write_it(data: Path, scheme: str) -> None:
    address = "://board:a%40b@db.example:5432/board?sslmode=require"
    assert load(data, DATABASE_URL=scheme + address, SECRET_KEY=KEY).database_url == "postgresql+psycopg" + address


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://board.example.org", "https://board.example.org"),
        ("https://board.example.org/", "https://board.example.org"),
        ("HTTPS://Board.Example.org", "https://board.example.org"),
        ("https://board.example.org:443", "https://board.example.org"),  # browsers leave it out of Origin
        ("http://board.example.org:80/", "http://board.example.org"),
        ("https://board.example.org:8443", "https://board.example.org:8443"),
        ("http://192.168.1.5:8000", "http://192.168.1.5:8000"),
        ("http://[fd00::1]:8000", "http://[fd00::1]:8000"),
    ],
)
def test_the_public_address_is_written_as_browsers_write_an_origin(data: Path, given: str, used: str) -> None:
    assert load(data, PUBLIC_URL=given).public_url == used


# -- what is refused -----------------------------------------------------------------------------------------------


def test_an_unknown_setting_is_refused_with_the_list_of_known_ones(data: Path) -> None:
    sentence = refused(data, BOARD_LIMIT="off")
    assert "BOARD_LIMIT." in sentence
    for setting in SETTINGS:
        if setting.name.startswith("BOARD_"):
            assert setting.name in sentence
    load(data, BOARDING="1", LIMITS="off")  # other people's names are none of our business


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "8000.0"),
        ("PORT", "٨٠٠٠"),
        ("PORT", "8" * 5_000),
        ("WEB_CONCURRENCY", "0"),
        ("WEB_CONCURRENCY", "auto"),
        ("PUBLIC_URL", "board.example.org"),
        ("PUBLIC_URL", "ftp://board.example.org"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://board.example.org/lab"),
        ("PUBLIC_URL", "https://board.example.org?lab=1"),
        ("PUBLIC_URL", "https://me@board.example.org"),
        ("PUBLIC_URL", "http://[::1"),
        ("SECRET_KEY", "k" * 31),
        ("DATABASE_URL", "mysql://db.example/board"),
        ("DATABASE_URL", "board.db"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///board.db?timeout=x"),
        ("REDIS_URL", "cache.example:6379"),
        ("BOARD_LIMITS", "no"),
        ("BOARD_LOG_LEVEL", "loud"),
    ],
)
def test_an_invalid_value_is_refused_with_its_name(data: Path, name: str, value: str) -> None:
    assert name in refused(data, **{name: value})


@pytest.mark.parametrize(
    "url",
    [
        "redis://:pa#ss@cache.example:6379/0",
        "redis://:pa/ss@cache.example:6379/0",
        "redis://:12#34@cache.example:6379/0",
        "redis://:12/34@cache.example:6379/0",
        "redis://:pa@ss@cache.example:6379/0",
        "redis://h:port",
        "redis://h:0",
        "redis://h:65536",
        "redis://[::1",
        "redis://[::1:6379",
        "redis://",
        "redis://:secret@:6379/0",
        "redis://h:6379/zero",
        "redis://h?socket_timeout=soon",
        "redis://h?no_such_option=1",
    ],
)
def test_an_invalid_redis_address_stops_the_start_with_an_explanation(data: Path, url: str) -> None:
    sentence = refused(data, REDIS_URL=url)
    assert "REDIS_URL" in sentence
    assert "%23 for #" in sentence
    assert "pa" not in sentence.replace("password", "")


@pytest.mark.parametrize(
    "url",
    [
        "redis://h",
        "redis://h:6380/3",
        "redis://[::1]:6379/0",
        "redis://user:pa%23%2Fss%40@h:6379/0",
        "rediss://:secret@h:6379/0?ssl_cert_reqs=none",
        "redis://h:6379/0?socket_timeout=3&health_check_interval=5",
        "redis://h/?db=2",
        "unix:///run/redis.sock?db=1",
        "unix://user:secret@/run/redis.sock",
    ],
)
def test_an_address_of_redis_is_taken_as_it_is_written(data: Path, url: str) -> None:
    assert load(data, REDIS_URL=url).redis_url == url


def test_an_invalid_number_of_workers_is_refused(data: Path) -> None:
    assert "at least 1" in refused(data, workers=0)


def test_the_error_about_a_broken_address_does_not_show_its_password(data: Path) -> None:
    sentence = refused(data, DATABASE_URL="postgresql://board:dont/tell@db.example:port/board", SECRET_KEY=KEY)
    assert "%2F for /" in sentence
    assert "tell" not in sentence


@pytest.mark.parametrize(
    "environ", [{"WEB_CONCURRENCY": "2"}, {"WEB_CONCURRENCY": "2", "SECRET_KEY": KEY, "DATABASE_URL": POSTGRES}]
)
def test_several_workers_need_redis(data: Path, environ: dict[str, str]) -> None:
    assert "2 workers need REDIS_URL" in refused(data, **environ)
    assert "3 workers need REDIS_URL" in refused(data, workers=3)
    assert load(data, **environ, REDIS_URL=REDIS).workers == 2
    assert load(data, **environ, workers=1).workers == 1


def test_postgresql_needs_a_key_that_several_machines_can_share(data: Path) -> None:
    sentence = refused(data, DATABASE_URL=POSTGRES)
    assert "PostgreSQL needs SECRET_KEY" in sentence
    assert "python3 -c" in sentence, "which says how to make one"
    load(data, DATABASE_URL=POSTGRES, SECRET_KEY=KEY)


# -- secrets -------------------------------------------------------------------------------------------------------


def test_the_secret_key_is_created_once_and_readable_only_by_its_owner(data: Path) -> None:
    before = os.umask(0)  # however careless the machine is
    try:
        key = load(data).secret_key
    finally:
        os.umask(before)
    file = data / "secret-key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert file.read_text() == key == load(data).secret_key
    assert len(key) >= 48
    assert load(data.parent / "other").secret_key != key
    assert load(data, SECRET_KEY=KEY).secret_key == KEY
    assert file.read_text() == key, "a key that is given is kept nowhere"


def test_processes_that_start_at_once_share_one_key(data: Path) -> None:
    """They used to meet a file that was made but not yet written, one time in six."""
    for number in range(30):
        place, ready = data / str(number), Barrier(4)

        def key(_: int, place: Path = place, ready: Barrier = ready) -> str:
            ready.wait()
            return load(place).secret_key

        with ThreadPoolExecutor(4) as threads:
            assert len(set(threads.map(key, range(4)))) == 1


@pytest.mark.parametrize("content", [b"", b"too short\n", bytes(range(128, 256))])
def test_the_error_names_a_file_without_a_usable_key(data: Path, content: bytes) -> None:
    data.mkdir()
    (data / "secret-key").write_bytes(content)
    with pytest.raises(SettingsError, match="secret-key holds no usable key"):
        load(data)
    assert (data / "secret-key").read_bytes() == content


def test_the_error_names_a_data_directory_that_cannot_be_created(data: Path) -> None:
    data.write_text("a file")
    assert "BOARD_DATA_DIR" in refused(data)


def test_the_repr_of_settings_hides_secrets(data: Path) -> None:
    shown = repr(load(data, DATABASE_URL=POSTGRES, REDIS_URL=REDIS, SECRET_KEY=KEY))
    assert "dont-tell" not in shown
    assert KEY not in shown
    assert "port=8000" in shown


# -- what operators are shown --------------------------------------------------------------------------------------


def test_each_setting_is_shown_with_its_value_and_where_it_came_from() -> None:
    shown = {setting.name: (value, source) for setting, value, source in described({"PORT": "9000", "BOARD_LIMITS": " "})}
    assert shown == {setting.name: (setting.default or "(none)", "default") for setting in SETTINGS} | {
        "PORT": ("9000", "environment")
    }


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("SECRET_KEY", KEY, "…"),
        ("DATABASE_URL", POSTGRES, "postgresql://…@db.example:5432"),
        ("DATABASE_URL", "postgresql://db.example/board?password=dont-tell", "postgresql://db.example"),
        ("DATABASE_URL", "postgresql://board:dont/tell@db.example/board", "…"),
        ("DATABASE_URL", "postgresql://board:dont@tell@db.example/board", "postgresql://…@db.example"),
        ("DATABASE_URL", "sqlite:////srv/board.db", "sqlite:////srv/board.db"),
        ("REDIS_URL", REDIS, "redis://…@cache.example:6379"),
        ("REDIS_URL", "rediss://:dont-tell@[fd00::1]:6379", "rediss://…@[fd00::1]:6379"),
        ("REDIS_URL", "dont-tell", "…"),
    ],
)
def test_the_settings_show_only_kind_and_place_of_a_secret(name: str, value: str, shown: str) -> None:
    assert [row for row in described({name: value}) if row[0].name == name] == [
        (next(setting for setting in SETTINGS if setting.name == name), shown, "environment")
    ]


@pytest.mark.parametrize("wrong", ["10.1.0.1/16", "everything", "10.0.0.0/33"])
def test_a_wrong_network_stops_the_start(wrong: str) -> None:
    with pytest.raises(SettingsError, match="BOARD_WEBHOOK_NETWORKS"):
        settings.load({"BOARD_WEBHOOK_NETWORKS": wrong, "DATABASE_URL": POSTGRES, "SECRET_KEY": KEY})
