"""Files as one ZIP archive that is sent while it is made: no more of it is in memory than one file. Pure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

DEFLATE_LEVEL = 6
READABLE_BY_OWNER = 0o100600 << 16
STORED = (".png", ".jpg", ".webp", ".woff2")


class File(NamedTuple):
    """A file of the archive. `path`: relative to the folder, with `/`, in ASCII."""

    path: str
    content: bytes


class _Sent(io.RawIOBase):
    """A file that only grows. What was written is taken away, and counted."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: object) -> int:
        data = bytes(part)  # type: ignore[call-overload]
        self._parts.append(data)
        return len(data)

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def zipped(files: Iterable[File], folder: str, made: datetime) -> Iterator[bytes]:
    """The archive in parts, one for each file. `folder`: in which all files are; `made`: their time."""
    sent = _Sent()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED, compresslevel=DEFLATE_LEVEL) as archive:
        for file in files:
            entry = zipfile.ZipInfo(f"{folder}/{file.path}", made.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if file.path.endswith(STORED) else zipfile.ZIP_DEFLATED
            entry.external_attr = READABLE_BY_OWNER
            archive.writestr(entry, file.content)
            yield sent.taken()
    yield sent.taken()
