"""From activities to rows ready for the database: keys, one row per activity, one per account.

Touches no database, so that a thread may prepare the next batch while PostgreSQL takes in this one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entourage.web.listen.actions.copying import NOTHING, escaped, moment, words
from entourage.web.listen.actions.naming import Named, Naming
from entourage.web.listen.actions.versions import Versions
from entourage.web.listen.keys import activity_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from entourage.networks.activity import Account, Activity
    from entourage.networks.base import Gone, Tie

LONGEST_LANGUAGE = 12  # characters, as the table has it


@dataclass(slots=True)
class Prepared:
    """One batch, ready for COPY; of its accounts, those of which this run has not told as much before."""

    activities: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    ties: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    #: Key and number of rows, of activities that more than one row tells.
    told_in_rows: list[str] = field(default_factory=list)
    rows: int = 0
    repeated: int = 0
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
        self._brand = str(brand_id)
        self._source = NOTHING if source_id is None else str(source_id)
        self._nothing_more = f"\t\t{NOTHING}\t\t{NOTHING}\texact\t{NOTHING}\t{NOTHING}\t{self._source}\n"

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
        batch.ties = [self._tie_line(tie) for tie in ties]
        batch.gone = [self._gone_line(withdrawn) for withdrawn in gone]
        batch.accounts = self._naming.lines()
        batch.rows += len(batch.ties) + len(batch.gone)
        if activities:
            moments = [activity.at for activity in activities]
            batch.first_at, batch.last_at = min(moments), max(moments)
        return batch

    def _versions(self, activities: Sequence[Activity]) -> Versions:
        versions = Versions()
        kept, key_of = versions.kept, self._key
        for activity in activities:
            key = key_of(activity.network, activity.id)
            if activity.change == "delete":
                versions.bury(key, activity)
            elif (before := kept.setdefault(key, activity)) is not activity:
                versions.choose(key, before, activity)
        return versions

    def _write(self, batch: Prepared, versions: Versions) -> None:
        batch.repeated, batch.conflicts = versions.repeated, versions.conflicts
        deaths, extra, line, lines = versions.deaths, versions.extra, self._line, batch.activities
        for key, activity in versions.kept.items():
            if activity.change == "delete":
                lines.append(self._tombstone(key, activity, deaths[key]))
                batch.acts -= 1
            else:
                lines.append(line(key, activity, deaths.get(key) if deaths else None))
            if activity.rows != 1 or key in extra:
                batch.told_in_rows.append(f"{key}\t{activity.rows + extra.get(key, 0)}\n")
            if len(activity.to) > 1:
                batch.several = True
        batch.acts += len(lines)

    def _line(self, key: str, a: Activity, died: datetime | None) -> str:
        """The row of an activity; of a dead one the words stay out."""
        network, at = a.network, a.at
        account = self._account(network, a.actor, at)
        toward = addressed = NOTHING
        if len(to := a.to) == 1:
            toward = self._account(network, to[0], at)
        elif to:
            toward, addressed = self._addressees(a)
        answered, thread = a.in_reply_to, a.context
        reply_to = self._again(network, answered) if answered else NOTHING
        context = reply_to if thread == answered else self._again(network, thread) if thread else NOTHING
        text = escaped(a.text) if died is None and a.text else ""
        plain = died is None and not (a.url or a.language or a.tags or a.origin or a.edited_at or a.rating is not None)
        rest = self._nothing_more if plain and a.timing == "exact" else self._rest(a, died)
        shown, id_ = self._naming.shown(network), escaped(a.id)
        # Joined, not formatted: an act is a str, but formatting a member of an enumeration costs as much as the rest.
        return "\t".join(
            (key, self._brand, account, shown, id_, a.act, moment(at), toward, addressed, reply_to, context, text, rest)
        )

    def _rest(self, a: Activity, died: datetime | None) -> str:
        """The columns after the text: most activities have none of them."""
        url = tags = ""
        if died is None:
            url, tags = escaped(a.url), words(a.tags)
        edited, deleted = (NOTHING if at is None else moment(at) for at in (a.edited_at, died))
        rating = NOTHING if a.rating is None else a.rating
        return (
            f"{url}\t{escaped(a.language[:LONGEST_LANGUAGE])}\t{tags or NOTHING}\t{escaped(a.origin)}\t{rating}\t"
            f"{a.timing}\t{edited}\t{deleted}\t{self._source}\n"
        )

    def _addressees(self, activity: Activity) -> tuple[str, str]:
        """The first of several accounts addressed, and all of them."""
        network, at = activity.network, activity.at
        keys = [self._account(network, account, at) for account in activity.to]
        return keys[0], "{" + ",".join(keys) + "}"

    def _tombstone(self, key: str, deletion: Activity, died: datetime) -> str:
        """The row of a deletion whose activity is not in this batch: all that is known is that it is gone."""
        d, naming = deletion, self._naming
        account, nothing = naming.bare(d.network, d.actor.id), "\t".join([NOTHING] * 4)
        return (
            f"{key}\t{self._brand}\t{account}\t{naming.shown(d.network)}\t{escaped(d.id)}\t"
            f"\t{moment(d.at)}\t{nothing}\t\t\t\t{NOTHING}\t\t{NOTHING}\texact\t{NOTHING}\t{moment(died)}\t{self._source}\n"
        )

    def _tie_line(self, tie: Tie) -> str:
        source = self._naming.key(tie.network, tie.source, None)
        target = self._naming.key(tie.network, tie.target, None)
        return f"{tie.kind.value}\t{source}\t{target}\t{tie.weight}\n"

    def _gone_line(self, withdrawn: Gone) -> str:
        w, naming = withdrawn, self._naming
        key = naming.bare(w.network, w.account_id)
        return f"{key}\t{naming.shown(w.network)}\t{escaped(w.account_id)}\t{w.at.timestamp()}\n"
