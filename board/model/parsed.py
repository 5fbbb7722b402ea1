"""Messages as the browser needs them: read already, so that no page loads a parser.

The form is the one that `FluentResource` of @fluent/bundle makes of the same source: a text, or a list
of texts and expressions. `tests/test_parsed.py` compares the two. Pure.
"""

from __future__ import annotations

from typing import Any

from fluent.syntax import ast

Pattern = str | list[Any]
Parsed = Pattern | dict[str, Any]


def parsed(entry: ast.Message | ast.Term) -> Parsed:
    """The pattern of a message or term; where there are attributes, both by name. Comments are for translators."""
    value = _pattern(entry.value) if entry.value else None
    if not entry.attributes and value is not None:
        return value
    return {"value": value, "attributes": {one.id.name: _pattern(one.value) for one in entry.attributes}}


def _pattern(pattern: ast.Pattern) -> Pattern:
    found = [one.value if isinstance(one, ast.TextElement) else _expression(one) for one in pattern.elements]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else found


def _expression(node: Any) -> dict[str, Any]:
    """Raises `TypeError` for what Fluent's grammar does not allow there."""
    match node:
        case ast.Placeable():
            return _expression(node.expression)
        case ast.SelectExpression():
            variants = [{"key": _key(one.key), "value": _pattern(one.value)} for one in node.variants]
            star = next(place for place, one in enumerate(node.variants) if one.default)
            return {"type": "select", "selector": _expression(node.selector), "variants": variants, "star": star}
        case ast.VariableReference():
            return {"type": "var", "name": node.id.name}
        case ast.MessageReference():
            return {"type": "mesg", "name": node.id.name} | _attribute(node)
        case ast.TermReference():
            return {"type": "term", "name": node.id.name, "args": _arguments(node.arguments)} | _attribute(node)
        case ast.FunctionReference():
            return {"type": "func", "name": node.id.name, "args": _arguments(node.arguments)}
        case ast.NumberLiteral() | ast.StringLiteral():
            return _literal(node)
    raise TypeError(f"No expression of Fluent: {node}")


def _key(key: ast.Identifier | ast.NumberLiteral) -> dict[str, Any]:
    return {"type": "str", "value": key.name} if isinstance(key, ast.Identifier) else _literal(key)


def _attribute(node: ast.MessageReference | ast.TermReference) -> dict[str, str]:
    return {"attr": node.attribute.name} if node.attribute else {}


def _arguments(arguments: ast.CallArguments | None) -> list[dict[str, Any]]:
    if arguments is None:
        return []
    named = [{"type": "narg", "name": one.name.name, "value": _literal(one.value)} for one in arguments.named]
    return [*(_expression(one) for one in arguments.positional), *named]


def _literal(node: Any) -> dict[str, Any]:
    found = node.parse()
    if isinstance(node, ast.StringLiteral):
        return {"type": "str", "value": found["value"]}
    value = found["value"]
    return {"type": "num", "value": int(value) if value.is_integer() else value, "precision": found["precision"]}
