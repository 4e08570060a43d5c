"""JSON files into documents, one at a time: JSON lines, one document, several, an array, a collection.

A file of one document a line is cut at its line ends, so that a malformed line costs itself only. Anything else is cut
where braces close; an array, and the items of a collection of Activity Streams, are opened, so that a file of 2 GB in
one array needs the memory of its largest element.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from entourage.networks.base import RAW_SHOWN, Skip
from entourage.networks.files.text import MOST_LINE, Utf8, byte_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.networks.files.reading import Reading

#: A document and the line it starts on.
Document = tuple[int, bytes]

_OUTSIDE = re.compile(rb'["{}\[\]\n]')
_INSIDE = re.compile(rb'["\\\n]')
_OPENED = {b"items", b"orderedItems"}


def documents(source: Utf8, *, head: bytes, reading: Reading) -> Iterator[list[Document]]:
    """The documents of a JSON file, a list for each chunk read."""
    if is_lines(head):
        yield from _lines(source, reading)
        return
    scan = _Scan(reading, opened=_is_opened(head))
    while chunk := source.read():
        yield scan.feed(chunk)
    scan.end()


def is_lines(head: bytes) -> bool:
    """Whether a JSON file has one document a line, by its first bytes; the first line may be malformed."""
    first, *others = [line.strip() for line in head.split(b"\n") if line.strip()] or [b""]
    if not first.startswith(b"{"):
        return False
    if not others:
        return not _is_opened(head)
    if _is_json(first):
        return True
    if first.endswith((b"{", b"[", b",", b":")) or _is_opened(first):
        return False  # the document goes on in the next line
    return others[0].startswith(b"{") and (first.endswith(b"}") or _is_json(others[0]))


def _is_opened(head: bytes) -> bool:
    """Whether a document is a collection of Activity Streams, whose items are opened."""
    return b'"orderedItems"' in head or (b'"items"' in head and b"activitystreams" in head)


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _lines(source: Utf8, reading: Reading) -> Iterator[list[Document]]:
    number = 1
    for lines in byte_lines(source, on_bad=reading.bad_line):
        yield [(line, raw) for line, raw in enumerate(lines, number) if raw and not raw.isspace()]
        number += len(lines)
        reading.lines = number - 1


class _Scan:
    """Cuts a stream of JSON where its elements close; never holds more than one element and one chunk."""

    def __init__(self, reading: Reading, *, opened: bool) -> None:
        self._reading = reading
        self._opened = opened  # the items of a top-level object are the elements, not the object
        self._line = self._began = 1
        self._depth = self._base = 0  # base: the depth at which an element begins
        self._parts: list[bytes] = []
        self._size = 0
        self._inside = self._in_string = False
        self._key = b""  # the last string of an opened object
        self._escape = 0  # bytes of the next chunk that an escape at this one's end already covers

    def feed(self, chunk: bytes) -> list[Document]:
        """The elements that end in this chunk."""
        done: list[Document] = []
        start, at, self._escape = 0, self._escape, 0
        key_at = 0
        while found := (_INSIDE if self._in_string else _OUTSIDE).search(chunk, at):
            at, mark = found.end(), found.group()
            if mark == b"\n":
                self._line += 1
            elif mark == b"\\":
                at += 1
            elif mark == b'"':
                if self._in_string and not self._inside:
                    self._key = chunk[key_at : at - 1]
                self._in_string, key_at = not self._in_string, at
            elif mark in b"{[":
                start = self._open(mark, start, at)
            else:
                start = self._close(chunk, start, at, done)
        self._escape = max(at - len(chunk), 0)
        self._reading.lines = self._line
        if self._inside:
            self._keep(chunk[start:])
        return done

    def _open(self, mark: bytes, start: int, at: int) -> int:
        element = not self._inside and self._depth == self._base
        if element and mark == b"{" and not (self._opened and self._depth == 0):
            self._inside, start, self._began = True, at - 1, self._line
        elif (
            not self._inside
            and mark == b"["
            and (self._depth == 0 or (self._opened and self._depth == 1 and self._key in _OPENED))
        ):
            self._base = self._depth + 1
        self._depth += 1
        return start

    def _close(self, chunk: bytes, start: int, at: int, done: list[Document]) -> int:
        self._depth = max(self._depth - 1, 0)
        if self._inside and self._depth == self._base:
            self._keep(chunk[start:at])
            if self._size <= MOST_LINE:
                done.append((self._began, b"".join(self._parts)))
            else:
                reason = f"an element must be shorter than {MOST_LINE >> 20} MiB; this one has {self._size:,} bytes"
                self._reading.bad_line(self._began, b"".join(self._parts)[:RAW_SHOWN], reason, "Split the export.")
            self._inside, self._parts, self._size = False, [], 0
            return at
        if self._depth < self._base and not self._inside:
            self._base = 0
        return start

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= MOST_LINE:
            self._parts.append(part)
        elif sum(map(len, self._parts)) > RAW_SHOWN:
            self._parts = [b"".join(self._parts)[:RAW_SHOWN]]

    def end(self) -> None:
        """List what never closed."""
        if self._inside or self._in_string:
            cure = "The file was cut, or a quote or a brace is missing: export it again."
            skip = Skip("the JSON must close what it opens", cure=cure)
            self._reading.reject(skip, line=self._began, raw=b"".join(self._parts)[:RAW_SHOWN])
