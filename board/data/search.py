"""A moderator's search over all posts of a board: what of a post is searched, what was typed, and how the store is asked.

What is searched stands with each post, folded (`posts.folded`), as no database folds as we do. A change of `folding.fold`
needs a migration that fills that column again. The desk's filter, `matching` of `static/js/desk/queue.js`, looks at the same;
the examples of `tests/vectors/search.json` hold both to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Boolean, ColumnElement, Text, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from board.data import schema
from board.model.folding import fold
from board.model.models import Invalid, Post, Recipient

# A post's whole text may be pasted. Each word is one more comparison with each post.
QUERY_CODE_POINTS = 400
QUERY_WORDS = 50
# The longest post of living scripts has about 2,500. One character may fold into eighteen: without a bound a board full of such
# texts would take as many times longer to search.
FOLDED_CODE_POINTS = 6_000
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


class Searched(NamedTuple):
    """What of a post is searched: all words that a moderator reads on it."""

    text: str
    author_name: str | None
    author_team: str | None
    to: list[Recipient]
    answer: str | None
    reason: str | None
    owner: str | None = None
    set_aside: str | None = None
    translations: tuple[str, ...] = ()


def searched(post: Post) -> Searched:
    of_the_desk = (post.answer, post.reason, post.owner, post.set_aside, tuple(post.answer_translations.values()))
    return Searched(post.text, post.author_name, post.author_team, post.to, *of_the_desk)


def folded(of: Searched) -> str:
    """As it is stored. A space parts what does not belong together: no word is found across two of them."""
    return fold(f"{of.text}\n{_after_text(of)}")[:FOLDED_CODE_POINTS]


def _after_text(of: Searched) -> str:
    names = [name for recipient in of.to for name in (recipient.name, recipient.team)]
    of_the_desk = (of.answer, of.reason, of.owner, of.set_aside, *of.translations)
    return "\n".join(value for value in (of.author_name, of.author_team, *names, *of_the_desk) if value)


def refolded(stored: str | None, was: Searched, now: Searched) -> str | None:
    """The stored search text after a change of names only: made from the old one, without reading and folding the text of
    the post again. None: that is not possible."""
    before, after = (fold(_after_text(one)) for one in (was, now))
    if stored is None or len(stored) >= FOLDED_CODE_POINTS or not stored.endswith(before):
        return None
    return f"{stored.removesuffix(before).rstrip(' ')} {after}".strip(" ")[:FOLDED_CODE_POINTS]


def words(typed: str) -> list[str]:
    """The words to find, folded, each once; none where nothing was typed that can be found.

    Raises `Invalid` where there are too many. The length is looked at first, then the words are folded.
    """
    if len(typed) > QUERY_CODE_POINTS:
        raise Invalid("search-too-long", field="q", most=QUERY_CODE_POINTS)
    # PostgreSQL takes no U+0000, and no post has any.
    found = list(dict.fromkeys(fold(_CONTROL.sub(" ", typed)).split(" ")))
    if len(found) > QUERY_WORDS:
        raise Invalid("search-too-many-words", field="q", most=QUERY_WORDS)
    return [word for word in found if word]


class _holds(FunctionElement[bool]):  # a function of SQL
    """Whether a text has another one inside of it: `%` and `_` stand for themselves."""

    type = Boolean()
    inherit_cache = True


@compiles(_holds, "sqlite")
def _holds_in_sqlite(element: _holds, compiler: SQLCompiler, **options: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **options)}) > 0)"


@compiles(_holds, "postgresql")
def _holds_in_postgresql(element: _holds, compiler: SQLCompiler, **options: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **options)}) > 0)"  # half the time of LIKE


def finds(wanted: Iterable[str]) -> list[ColumnElement[bool]]:
    """Conditions for posts that have each of these words, also inside of longer ones. A long word is in few posts: where it is
    not, no other word is looked for."""
    return [has(literal(word, Text())) for word in sorted(wanted, key=len, reverse=True)]


def has(word: ColumnElement[str]) -> ColumnElement[bool]:
    # During an update a worker of an older version still runs. It stores posts without the column.
    searched = func.coalesce(schema.posts.c.folded, func.lower(schema.posts.c.text))
    return _holds(searched, word)
