"""A brand that is written to, and its conversations as they stand now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.web import world

from entourage.web.inbox.actions import thread
from entourage.web.inbox.models import Conversation, Step
from entourage.web.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member
    from entourage.web.listen.models import Account, Activity

AT = world.AT
HOUR = timedelta(hours=1)


def page(brand: Brand) -> Account:
    from entourage.web.listen.models import Account

    found = Account.objects.of(brand).filter(handle="ourpage").first()
    return found or world.account(brand, "ourpage", role="own")


def person(brand: Brand, name: str) -> Person:
    return Person.objects.of(brand).filter(name=name).first() or world.person(brand, name)


def asks(brand: Brand, name: str, text: str = "", *, at: datetime = AT, intent: str = "", **read: Any) -> Activity:
    """Somebody writes to us in a thread of their own; read where an intent or anything else is told."""
    said = world.act(person(brand, name), "comment", at, toward=page(brand), text=text or f"{name} asks")
    if intent or read:
        world.reading(said, read.pop("sign", None), intent, **read)
    return said


def answers(asked: Activity, *, at: datetime, **fields: Any) -> Activity:
    return world.act(page(asked.brand), "reply", at, toward=asked.account, reply_to=asked, text="Answer", **fields)


def again(asked: Activity, *, at: datetime, intent: str = "", text: str = "And?", **read: Any) -> Activity:
    said = world.act(asked.account, "comment", at, toward=page(asked.brand), reply_to=asked, text=text)
    if intent:
        world.reading(said, read.pop("sign", None), intent, **read)
    return said


def threaded(brand: Brand, *, now: datetime = AT + HOUR) -> dict[str, Conversation]:
    """The conversations by the name of whoever writes; of several, the latest."""
    thread(brand, now=now)
    names = dict(Person.objects.of(brand).values_list("pk", "name"))
    rows = Conversation.objects.of(brand).order_by("last_in_at", "pk")
    return {names[one.person_id]: one for one in rows}


def agent(brand: Brand, name: str) -> Member:
    return world.member(brand, "agent", email=f"{name}@{brand.slug}.example")


def steps(one: Conversation) -> list[tuple[str, Any]]:
    """What the service did, in order."""
    return list(
        Step.objects.of(one.brand_id).filter(conversation=one, by=None).order_by("pk").values_list("what", "detail")
    )
