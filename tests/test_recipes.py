"""The recipes of CONTRIBUTING.md against the code: each name stands in the file that the recipe names, no list is forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from board.model.showing import INTERRUPTIONS, Scene

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NAME, PLACE = r"`([\w.:-]+)`", r"`((?:board|static|templates|tests|docs)/[\w./-]+\.\w+)`"
# "`SCENES` and `pictureOf` in `static/js/screen/scene.js`"
STANDS_IN = re.compile(rf"{NAME}(?:(?:,| and)\s+{NAME})?\s+in\s+{PLACE}")


def recipes() -> dict[str, str]:
    """Title and steps of each."""
    return dict(re.findall(r"^\*\*(A new [^*]+)\*\*.*\n((?:[\d ].+\n)+)", GUIDE, re.MULTILINE))


def named() -> list[tuple[str, str]]:
    return [(name, match[3]) for match in STANDS_IN.finditer(GUIDE) for name in (match[1], match[2]) if name]


def entries(path: str, start: str) -> set[str]:
    """The keys of an object in a script, from the line with `start` to its closing brace."""
    text = (ROOT / "static/js" / path).read_text(encoding="utf-8")
    body = re.split(r"^ *\},?;?$", text.partition(start)[2], maxsplit=1, flags=re.MULTILINE)[0]
    return set(re.findall(r"^\s+(\w+):", body, re.MULTILINE))


def test_each_recipe_has_five_steps_at_most() -> None:
    assert len(recipes()) == 7
    for title, steps in recipes().items():
        numbers = re.findall(r"^(\d)\.", steps, re.MULTILINE)
        assert numbers == list("12345")[: len(numbers)], title


@pytest.mark.parametrize(("name", "path"), named())
def test_each_name_in_a_recipe_exists_in_the_named_file(name: str, path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text), f"{path} has no {name}"


def test_the_recipes_name_existing_files() -> None:
    assert len(named()) > 15, "the pattern reads the recipes"
    files = set(re.findall(PLACE, GUIDE))
    assert {file for file in files if not (ROOT / file).exists()} == set()


def test_every_scene_has_its_words_and_its_place() -> None:
    """A list that a new scene was not added to shows nothing: no page fails."""
    scenes = {str(scene) for scene in Scene}
    assert entries("desk/words.js", "scenes: {") == scenes
    assert entries("organise/words.js", "SCENE = {") == scenes
    keys = (ROOT / "static/js/screen/keyrow.js").read_text(encoding="utf-8")
    assert set(re.findall(r'scene: "(\w+)"', keys)) == scenes - {Scene.SPOTLIGHT}  # a post is chosen at the desk
    rotating = re.findall(
        r"(\w+): \d+", re.findall(r"TURN_SECONDS = \{(.+?)\}", (ROOT / "static/js/desk/turns.js").read_text())[0]
    )
    assert set(rotating) == scenes - {str(scene) for scene in INTERRUPTIONS}
    (order,) = re.findall(r"SCENES = \[(.+)\]", (ROOT / "static/js/screen/scene.js").read_text(encoding="utf-8"))
    assert set(re.findall(r"\w+", order)) == scenes
    assert f'["1 – {len(scenes)}", "screen-key-scenes"]' in (ROOT / "static/js/screen/keys.js").read_text(encoding="utf-8")
