"""Simulated attendees of a rehearsal: who they are, what they write, how much and for how long. Pure.

What they write is content, as that of people, and no text of the product: it is in no catalogue. There is some of each script
that is likely to come, so that a rehearsal shows how it looks.
"""

from __future__ import annotations

import hashlib
import random
from typing import Literal, NamedTuple

Act = Literal["react", "vote", "card", "question"]

# Somebody does something every two seconds or so: the wall moves, and no worker notices.
PAUSE_SECONDS = (1.5, 2.5)
PLAYED_MICROSECONDS = 60 * 60 * 1_000_000
MOST_ACTS = 1_500
# At once, by one worker. A server has seldom more than one rehearsal.
MOST_BOARDS = 8
# A worker that ends without a word, as in a power cut, leaves its boards to others after so long.
HELD_MICROSECONDS = 15 * 1_000_000
NEWEST_POSTS, SOME_PEOPLE = 30, 200
_WEIGHTS: dict[Act, int] = {"react": 50, "vote": 24, "card": 18, "question": 8}

NAMES = (
    "Amal Haddad", "Sokha Chan", "Nadia Rahman", "Thomas Lindqvist", "María Quispe", "Nguyễn Thị Lan", "Jean-Baptiste Louis",
    "ليلى منصور", "ចាន់ សុភា", "রহিমা খাতুন", "Ana López", "Tadesse Bekele", "Fatou Diop", "Kenji Mori", "Priya Nair",
    "Osman Yılmaz", "Grace Achieng", "Pedro Álvarez", "Rania Khalil", "Mei Lin", "David Okafor", "Sara Ahmed", "Lucía Gómez",
    "Ivan Petrov",
)  # fmt: skip
CARDS = (
    "Your role plays taught me to listen before I advise.",
    "You showed us how heat is measured, and did it again for those who came late.",
    "You run a session for forty people with one marker and a ball of wool. Nobody looked at a phone.",
    "Yon fanm ki poze bon kesyon yo san li pa fè pèsonn wont: mèsi anpil.",
    "Vos jeux de rôle m'ont appris à écouter avant de conseiller.",
    "You wrote minutes that both sides signed without reading twice.",
    "Tus preguntas cambiaron la reunión. Gracias por hacerlas con calma.",
    "شكراً لأنك شرحت الأرقام بصبر، مرة بعد مرة.",
    "អរគុណដែលបានបង្រៀនយើងអំពីសុវត្ថិភាព។",
    "You named every file so that I could guess the name of the next one.",
    "You phoned the factory the day after the visit, only to say what you had learned there.",
    "You ran an energiser that engineers enjoyed. I did not think that it could be done.",
    "Bạn luôn có thời gian cho một câu hỏi nữa. Cảm ơn bạn!",
    "You put the factory's own words in the improvement plan, so they defended it.",
)
QUESTIONS = (
    "How do you explain a heat index to a maintenance team in five minutes?",
    "What is the cheapest logger that you trust?",
    "¿Quién redacta el acta de la reunión en sus fábricas?",
    "Who pays for the training of delegates?",
    "هل يمكن مشاركة دليل المقابلات باللغة العربية؟",
    "Is one call a month enough to keep what we learned?",
    "Comment faites-vous quand la direction ne vient pas ?",
    "Should the men's results be shown beside the women's, or apart?",
    "Could somebody show the spreadsheet with the overtime check?",
    "What would you do otherwise if you began again?",
)


class Attendee(NamedTuple):
    """`participant`: as no phone of the board has it; no cookie leads to it."""

    participant: str
    name: str


def attendees(board_id: int) -> list[Attendee]:
    return [Attendee(hashlib.sha256(f"simulated\n{board_id}\n{name}".encode()).hexdigest()[:32], name) for name in NAMES]


def next_act(chance: random.Random, cards: int, questions: int) -> Act:
    """What somebody does next, on a board with so many cards and questions."""
    may = {act: weight for act, weight in _WEIGHTS.items() if {"react": cards, "vote": questions}.get(act, 1)}
    return chance.choices(list(may), list(may.values()))[0]
