"""Bare events, ``actor target unix_time RT/MT/RE``: shares, mentions and replies, without words.

Such a file tells each reply in two rows of the same second, as a mention (MT) and as a reply (RE): they are one act,
the reply, told in two rows. Twins are looked for among the rows of one second that stand together, which is all of them
where the file is sorted by time.

Source: the Higgs set of De Domenico, Lima, Mougel and Musolesi (2013).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from entourage.networks.activity import Account, Act, Activity
from entourage.networks.base import Skip
from entourage.networks.files.text import Utf8, byte_lines
from entourage.networks.moments import past

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.networks.files.reading import Reading

NETWORK = "x"  # RT, MT and RE are its words
KINDS = {b"RT": Act.SHARE, b"MT": Act.MENTION, b"RE": Act.REPLY}
ACCOUNTS_KEPT = 100_000
_CURE = "Write: actor target unix_time kind, the kind being RT, MT or RE."


def are_events(rows: list[list[str]]) -> bool:
    """Whether rows of a table are such events."""
    fits = [len(row) == 4 and row[3].strip().encode() in KINDS and row[2].strip().isdigit() for row in rows]
    return bool(fits) and sum(fits) > len(fits) / 2


def read(source: Utf8, reading: Reading, *, skip: int) -> Iterator[None]:
    """Fill the batch with the events of a file; pauses after each chunk. ``skip`` lines of titles are left out."""
    events, line = _Events(reading), 0
    for lines in byte_lines(source, on_bad=reading.bad_line):
        for raw in lines:
            line += 1
            if line > skip:
                events.row(raw, line)
        reading.lines = line
        yield
    events.flush()
    yield


class _Events:
    """Rows of one second, waiting for their twins."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._accounts: dict[bytes, Account] = {}
        self._told = b""  # the moment of the rows that wait, as the file writes it
        self._at = datetime.min.replace(tzinfo=UTC)
        self._second: list[Activity] = []
        self._alone: dict[tuple[bytes, bytes, bytes], int] = {}  # rows without their twin yet, by their place

    def row(self, raw: bytes, line: int) -> None:
        """One row."""
        try:
            actor, target, told, kind = raw.split()
            act = KINDS[kind]
        except (ValueError, KeyError):
            if raw.strip():
                self._reading.reject(
                    Skip("a row must be an event", value=raw.decode("utf-8", "replace"), cure=_CURE), line=line, raw=raw
                )
            return
        try:
            if told != self._told:
                self._turn(told, line)
            self._add(actor, target, kind, act)
        except Skip as skip:
            self._reading.reject(skip, line=line, raw=raw)

    def _turn(self, told: bytes, line: int) -> None:
        at = _moment(told, now=self._reading.now)
        if at < self._at:
            self._reading.note(
                "rows are not sorted by time; a reply and its twin mention that stand apart count twice",
                line=line,
                once="unsorted",
            )
        self.flush()
        self._told, self._at = told, at

    def _add(self, actor: bytes, target: bytes, kind: bytes, act: Act) -> None:
        twin = None if kind == b"RT" else self._alone.pop((actor, target, b"RE" if kind == b"MT" else b"MT"), None)
        rows, act = (1, act) if twin is None else (2, Act.REPLY)
        activity = Activity(
            network=NETWORK,
            id=b"-".join((self._told, actor, target, b"RE" if rows == 2 else kind)).decode(),
            act=act,
            actor=self._account(actor),
            at=self._at,
            to=(self._account(target),),
            rows=rows,
        )
        if twin is not None:
            self._second[twin] = activity
            return
        if kind != b"RT":
            self._alone[actor, target, kind] = len(self._second)
        self._second.append(activity)

    def _account(self, id_: bytes) -> Account:
        account = self._accounts.get(id_)
        if account is None:
            if len(self._accounts) >= ACCOUNTS_KEPT:
                self._accounts.clear()
            account = self._accounts[id_] = Account(id=id_.decode())
        return account

    def flush(self) -> None:
        """Hand the second over: no twin can come any more."""
        self._reading.batch.activities.extend(self._second)
        self._second.clear()
        self._alone.clear()


def _moment(told: bytes, *, now: datetime) -> datetime:
    try:
        at = datetime.fromtimestamp(int(told), UTC)
    except (ValueError, OverflowError, OSError):
        value = told.decode("utf-8", "replace")
        raise Skip("must be seconds since 1970", field="unix_time", value=value, cure=_CURE) from None
    return past(at, now=now, field="unix_time", value=told.decode())
