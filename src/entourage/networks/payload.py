"""Reading a JSON payload that may be anything: what is not as expected is as if it were absent."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def objects(value: object) -> list[Json]:
    """The objects of a list, or a lone object as a list of one.

    Examples
    --------
    >>> objects([{"a": 1}, None, "b"]), objects({"a": 1}), objects(None)
    ([{'a': 1}], [{'a': 1}], [])
    """
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(node: Json, key: str) -> str:
    """A string or a whole number as text; an id that came as a number is a string all the same."""
    value = node.get(key)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def positive(node: Json, key: str) -> int:
    """A whole number above nothing: a size, a width; 0 where it is not told.

    Examples
    --------
    >>> positive({"width": 640}, "width"), positive({"width": True}, "width"), positive({"width": -1}, "width")
    (640, 0, 0)
    """
    value = node.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def inner(node: Json, key: str) -> Json:
    """The object under a key, empty if there is none."""
    value = node.get(key)
    return value if isinstance(value, dict) else {}


def edge(node: Json, key: str) -> list[Json]:
    """The objects of ``{"data": [...]}`` under a key, as the Graph writes what hangs on a node."""
    return objects(inner(node, key).get("data"))
