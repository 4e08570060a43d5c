"""A file of labels: what people said of texts, checked line by line."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from entourage.cli.frame import Failed
from entourage.engine.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from entourage.engine.text.labels import Label

COLUMNS: Final = ("text", "about", "value")


def labels(path: Path) -> list[Label]:
    """The labels of a CSV file with the columns text, about, value.

    Raises
    ------
    Failed: the file is no such table; a line says which, what it must have and what came.
    """
    from entourage.engine.text.labels import Label, check

    found = []
    for line, row in _rows(path):
        label = Label(*(row.get(column) or "" for column in COLUMNS))
        try:
            check(label)
        except InvalidInput as error:
            raise Failed(f"{path}, line {line}: {error}") from error
        found.append(label)
    return found


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        try:
            missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
            if missing:
                came = ", ".join(rows.fieldnames or ()) or "nothing"
                raise Failed(f"{path}, line 1: the columns must be {', '.join(COLUMNS)}. Got {came}; add {missing[0]}.")
            for row in rows:
                yield rows.line_num, row
        except csv.Error as error:
            raise Failed(f"{path}, line {rows.line_num}: a line must be CSV. It is not: {error}.") from error
