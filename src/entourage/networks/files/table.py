"""A table's text into records: which sign parts its cells, whether it has titles, and rows that survive bad quotes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from entourage.networks.base import Skip
from entourage.networks.files.text import Utf8, byte_lines, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.networks.files.reading import Reading

DELIMITERS = (",", ";", "\t", "|", " ")
SAMPLE = 1_000  # rows looked at before reading: enough for a 13 among days
_DATA = re.compile(r"[-+]?[\d.,:/ TZ-]*\d[\d.,:/ TZ+-]*|https?://.*|.*@.*\..*")


class Dialect(NamedTuple):
    """How a table is written: the sign between cells, whether the first row is titles, how quotes are escaped."""

    delimiter: str
    titled: bool
    backslash: bool  # quotes inside quotes are escaped by a backslash, as LinkedIn also does


class Table(NamedTuple):
    """A table as its head shows it: its dialect, its titles (``1``, ``2`` ... without any) and its first rows."""

    dialect: Dialect
    header: list[str]
    rows: list[list[str]]
    skipped: int  # lines before the titles: a remark, an empty line


def look(head: str) -> Table:
    """What a table is, by its first lines."""
    lines = head.split("\n")[: SAMPLE + 20]
    delimiter = max(DELIMITERS, key=lambda sign: _score(lines, sign))
    backslash = re.search(r'[^\\,;\t"]\\"(?![,;\t\r\n]|$)', head) is not None
    records = (
        [
            row
            for row in csv.reader(
                [f"{line}\n" for line in lines], delimiter=delimiter, escapechar="\\" if backslash else None
            )
            if row
        ]
        if _parses(lines, delimiter)
        else []
    )
    width = Counter(map(len, records)).most_common(1)[0][0] if records else 0
    skipped = next((n for n, row in enumerate(records[:10]) if len(row) >= width and _filled(row) >= min(width, 2)), 0)
    records = records[skipped:]
    titled = bool(records) and _is_titles(records[0])
    header = (
        [title.strip() or str(n) for n, title in enumerate(records[0], 1)]
        if titled
        else [str(n) for n in range(1, width + 1)]
    )
    rows = records[1 if titled else 0 :][:SAMPLE]
    return Table(Dialect(delimiter, titled, backslash), header, rows, _lines_before(lines, skipped))


def _filled(row: list[str]) -> int:
    """How many cells say something: a remark above the titles fills one, however many separators follow it."""
    return sum(bool(cell.strip()) for cell in row)


def _lines_before(lines: list[str], records: int) -> int:
    """The number of lines that ``records`` records and the empty lines between them take, before the titles."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    return filled[records] if records < len(filled) else 0


def _parses(lines: list[str], delimiter: str) -> bool:
    try:
        return any(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return False


def _score(lines: list[str], delimiter: str) -> float:
    """How alike the widths of the rows are, and whether there is more than one cell; a space must fit every row."""
    try:
        widths = [len(row) for row in csv.reader([f"{line}\n" for line in lines[:200]], delimiter=delimiter) if row]
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, times = Counter(widths).most_common(1)[0]
    if width == 1 or (delimiter == " " and times < len(widths) - 1):
        return 0.0
    return times / len(widths) * (0.5 if delimiter == " " else 1.0) + min(width, 50) / 10_000


def _is_titles(row: list[str]) -> bool:
    told = [cell.strip() for cell in row if cell.strip()]
    return bool(told) and not any(_DATA.fullmatch(cell) or len(cell) > 100 for cell in told)


class Records:
    """The rows of a table with the line each begins on; a row that quotes broke costs its first line only."""

    def __init__(self, source: Utf8, dialect: Dialect, reading: Reading, *, width: int, skip: int) -> None:
        self._source, self._dialect, self._reading = source, dialect, reading
        self._width, self._skip = width, skip
        self._line = 0  # of the last line given to the parser
        self._open: list[str] = []  # the lines of the record being parsed
        self._again: list[str] = []  # lines to give once more, the next one last
        self._chunks = self._decoded()
        self._lines: Iterator[str] = iter(())
        self.raw = ""

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            yield from self._parsed()
            if not self._again:
                return

    def _parsed(self) -> Iterator[tuple[int, list[str]]]:
        escape = "\\" if self._dialect.backslash else None
        rows = csv.reader(self._feed(), delimiter=self._dialect.delimiter, escapechar=escape)
        opened, width = self._open, self._width
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                self._broken(f"a row must be readable ({error})")
                continue
            if len(opened) == 1:
                self.raw = opened[0]
            elif len(row) != width or not self._sound(opened):
                self._broken("a quote that opens must close before the row ends")
                continue
            else:
                self.raw = "".join(opened)
            line = self._line - len(opened) + 1
            opened.clear()
            if row:
                yield line, row

    def _sound(self, lines: list[str]) -> bool:
        """Whether a row of several lines is one: each of its quotes closes where a cell ends."""
        escape = "\\" if self._dialect.backslash else None
        try:
            return any(csv.reader(lines, delimiter=self._dialect.delimiter, escapechar=escape, strict=True))
        except csv.Error:
            return False

    def _feed(self) -> Iterator[str]:
        while True:
            while self._again:
                self._line += 1
                line = self._again.pop()
                self._open.append(line)
                yield line
            for line in self._lines:
                self._line += 1
                self._open.append(line)
                yield line
                if self._again:
                    break
            else:
                chunk = next(self._chunks, None)
                if chunk is None:
                    return
                self._lines = iter(chunk)

    def _broken(self, reason: str) -> None:
        """Reject the first line of the record and read its other lines again, as rows of their own."""
        first, *others = self._open or [""]
        line = self._line - len(others)
        cure = "Close the quote on this line, or write a quote inside a cell twice."
        self._reading.reject(Skip(reason, cure=cure), line=line, raw=first)
        self._again.extend(reversed(others))
        self._line -= len(others)
        self._open.clear()

    def _decoded(self) -> Iterator[list[str]]:
        """Lines as text, chunk by chunk: a chunk at once where it is all UTF-8."""
        first = 1
        for lines in byte_lines(self._source, on_bad=self._reading.bad_line):
            whole = b"\n".join(lines)
            if b"\0" in whole:
                lines = whole.replace(b"\0", b"").split(b"\n")  # noqa: PLW2901 - no database keeps it, and no one meant it
            try:
                texts = b"\n".join(lines).decode().split("\n")
            except UnicodeDecodeError:
                texts = [self._fallback(line, number) for number, line in enumerate(lines, first)]
            texts = [f"{line}\n" for line in texts]
            before = max(self._skip - (first - 1), 0)
            self._line += min(before, len(texts))
            first += len(lines)
            self._reading.lines = first - 1
            yield texts[before:]

    def _fallback(self, line: bytes, number: int) -> str:
        text, is_utf8 = decoded(line)
        if not is_utf8:
            self._reading.note("this line is not UTF-8; it is read as Windows-1252", line=number, once="cp1252")
        return text
