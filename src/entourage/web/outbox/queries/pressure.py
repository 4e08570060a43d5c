"""Contact pressure: whom the brand may contact without having been asked, and if not, why and from when on.

The method, why it is so and when it lies: docs/methods/contact-pressure.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, ngettext

from entourage.web.core.templatetags.entourage import clock, number
from entourage.web.listen.queries.speaking import ASKING
from entourage.web.outbox.keys import lot
from entourage.web.outbox.models import Deed, Outgoing, Pressure, Purpose, Sending
from entourage.web.people.models import Kind, Person
from entourage.web.reading.models import Intent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from entourage.web.core.models import Brand

#: What reaches a person; to hide or to take back does not.
REACHING = (Deed.REPLY, Deed.MESSAGE, Deed.LIKE)
#: Rows that are contacts, or will be one: what waits for approval is counted once it is approved.
COUNTED = (Sending.QUEUED, Sending.SENDING, Sending.SENT, Sending.ACCEPTED, Sending.BY_HAND)
#: Of the latest contacts so many are looked at for the page of the rules; what was written long before it was sent by
#: hand, still stands there.
LOOKED_AT, WRITTEN_BEFORE = 1000, timedelta(days=30)
#: A question that nobody answered for so long has lapsed: it no longer holds back a kind word.
WAITS = timedelta(days=14)
#: Messages read as one of these ask for nothing; what is not read yet, or not for certain, may.
ASKS_NOTHING = (Intent.PRAISE, Intent.THANKS, Intent.CONTEST_ENTRY, Intent.SPAM, Intent.CHATTER)

# Who asked something lately that has no answer: none in the log, and none of ours that has left the house. What we
# said is read once for everybody who is asked about, however many questions there are.
_WAITING = """
WITH asked AS MATERIALIZED (
    SELECT asked.id, asked.at, theirs.person_id, theirs.id AS account, page.id AS page,
           coalesce(asked.context, asked.id) AS thread
    FROM listen_account theirs
    JOIN listen_activity asked ON asked.account_id = theirs.id AND asked.at > %(since)s AND asked.at <= %(at)s
    JOIN listen_account page ON page.id = asked.toward_id AND page.role = 'own'
    LEFT JOIN reading_reading read ON read.id = asked.id
    WHERE theirs.brand_id = %(brand)s AND theirs.person_id = ANY(%(people)s) AND asked.deleted_at IS NULL
      AND asked.act = ANY(%(asking)s)
      AND coalesce(read.intent, '') <> ALL(%(nothing)s) AND asked.id IS DISTINCT FROM %(but)s::uuid
      AND NOT EXISTS (SELECT FROM listen_activity said JOIN listen_account ours ON ours.id = said.account_id
                      WHERE said.reply_to = asked.id AND ours.role = 'own' AND said.deleted_at IS NULL)
), told AS MATERIALIZED (
    SELECT said.account_id AS page, said.toward_id AS account, said.context AS thread, max(said.at) AS at
    FROM listen_activity said
    WHERE said.account_id = ANY(ARRAY(SELECT page FROM asked)) AND said.at >= (SELECT min(at) FROM asked)
      AND said.toward_id = ANY(ARRAY(SELECT account FROM asked)) AND said.deleted_at IS NULL
    GROUP BY said.account_id, said.toward_id, said.context
)
SELECT asked.person_id, min(asked.at) FROM asked
WHERE NOT EXISTS (SELECT FROM told WHERE told.page = asked.page AND told.account = asked.account
                    AND told.thread = asked.thread AND told.at >= asked.at)
  AND NOT EXISTS (SELECT FROM outbox_outgoing sent
                  WHERE sent.brand_id = %(brand)s AND sent.person_id = asked.person_id
                    AND sent.account = asked.account AND sent.deed IN ('reply', 'message')
                    AND sent.state IN ('sent', 'accepted') AND sent.sent_at >= asked.at
                    AND (sent.to = asked.id OR sent.context = asked.thread))
GROUP BY asked.person_id
"""


@dataclass(frozen=True, slots=True)
class Room:
    """Whether there is room for one more contact with a person; if not, why, and from when on (if ever)."""

    allowed: bool
    reason: str
    # Contacts that count: those of the days before, and those on their way.
    contacts: int
    next_at: datetime | None
    held_out: bool


def pressure_of(brand: Brand) -> Pressure:
    """The brand's rules; the standard ones where nobody has said any."""
    return Pressure.objects.of(brand).first() or Pressure(brand=brand)


def held_out(brand: Brand | int, person_id: int, share: float) -> bool:
    """Whether this person is among those never contacted first."""
    return lot(brand if isinstance(brand, int) else brand.pk, person_id) < share


def pressure_on(
    brand: Brand,
    person_ids: Iterable[int],
    *,
    at: datetime,
    purpose: str = Purpose.THANKS,
    answers: UUID | None = None,
    but: UUID | None = None,
) -> dict[int, Room]:
    """Whether each of these people may be contacted at a moment without having asked; four queries for any number.

    ``answers`` is the message that would be answered by it: it does not count as left waiting. ``but`` is a row of the
    outbox that is looked at itself, and not counted.
    """
    ids = sorted(set(person_ids))
    rules = pressure_of(brand)
    known = {one.pk: one for one in Person.objects.of(brand).filter(pk__in=ids).only("kind", "left_alone_at")}
    contacts = _contacts(brand, ids, since=at - timedelta(days=max(rules.days, rules.apart_days)), but=but)
    waiting = {} if purpose in rules.while_waiting else waiting_since(brand, ids, at=at, but=answers)
    out = {one: held_out(brand, one, rules.holdout) for one in ids}
    barred = {one: _barred(known.get(one), waiting.get(one), out=out[one]) for one in ids}
    return {one: _room(rules, contacts.get(one, []), barred[one], out=out[one], at=at) for one in ids}


def waiting_since(
    brand: Brand, person_ids: Iterable[int], *, at: datetime, but: UUID | None = None
) -> dict[int, datetime]:
    """Since when each of these people waits for an answer of ours; who does not wait is left out."""
    given: dict[str, Any] = {
        "brand": brand.pk,
        "people": list(person_ids),
        "at": at,
        "since": at - WAITS,
        "asking": list(ASKING),
        "nothing": [str(intent) for intent in ASKS_NOTHING],
        "but": but,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, given)
        return dict(cursor.fetchall())


def _contacts(brand: Brand, ids: list[int], *, since: datetime, but: UUID | None) -> dict[int, list[datetime]]:
    """When each person was, or will be, contacted first: the oldest first, from ``since`` on."""
    rows = (
        Outgoing.objects.of(brand)
        .filter(person_id__in=ids, deed__in=REACHING, state__in=COUNTED)
        .exclude(purpose=Purpose.ANSWER)
        .exclude(pk=but)
        .annotate(moment=Coalesce("sent_at", "due_at"))
        .filter(moment__gt=since)
        .order_by("moment")
    )
    found: dict[int, list[datetime]] = {}
    for person_id, moment in rows.values_list("person_id", "moment"):
        found.setdefault(person_id, []).append(moment)
    return found


def _room(rules: Pressure, moments: list[datetime], barred: str, *, out: bool, at: datetime) -> Room:
    counted = sum(moment > at - timedelta(days=rules.days) for moment in moments)
    free_at = None if barred else _free_at(rules, moments, at=at)
    full = free_at is None or free_at > at
    reason = barred or (_full(rules, moments, counted, free_at) if full else "")
    return Room(allowed=not reason, reason=reason, contacts=counted, next_at=free_at if reason else None, held_out=out)


def _barred(person: Person | None, waits_since: datetime | None, *, out: bool) -> str:
    """Why this person is not contacted first at all, whatever was sent before."""
    if person is not None and person.left_alone_at is not None:
        return gettext("They asked to be left alone: they are answered, and never contacted first.")
    if person is not None and person.kind != Kind.PUBLIC:
        return gettext("They are marked as staff or a bot: only the public is contacted first.")
    if out:
        return gettext(
            "They are among those drawn to be left out, so that what contacts bring can be proven: they are answered, "
            "and never contacted first."
        )
    if waits_since is not None:
        return gettext("They have waited for an answer since %(since)s: answer first.") % {"since": clock(waits_since)}
    return ""


def _free_at(rules: Pressure, moments: list[datetime], *, at: datetime) -> datetime | None:
    """From when on one more contact keeps the rules; ``at`` where it does now, none where it never will."""
    if rules.most <= 0:
        return None
    free = at
    if len(moments) >= rules.most:
        # Once the oldest of the last ``most`` is so many days old, one fewer than ``most`` is left to count.
        free = max(free, moments[-rules.most] + timedelta(days=rules.days))
    if moments:
        free = max(free, moments[-1] + timedelta(days=rules.apart_days))
    return free


def _full(rules: Pressure, moments: list[datetime], counted: int, free_at: datetime | None) -> str:
    if free_at is None:
        return gettext("This brand contacts nobody first. The rules of contact pressure say so.")
    if counted >= rules.most:
        return ngettext(
            "They have heard from us %(contacts)s time in %(days)s days, which is the most. Free again on %(free)s.",
            "They have heard from us %(contacts)s times in %(days)s days, which is the most. Free again on %(free)s.",
            counted,
        ) % {"contacts": number(counted), "days": number(rules.days), "free": clock(free_at)}
    return ngettext(
        "They heard from us on %(last)s, and %(days)s day must lie between two contacts. Free again on %(free)s.",
        "They heard from us on %(last)s, and %(days)s days must lie between two contacts. Free again on %(free)s.",
        rules.apart_days,
    ) % {"last": clock(moments[-1]), "days": number(rules.apart_days), "free": clock(free_at)}


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody who has heard from the brand lately without having asked."""

    person: Person
    last_at: datetime
    room: Room


def pressed(brand: Brand, *, at: datetime, most: int = 50) -> list[Pressed]:
    """Who was contacted first within the days that count, or will be; the latest first, always seven queries."""
    since = at - timedelta(days=pressure_of(brand).days)
    rows = (
        Outgoing.objects.of(brand)
        .filter(deed__in=REACHING, state__in=COUNTED, person_id__isnull=False, created_at__gt=since - WRITTEN_BEFORE)
        .exclude(purpose=Purpose.ANSWER)
        .annotate(moment=Coalesce("sent_at", "due_at"))
        .order_by("-created_at")
    )
    last: dict[int, datetime] = {}
    for person_id, moment in rows.values_list("person_id", "moment")[:LOOKED_AT]:
        if moment > since:
            last[person_id] = max(moment, last.get(person_id, moment))
    latest = sorted(last, key=lambda one: last[one], reverse=True)[:most]
    people = Person.objects.of(brand).in_bulk(latest)
    rooms = pressure_on(brand, people, at=at)
    return [Pressed(people[one], last[one], rooms[one]) for one in latest if one in people]
