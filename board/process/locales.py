"""The catalogues as they lie in the package: `board/locales/LANGUAGE/*.ftl`."""

from __future__ import annotations

from pathlib import Path

LOCALES = Path(__file__).parents[1] / "locales"


def read() -> dict[str, str]:
    """Each language's messages, its files one after the other."""
    return {
        folder.name: "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.ftl")))
        for folder in sorted(LOCALES.iterdir())
        if folder.is_dir()
    }
