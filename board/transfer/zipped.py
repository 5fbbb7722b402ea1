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


class _Sent(io.BytesIO):
    """An archive whose beginning was taken away already. One can still go back to the file that is being written: its header
    gets its length. So whoever reads knows where each file ends, and can count them while they come."""

    def __init__(self) -> None:
        super().__init__()
        self._gone = 0

    def tell(self) -> int:
        return self._gone + super().tell()

    def seek(self, place: int, whence: int = io.SEEK_SET, /) -> int:
        return self._gone + super().seek(place - self._gone if whence == io.SEEK_SET else place, whence)

    def taken(self) -> bytes:
        part = self.getvalue()
        self._gone += len(part)
        super().seek(0)
        self.truncate()
        return part


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
