"""A small world for the tests of pages: a brand, its team, and the same four people everywhere.

Ann is close, Bob is hollow, Cyd is a relay, Dee is vehement.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from entourage.web.core import models as core
from entourage.web.listen import models as listen
from entourage.web.listen.keys import account_key, activity_key
from entourage.web.people import models as people

if TYPE_CHECKING:
    from django.test import Client

# A Monday morning.
AT = datetime(2026, 3, 16, 9, tzinfo=UTC)
PASSWORD = "a calm, well-lit workshop"


def user(email: str = "olga@example.org", **fields: Any) -> core.User:
    """Somebody who can sign in with ``PASSWORD``; the same address is the same user."""
    return core.User.objects.filter(email=email).first() or core.User.objects.create_user(email, PASSWORD, **fields)


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
    key = UUID(bytes=account_key(of.pk, network, handle))
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


def standing(who: people.Person, weeks: float = 6.0, **fields: Any) -> people.Standing:
    """A standing that hangs together: the ring follows from the weeks, the interval surrounds them."""
    ring = 3 if weeks >= 6.5 else 2 if weeks >= 3 else 1 if weeks >= 1 else 0
    known = {
        "weeks": weeks, "low": max(weeks - 2, 0), "high": min(weeks + 2, 13), "p_alive": 0.9, "ring": ring,
        "engaged": 8, "opportunities": 13, "acts": 12, "first_at": datetime(2025, 12, 15, tzinfo=UTC), "last_at": AT,
        "asked": 4, "answered": 3,
    }  # fmt: skip
    return people.Standing.objects.create(person=who, brand=who.brand, **{**known, **fields})
