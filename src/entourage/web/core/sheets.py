"""Tables that a spreadsheet opens, written piece by piece."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Rows that leave together.
CHUNK = 500


class _Line:
    """What ``csv`` writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def pieces(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A CSV file, the header first; it begins with the mark by which spreadsheets know UTF-8."""
    writer, left = csv.writer(_Line()), iter(rows)
    mark = "\ufeff"
    while some := [writer.writerow(row) for row in islice(left, CHUNK)]:
        yield mark + "".join(some)
        mark = ""


def sheet(rows: Iterable[Sequence[object]], *, name: str) -> StreamingHttpResponse:
    """The file as a download."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(pieces(rows), content_type="text/csv; charset=utf-8", headers=disposition)
