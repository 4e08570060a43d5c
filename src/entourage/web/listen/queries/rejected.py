"""The list of rejected rows as it is read: why, and what to do, in the reader's language."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language, override

from entourage.web.listen.queries.saying import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Its columns, as the import writes them.
REJECTED = ("file", "line", "field", "value", "reason", "cure", "raw")
WHY, RAW = REJECTED.index("reason"), REJECTED.index("raw")


def rejected_rows(path: Path) -> Iterator[list[str]]:
    """The rows of the list, the header first."""
    return _rows(path, get_language() or "en")


def _rows(path: Path, language: str) -> Iterator[list[str]]:
    @lru_cache(1_000)  # a file says the same of many of its rows
    def told(why: str) -> str:
        # It is read on after the request is over, and the language with it.
        with override(language):
            return in_words(why)

    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            yield [*row[:WHY], *map(told, row[WHY:RAW]), *row[RAW:]] if len(row) == len(REJECTED) else row
