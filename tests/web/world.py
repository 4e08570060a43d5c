"""A small world for the tests of pages: a brand, its team, and the same four people everywhere.

Ann is close, Bob is hollow, Cyd is a relay, Dee is vehement.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from entourage.web.core import models as core
from entourage.web.listen import models as listen
from entourage.web.listen.keys import account_keys, activity_key
from entourage.web.people import models as people
from entourage.web.reading import models as readings
from entourage.web.reading.keys import text_key

if TYPE_CHECKING:
    from django.test import Client

# A Monday morning.
AT = datetime(2026, 3, 16, 9, tzinfo=UTC)
PASSWORD = "a calm, well-lit workshop"


def user(email: str = "olga@example.org", **fields: Any) -> core.User:
    """Somebody who can sign in with ``PASSWORD``; the same address is the same user."""
    return core.User.objects.filter(email=email).first() or core.User.objects.create_user(email, PASSWORD, **fields)


def counted() -> None:
    """Have the server count the rows of every table, also of those that are joined.

    It plans by the last count, and that outlives the test that asked for it: of a table that was empty then, a plan
    expects no row at all.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def brand(slug: str = "tea", **fields: Any) -> core.Brand:
    return core.Brand.objects.create(slug=slug, **{"name": slug.title(), "goals": ["image"], **fields})


def member(of: core.Brand, role: str = "owner", email: str | None = None) -> core.Member:
    """A member of the brand in this role, by default the one whose address says both."""
    who = user(email or f"{role}@{of.slug}.example")
    return core.Member.objects.create(brand=of, user=who, role=role)


def signed_in(client: Client, who: core.Member) -> Client:
    client.force_login(who.user)
    return client


def account(
    of: core.Brand,
    handle: str,
    *,
    network: str = "x",
    role: str = "public",
    person: people.Person | None = None,
    **fields: Any,
) -> listen.Account:
    """An account whose id on the network is its handle."""
    key = UUID(bytes=account_keys(of.pk)(network, handle))
    known = {
        "brand": of,
        "network": network,
        "network_id": handle,
        "handle": handle,
        "name": handle.title(),
        "role": role,
    }
    person_id = person.pk if person else None
    return listen.Account.objects.create(id=key, **{**known, "person_id": person_id, **fields})


def person(of: core.Brand, name: str, *, network: str = "x", **fields: Any) -> people.Person:
    """A person with one account, whose handle is the name in small letters."""
    handle = name.lower().replace(" ", ".")
    known = {"brand": of, "name": name, "sort_name": name.lower(), "handles": handle, "networks": network}
    made = people.Person.objects.create(**{**known, **fields})
    account(of, handle, network=network, person=made, name=name)
    return made


def account_of(who: people.Person) -> listen.Account:
    """The person's first account."""
    return listen.Account.objects.of(who.brand).filter(person_id=who.pk).order_by("network", "handle")[0]


_acts = iter(range(1, 1_000_000))


def act(
    by: listen.Account | people.Person,
    what: str = "comment",
    at: datetime = AT,
    *,
    toward: listen.Account | None = None,
    text: str = "",
    reply_to: listen.Activity | None = None,
    **fields: Any,
) -> listen.Activity:
    """An activity; a reply stands in the conversation of what it answers."""
    who = account_of(by) if isinstance(by, people.Person) else by
    network_id = fields.pop("network_id", f"act-{next(_acts)}")
    key = UUID(bytes=activity_key(who.brand_id, who.network, network_id))
    place = {
        "reply_to": reply_to.pk if reply_to else None,
        "context": (reply_to.context or reply_to.pk) if reply_to else key,
    }
    known = {
        "brand": who.brand,
        "account": who,
        "network": who.network,
        "network_id": network_id,
        "act": what,
        "at": at,
    }
    return listen.Activity.objects.create(id=key, **{**known, **place, "toward": toward, "text": text, **fields})


def reading(of: listen.Activity, sign: int | None, intent: str = "", **fields: Any) -> readings.Reading:
    """What was read in an activity: for (1), against (-1), neither (0), or nothing for certain (None)."""
    shares = {1: (50, 50, 900), 0: (50, 900, 50), -1: (900, 50, 50), None: (300, 400, 300)}[sign]
    known = {
        "brand": of.brand, "account": of.account, "at": of.at, "language": "en", "sign": sign, "intent": intent,
        "vehemence": 600 if sign == -1 else 0, "department": readings.DEPARTMENTS.get(intent, ""), "lesson": "",
        "reader": "test", "text_key": text_key(of.text),
        **dict(zip(("negative", "neutral", "positive"), shares, strict=True)),
    }  # fmt: skip
    return readings.Reading.objects.create(activity=of, **{**known, **fields})


def gathered(of: listen.Activity, word: str) -> None:
    """A week with a topic, a finding and a territory, all of them about one message."""
    told = {"words": [word], "messages": 6, "people": 3, "different": 5, "times": 2.0, "low": 1.1, "high": 3.5}
    where = {"brand": of.brand, "activity": of, "account": of.account, "nearness": 900}
    week = (AT - timedelta(days=AT.weekday())).date()
    topic = readings.Topic.objects.create(brand=of.brand, week=week, nearness=700, **told)
    readings.TopicMessage.objects.create(topic=topic, **where)
    readings.TopicWeek.objects.create(brand=of.brand, week=week, messages=20, made_at=AT)
    finding = readings.Finding.objects.create(brand=of.brand, kind="how_to", weeks=[0] * 12 + [6], **told)
    readings.FindingMessage.objects.create(finding=finding, **where)
    counts = {"at": AT.isoformat(), "rings": {"3": [10, 6]}, "weeks": [[10, 6]] * 13}
    readings.Territory.objects.create(
        brand=of.brand, given=[word], kept=b"kept", texts=40, most=200, counts=counts, made_at=AT
    )
    readings.Indexing.objects.create(brand=of.brand, finished_at=AT)


def said(who: people.Person, signs: str, *, toward: listen.Account | None = None, weeks: int = 1) -> None:
    """Judged comments of a person, one for each character and the last of them ``weeks`` ago: + - o, or ? unjudged."""
    for back, sign in enumerate(reversed(signs)):
        at = AT - timedelta(weeks=weeks + back)
        told = act(who, "comment", at, toward=toward, text=f"{who.name} {sign} {back}")
        reading(told, {"+": 1, "-": -1, "o": 0, "?": None}[sign])


def standing(who: people.Person, weeks: float = 6.0, **fields: Any) -> people.Standing:
    """A standing that hangs together: the ring follows from the weeks, the interval surrounds them."""
    ring = 3 if weeks >= 6.5 else 2 if weeks >= 3 else 1 if weeks >= 1 else 0
    known = {
        "weeks": weeks, "low": max(weeks - 2, 0), "high": min(weeks + 2, 13), "p_alive": 0.9, "ring": ring,
        "engaged": 8, "opportunities": 13, "acts": 12, "first_at": datetime(2025, 12, 15, tzinfo=UTC), "last_at": AT,
        "asked": 4, "answered": 3, "name": "regular" if ring >= 2 else "unknown",
    }  # fmt: skip
    return people.Standing.objects.create(person=who, brand=who.brand, **{**known, **fields})
