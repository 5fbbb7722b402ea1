"""The folder to take home, as the command line writes it: a folder, or one archive."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from board.command.opened import with_store
from board.command.sentences import english
from board.data.folder import taken
from board.data.store import Store
from board.process.files import private
from board.process.settings import Settings, SettingsError
from board.transfer.zipped import File, zipped
from board.web.folder import Folder

BAR_CHARACTERS = 30


def export(settings: Settings, code: str, output: Path | None) -> None:
    """Into the folder `output`, which is new; into an archive where its name ends with `.zip`; without a name to the standard
    output, as an archive. Raises `SettingsError`."""
    if output is None and sys.stdout.isatty():
        raise SettingsError("A folder is no text. Name one: -o keepsake, or an archive: -o keepsake.zip")
    if output is not None and not _is_archive(output):
        _must_be_new(output)

    async def read(store: Store) -> Folder:
        board_id = await store.board_id(code)
        found = await store.read(lambda connection: taken(connection, board_id))
        return Folder(found, english(), store.now())

    folder: Folder = with_store(settings, read)
    files = _described(folder.files(), folder.count)
    if output is None:
        _write(zipped(files, code, folder.made))
    elif _is_archive(output):
        with private(output) as part, part.open("wb") as archive:
            archive.writelines(zipped(files, code, folder.made))
    else:
        _write_folder(output, files)


def _is_archive(output: Path) -> bool:
    return output.suffix.lower() == ".zip"


def _must_be_new(output: Path) -> None:
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise SettingsError(f"{output} is there already. Name a new folder, or an archive: -o {output.name}.zip")


def _write(parts: Iterable[bytes]) -> None:
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def _write_folder(output: Path, files: Iterable[File]) -> None:
    """It appears whole under its name, or not at all; nobody else on the machine may read it."""
    part = output.with_name(output.name + ".part")
    part.mkdir(mode=0o700)
    try:
        for file in files:
            path = part / file.path
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as page:
                page.write(file.content)
        if output.exists():
            output.rmdir()
        part.rename(output)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _described(files: Iterator[File], count: int) -> Iterator[File]:
    """Says how far it is, on a terminal alone: a log has no use for a bar."""
    shown = sys.stderr.isatty()
    for number, file in enumerate(files, 1):
        if shown:
            _bar(min(number, count), count)
        yield file
    if shown:
        print(file=sys.stderr)


def _bar(done: int, count: int) -> None:
    filled = BAR_CHARACTERS * done // count
    line = f"\r[{'#' * filled}{'.' * (BAR_CHARACTERS - filled)}] {done} of {count} pages"
    print(line, end="", file=sys.stderr, flush=True)
