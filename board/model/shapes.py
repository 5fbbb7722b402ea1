"""What msgspec says of a request in the wrong shape, as a refusal with its field. Pure.

The sentences of msgspec 0.20 are read here and nowhere else; one that is not known still names the field.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from board.model.models import Invalid

_MISSING = re.compile(r"Object missing required field `(?P<field>[^`]*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<field>.*)`", re.DOTALL)
_VALUE = re.compile(r"Invalid (?:enum )?value (?P<value>.*)", re.DOTALL)
_TYPE = re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<got>[^`]*)`")
# As JSON Schema calls the types.
_JSON = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "uuid": "UUID"}
VALUE_SHOWN = 60


def refusal(said: str) -> Invalid:
    """`said` is as "Expected `str`, got `int` - at `$.text`"."""
    message, _, path = said.partition(" - at `$")
    field = path.rstrip("`").lstrip(".").split(".")[0].split("[")[0] or None
    for pattern, make in _KINDS:
        if found := pattern.fullmatch(message):
            return make(found.groupdict(), field)
    return Invalid("request-value-wrong", field=field) if field else Invalid("request-wrong")


def _missing(found: dict[str, str], field: str | None) -> Invalid:
    return Invalid("request-field-missing", field=field or found["field"])


def _unknown(found: dict[str, str], field: str | None) -> Invalid:
    return Invalid("request-field-unknown", field=field or found["field"], name=found["field"])


def _value(found: dict[str, str], field: str | None) -> Invalid:
    shown = found["value"].strip("'")[:VALUE_SHOWN]
    return Invalid("request-value-unknown", field=field, value=shown) if field else Invalid("request-wrong")


def _type(found: dict[str, str], field: str | None) -> Invalid:
    expected = " or ".join(_JSON.get(name, name) for name in found["expected"].split(" | "))
    key = "request-type-wrong" if field else "request-whole-type-wrong"
    return Invalid(key, field=field, expected=expected, got=_JSON.get(found["got"], found["got"]))


_KINDS: list[tuple[re.Pattern[str], Callable[[dict[str, str], str | None], Invalid]]] = [
    (_MISSING, _missing),
    (_UNKNOWN, _unknown),
    (_VALUE, _value),
    (_TYPE, _type),
]
