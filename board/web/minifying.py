"""The scripts and styles of the pages in fewer bytes: blanks, comments and long local names are for those who read the source.

Scripts: `tdewolff-minify` (MIT). It is Go code and would bring its threads, its signal handlers and 11 MB into each server for
good. So it runs in a child process, once for each script that is asked for: this module, run as a program. It also knows
styles, but changes what some of them mean (`flex: 1 1 0`). Styles: `rcssmin` (Apache-2.0), which only takes blanks and
comments away. What cannot be minified is served as it was written.
"""

from __future__ import annotations

import importlib.util
import logging
import subprocess
import sys
from collections.abc import Sequence

log = logging.getLogger(__name__)

SECONDS = 20.0
"""A busy machine needs one; without an end a child that hangs would hold up the script for ever."""
ECMASCRIPT = 2020
"""The newest language that the library may put in of its own (as `??`). What our modules use themselves is left alone."""
LIBRARIES = {"minify": "tdewolff-minify", "rcssmin": "rcssmin"}
"""Module and package. For some machines, as a Mac of today, there are no wheels of the first."""


class Minifier:
    """`command`: a program that reads a script from stdin and writes it, shorter, to stdout. Without one: the library."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        missing = {module for module in LIBRARIES if importlib.util.find_spec(module) is None}
        own = None if "minify" in missing else [sys.executable, "-I", __file__]
        self._command = command or own
        self._has_styles = "rcssmin" not in missing
        for module in missing:
            log.info("%s is not installed: what is served is larger than it could be", LIBRARIES[module])

    def script(self, text: str) -> str:
        """Takes the time of a new process: not for the event loop."""
        if self._command is None:
            return text
        try:
            told = subprocess.run(  # noqa: S603 (this very file)
                self._command, input=text.encode(), capture_output=True, check=True, timeout=SECONDS
            )
            shorter = told.stdout.decode()
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
            log.warning("A script is served as it is written: %s", _reason(error))
            return text
        return shorter if 0 < len(shorter) < len(text) else text

    def style(self, text: str) -> str:
        if not self._has_styles:
            return text
        import rcssmin

        return str(rcssmin.cssmin(text, keep_bang_comments=True))


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
