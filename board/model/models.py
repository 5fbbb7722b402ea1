"""What a board is made of, which moves its posts may make, and every way a request can fail. Pure: no I/O, no clock."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal, Self

import msgspec

from board.model.floor import Floor as Floor
from board.model.noting import Note
from board.model.organising import Public
from board.model.roles import Role as Role
from board.model.showing import INTERRUPTIONS as INTERRUPTIONS
from board.model.showing import LargeScreen as LargeScreen
from board.model.showing import Scene as Scene
from board.model.showing import SceneBefore as SceneBefore
from board.model.showing import Screen as Screen
from board.model.showing import Turn as Turn


class Kind(StrEnum):
    CARD = "card"
    QUESTION = "question"


class State(StrEnum):
    PENDING = "pending"
    VISIBLE = "visible"
    REJECTED = "rejected"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


# What a moderator may do; an author may move any own post to WITHDRAWN, from where nothing returns.
MODERATOR_MOVES: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.VISIBLE, State.REJECTED}),
    State.VISIBLE: frozenset({State.HIDDEN}),
    State.HIDDEN: frozenset({State.VISIBLE}),
    State.REJECTED: frozenset({State.VISIBLE}),
    State.WITHDRAWN: frozenset(),
}
# Besides, an approval can be undone for so long, by its moderator, if nobody else has acted on the post since.
UNDO_SECONDS = 10


class Audience(StrEnum):
    """The readers of a feed. Only moderators see posts that are not visible."""

    PUBLIC = "public"
    MODERATORS = "moderators"


class Questions(StrEnum):
    """Whether a session takes questions. Paused: reading and voting go on."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Names(StrEnum):
    OPTIONAL = "optional"
    REQUIRED = "required"


class Reaction(StrEnum):
    CLAP = "clap"
    HEART = "heart"
    BULB = "bulb"
    ME_TOO = "me-too"


CARD_TEXT_GRAPHEMES = (3, 280)
QUESTION_TEXT_GRAPHEMES = (3, 300)
NAME_GRAPHEMES = (1, 60)
REASON_GRAPHEMES = (0, 200)
ANSWER_GRAPHEMES = (0, 1000)
MAX_RECIPIENTS = 5
MAX_BULK = 200
MAX_TURNS = 12
TURN_SECONDS = (5, 3600)
EDIT_SECONDS = 600
BODY_BYTES = 16 * 1024
CODE_PATTERN = r"[A-Z0-9-]{4,12}"


class Theme(msgspec.Struct, frozen=True, omit_defaults=True):
    """A field of expertise a card celebrates. `colour` is one of the eight theme colours, 1 to 8."""

    id: str
    name: str
    short: str
    colour: int
    mark: int | None = None  # the shape, 1 to 8; none: the colour's own


class Team(msgspec.Struct, frozen=True):
    name: str


class Link(msgspec.Struct, frozen=True):
    """A staff link that has not been taken back. Its token is known to its holder alone. `screen`: the id of the large screen
    that it opens; None: the first one."""

    id: str
    role: Role
    name: str
    screen: str | None = None


class Board(msgspec.Struct, frozen=True):
    """One gathering. `settings_seq` is the seq at which anything in here but `seq` last changed."""

    id: int
    code: str
    epoch: str
    seq: int
    settings_seq: int
    title: str
    subtitle: str = ""
    starts_on: str | None = None
    ends_on: str | None = None
    time_zone: str = "UTC"
    names: Names = Names.OPTIONAL
    anonymous: bool = True
    cards_open: bool = True
    frozen: bool = False
    premoderate_card: bool = False
    premoderate_question: bool = False
    lease_seconds: int = 15
    stage: str = "dark"
    themes: list[Theme] = []
    teams: list[Team] = []
    screen: Screen = Screen()  # what the first large screen shows
    screens: list[LargeScreen] = []  # see `showing.all_screens`
    notes: list[Note] = []  # from the desk to the speaker; never for the public
    accent: str | None = None  # as #rrggbb
    logo: str | None = None  # the digest of the picture
    languages: list[str] = []
    blocked_words: list[str] = []
    retention_days: int | None = None
    public: Public = Public()
    archived_at: int | None = None  # since when it is read-only, in microseconds since 1970
    rehearsal_of: int | None = None  # the id of the board whose rehearsal this is
    links: list[Link] = []
    muted: list[str] = []
    trusted: list[str] = []  # whose posts wait for no approval

    def premoderates(self, kind: Kind) -> bool:
        return self.premoderate_card if kind is Kind.CARD else self.premoderate_question

    def theme(self, wanted: str) -> Theme | None:
        """The theme with this id, or with this name or short name in any case."""
        folded = wanted.casefold()
        for theme in self.themes:
            if folded in (theme.id.casefold(), theme.short.casefold(), theme.name.casefold()):
                return theme
        return None


class Session(msgspec.Struct, frozen=True):
    """An item of the agenda (never a login)."""

    id: str
    title: str
    starts_at: str | None = None
    ends_at: str | None = None
    room: str = ""
    speakers: list[str] = []
    questions: Questions = Questions.OPEN
    kind: Literal["break"] | msgspec.UnsetType = msgspec.UNSET
    floor: Floor | msgspec.UnsetType = msgspec.UNSET
    """Attendees may ask for the microphone, and who comes next; unset: there is no microphone."""


class Recipient(msgspec.Struct, frozen=True, omit_defaults=True):
    name: str
    team: str | None = None
    person: str | None = None


class Person(msgspec.Struct, frozen=True):
    """An entry of the roster. `holder` is the participant whose phone goes by this name."""

    id: str
    name: str
    team: str | None = None
    holder: str | None = None


class Post(msgspec.Struct, frozen=True, omit_defaults=True):
    """A card or a question, as stored. `seq`: the board's number at its last change of any kind, `content_seq`: of anything but
    votes and reactions. `created_at`: microseconds since 1970, unique on its board. `participant`: a pseudonym where the author
    chose to be anonymous.
    """

    id: str
    kind: Kind
    state: State
    seq: int
    content_seq: int
    created_at: int
    participant: str
    text: str
    author_name: str | None = None
    author_team: str | None = None
    to: list[Recipient] = []
    theme: str | None = None
    session: str | None = None
    votes: int = 0
    reactions: dict[Reaction, int] = {}
    thanks: dict[str, str] = {}
    """By the phone that thanked: which recipient it was (`thanking.key_of`). Only its author hears of it."""
    pinned: bool = False
    answered: bool = False
    answer: str | None = None
    answer_translations: dict[str, str] = {}  # by language
    reason: str | None = None
    published: bool = False
    moderated_by: str | None = None
    moderated_at: int | None = None
    digest: str = ""
    voice: bool = False
    """Its author wants to ask it aloud, at the microphone."""
    taken_at: int | None = None
    """Since when it is being answered (microseconds). At most one of a session."""
    later_at: int | None = None
    """When it was put behind the others (microseconds)."""
    approved_at: int | None = None
    """When it was approved (microseconds), until somebody other than the approver changes it."""
    blocked: list[str] = []
    """The words for which it waits, as they stand in it."""
    merged_into: str | None = None
    """The id of the question that it was joined with. It is hidden then, and counts as no question of its own."""
    merged_was: str | None = None
    """How it was before that, as `joining.was` writes it."""
    joined: int = 0
    """So many questions were joined with it."""
    owner: str | None = None
    """The person or office that promised to answer the question: a name, or a word such as "the secretariat"."""
    owner_person: str | None = None
    """The owner's id on the roster, if the owner is on it."""
    due: str | None = None
    """The day until which the owner answers, as 2026-05-04 in the board's zone."""
    set_aside: str | None = None
    """Why the question will not be answered."""
    answered_at: int | None = None
    """When it was marked answered, in microseconds since 1970."""
    withdrawn_at: int | None = None
    """When its author took it back (microseconds). None: it is not taken back, or its text is gone by now."""


class Changes(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that differs on a board between seq `after` and seq `to`, as it is at `to`: rows, never a log of events.

    `board` and `sessions`: only where they changed. `tallies`: how often keys of `totals` are there now; all, if `recounted`.
    This is what a commit gives, what the bus carries and what the store answers to "what changed since"."""

    board_id: int
    epoch: str
    after: int
    to: int
    posts: list[Post] = []
    board: Board | None = None
    sessions: list[Session] | None = None
    tallies: list[tuple[list[str], int]] = []
    recounted: bool = False


class Participant(msgspec.Struct, frozen=True):
    """One attendee's phone on one board."""

    id: str
    name: str | None = None
    team: str | None = None
    muted: bool = False
    person: str | None = None
    """The id of the person on the roster. A person has one phone, the first that took the name."""
    trusted: bool = False
    """Its posts wait for no approval; they wait for a blocked word, and while the board is frozen."""


class Actor(msgspec.Struct, frozen=True):
    """A person who came by a staff link."""

    link_id: str
    role: Role
    name: str


class Message(msgspec.Struct, frozen=True):
    """A text of the catalogue by its key, and the values put into it."""

    key: str
    values: dict[str, str | int | float] = {}


class BoardError(Exception):
    """A refusal: a key of the catalogue and the values of its sentence. The edge makes the sentence, in the reader's language.

    Subclasses are the whole family, one per kind of refusal; `slug` is the stable code for programs. `field`: which part of the
    request is at fault. `retry_after` in seconds. `post`: the post as it is now, where the request was for an older state.
    """

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "error"

    def __init__(
        self,
        key: str,
        *,
        field: str | None = None,
        retry_after: float | None = None,
        post: Post | None = None,
        **values: str | int | float,
    ) -> None:
        super().__init__(key, values)
        self.key, self.values, self.field = key, values, field
        self.retry_after = retry_after
        self.post = post
        self.members: dict[str, object] = {}

    @property
    def message(self) -> Message:
        """The text for its reader, as a key with values."""
        field: dict[str, str | int | float] = {"field": self.field} if self.field else {}
        return Message(self.key, field | self.values)

    def telling(self, **members: object) -> Self:
        self.members = members  # for programs, beside the sentence
        return self

    def __str__(self) -> str:
        """For logs: the key and its values, in no language."""
        values = ", ".join(f"{name} {value}" for name, value in self.values.items())
        return f"{self.key} ({values})" if values else self.key


class NotJson(BoardError):
    status, slug = 400, "not-json"


class Forbidden(BoardError):
    status, slug = 403, "forbidden"


class NoCookie(Forbidden):
    """A write by somebody whose cookie did not come back: a new person with each request."""

    status, slug = 403, "no-cookie"


class NotFound(BoardError):
    status, slug = 404, "not-found"


class WrongMethod(NotFound):
    status, slug = 405, "wrong-method"


class Conflict(BoardError):
    status, slug = 409, "conflict"


class TooLarge(BoardError):
    status, slug = 413, "too-large"


class WrongType(BoardError):
    status, slug = 415, "wrong-type"


class Invalid(BoardError):
    status, slug = 422, "invalid"


class Closed(BoardError):
    status, slug = 423, "closed"


class TooFast(BoardError):
    status, slug = 429, "too-fast"


class StorageDown(BoardError):
    status, slug = 503, "storage-down"

    def __init__(self, key: str = "storage-silent", **values: str | int | float) -> None:
        super().__init__(key, field=None, retry_after=2, post=None, **values)


class Close:
    """WebSocket close codes of the contract."""

    BAD_REQUEST = 4400
    NOT_ALLOWED = 4401
    NO_BOARD = 4404
    TOO_SLOW = 4408
    RESTART = 1012
