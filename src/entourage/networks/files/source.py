"""One entry for every file: ``open_source`` looks at what it is, the ``Source`` streams what it holds."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from entourage.networks.base import Broken, Note
from entourage.networks.files import edges, events, payloads, rows, sniff, table
from entourage.networks.files.guess import ColumnGuess, guess
from entourage.networks.files.mapping import Mapping
from entourage.networks.files.members import MOST_BYTES, Member, Stream, members
from entourage.networks.files.reading import Batch, Reading
from entourage.networks.files.text import Utf8, encoding_of

HEAD = 1 << 18
FORMATS = {
    "csv": "a table",
    "events": "bare events: actor, target, moment, kind",
    "edges": "an edge list without moments",
    **payloads.LABELS,
}
_OLD_ENCODING = "it is not UTF-8; it is read as Windows-1252: if accents are wrong, export it as CSV UTF-8"
Filling = Iterator[None]


class Part(msgspec.Struct, kw_only=True):
    """One file to read: itself, or a member of a zip; what it is and how to read it."""

    name: str
    format: str
    encoding: str
    fill: Callable[[Utf8, Reading], Filling]
    member: Member
    returns: bool = False  # lines end with a lone carriage return
    mapping: Mapping | None = None
    header: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    guesses: tuple[ColumnGuess, ...] = ()
    missing: tuple[str, ...] = ()

    def opened(self) -> tuple[Stream, Utf8]:
        """Its bytes from the start, and the same as UTF-8."""
        stream = self.member.open()
        return stream, Utf8(stream, encoding=self.encoding, lone_returns=self.returns)


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """How a file was opened: enough to open it again the same way, in another process."""

    path: Path
    now: datetime
    mapping: Mapping | None = None
    repair: bool = False
    most_bytes: int = MOST_BYTES

    def again(self) -> Source:
        """The same file, looked at anew."""
        return open_source(
            self.path, now=self.now, mapping=self.mapping, repair=self.repair, most_bytes=self.most_bytes
        )


class Source:
    """A file that is known and not yet read. ``batches`` streams it and may be called again."""

    def __init__(self, opening: Opening, parts: list[Part], warnings: list[Note]) -> None:
        self.opening, self.parts, self.warnings = opening, tuple(parts), warnings
        self.path = opening.path
        self.bytes_total = self.path.stat().st_size
        main = next((part for part in parts if part.format != "none"), parts[0])
        self.format, self.encoding = main.format, main.encoding
        self.label = FORMATS[main.format]
        self.mapping, self.header, self.sample = main.mapping, main.header, main.sample
        self.guesses, self.missing = main.guesses, main.missing

    def preview(self, n: int = 20) -> Batch:
        """The first things of the file, about ``n``; what is said meanwhile is not kept."""
        kept = list(self.warnings)
        with closing(self.batches(n)) as stream:
            batch = next(stream, Batch())
        self.warnings = kept
        return Batch(
            activities=batch.activities[:n],
            accounts=batch.accounts[:n],
            ties=batch.ties[:n],
            gone=batch.gone[:n],
            rejects=batch.rejects[:n],
            notes=batch.notes,
            bytes_read=batch.bytes_read,
        )

    def batches(self, size: int = 50_000) -> Generator[Batch]:
        """Stream the file in batches of about ``size`` things; memory does not grow with the file.

        Raises
        ------
        Broken: the mapping lacks when or who, or the file turns out to be a bomb.
        """
        before = 0
        for part in self.parts:
            reading = Reading(part.name, now=self.opening.now, repair=self.opening.repair)
            stream, text = part.opened()
            with closing(stream):
                for _ in part.fill(text, reading):
                    if reading.batch.size >= size:
                        yield self._handed(reading, before + stream.used)
                self._cut(stream, reading)
                reading.end()
                before += stream.used
            yield self._handed(reading, before)

    def _handed(self, reading: Reading, used: int) -> Batch:
        batch = reading.take()
        batch.bytes_read = min(used, self.bytes_total)
        self.warnings.extend(batch.notes)
        return batch

    def _cut(self, stream: Stream, reading: Reading) -> None:
        if stream.cut:
            got = f"{reading.lines:,} lines were" if reading.lines else "what came before was"
            cure = "get the whole file and import it again, nothing will be counted twice"
            reading.note(f"{stream.cut}; {got} read and kept, the rest is lost: {cure}", once="cut")


def open_source(
    path: Path, *, now: datetime, mapping: Mapping | None = None, repair: bool = False, most_bytes: int = MOST_BYTES
) -> Source:
    """Look at what a file is, and how its rows would be read.

    Parameters
    ----------
    path : a file of any format of docs/guides/import.md, plain, in a gzip or in a zip
    now : aware; rows from later than a day after it are rejected
    mapping : of a table's columns; guessed from its titles and first rows where it is not given
    repair : mend texts that are garbled (``Ã©`` for ``é``)
    most_bytes : what a compressed file may unfold to

    Raises
    ------
    Broken: there is no such file, it is not text, or it holds a network's refusal.
    """
    if now.tzinfo is None:
        raise ValueError(f"`now` must have a time zone. Got {now.isoformat()}; write now.replace(tzinfo=UTC).")
    found = members(path, most=most_bytes)
    warnings: list[Note] = []
    parts = [part for member in found if (part := _part(member, mapping, warnings, now=now, alone=len(found) == 1))]
    if not parts:
        said = warnings[0].message if warnings else ""
        raise Broken(f"{path.name} holds no file that can be read. {said}")
    opening = Opening(path=path, now=now, mapping=mapping, repair=repair, most_bytes=most_bytes)
    return Source(opening, parts, warnings)


def _part(member: Member, mapping: Mapping | None, warnings: list[Note], *, now: datetime, alone: bool) -> Part | None:
    """What a member is; of several, one that cannot be used is left out and said."""
    try:
        return _looked(member, mapping, warnings, now=now, alone=alone)
    except Broken as broken:
        if alone:
            raise
        warnings.append(Note(file=member.name, message=f"this file is left out: {broken}"))
        return None


def _looked(
    member: Member, mapping: Mapping | None, warnings: list[Note], *, now: datetime, alone: bool
) -> Part | None:
    raw = _head(member)
    sniff.refuse(raw, file=member.name)
    encoding = encoding_of(raw)
    codec = {"utf-8-sig": "utf-8-sig", "utf-8": "utf-8"}.get(encoding, encoding)
    text = raw.decode(codec, "replace").encode("utf-8", "replace")
    sniff.refuse_binary(text, file=member.name)
    returns = b"\n" not in text and b"\r" in text
    text = text.replace(b"\r", b"\n") if returns else text
    if not text.strip():
        raise Broken(f"{member.name} is empty. Export it again; if it is empty again, the export had nothing to give.")
    part = Part(name=member.name, format="none", encoding=encoding, fill=_nothing, member=member, returns=returns)
    if sniff.is_json(text):
        part.fill = lambda source, reading: payloads.read(source, reading, head=text)
        part.format = _json_format(part, text, now=now)
        return part
    if encoding == "cp1252":
        warnings.append(Note(file=member.name, message=_OLD_ENCODING))
    _as_table(part, text.decode("utf-8", "replace"), mapping, warnings, now=now)
    if part.missing and not alone:
        raise Broken("no column tells when or who, so it holds no activities")
    return part


def _head(member: Member) -> bytes:
    stream = member.open()
    with closing(stream):
        head = b""
        while len(head) < HEAD and (chunk := stream.read()):
            head += chunk
        if stream.cut and not head:
            raise Broken(f"{member.name} cannot be unfolded: {stream.cut}. Get the whole file again.")
    return head[:HEAD]


def _json_format(part: Part, text: bytes, *, now: datetime) -> str:
    stream, source = part.opened()
    with closing(stream):
        return payloads.first_shape(source, Reading(part.name, now=now), head=text)


def _as_table(part: Part, text: str, mapping: Mapping | None, warnings: list[Note], *, now: datetime) -> None:
    whole = text if len(text) < HEAD // 2 else text[: text.rfind("\n") + 1] or text
    looked = table.look(whole)
    titles = 1 if looked.dialect.titled else 0
    skip = looked.skipped + titles
    if mapping is None and events.are_events(looked.rows):
        part.format, part.fill = "events", lambda source, reading: events.read(source, reading, skip=skip)
        return
    if mapping is None and edges.are_edges(looked.rows, titles=looked.header if looked.dialect.titled else None):
        part.format, part.fill = "edges", lambda source, reading: edges.read(source, reading, skip=skip)
        return
    guessed = guess(looked.header, looked.rows, now=now, given=mapping)
    warnings.extend(Note(file=part.name, message=warning) for warning in guessed.warnings)
    part.format, part.mapping, part.guesses = "csv", guessed.mapping, guessed.columns
    part.header = tuple(looked.header)
    part.sample = tuple(tuple(row) for row in looked.rows[:20])
    there = {field: field for title, field in guessed.mapping.columns.items() if title in looked.header}
    part.missing = Mapping(columns=there, constants=guessed.mapping.constants).missing()
    part.fill = lambda source, reading: rows.read(
        table.Records(source, looked.dialect, reading, width=len(looked.header), skip=skip),
        guessed.mapping,
        looked.header,
        reading,
    )


def _nothing(_source: Utf8, _reading: Reading) -> Filling:
    return iter(())
