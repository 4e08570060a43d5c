"""Answering a person who asks what is kept about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.forms.models import model_to_dict

from entourage.web.core.actions import record
from entourage.web.core.models import AuditEvent
from entourage.web.listen.models import Account, Activity, Attachment, Tie
from entourage.web.people.models import Standing
from entourage.web.reading.models import FindingMessage, Reading, TopicMessage, Vector

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from entourage.web.core.models import Member
    from entourage.web.people.models import Person

_TOLD = ("network", "network_id", "act", "at", "text", "url", "language", "tags", "rating", "edited_at", "deleted_at")
_READ = (
    "activity__network_id", "at", "language", "negative", "neutral", "positive", "sign", "vehemence", "intent",
    "department", "lesson", "corrected",
)  # fmt: skip

# What rooms above keep about a person, by the word under which it is told.
_ALSO: dict[str, Callable[[Person], list[dict[str, Any]]]] = {}


def also_kept(word: str, rows: Callable[[Person], list[dict[str, Any]]]) -> None:
    """Have what a room above keeps about a person told with all else, under this word; said once, when it is loaded."""
    _ALSO[word] = rows


@transaction.atomic
def access(*, person: Person, by: Member | None, at: datetime) -> dict[str, Any]:
    """Gather all that is kept about one person, as plain values for a JSON file; the trail says that it was asked."""
    brand = person.brand_id
    accounts = Account.objects.of(brand).filter(person_id=person.pk)
    keys = list(accounts.values_list("pk", flat=True))
    said = Activity.objects.of(brand).filter(account__in=keys).order_by("at", "pk")
    events = AuditEvent.objects.of(brand).filter(what__startswith="person.", subject=str(person.pk)).order_by("at")
    standing = Standing.objects.of(brand).filter(person=person).first()
    found = {
        "brand": person.brand.name,
        "as_of": at,
        "person": {
            "name": person.name,
            "handles": person.handles,
            "kind": person.kind,
            "left_alone_at": person.left_alone_at,
            "met_at": person.met_at,
        },
        "accounts": list(
            accounts.order_by("network", "network_id").values("network", "network_id", "handle", "name", "url")
        ),
        "standing": model_to_dict(standing, exclude=["person", "brand"]) if standing else None,
        "activities": list(said.values(*_TOLD)),
        "files_with_their_messages": _files(brand, list(said.values_list("pk", "network_id"))),
        "read_in_their_messages": list(
            Reading.objects.of(brand).filter(account__in=keys).order_by("at", "pk").values(*_READ)
        ),
        **_meant(brand, keys),
        "answered_by_the_brand": _answers(brand, list(said.values_list("pk", flat=True))),
        "ties": _ties(brand, keys),
        "what_was_done": list(events.values("at", "what")),
        **{word: rows(person) for word, rows in _ALSO.items()},
    }
    record(brand=person.brand, by=by, at=at, what="person.exported", subject=person.pk)
    return found


def _meant(brand: int, keys: list[Any]) -> dict[str, list[dict[str, Any]]]:
    """How near each message is to what the brand does, and the topics and lessons that messages stand in."""
    near = Vector.objects.of(brand).filter(account__in=keys, nearness__isnull=False).order_by("at", "pk")
    topics = (
        TopicMessage.objects.of(brand).filter(activity__account__in=keys).order_by("topic__week", "topic", "activity")
    )
    lessons = FindingMessage.objects.of(brand).filter(activity__account__in=keys).order_by("finding", "activity")
    return {
        "nearness_of_their_messages": list(near.values("activity__network_id", "at", "nearness")),
        "topics_that_they_stand_in": list(topics.values("activity__network_id", "topic__week", "topic__words")),
        "lessons_that_they_stand_in": list(
            lessons.values("activity__network_id", "finding__kind", "finding__title", "finding__words")
        ),
    }


def _files(brand: int, said: list[tuple[Any, str]]) -> list[dict[str, Any]]:
    """What came with their messages, without the bytes: these are downloaded from the conversation."""
    ids = dict(said)
    rows = Attachment.objects.of(brand).filter(activity__in=list(ids)).order_by("activity", "place")
    return [
        {"activity__network_id": ids[row.pop("activity")], **row}
        for row in rows.values("activity", "name", "kind", "alt", "url", "size", "width", "height")
    ]


def _answers(brand: int, messages: list[Any]) -> list[dict[str, Any]]:
    answers = Activity.objects.of(brand).filter(reply_to__in=messages).exclude(account__role="public")
    return list(answers.order_by("at", "pk").values("network", "network_id", "at", "text"))


def _ties(brand: int, keys: list[Any]) -> list[dict[str, Any]]:
    out = Tie.objects.of(brand).filter(source__in=keys).values("kind", "weight", "target__handle")
    into = Tie.objects.of(brand).filter(target__in=keys).values("kind", "weight", "source__handle")
    return [*out.order_by("kind", "pk"), *into.order_by("kind", "pk")]
