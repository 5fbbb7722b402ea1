"""The library that reads catalogues, brought in past a fault of a library of its own.

Babel 2.18 looks up this computer's time zone when it is imported, and ends the process where TZ names a file that is no zone.
Nothing here asks Babel for the time zone.
"""

from __future__ import annotations

import os

_zone = os.environ.pop("TZ", None)
try:
    from fluent.runtime import FluentBundle
finally:
    if _zone is not None:
        os.environ["TZ"] = _zone

__all__ = ["FluentBundle"]
