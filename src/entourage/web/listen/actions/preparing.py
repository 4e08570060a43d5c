"""From activities to rows ready for the database: keys, one row per activity, one per account.

Touches no database, so that a thread may prepare the next batch while PostgreSQL takes in this one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from entourage.web.listen.actions.copying import NOTHING, escaped, words
from entourage.web.listen.keys import account_keys, activity_keys
from entourage.web.listen.models import AccountRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entourage.networks.activity import Account, Activity
    from entourage.networks.base import Gone, Tie

#: Accounts remembered as already told in this run: enough for most, little enough that memory does not grow.
REMEMBERED = 200_000
LONGEST_NETWORK, LONGEST_LANGUAGE = 20, 12  # characters, as the tables have them
LISTED = 20  # conflicts kept word for word; the others are counted


@dataclass(frozen=True, slots=True)
class Named:
    """The accounts that the reader named as ours or as competitors'; by id, handle or name, with or without @."""

    own: frozenset[str] = frozenset()
    competitors: frozenset[str] = frozenset()

    @classmethod
    def of(cls, own: Iterable[str] = (), competitors: Iterable[str] = ()) -> Named:
        """The same names, without what does not tell them apart."""
        return cls(frozenset(map(plain, own)) - {""}, frozenset(map(plain, competitors)) - {""})

    def role(self, account: Account) -> AccountRole | None:
        """The role that the reader gave this account, if any."""
        if not (self.own or self.competitors):
            return None
        names = {plain(account.id), plain(account.handle), plain(account.name)}
        if names & self.own:
            return AccountRole.OWN
        return AccountRole.COMPETITOR if names & self.competitors else None


def plain(name: str) -> str:
    """A name without its @, its capitals and the space around it."""
    return name.strip().removeprefix("@").casefold()


def role_told(kind: str) -> AccountRole:
    """The role of an account as its source tells its kind."""
    told = {"own": AccountRole.OWN, "organisation": AccountRole.COMPETITOR}
    return told.get(kind, AccountRole.PUBLIC)


@dataclass(slots=True)
class Prepared:
    """One batch, ready for COPY; of its accounts, those that this run has not told before."""

    activities: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    ties: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    rows: int = 0
    repeated: int = 0
    conflicts: list[str] = field(default_factory=list)
    first_at: datetime | None = None
    last_at: datetime | None = None


#: The accounts of a batch by key: network, what is known, and when that was told.
People = dict[str, tuple[str, "Account", datetime | None]]


class Preparing:
    """Prepares batch after batch of one run for one brand."""

    def __init__(self, brand_id: int, named: Named | None = None) -> None:
        self._named = named or Named()
        self._account_key = account_keys(brand_id)
        self._activity_key = activity_keys(brand_id)
        self._told: dict[tuple[str, str], tuple[str, Account]] = {}
        self._networks: dict[str, str] = {}

    def prepare(
        self,
        activities: Sequence[Activity],
        *,
        accounts: Iterable[tuple[str, Account]] = (),
        ties: Iterable[Tie] = (),
        gone: Iterable[Gone] = (),
    ) -> Prepared:
        """One batch as rows; the same activity told twice in it becomes one."""
        batch = Prepared()
        people: People = {}
        versions = Versions(batch)
        key = self._activity_key
        for activity in activities:
            versions.add(key(activity.network, activity.id), activity)
        deaths, extra, add = versions.deaths, versions.extra, batch.activities.append
        for activity_key, activity in versions.kept.items():
            rows = activity.rows + extra.get(activity_key, 0)
            add(self._line(activity_key, activity, deaths.get(activity_key), rows, people))
        for network, account in accounts:
            self._name(network, account, None, people)
        for tie in ties:
            batch.rows += 1
            batch.ties.append(self._tie_line(tie, people))
        for withdrawn in gone:
            batch.rows += 1
            batch.gone.append(self._gone_line(withdrawn))
        batch.accounts = [self._account_line(account_key, *told) for account_key, told in people.items()]
        if activities:
            moments = [activity.at for activity in activities]
            batch.first_at, batch.last_at = min(moments), max(moments)
        return batch

    def _name(self, network: str, account: Account, at: datetime | None, people: People) -> str:
        """The account's key; the account is told to the database unless this run has already told as much."""
        who = (network, account.id)
        told = self._told.get(who)
        if told is None:
            return self._meet(who, account, at, people)
        key, known = told
        if account is known or account == known or not (account.handle or account.name or account.kind or account.url):
            return key
        return self._tell(who, account, at, people)

    def _meet(self, who: tuple[str, str], account: Account, at: datetime | None, people: People) -> str:
        key = self._account_key(*who)
        before = people.get(key)
        people[key] = (who[0], _newest(before, account, at) if before else account, at)
        if len(self._told) >= REMEMBERED:
            self._told.clear()
        self._told[who] = (key, people[key][1])
        return key

    def _tell(self, who: tuple[str, str], account: Account, at: datetime | None, people: People) -> str:
        """An account told otherwise than before in this run: of each field the newest that says something."""
        key, known = self._told[who]
        before = people.get(key, (who[0], known, None))
        newest = _newest(before, account, at)
        if newest != known:
            people[key] = (who[0], newest, _later(before[2], at))
            self._told[who] = (key, newest)
        return key

    def _line(
        self,
        key: str,
        activity: Activity,
        died: datetime | None,
        rows: int,
        people: People,
    ) -> str:
        """The row of an activity; of a dead one the words stay out."""
        a = activity
        network, at = a.network, a.at
        if a.change == "delete":
            return self._tombstone(key, a, died or at, rows)
        account = self._name(network, a.actor, at, people)
        toward, addressed = self._addressees(a, people) if a.to else (NOTHING, NOTHING)
        reply_to = self._activity_key(network, a.in_reply_to) if a.in_reply_to else NOTHING
        if not a.context:
            context = NOTHING
        else:
            context = reply_to if a.context == a.in_reply_to else self._activity_key(network, a.context)
        text = url = ""
        tags = deleted = NOTHING
        if died is None:
            text, url, tags = escaped(a.text), escaped(a.url), words(a.tags) if a.tags else NOTHING
        else:
            deleted = str(died.timestamp())
        edited = NOTHING if a.edited_at is None else a.edited_at.timestamp()
        rating = NOTHING if a.rating is None else a.rating
        origin = escaped(a.origin) if a.origin else ""
        language = escaped(a.language[:LONGEST_LANGUAGE]) if a.language else ""
        return (
            f"{key}\t{account}\t{self._shown(network)}\t{escaped(a.id)}\t{a.act}\t{at.timestamp()}\t{toward}\t"
            f"{addressed}\t{reply_to}\t{context}\t{text}\t{url}\t{language}\t{tags}\t{origin}\t{rating}\t{a.timing}\t"
            f"{edited}\t{deleted}\t{rows}\n"
        )

    def _addressees(self, activity: Activity, people: People) -> tuple[str, str]:
        """The first account addressed, and all of them where there are several."""
        network, at, to = activity.network, activity.at, activity.to
        if len(to) == 1:
            return self._name(network, to[0], at, people), NOTHING
        keys = [self._name(network, account, at, people) for account in to]
        return keys[0], "{" + ",".join(keys) + "}"

    def _tombstone(self, key: str, deletion: Activity, died: datetime, rows: int) -> str:
        """The row of a deletion whose activity is not in this batch: all that is known is that it is gone."""
        d = deletion
        account = self._account_key(d.network, d.actor.id)
        nothing = "\t".join([NOTHING] * 4)
        return (
            f"{key}\t{account}\t{self._shown(d.network)}\t{escaped(d.id)}\t\t{d.at.timestamp()}\t{nothing}\t\t\t\t{NOTHING}\t\t"
            f"{NOTHING}\texact\t{NOTHING}\t{died.timestamp()}\t{rows}\n"
        )

    def _account_line(self, key: str, network: str, account: Account, at: datetime | None) -> str:
        given = self._named.role(account)
        role = given or role_told(account.kind)
        told_at = NOTHING if at is None else at.timestamp()
        return (
            f"{key}\t{self._shown(network)}\t{escaped(account.id)}\t{escaped(account.handle)}\t{escaped(account.name)}\t"
            f"{escaped(account.url)}\t{'marked' if given else account.kind}\t{role}\t{told_at}\n"
        )

    def _shown(self, network: str) -> str:
        """A network's name as the tables keep it; a file may call it anything."""
        return self._networks.get(network) or self._networks.setdefault(
            network, escaped(network[:LONGEST_NETWORK]) or "file"
        )

    def _tie_line(self, tie: Tie, people: People) -> str:
        source = self._name(tie.network, tie.source, None, people)
        target = self._name(tie.network, tie.target, None, people)
        return f"{tie.kind.value}\t{source}\t{target}\t{tie.weight}\n"

    def _gone_line(self, withdrawn: Gone) -> str:
        w = withdrawn
        key = self._account_key(w.network, w.account_id)
        return f"{key}\t{self._shown(w.network)}\t{escaped(w.account_id)}\t{w.at.timestamp()}\n"


class Versions:
    """The activities of one batch, each once: the newest edition wins, a deletion wins over all."""

    def __init__(self, batch: Prepared) -> None:
        self.kept: dict[str, Activity] = {}
        self.deaths: dict[str, datetime] = {}
        # Rows beside the kept one's own that told something new: an earlier edition, a deletion.
        self.extra: dict[str, int] = {}
        self._batch = batch

    def add(self, key: str, activity: Activity) -> None:
        """Take one more telling of an activity."""
        self._batch.rows += activity.rows
        before = self.kept.setdefault(key, activity)
        if activity.change == "delete":
            self._bury(key, before, activity)
        elif before is not activity:
            self._choose(key, before, activity)

    def _bury(self, key: str, before: Activity, deletion: Activity) -> None:
        died = self.deaths.get(key)
        self.deaths[key] = deletion.at if died is None else min(died, deletion.at)
        if died is not None:
            self._batch.repeated += deletion.rows
        elif before is not deletion:
            self._learn(key, deletion)

    def _choose(self, key: str, before: Activity, now: Activity) -> None:
        if before.change == "delete" or _edition(now) > _edition(before):
            self.kept[key] = now
            self._learn(key, before)
            return
        self._batch.repeated += now.rows
        if _edition(now) == _edition(before) and _differs(now, before):
            self._batch.conflicts.append(now.id)

    def _learn(self, key: str, other: Activity) -> None:
        self.extra[key] = self.extra.get(key, 0) + other.rows


def _edition(activity: Activity) -> float:
    return activity.edited_at.timestamp() if activity.edited_at else float("-inf")


def _differs(one: Activity, other: Activity) -> bool:
    return (one.act, one.actor.id, one.at, one.text) != (other.act, other.actor.id, other.at, other.text)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def _newest(before: tuple[str, Account, datetime | None], account: Account, at: datetime | None) -> Account:
    """What is known of an account told twice: of each field the newest that says something."""
    _network, known, told_at = before
    older = at is None or (told_at is not None and at < told_at)
    new, old = (known, account) if older else (account, known)
    return type(account)(
        id=account.id,
        handle=new.handle or old.handle,
        name=new.name or old.name,
        url=new.url or old.url,
        kind=max(new.kind, old.kind, key=KINDS.index),
    )


#: What a source tells of an account, from the least to the most certain; what a member marked stands above all.
KINDS = ("", "bot", "organisation", "own", "marked")
