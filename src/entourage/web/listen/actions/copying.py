r"""A row in the text format of PostgreSQL's COPY: one line, tabs between, ``\N`` for what is not known.

Written by hand because a million rows go through here: an f-string and five replacements are the fastest way there is
from a record to the database without holding the whole batch as arrays.
"""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

NOTHING = "\\N"
DAYS_KEPT = 50_000  # more days than there were networks
BLOCK = 500  # lines; about 150 kB
_days: dict[int, str] = {}
_seconds: dict[int, str] = {}  # at most as many as a day has


def escaped(text: str) -> str:
    """Text as COPY reads it back; without NUL, which PostgreSQL cannot keep."""
    if text.isprintable() and "\\" not in text:
        return text  # as most are; looking costs a third of replacing
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r").replace("\0", "")


def moment(at: datetime) -> str:
    """A moment as COPY reads it back: by days and seconds written before, for ``isoformat`` takes twice the time."""
    if at.microsecond or at.tzinfo is not UTC:
        return at.astimezone(UTC).isoformat()
    day, second = at.toordinal(), (at.hour * 60 + at.minute) * 60 + at.second
    return (_days.get(day) or _day(day)) + (_seconds.get(second) or _second(second))


def _day(day: int) -> str:
    if len(_days) > DAYS_KEPT:
        _days.clear()
    return _days.setdefault(day, date.fromordinal(day).isoformat())


def _second(second: int) -> str:
    clock = f" {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}+00"
    return _seconds.setdefault(second, clock)


def words(items: Iterable[str]) -> str:
    """An array of texts, as COPY reads it back; nothing where there is none."""
    quoted = ",".join('"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items)
    return escaped("{" + quoted + "}") if quoted else NOTHING


def encoded(lines: Sequence[str]) -> Iterator[bytes]:
    """The lines as UTF-8, block by block; half a surrogate pair, which UTF-8 cannot hold, becomes a question mark.

    In blocks because one emoji makes a text four times as large: a block stays small, and near the processor.
    """
    for start in range(0, len(lines), BLOCK):
        yield "".join(lines[start : start + BLOCK]).encode("utf-8", "replace")
