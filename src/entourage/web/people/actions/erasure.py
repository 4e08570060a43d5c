"""Erasing a person: every row that is theirs goes, and what could bring them back is told to stay out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from entourage.web.core.actions import record
from entourage.web.listen.actions import intake_lock
from entourage.web.listen.keys import fingerprint
from entourage.web.listen.models import Account, Activity, Erased, Tie
from entourage.web.people.actions.locking import standings_lock
from entourage.web.people.models import Person, Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from entourage.web.core.models import Member

#: What stands in a message where somebody who was erased was named.
BLANK = "[…]"
#: Turned to somebody who was erased: nobody any more, and still not to us.
NOBODY = "00000000-0000-0000-0000-000000000000"

# Messages of the brands, and answers to the person's own messages: only these are searched for their name.
_CLEAN = """
UPDATE listen_activity told
SET text = regexp_replace(told.text, %(named)s, %(blank)s, 'gi'),
    tags = CASE WHEN told.tags IS NULL THEN NULL
                ELSE ARRAY(SELECT tag FROM unnest(told.tags) tag WHERE tag !~* %(named)s) END
WHERE told.brand_id = %(brand)s AND told.text ~* %(named)s
  AND (told.account_id = ANY(%(brands)s) OR told.reply_to = ANY(%(messages)s))
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

    What the brand wrote to them stays, without their handle and name. The trail keeps that somebody was erased, never
    who. Doing it twice changes nothing.
    """
    brand = person.brand_id
    # An import or a run of the scores beside us must not bring half of them back.
    intake_lock(brand)
    standings_lock(brand)
    accounts: list[Account] = list(Account.objects.of(brand).filter(person_id=person.pk))
    ids = [account.pk for account in accounts]
    Erased.objects.bulk_create(
        [Erased(brand_id=brand, fingerprint=fingerprint(key), at=at) for key in ids], ignore_conflicts=True
    )
    cleaned = _clean(brand, accounts, person) if accounts else 0
    Tie.objects.of(brand).filter(source__in=ids).delete()
    Tie.objects.of(brand).filter(target__in=ids).delete()
    activities, _ = Activity.objects.of(brand).filter(account__in=ids).delete()
    Account.objects.of(brand).filter(pk__in=ids).delete()
    Standing.objects.of(brand).filter(person_id=person.pk).delete()
    gone, _ = Person.objects.of(brand).filter(pk=person.pk).delete()
    if gone or ids:
        record(brand=person.brand, by=by, at=at, what="person.erased", subject=person.pk)
    return Erasure(accounts=len(ids), activities=activities, cleaned=cleaned)


def _clean(brand: int, accounts: Sequence[Account], person: Person) -> int:
    """Take the person's handles and name out of what others wrote to them; how many messages were changed."""
    ids = [account.pk for account in accounts]
    values: dict[str, Any] = {
        "brand": brand,
        "accounts": ids,
        "brands": _brand_accounts(brand),
        "messages": list(Activity.objects.of(brand).filter(account__in=ids).values_list("pk", flat=True)),
        "named": naming(accounts, person),
        "blank": BLANK,
        "nobody": NOBODY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLEAN, values)
        cleaned = int(cursor.rowcount)
        cursor.execute(_TURN_AWAY, values)
    return cleaned


def naming(accounts: Sequence[Account], person: Person) -> str:
    """Match what names this person in a message: @handles, links to the account, and full names of two words.

    A handle without its sign or a first name alone may be anybody, or an ordinary word.
    """
    handles = {account.handle.lstrip("@") for account in accounts} | {account.network_id for account in accounts}
    names = {account.name for account in accounts} | {person.name}
    signs = [f"@{re.escape(handle)}" for handle in sorted(handles) if handle]
    links = [re.escape(account.url) for account in accounts if account.url]
    full = [re.escape(name) for name in sorted(names) if len(name.split()) > 1]
    # A word must end where the name ends: @ann is not @annabel.
    return "(?:" + "|".join(sorted(signs + links + full, key=len, reverse=True)) + r")(?![[:alnum:]_])"


def _brand_accounts(brand: int) -> list[UUID]:
    return list(Account.objects.of(brand).exclude(role="public").values_list("pk", flat=True))
