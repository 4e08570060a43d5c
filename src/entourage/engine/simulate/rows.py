"""A row of the simulation before it is put into words: numbers only, so that millions of them are cheap."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from entourage.engine.log import ACTS, MEANINGFUL

#: ``author`` and ``to``: an index of a person, or -1 - page. ``target``, ``thread``: ids of rows, 0 for none.
#: ``page``: on whose ground it stands. ``words``: the chance from which the text is made.
ROW: Final = np.dtype(
    [
        ("at", "<i8"), ("id", "<i8"), ("target", "<i8"), ("thread", "<i8"), ("words", "<u8"),
        ("author", "<i4"), ("to", "<i4"), ("act", "u1"), ("intent", "u1"), ("network", "u1"), ("language", "u1"),
        ("page", "u1"), ("origin", "u1"), ("private", "?"),
    ]
)  # fmt: skip
Rows = NDArray[Any]

ACT: Final = {name: index for index, name in enumerate(ACTS)}
MEANINGFUL_ACT: Final = np.isin(ACTS, MEANINGFUL)
#: Room for the rows of one week in an id: the rest of it is the week.
_WEEK_SHIFT: Final = 32


def blank(rows: int, rng: np.random.Generator) -> Rows:
    """New rows, all zero but for the chance of their words."""
    new = np.zeros(rows, ROW)
    new["words"] = rng.integers(0, 2**63, rows, dtype=np.uint64)
    return new


class Numbers:
    """Ids of the rows of one week: unique over the simulation, whatever the order in which rows are made."""

    def __init__(self, index: int) -> None:
        self._next = (index + 1 << _WEEK_SHIFT) + 1

    def give(self, rows: Rows) -> Rows:
        """The same rows with ids; rows without a thread open their own."""
        rows["id"] = np.arange(self._next, self._next + len(rows))
        rows["thread"] = np.where(rows["thread"] == 0, rows["id"], rows["thread"])
        self._next += len(rows)
        return rows


def joined(*parts: Rows) -> Rows:
    """The rows of all parts, by time; ties by id, so that the order never depends on how they were made."""
    rows = np.concatenate(parts)
    return rows[np.lexsort((rows["id"], rows["at"]))]


def by_people(rows: Rows) -> NDArray[np.bool_]:
    """Which rows were written by people rather than pages."""
    return np.asarray(rows["author"] >= 0)
