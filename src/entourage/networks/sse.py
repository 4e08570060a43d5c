"""Server-sent events out of the bytes of a stream, however they are cut.

Source: HTML Living Standard, section 9.2 (server-sent events).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from entourage.networks.live import Retry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 4 * 2**20  # bytes of one event; what is longer is no event of a network but a mistake or an attack
_LINE = re.compile(rb"\r\n|\n|\r(?!$)")


class Event(NamedTuple):
    """An event; one without a name and data is a sign of life."""

    name: str = ""
    data: str = ""


def events(pieces: Iterable[bytes]) -> Iterator[Event]:
    r"""The events of a stream in order; comments, which servers send to keep it open, are signs of life.

    An event that the stream breaks off in the middle is not told.

    Examples
    --------
    >>> list(events([b":thump", b"\n", b"event: delete\nda", b"ta: 7\n\n"]))
    [Event(name='', data=''), Event(name='delete', data='7')]
    """
    name = ""
    data: list[str] = []
    for line in _lines(pieces):
        if not line:
            if data:
                yield Event(name or "message", "\n".join(data))
            name, data = "", []
        elif line.startswith(":"):
            yield Event()
        else:
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "event":
                name = value
            elif field == "data":
                data.append(value)
                _bounded(sum(map(len, data)))


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    rest = b""
    for piece in pieces:
        *whole, rest = _LINE.split(rest + piece)
        for line in whole:
            yield line.decode("utf-8", "replace")
        _bounded(len(rest))


def _bounded(length: int) -> None:
    if length > LONGEST:
        raise Retry("The stream sent an event without end.", after=timedelta(0))
