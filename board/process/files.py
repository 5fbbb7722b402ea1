"""Files that hold what people wrote."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def private(file: Path) -> Iterator[Path]:
    """Gives a name beside `file` to write to. At the end the file appears whole under its own name, or not at all, and nobody
    else on the machine may read it (mode 0600, whatever the umask)."""
    part = file.with_name(file.name + ".part")
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        part.chmod(0o600)  # it may have been there
        yield part
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)
