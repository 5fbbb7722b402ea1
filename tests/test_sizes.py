"""A reader holds a class, a file, a function in the head at once. So each has a limit, and the limits only go down."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sorted((ROOT / "board").rglob("*.py"))

FILE_LINES = 400
CLASS_LINES = 250
FUNCTION_LINES = 60
MEDIAN_LINES = 6
NINE_OF_TEN_LINES = 20


def defined(*kinds: type[ast.AST]) -> Iterator[tuple[str, int]]:
    for file in PYTHON:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, kinds):
                yield f"{file.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1  # type: ignore[attr-defined]


FUNCTIONS = dict(defined(ast.FunctionDef, ast.AsyncFunctionDef))
CLASSES = dict(defined(ast.ClassDef))


@pytest.mark.parametrize("file", PYTHON, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_is_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


def test_classes_are_short() -> None:
    assert {name: lines for name, lines in CLASSES.items() if lines > CLASS_LINES} == {}


def test_functions_are_short_and_most_are_very_short() -> None:
    assert {name: lines for name, lines in FUNCTIONS.items() if lines > FUNCTION_LINES} == {}
    assert statistics.median(FUNCTIONS.values()) <= MEDIAN_LINES
    assert statistics.quantiles(FUNCTIONS.values(), n=10)[-1] <= NINE_OF_TEN_LINES
