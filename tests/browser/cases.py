"""Many cases in one page: a page of its own for each would take longer than what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from playwright.async_api import Error

Case = Callable[[str], AbstractContextManager[None]]


@contextmanager
def all_of_them() -> Iterator[Case]:
    """Gives what each case runs within, under its name. One that fails does not end the others; in the end all that failed are
    named."""
    failed: list[str] = []

    @contextmanager
    def case(name: str) -> Iterator[None]:
        try:
            yield
        except (AssertionError, Error) as error:
            failed.append(f"{name}: {error}")

    yield case
    assert not failed, "\n\n".join(failed)
