"""The folder to take home: the whole gathering as plain pages that are read without a server, in ten years, too.

    index.html  recap.html  cards.html  questions.html  who.html  people/1.html …  css/  img/

Pages link to each other by relative addresses and load nothing else. No script is in them. Each page is made when it is asked
for, so that one of them is in memory. Fonts are made last: by then it is known which scripts the pages have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from board.data.afterwards import POSTS_MOST, Gathered
from board.data.folder import Taken
from board.model.answered import fate_of
from board.model.catalogue import Catalogue
from board.model.consent import Layer, may_show, taken_home
from board.model.directory import fields
from board.model.folding import fold
from board.model.keepsakes import Keepsake, keepsakes
from board.model.models import Kind, Post, State
from board.model.totals import Fate
from board.transfer.zipped import File
from board.web import assets, inlined, recap, who
from board.web import keepsakes as kept_pages
from board.web.afterwards import about
from board.web.answers import COUNTS, STATES, entry
from board.web.dates import day_in_words
from board.web.templating import filled

CARDS_A_PAGE = 200
QUESTIONS_A_PAGE = 200
HELPERS_A_PAGE = 300
PARTS = ("index", "recap", "cards", "questions", "who")
_LOGO_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
LICENCE = "fonts/OFL.txt"


def named(part: str, number: int = 1) -> str:
    return f"{part}.html" if number == 1 else f"{part}-{number}.html"


class Place(NamedTuple):
    """Where a page of the folder is: its part, its number of so many, and the way up to the folder."""

    part: str
    page: int = 1
    pages: int = 1
    up: str = ""

    @property
    def parts(self) -> list[tuple[str, str]]:
        return [(part, self.up + named(part)) for part in PARTS]

    def numbered(self, part: str, number: int) -> str:
        return self.up + named(part, number)


class _Page(NamedTuple):
    path: str
    make: Callable[[], str]


class Folder:
    """All files of it. `made`: when, in microseconds since 1970."""

    def __init__(self, taken: Taken, catalogue: Catalogue, made: int) -> None:
        self._found: Gathered = taken.found._replace(decisions=taken_home(taken.found.decisions))
        self.board, self._logo, self._catalogue = self._found.board, taken.logo, catalogue
        self._zone = ZoneInfo(self.board.time_zone)
        self.made = self._local(made)
        self._sessions = {session.id: session for session in taken.sessions}
        self._asked = [post for post in self._found.posts if post.kind is Kind.QUESTION and post.state is State.VISIBLE]
        open_to = [post for post in self._found.posts if post.state is State.VISIBLE and self._may(post)]
        self._cards = [post for post in open_to if post.kind is Kind.CARD]
        self._questions = [post for post in open_to if post.kind is Kind.QUESTION][::-1]
        self._people = sorted(keepsakes(self._cards, self._found.names).items(), key=lambda one: (fold(one[1].name), one[0]))
        self._paths = {who: f"people/{number}.html" for number, (who, _) in enumerate(self._people, 1)}
        self._styles, self._letters = dict[str, None](), set[str]()
        self._pages = list(self._planned())

    @property
    def count(self) -> int:
        """How many pages there are; what they need comes after them."""
        return len(self._pages)

    def files(self) -> Iterator[File]:
        for page in self._pages:
            html = page.make()
            self._letters.update(html)
            yield File(page.path, html.encode())
        if self._logo and (path := self._logo_path()):
            yield File(path, self._logo[1])
        for path in self._styles:
            yield File(path, self._style(path))
        yield File(LICENCE, (assets.STATIC / LICENCE).read_bytes())

    # -- what is in it -------------------------------------------------------------------------------------------

    def _may(self, post: Post) -> bool:
        decisions = self._found.decisions
        return may_show(Layer.RECAP, decisions.author(post.participant), decisions.recipients(post.to))

    def _planned(self) -> Iterator[_Page]:
        yield _Page(named("index"), self._index)
        yield _Page(named("recap"), self._recap)
        for part, listed, most, make in (
            ("cards", self._cards, CARDS_A_PAGE, self._cards_page),
            ("questions", self._questions, QUESTIONS_A_PAGE, self._questions_page),
        ):
            pages = max(1, -(-len(listed) // most))
            for number in range(1, pages + 1):
                posts = listed[(number - 1) * most : number * most]
                yield _Page(named(part, number), partial(make, posts, Place(part, number, pages)))
        yield from self._who()
        for who_id, kept in self._people:
            yield _Page(self._paths[who_id], partial(self._person, kept))

    # -- pages ---------------------------------------------------------------------------------------------------

    def _page(self, template: str, place: Place, values: dict[str, Any]) -> str:
        shared: dict[str, Any] = {"folder": place, "asset": partial(self._asset, place.up), "made": self._made_in_words()}
        return filled(template, self._catalogue, **about(self.board, self._catalogue) | values | shared)

    def _asset(self, up: str, path: str) -> str:
        """The address of a file of ours, which then comes along."""
        self._styles[path] = None
        return up + path

    def _index(self) -> str:
        values = recap.page_values(self._found, self._catalogue)
        people = [{"name": kept.name, "team": kept.team, "path": self._paths[one]} for one, kept in self._people]
        cut = len(self._found.posts) >= POSTS_MOST
        more = {"people": people, "totals": values["recap"].totals, "stone": values["stone"]}
        return self._page(
            "folder_index.html", Place("index"), more | {"logo_file": self._logo_path(), "newest": POSTS_MOST if cut else 0}
        )

    def _recap(self) -> str:
        return self._page("recap.html", Place("recap"), recap.page_values(self._found, self._catalogue))

    def _cards_page(self, posts: Sequence[Post], place: Place) -> str:
        by_day = groupby((self._card(post) for post in posts), key=lambda card: card["day"])
        days = [(day_in_words(day, self._catalogue, "full"), list(cards)) for day, cards in by_day]
        return self._page("folder_cards.html", place, {"days": days})

    def _card(self, post: Post) -> dict[str, Any]:
        names = self._found.names
        return self._post(post) | {
            "to": [(to.name, self._paths.get(names.recipient(to), "")) for to in post.to],
            "names": " ".join(to.name for to in post.to),
            "reactions": sum(post.reactions.values()),
        }

    def _post(self, post: Post) -> dict[str, Any]:
        """When, in which session and by whom. A post without a name leads to nobody."""
        at, author = self._local(post.created_at), self._found.names.author(post)
        session = self._sessions.get(post.session or "")
        return {
            "post": post,
            "day": at.date(),
            "at": at.isoformat(timespec="minutes"),
            "time": f"{at:%H:%M}",
            "session": session.title if session else "",
            "author": self._paths.get(author, "") if author else "",
        }

    def _questions_page(self, posts: Sequence[Post], place: Place) -> str:
        counted = Counter(fate_of(post) for post in self._asked)
        return self._page(
            "folder_questions.html",
            place,
            {
                "asked": len(self._asked),
                "fates": list(Fate),
                "counted": {fate: counted[fate] for fate in Fate},
                "counts": COUNTS,
                "states": STATES,
                "kept_back": len(self._asked) - len(self._questions),
                "questions": [self._question(post) for post in posts],
            },
        )

    def _question(self, post: Post) -> dict[str, Any]:
        one = self._post(post)
        asked = f"{day_in_words(one['day'], self._catalogue, 'd MMMM')}, {one['time']}"
        return one | entry(post, self.board, self._catalogue, self.made.date(), self._sessions) | {"time": asked}

    def _who(self) -> Iterator[_Page]:
        found = self._found
        helping = fields(self.board, found.posts, found.names, found.decisions)
        total = sum(len(field.helpers) for field in helping)
        pages = max(1, -(-total // HELPERS_A_PAGE))
        for number in range(1, pages + 1):
            shown_here = who.part(helping, (number - 1) * HELPERS_A_PAGE, HELPERS_A_PAGE)
            values = {"address": "", "fields": shown_here, "total": total, "typed": "", "page": number, "pages": pages}
            yield _Page(named("who", number), partial(self._page, "who.html", Place("who", number, pages), values))

    def _person(self, kept: Keepsake) -> str:
        values = kept_pages.page_values(self.board, kept, self._catalogue) | {"style": "", "letters": ""}
        return self._page("keepsake.html", Place("people", up="../"), values | {"home": "../" + named("index")})

    # -- what pages need -----------------------------------------------------------------------------------------

    def _style(self, path: str) -> bytes:
        if path == "css/fonts.css":
            return inlined.letters("".join(sorted(self._letters))).encode()
        if path.endswith(".css"):
            return inlined.style(path.removeprefix("css/")).encode()
        return (assets.STATIC / path).read_bytes()

    def _logo_path(self) -> str:
        ending = _LOGO_ENDINGS.get(self._logo[0]) if self._logo else None
        return f"img/logo.{ending}" if ending else ""

    def _local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1_000_000, self._zone)

    def _made_in_words(self) -> str:
        return day_in_words(self.made.date(), self._catalogue)
