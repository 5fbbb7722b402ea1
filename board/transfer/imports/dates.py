"""Days as people write them, in the gathering that they belong to. Pure.

A day is read as all the days that it may be: 04/05 may be in April or in May. The gathering's own days, the other cells of the
column and, in the end, the organiser say which.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import regex

from board.model.folding import fold
from board.transfer.imports.found import Given
from board.transfer.imports.words_of_time import DAY_WORDS, MONTHS, WEEKDAYS

LONGEST = 60
MOST_DAYS = 400
_BUDDHIST_YEARS = 543
DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[日일.]?")
_EAST = re.compile(r"(?:(\d{4})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NUMBERS = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})(?:\s*\2\s*(\d{4}|\d{2})?)?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_NUMBERED = regex.compile(r"(?P<word>[\p{L}\p{M}]+)\.?\s*(?:#|no\.?\s*)?(?P<number>\d{1,2})")
_EAST_NUMBERED = re.compile(r"第?\s*(\d{1,2})\s*(?:日目|日|天|일차)")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|ère|e|º|ª|°|\.)(?=\W|$)")
_TOKENS = regex.compile(r"\d+|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*")
_VIETNAMESE_WEEKDAY = re.compile(r"^(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)[, ]*")
_VIETNAMESE = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?")
_BETWEEN = re.compile(r"[\s,.;:*()\[\]'’–—/-]*")
# The same in languages that put no blanks there: “the … of the month … of the year”.
_WITHIN_WORDS = re.compile("ที่|พ\\.ศ\\.|ค\\.ศ\\.|เดือน|ថ្ងៃទី|ខែ|ឆ្នាំ|ວັນທີ|ເດືອນ")
_DOTS_WITHIN = regex.compile(r"(?<=[\p{L}\p{M}])\.(?=\p{L})")
# Between the parts of a day, in the languages that put something there.
_FILLERS = {
    "de",
    "del",
    "of",
    "the",
    "den",
    "der",
    "di",
    "le",
    "il",
    "el",
    "am",
    "on",
    "do",
    "da",
    "dia",
    "ngay",
    "nam",
    "г",
    "року",
}


@dataclass(frozen=True)
class Read:
    """`days`: by the order of day and month, where that matters; else the same under both. `weekday` is what stands beside it
    (0 is Monday). `sure`: nothing of it was filled in from the gathering's days."""

    day_first: date | None
    month_first: date | None
    weekday: int | None = None
    by: str = ""
    """Which of the gathering's days had to be known for it: “year”, “weekday”, “number”; "" for none."""

    def under(self, order: str) -> date | None:
        """With this order, or the other one where this is impossible."""
        first, second = (self.day_first, self.month_first) if order == DAY_FIRST else (self.month_first, self.day_first)
        return first or second

    @property
    def open(self) -> bool:
        return self.day_first is not None and self.month_first is not None and self.day_first != self.month_first


def plain(value: str) -> str:
    """Digits of any script and wide signs as ASCII, single blanks, small letters."""
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in value[: LONGEST + 1])
    return " ".join(unicodedata.normalize("NFKC", digits).lower().split())


def read_day(value: str, given: Given, *, number_alone: bool = False) -> Read | None:
    """The day, or nothing where it is none. `number_alone`: the column counts days, “1” is the first."""
    if not value or len(value) > LONGEST:
        return None
    text = plain(value).strip(" ,;*-–—")
    found = _numeric(text, given) or _serial(text, given)
    if found:
        return found
    if text.isdigit() and len(text) <= 2:
        return _numbered(int(text), given) if number_alone else None
    return _counted(text, given) or _in_words(text, given)


def order_of(reads: Iterable[Read], given: Given) -> tuple[str, bool]:
    """Which of day and month comes first, for all cells of a column; and whether that is sure."""
    open_ones = []
    fits = {DAY_FIRST: 0, MONTH_FIRST: 0}
    for read in reads:
        if read.open:
            open_ones.append(read)
        elif read.day_first is None and read.month_first is not None:
            return MONTH_FIRST, True
        elif read.month_first is None and read.day_first is not None:
            return DAY_FIRST, True
    if not open_ones:
        return DAY_FIRST, True
    for order in fits:
        fits[order] = sum(_fits(read, read.under(order), given) for read in open_ones)
    if fits[DAY_FIRST] == fits[MONTH_FIRST]:
        return DAY_FIRST, False
    better = max(fits, key=lambda order: fits[order])
    return better, True


def day_numbered(number: int, given: Given) -> date | None:
    """The gathering's day of this number, from 1."""
    read = _numbered(number, given)
    return read.day_first if read else None


def _fits(read: Read, day: date | None, given: Given) -> int:
    if day is None:
        return 0
    return 2 * given.has(day) + (read.weekday is not None and read.weekday == day.weekday())


def _numeric(text: str, given: Given) -> Read | None:
    text, weekday = _without_weekday(text)
    if found := _YEAR_FIRST.fullmatch(text) or _PLAIN.fullmatch(text):
        return _sure(_date(*map(int, found.groups())), weekday)
    if found := _EAST.fullmatch(text):
        year = int(found[1]) if found[1] else None
        return _with_year(year, int(found[2]), int(found[3]), given, weekday)
    if found := _NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        if found[2] == "." and not found[4] and not text.endswith(".") and len(found[3]) < 2:
            return None  # 9.3 is no day
        return _two_orders(first, second, found[4], given, weekday, dotted=found[2] == ".")
    return None


def _without_weekday(text: str) -> tuple[str, int | None]:
    """“Mo, 04.05.2026”, “2026-05-04 (Mon)”, “5月4日(月)”."""
    words = [found for found in _TOKENS.finditer(text) if not found[0].isdigit()]
    for found in words[:1] + words[-1:]:
        weekday = _weekday(found[0])
        if weekday is not None and found[0] not in ("月", "日"):
            left = (text[: found.start()] + " " + text[found.end() :]).replace("()", "").strip(" ,()[]-–").lstrip(".").strip()
            if any(char.isdigit() for char in left):
                return left, weekday
    if (bracket := re.search(r"\(([月火水木金土日])\)$", text)) is not None:
        return text[: bracket.start()].strip(), "月火水木金土日".index(bracket[1])
    return text, None


def _two_orders(first: int, second: int, year: str | None, given: Given, weekday: int | None, dotted: bool) -> Read | None:
    reads = [
        _with_year(_year(year), second, first, given, weekday),
        None if dotted else _with_year(_year(year), first, second, given, weekday),
    ]
    if dotted or not any(reads):
        return reads[0]
    day_first, month_first = (read.day_first if read else None for read in reads)
    return Read(day_first, month_first, weekday, "" if year else "year")


def _year(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def _with_year(year: int | None, month: int, day: int, given: Given, weekday: int | None) -> Read | None:
    if year is not None:
        return _sure(_date(year, month, day), weekday)
    days = given.days()
    years = sorted({days[0].year, days[1].year}) if days else [given.today.year, given.today.year + 1]
    found = [one for one in (_date(candidate, month, day) for candidate in years) if one]
    if not found:
        return None
    if days:
        best = next((one for one in found if given.has(one)), found[0])
    else:
        best = next((one for one in found if one >= given.today - timedelta(days=31)), found[-1])
    return Read(best, best, weekday, "year")


def _date(year: int, month: int, day: int) -> date | None:
    year = year - _BUDDHIST_YEARS if 2400 < year < 2700 else year
    try:
        return date(year, month, day) if 1900 < year < 2200 else None
    except ValueError:
        return None


def _sure(day: date | None, weekday: int | None = None) -> Read | None:
    return Read(day, day, weekday) if day else None


def _serial(text: str, given: Given) -> Read | None:
    """Excel's own count of days, where a cell has lost that it is a day."""
    found = _SERIAL.fullmatch(text)
    if not found or not 36_526 <= int(found[1]) <= 73_000:
        return None
    return _sure(date(1899, 12, 30) + timedelta(days=int(found[1])))


def _counted(text: str, given: Given) -> Read | None:
    """“Day 2”, “2. Tag”, “día 2”, “第2日”, with a title behind it or not."""
    if found := _EAST_NUMBERED.fullmatch(text):
        return _numbered(int(found[1]), given)
    head = re.split(r"\s[-–—:|]\s|:|\(|,", text, maxsplit=1)[0].strip()
    for one in (text, head):
        if (found := _NUMBERED.fullmatch(one)) and fold(found["word"]) in DAY_WORDS:
            return _numbered(int(found["number"]), given)
        if (found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|er|e|º|ª|\.)?\s*([^\W\d]+)", one)) and fold(found[2]) in DAY_WORDS:
            return _numbered(int(found[1]), given)
    return None


def _numbered(number: int, given: Given) -> Read | None:
    days = given.days()
    if days is None or not 1 <= number <= MOST_DAYS:
        return None
    day = days[0] + timedelta(days=number - 1)
    return Read(day, day, None, "number")


def _in_words(text: str, given: Given) -> Read | None:
    """“Monday, May 4, 2026”, “lundi 4 mai”, “4. Mai”, “Tue 5”, “Monday”."""
    if found := _VIETNAMESE.fullmatch(_VIETNAMESE_WEEKDAY.sub("", fold(text))):
        return _with_year(int(found[3]) if found[3] else None, int(found[2]), int(found[1]), given, None)
    text = _DOTS_WITHIN.sub("", text)  # พ.ค.
    tokens = _tokens(_ORDINAL.sub(r"\1", _WITHIN_WORDS.sub(" ", text)))
    first = _of_tokens(tokens, given, months=True)
    if first is not None and first.day_first is not None and given.has(first.day_first):
        return first
    return _of_tokens(tokens, given, months=False) or first  # “Mar 5” may be a Tuesday


def _of_tokens(tokens: list[str], given: Given, months: bool) -> Read | None:
    month = weekday = None
    numbers: list[int] = []
    for token in tokens:
        if token.isdigit():
            numbers.append(int(token))
        elif months and month is None and (number := _month(token)) is not None:
            month = number
        elif weekday is None and (number := _weekday(token)) is not None:
            weekday = number
        elif fold(token) not in _FILLERS:
            return None
    if month is not None:
        return _of_month(month, numbers, weekday, given)
    return _of_week(weekday, numbers, given)


def _tokens(text: str) -> list[str]:
    """Words and numbers; [“?”] where there is anything else between them."""
    return _TOKENS.findall(text) if _BETWEEN.fullmatch(_TOKENS.sub("", text)) else ["?"]


def _of_month(month: int, numbers: list[int], weekday: int | None, given: Given) -> Read | None:
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    if len(days) == 2 and not years:  # 4 May 26
        days, years = days[:1], [2000 + days[1]]
    if len(days) != 1 or len(years) > 1:
        return None
    year = years[0] + 2000 if years and years[0] < 100 else years[0] if years else None
    return _with_year(year, month, days[0], given, weekday)


def _of_week(weekday: int | None, numbers: list[int], given: Given) -> Read | None:
    """A weekday, alone or with the day of the month, in a gathering that has it once."""
    days = given.days()
    if weekday is None or days is None or len(numbers) > 1:
        return None
    first, last = days
    all_days = [first + timedelta(days=number) for number in range(min((last - first).days + 1, MOST_DAYS))]
    fitting = [day for day in all_days if day.weekday() == weekday and (not numbers or day.day == numbers[0])]
    if not fitting and numbers:
        fitting = [day for day in all_days if day.day == numbers[0]]
    return Read(fitting[0], fitting[0], weekday, "weekday") if len(fitting) == 1 else None


def _month(token: str) -> int | None:
    return _word(token, MONTHS)


def _weekday(token: str) -> int | None:
    return _word(token, WEEKDAYS)


def _word(token: str, table: dict[str, int]) -> int | None:
    folded = fold(token)
    if folded in table:
        return table[folded]
    if len(folded) < 3 or not folded.isalpha():
        return None
    alike = {number for word, number in table.items() if word.startswith(folded)}
    return alike.pop() if len(alike) == 1 else None
