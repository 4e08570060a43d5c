"""From activities to rows ready for the database: keys, one row per activity, one per account.

Touches no database, so that the next batch may be prepared while PostgreSQL takes in this one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entourage.networks.activity import Account, Act, Activity, Change, Timing
from entourage.web.listen.keys import activity_keys
from entourage.web.listen.rows.attaching import Attached, attached
from entourage.web.listen.rows.copying import (
    EPOCH,
    KEY,
    NOTHING,
    bigint,
    blocks,
    integer,
    moment,
    real,
    row,
    text,
    uuid,
    uuids,
    words,
)
from entourage.web.listen.rows.naming import Named, Naming
from entourage.web.listen.rows.versions import Versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from entourage.networks.base import Gone, Tie

LONGEST_LANGUAGE = 12  # characters, as the table has it
COLUMNS = 21  # of ``actions.statements.COLUMNS``, in whose order the fields stand here
_ACTS = {act: text(act) for act in Act}
_TIMINGS = {timing: text(timing) for timing in Timing}
REMEMBERED = 10_000  # ways in which an activity's last fields were told: most tell none, or those of one operation
#: Language, tags, origin, timing and rating.
Told = tuple[str, tuple[str, ...], str, Timing, float | None]
_EMPTY = text("")
_UNTOLD = Activity(network="", id="", act=Act.POST, actor=Account(id=""), at=EPOCH)
_DELETE = Change.DELETE


@dataclass(slots=True)
class Prepared:
    """One batch, ready for COPY; of its accounts, those of which this run has not told as much before."""

    #: What goes to the tables, each in blocks of bytes; empty where there is no row.
    activities: list[bytes] = field(default_factory=list)
    accounts: list[bytes] = field(default_factory=list)
    ties: list[bytes] = field(default_factory=list)
    gone: list[bytes] = field(default_factory=list)
    #: Key and number of rows, of activities that more than one row tells.
    told_in_rows: list[bytes] = field(default_factory=list)
    #: The files that came with some of them.
    attachments: list[Attached] = field(default_factory=list)
    #: How many ties and withdrawals these are.
    tied: int = 0
    withdrawn: int = 0
    rows: int = 0
    repeated: int = 0
    conflicting: int = 0
    conflicts: list[str] = field(default_factory=list)
    #: Activities that are told, not only withdrawn.
    acts: int = 0
    #: Some are turned to several accounts: who of them is ours only the database knows.
    several: bool = False
    first_at: datetime | None = None
    last_at: datetime | None = None


class Preparing:
    """Prepares batch after batch of one run for one brand."""

    def __init__(self, brand_id: int, named: Named | None = None, *, source_id: int | None = None) -> None:
        self._naming = Naming(brand_id, named or Named())
        self._account = self._naming.key
        self._key = activity_keys(brand_id)
        self._again = self._key.again
        self._source = bigint(source_id)
        # What stands between a row's fields, the same in all rows.
        self._begin, self._brand = row(*[b""] * COLUMNS) + KEY, bigint(brand_id) + KEY
        self._met: dict[Told, bytes] = {}

    def prepare(
        self,
        activities: Sequence[Activity],
        *,
        accounts: Iterable[tuple[str, Account]] = (),
        ties: Iterable[Tie] = (),
        gone: Iterable[Gone] = (),
    ) -> Prepared:
        """One batch as rows; the same activity told twice in it becomes one."""
        batch = Prepared(rows=sum([activity.rows for activity in activities]))
        self._write(batch, self._versions(activities))
        for network, account in accounts:
            self._naming.key(network, account, None)
        tied, withdrawn = [self._tie(tie) for tie in ties], [self._gone(one) for one in gone]
        batch.ties, batch.gone, batch.accounts = blocks(tied), blocks(withdrawn), blocks(self._naming.rows())
        batch.tied, batch.withdrawn = len(tied), len(withdrawn)
        batch.rows += batch.tied + batch.withdrawn
        if activities:
            moments = [activity.at for activity in activities]
            batch.first_at, batch.last_at = min(moments), max(moments)
        return batch

    def _versions(self, activities: Sequence[Activity]) -> Versions:
        versions = Versions()
        kept, keyof = versions.kept, self._key
        for activity in activities:
            key = keyof(activity.network, activity.id)
            if activity.change is _DELETE:
                versions.bury(key, activity)
            elif (before := kept.setdefault(key, activity)) is not activity:
                versions.choose(key, before, activity)
        return versions

    def _write(self, batch: Prepared, versions: Versions) -> None:
        batch.repeated = versions.repeated
        batch.conflicting, batch.conflicts = versions.conflicting, versions.conflicts
        deaths, extra, one_row = versions.deaths, versions.extra, self._row
        rows, told_in_rows = [], []
        for id_, activity in versions.kept.items():
            if activity.change is _DELETE:
                rows.append(self._tombstone(id_, activity, deaths[id_]))
                batch.acts -= 1
            else:
                rows.append(one_row(id_, activity, deaths.get(id_) if deaths else None))
                if activity.attachments:
                    batch.attachments += attached(id_, activity)
            if activity.rows != 1 or id_ in extra:
                told_in_rows.append(row(uuid(id_), integer(activity.rows + extra.get(id_, 0))))
            if len(activity.to) > 1:
                batch.several = True
        batch.acts += len(rows)
        batch.activities, batch.told_in_rows = blocks(rows), blocks(told_in_rows)

    def _row(self, id_: bytes, a: Activity, died: datetime | None) -> bytes:
        """The row of an activity; of a dead one the words stay out."""
        network, at = a.network, a.at
        account = self._account(network, a.actor, at)
        toward = addressed = NOTHING
        if len(to := a.to) == 1:
            toward = KEY + self._account(network, to[0], at)
        elif to:
            toward, addressed = self._addressees(a)
        answered, thread = a.in_reply_to, a.context
        reply_to = KEY + self._again(network, answered) if answered else NOTHING
        context = reply_to if thread == answered else KEY + self._again(network, thread) if thread else NOTHING
        said = _EMPTY if died is not None else text(a.text)
        if a.url or died is not None or a.edited_at is not None:
            rest = self._rest(a, died)
        else:
            told = (a.language, a.tags, a.origin, a.timing, a.rating)
            rest = self._met.get(told) or self._meet(told, a)
        shown, act, named = self._naming.shown(network), _ACTS[a.act], text(a.id)
        head = (self._begin, id_, self._brand, account, shown, named, act, moment(at))
        return b"".join((*head, toward, addressed, reply_to, context, said, rest))

    def _meet(self, told: Told, a: Activity) -> bytes:
        """The fields after the text, without address and edition: made once for all activities that tell the same."""
        if len(self._met) >= REMEMBERED:
            self._met.clear()
        rest = self._met[told] = self._rest(a, None)
        return rest

    def _rest(self, a: Activity, died: datetime | None) -> bytes:
        """The fields after the text."""
        url, tags = (_EMPTY, NOTHING) if died is not None else (text(a.url), words(a.tags))
        edited, deleted = (NOTHING if at is None else moment(at) for at in (a.edited_at, died))
        language, origin, timing = text(a.language[:LONGEST_LANGUAGE]), text(a.origin), _TIMINGS[a.timing]
        return b"".join((url, language, tags, origin, real(a.rating), timing, edited, deleted, self._source))

    def _addressees(self, activity: Activity) -> tuple[bytes, bytes]:
        """The first of several accounts addressed, and all of them."""
        network, at = activity.network, activity.at
        everyone = [self._account(network, account, at) for account in activity.to]
        return uuid(everyone[0]), uuids(everyone)

    def _tombstone(self, id_: bytes, deletion: Activity, died: datetime) -> bytes:
        """The row of a deletion whose activity is not in this batch: all that is known is that it is gone."""
        d, naming = deletion, self._naming
        head = (self._begin, id_, self._brand, naming.bare(d.network, d.actor.id), naming.shown(d.network))
        toward_nobody, rest = [NOTHING] * 4, self._rest(_UNTOLD, died)
        return b"".join((*head, text(d.id), _EMPTY, moment(d.at), *toward_nobody, _EMPTY, rest))

    def _tie(self, tie: Tie) -> bytes:
        source = self._naming.key(tie.network, tie.source, None)
        target = self._naming.key(tie.network, tie.target, None)
        return row(text(tie.kind), uuid(source), uuid(target), real(tie.weight))

    def _gone(self, withdrawn: Gone) -> bytes:
        w, naming = withdrawn, self._naming
        account = naming.bare(w.network, w.account_id)
        return row(uuid(account), naming.shown(w.network), text(w.account_id), real(w.at.timestamp()))
