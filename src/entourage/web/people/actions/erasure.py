"""Erasing a person: every row that is theirs goes, and what could bring them back is told to stay out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from django.db import connection, transaction

from entourage.web.core.actions import record
from entourage.web.core.jobs import defer
from entourage.web.core.models import AuditEvent
from entourage.web.listen.actions import BLANK, NOBODY, Traces, forget_in_imports, intake_lock
from entourage.web.listen.keys import fingerprint
from entourage.web.listen.models import Account, Activity, Erased, Tie
from entourage.web.people.actions.locking import people_lock, standings_lock
from entourage.web.people.actions.naming import forget_in_names
from entourage.web.people.models import Person, Segment, Standing
from entourage.web.reading.actions import forget as forget_readings

#: A shorter word of a name is a search for many.
SEARCHED = 4

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from entourage.web.core.models import Member

#: What members write, by table: its columns, and which rows; and the searches that they keep there.
_WRITTEN: dict[str, tuple[tuple[str, ...], str]] = {"reading_finding": (("title",), "true")}
_SEARCHES: list[Any] = [Segment]
#: What else rooms above do about an erased person's names.
_FORGETTING: list[Callable[[int, Traces], None]] = []


def also_cleaned(table: str, *columns: str, where: str = "true") -> None:
    """Have an erased person's names taken out of what members wrote in a room above; said once, when it is loaded."""
    _WRITTEN[table] = (columns, where)


def also_searched(searches: Any) -> None:
    """Have saved searches of a room above for exactly an erased person removed: rows with a ``query``."""
    if searches not in _SEARCHES:
        _SEARCHES.append(searches)


def also_forgetting(forget: Callable[[int, Traces], None]) -> None:
    """Have a room above forget in its own way what names an erased person: told the brand and their traces."""
    if forget not in _FORGETTING:
        _FORGETTING.append(forget)


# What the brands wrote, and what anybody wrote to the person: only these are searched for their name.
_CLEAN = """
UPDATE listen_activity told
SET text = regexp_replace(told.text, %(named)s, %(blank)s, 'gi'),
    tags = CASE WHEN told.tags IS NULL THEN NULL
                ELSE ARRAY(SELECT tag FROM unnest(told.tags) tag WHERE tag !~* %(named)s) END
WHERE told.brand_id = %(brand)s AND told.text ~* %(named)s
  AND (told.account_id = ANY(%(brands)s) OR told.reply_to = ANY(%(messages)s)
       OR told.toward_id = ANY(%(accounts)s) OR told.addressed && %(accounts)s)
"""
# The same of the names of files and of the words about them; files turned to the person go with the turning away.
_CLEAN_FILES = """
UPDATE listen_attachment file
SET name = regexp_replace(file.name, %(named)s, %(blank)s, 'gi'),
    alt = regexp_replace(file.alt, %(named)s, %(blank)s, 'gi')
FROM listen_activity told
WHERE told.id = file.activity AND told.brand_id = %(brand)s AND (file.name ~* %(named)s OR file.alt ~* %(named)s)
  AND (told.account_id = ANY(%(brands)s) OR told.reply_to = ANY(%(messages)s)
       OR told.toward_id = ANY(%(accounts)s) OR told.addressed && %(accounts)s)
"""
# An answer's subject repeats what the person wrote over theirs; elsewhere only their name goes.
_FORGET_SUBJECTS = """
DELETE FROM listen_subject heading USING listen_activity told
WHERE told.id = heading.activity AND told.brand_id = %(brand)s
  AND (told.reply_to = ANY(%(messages)s) OR told.toward_id = ANY(%(accounts)s) OR told.addressed && %(accounts)s)
"""
_CLEAN_SUBJECTS = """
UPDATE listen_subject heading SET text = regexp_replace(heading.text, %(named)s, %(blank)s, 'gi')
FROM listen_activity told
WHERE told.id = heading.activity AND told.brand_id = %(brand)s AND heading.text ~* %(named)s
  AND told.account_id = ANY(%(brands)s)
"""
_CLEAN_WRITTEN = """
UPDATE {table} SET {column} = regexp_replace({column}, %(named)s, %(blank)s, 'gi')
WHERE brand_id = %(brand)s AND {column} ~* %(named)s AND {where}
"""
_TURN_AWAY = """
UPDATE listen_activity told
SET toward_id = CASE WHEN told.toward_id = ANY(%(accounts)s) THEN %(nobody)s::uuid ELSE told.toward_id END,
    addressed = CASE WHEN told.addressed IS NULL THEN NULL
                     ELSE ARRAY(SELECT one FROM unnest(told.addressed) one WHERE one <> ALL(%(accounts)s)) END
WHERE told.brand_id = %(brand)s AND (told.toward_id = ANY(%(accounts)s) OR told.addressed && %(accounts)s)
"""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure removed: counts only, for there is nothing else left to say."""

    accounts: int
    activities: int
    cleaned: int


@transaction.atomic
def erase(*, person: Person, by: Member | None, at: datetime) -> Erasure:
    """Forget this person: accounts, messages, ties and standing go, and a later import does not bring them back.

    What the brand wrote to them stays, without their handle and name, its subject and its files. The trail keeps that
    somebody was erased, never who. Doing it twice changes nothing.
    """
    brand = person.brand_id
    # An import or a run of the scores beside us must not bring half of them back.
    intake_lock(brand)
    standings_lock(brand)
    people_lock(brand)
    accounts: list[Account] = list(Account.objects.of(brand).filter(person_id=person.pk))
    ids = [account.pk for account in accounts]
    Erased.objects.bulk_create(
        [Erased(brand_id=brand, fingerprint=fingerprint(key), at=at) for key in ids], ignore_conflicts=True
    )
    traces = Traces.of(((one.network_id, one.handle, one.name, one.url) for one in accounts), name=person.name)
    cleaned = _clean(brand, ids, traces) if accounts else 0
    if accounts:
        _clean_written(brand, traces)
        forget_in_names(brand, traces)
        for forget in _FORGETTING:
            forget(brand, traces)
    _forget_searches(brand, traces)
    AuditEvent.objects.of(brand).filter(what="account.marked", subject__in=[str(key) for key in ids]).update(subject="")
    Tie.objects.of(brand).filter(source__in=ids).delete()
    Tie.objects.of(brand).filter(target__in=ids).delete()
    # What was read in their messages goes with the messages: the database itself keeps that.
    forget_readings(brand=brand, activities=_messages(brand, ids))
    activities, _ = Activity.objects.of(brand).filter(account__in=ids).delete()
    Account.objects.of(brand).filter(pk__in=ids).delete()
    Standing.objects.of(brand).filter(person_id=person.pk).delete()
    gone, _ = Person.objects.of(brand).filter(pk=person.pk).delete()
    if gone or ids:
        record(brand=person.brand, by=by, at=at, what="person.erased", subject=person.pk)
        number = person.pk
        transaction.on_commit(lambda: forget_in_imports(brand, traces))
        # A room above: called by its name.
        transaction.on_commit(lambda: defer("results.forget", brand_id=brand, person_id=number))
    return Erasure(accounts=len(ids), activities=activities, cleaned=cleaned)


def _clean(brand: int, ids: list[UUID], traces: Traces) -> int:
    """Take the person's handles and name out of what others wrote to them; how many messages were changed."""
    values: dict[str, Any] = {
        "brand": brand,
        "accounts": ids,
        "brands": _brand_accounts(brand),
        "messages": _messages(brand, ids),
        "named": traces.pattern,
        "blank": BLANK,
        "nobody": NOBODY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLEAN, values)
        cleaned = int(cursor.rowcount)
        for statement in (_CLEAN_FILES, _FORGET_SUBJECTS, _CLEAN_SUBJECTS, _TURN_AWAY):
            cursor.execute(statement, values)
    return cleaned


def _clean_written(brand: int, traces: Traces) -> None:
    """Take the person's names out of what members wrote about and to others, too."""
    values: dict[str, Any] = {"brand": brand, "named": traces.pattern, "blank": BLANK}
    with connection.cursor() as cursor:
        for table, (columns, where) in _WRITTEN.items():
            for column in columns:
                cursor.execute(_CLEAN_WRITTEN.format(table=table, column=column, where=where), values)


def _forget_searches(brand: int, traces: Traces) -> None:
    """Remove the saved searches for exactly this person."""
    told = {word.casefold() for word in traces.handles | traces.names}
    words = told | {word for name in told for word in name.split() if len(word) >= SEARCHED}
    for kept in _SEARCHES:
        for search in kept.objects.of(brand).filter(query__contains="q="):
            asked = parse_qs(search.query).get("q", [""])[0]
            if asked.removeprefix("@").casefold() in words:
                search.delete()


def _messages(brand: int, accounts: list[UUID]) -> list[UUID]:
    return list(Activity.objects.of(brand).filter(account__in=accounts).values_list("pk", flat=True))


def _brand_accounts(brand: int) -> list[UUID]:
    return list(Account.objects.of(brand).exclude(role="public").values_list("pk", flat=True))
