"""What a reader fills while it reads: a batch, with every rejected row and every warning in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from entourage.networks.activity import Account, Activity
from entourage.networks.base import RAW_SHOWN, Gone, Note, Reject, Skip, Tie, shown
from entourage.networks.files.text import garbled, mended
from entourage.networks.moments import AHEAD

if TYPE_CHECKING:
    from datetime import datetime

LOOKED_AT = 2_000  # texts looked at for garbling: an export is garbled as a whole or not at all
MOST_NOTES = 100  # of a kind that may come once a row: the rest are counted, not kept


class Batch(msgspec.Struct, kw_only=True):
    """A part of what a file holds, in its order."""

    activities: list[Activity] = []
    accounts: list[tuple[str, Account]] = []  # (network, account): seen, having done nothing
    ties: list[Tie] = []
    gone: list[Gone] = []
    rejects: list[Reject] = []
    notes: list[Note] = []
    bytes_read: int = 0  # of the file as it lies on the disk, from its start

    @property
    def size(self) -> int:
        """How many things it holds: when to hand it over."""
        return len(self.activities) + len(self.ties) + len(self.gone) + len(self.rejects) + len(self.accounts)


class Reading:
    """One file being read: its name, the moment of reading, and the batch that is being filled."""

    def __init__(self, file: str, *, now: datetime, repair: bool = False) -> None:
        self.file = file
        self.now = now
        self.latest = now + AHEAD  # what is later than this is in the future
        self.repair = repair
        self.batch = Batch()
        self.lines = 0  # read so far
        self._told: dict[str, int] = {}
        self._looked = 0
        self._held = False  # anything so far

    def take(self) -> Batch:
        """The batch as it is; the next one starts empty."""
        full, self.batch = self.batch, Batch()
        self._held = self._held or full.size > 0
        return full

    def end(self) -> None:
        """Say so where nothing at all was found: silence would look like success."""
        if not (self._held or self.batch.size or self._told):
            self.note("nothing was found in it: is the export complete, and is it the right one?", once="nothing")

    def act(self, activity: Activity) -> None:
        """Put an activity in the batch, its text mended where that was asked."""
        if self.repair:
            activity = _mended(activity)
        elif self._looked < LOOKED_AT:
            self._looked += 1
            self._look(activity)
        self.batch.activities.append(activity)

    def reject(self, skip: Skip, *, line: int, raw: str | bytes = "") -> None:
        """List a row that was not taken."""
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
        self.batch.rejects.append(
            Reject(
                file=self.file,
                line=line,
                field=skip.field,
                value=skip.value,
                reason=skip.reason,
                cure=skip.cure,
                raw=shown(text, most=RAW_SHOWN),
            )
        )

    def bad_line(self, line: int, head: bytes, reason: str, cure: str) -> None:
        """List a line that is no row at all."""
        self.reject(Skip(reason, cure=cure), line=line, raw=head)

    def note(self, message: str, *, line: int = 0, field: str = "", once: str = "") -> None:
        """Warn of something; what has the same ``once`` is told once, else at most a hundred times."""
        key = once or field or message
        self._told[key] = told = self._told.get(key, 0) + 1
        if told > (1 if once else MOST_NOTES):
            return
        self.batch.notes.append(Note(file=self.file, line=line, field=field, message=message))

    def _look(self, activity: Activity) -> None:
        for text in (activity.text, activity.actor.name):
            if garbled(text):
                found, meant = shown(text, most=40), shown(mended(text), most=40)
                message = f"texts are garbled ({found!r} must mean {meant!r}): import with repair"
                self.note(message, field="text", once="garbled")


def _mended(activity: Activity) -> Activity:
    if not (garbled(activity.text) or garbled(activity.actor.name)):
        return activity
    actor = msgspec.structs.replace(activity.actor, name=mended(activity.actor.name))
    return msgspec.structs.replace(activity, text=mended(activity.text), actor=actor)
