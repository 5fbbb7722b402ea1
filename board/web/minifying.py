"""The scripts and styles of the pages in fewer bytes: blanks, comments and long local names are for those who read the source.

Scripts: `tdewolff-minify` (MIT). It is Go code and would bring its threads, its signal handlers and 11 MB into each server for
good. So it runs in a child process, once for each script that is asked for: this module, run as a program. Only the version
that was tested is used: 2.24.11 and 2.24.12 put `const {a} = f(b)` before `b`, and this one leaves out `void (a || b())`, so
`tests/test_minifying.py` compares each script with its source. It also knows styles, but changes what some of them mean
(`flex: 1 1 0`). Styles: `rcssmin` (Apache-2.0), which only takes blanks and comments away. What cannot be
minified is served as it was written. `zopfli` (Apache-2.0) then finds the shortest gzip, 3 % less than level 9.
"""

from __future__ import annotations

import gzip
import importlib.metadata
import logging
import subprocess
import sys
from collections.abc import Sequence

log = logging.getLogger(__name__)

SECONDS = 20.0
"""A busy machine needs one; without an end a child that hangs would hold up the script for ever."""
ECMASCRIPT = 2020
"""The newest language that the library may put in of its own (as `??`). What our modules use themselves is left alone."""
TESTED = "2.24.8"


class Minifier:
    """`command`: a program that reads a script from stdin and writes it, shorter, to stdout. Without one: the library."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = command
        if command is None and _is_there("tdewolff-minify", TESTED):
            self._command = [sys.executable, "-I", __file__]
        self._has_styles = _is_there("rcssmin")
        self._has_zopfli = _is_there("zopfli")

    def script(self, text: str) -> str:
        """Takes the time of a new process: not for the event loop."""
        if self._command is None:
            return text
        try:
            finished = subprocess.run(  # noqa: S603 (this very file)
                self._command, input=text.encode(), capture_output=True, check=True, timeout=SECONDS
            )
            shorter = finished.stdout.decode()
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
            log.warning("A script is served as it is written: %s", _reason(error))
            return text
        return shorter if 0 < len(shorter) < len(text) else text

    def style(self, text: str) -> str:
        if not self._has_styles:
            return text
        import rcssmin

        return str(rcssmin.cssmin(text, keep_bang_comments=True))

    def compressed(self, content: bytes) -> bytes:
        """By gzip. A script takes a fifth of a second, without Python's lock: not for the event loop."""
        if not self._has_zopfli:
            return gzip.compress(content, 9, mtime=0)
        import zopfli.gzip

        return bytes(zopfli.gzip.compress(content))


def _is_there(library: str, tested: str = "") -> bool:
    """For some machines, as a Mac of today, there are no wheels."""
    try:
        found = importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        log.info("%s is not installed: what is served is larger than it could be", library)
        return False
    if tested and found != tested:
        log.warning("%s %s was not tested (%s was): what is served is larger than it could be", library, found, tested)
    return found == (tested or found)


def _reason(error: Exception) -> str:
    said = error.stderr.decode(errors="replace").strip() if isinstance(error, subprocess.CalledProcessError) else ""
    return said.splitlines()[-1] if said else str(error)


def main() -> None:
    import minify

    minify.config({"js-version": ECMASCRIPT})
    text = sys.stdin.buffer.read().decode()
    try:
        sys.stdout.buffer.write(minify.string("text/javascript", text).encode())
    except minify.MinifyError as error:
        sys.exit(" ".join(str(error).split()))


if __name__ == "__main__":
    main()
