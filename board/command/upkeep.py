"""Commands about the whole database and the settings."""

from __future__ import annotations

import argparse
import os
from functools import partial

from board.command.opened import boards_in_words, migrate_now, with_store
from board.data import backup as backups
from board.data import doctor as doctors
from board.data import tallies
from board.data.store import Store
from board.process import settings as settings_module
from board.process.settings import Settings, SettingsError


def backup(arguments: argparse.Namespace) -> None:
    settings, file = settings_module.load(workers=1), arguments.file
    boards = with_store(settings, lambda store: store.read(lambda connection: backups.save(connection, file)))
    print(
        f"{file} has {boards_in_words(boards)}. Keep the secret key, too ({_where_the_key_is(settings)}): "
        "without it every phone is new."
    )


def _where_the_key_is(settings: Settings) -> str:
    return "SECRET_KEY" if os.environ.get("SECRET_KEY") else str(settings.data_dir / "secret-key")


def restore(arguments: argparse.Namespace) -> None:
    settings, file = settings_module.load(workers=1), arguments.file
    with file.open("rb"):
        pass  # if that fails, it fails here
    restore = partial(backups.restore, file=file, replace=arguments.replace)
    done: backups.Restored = with_store(settings, lambda store: store.write_any(restore))
    print(f"{boards_in_words(done.boards)} restored. Pages that are open begin again by themselves.")
    if done.lost:
        print(f"Erased, as the backup does not have them: {done.lost}.")
    if done.replaced:
        print(f"Put back to what they were in the backup: {done.replaced}.")


def doctor(arguments: argparse.Namespace) -> None:
    async def examined(store: Store) -> list[str]:
        if arguments.repair:
            await store.write_any(tallies.repair)
        return await store.read(doctors.examine)

    wrong = with_store(settings_module.load(workers=1), examined)
    for line in wrong:
        print(line)
    if wrong:
        raise SettingsError("The database is not sound. Restore a backup, or ask who knows it.")
    print("The database is sound.")


def migrate(arguments: argparse.Namespace) -> None:
    migrate_now(settings_module.load(workers=1))
    print("The database is up to date.")


def settings(arguments: argparse.Namespace) -> None:
    for setting, value, source in settings_module.described():
        print(f"{setting.name}={value}  ({source})\n    {setting.help}")
