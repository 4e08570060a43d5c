"""Customer care conversations: the messages as they are, and the final answer with what is known of its moment.

A conversation has no moment for its answer, only a ``duration``. Checked on the 74 conversations of the public set that
have more than one message: counted from the **first** message it ends after the last one in 60 (81 %); in 11 (15 %) it
ends before it, whole days having been lost; in 3 (4 %) it is negative. So no moment is made up: see ``answer_moment``.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from entourage.networks.activity import Account, Act, Activity, Timing
from entourage.networks.base import Found, Skip
from entourage.networks.moments import iso
from entourage.networks.payload import Json, objects, text

if TYPE_CHECKING:
    from collections.abc import Iterator

NETWORK = "x"  # where these conversations were held
DAY = timedelta(days=1)
_DURATION = re.compile(r"(\d{1,4}):([0-5]?\d):([0-5]?\d)(?:\.\d*)?")


def is_conversation(document: Json) -> bool:
    """Whether a document is such a conversation."""
    return {"messages", "answer", "brand"} <= document.keys()


def conversation(document: Json) -> Iterator[Found]:
    """The messages of a conversation in their order, then its answer."""
    brand = Account(id=text(document, "brand"), handle=text(document, "brand"), kind="organisation")
    thread = text(document, "id")
    if not (brand.id and thread):
        yield Skip("a conversation must have an `id` and a `brand`", field="id", value=thread, cure="Export them too.")
        return
    told: list[Activity] = []
    for number, message in enumerate(objects(document.get("messages"))):
        try:
            said = _message(message, brand=brand, thread=thread, number=number, before=told)
        except Skip as skip:
            yield skip
            continue
        told.append(said)
        yield said
    yield from _answer(document, brand=brand, thread=thread, told=told)


def _message(message: Json, *, brand: Account, thread: str, number: int, before: list[Activity]) -> Activity:
    author, field = text(message, "author"), f"messages[{number}]"
    by_brand = text(message, "by") == "brand" or author == brand.id
    if not author:
        cure = "The source hides it; nothing can be mended here."
        raise Skip("who wrote it must be told", field=f"{field}.author", value=text(message, "by"), cure=cure)
    customers = tuple(dict.fromkeys(said.actor for said in before if said.actor.id != brand.id))
    return Activity(
        network=NETWORK,
        id=f"{thread}/{number}",
        act=Act.REPLY if before else Act.MENTION,
        actor=brand if by_brand else Account(id=author, handle=author),
        at=iso(message.get("at"), field=f"{field}.at"),
        to=customers[-1:] if by_brand else (brand,),
        in_reply_to=before[-1].id if before else "",
        context=f"{thread}/0",
        text=text(message, "text"),
    )


def _answer(document: Json, *, brand: Account, thread: str, told: list[Activity]) -> Iterator[Found]:
    words, asked = text(document, "answer"), [said for said in told if said.actor.id != brand.id]
    if not words:
        return
    if not asked:
        yield Skip(
            "an answer must follow a customer's message", field="answer", value=words, cure="Export the messages too."
        )
        return
    at, timing = answer_moment(*_span(document, told), text(document, "duration"))
    yield Activity(
        network=NETWORK,
        id=f"{thread}/answer",
        act=Act.REPLY,
        actor=brand,
        at=at,
        to=(asked[-1].actor,),
        in_reply_to=asked[-1].id,
        context=f"{thread}/0",
        text=words,
        url=text(document, "answer_url"),
        timing=timing,
    )


def _span(document: Json, told: list[Activity]) -> tuple[datetime, datetime]:
    """The first and the last message's moment; one whose author is hidden has a moment all the same."""
    moments = [said.at for said in told[:1]]
    for message in objects(document.get("messages")):
        try:
            moments.append(iso(message.get("at"), field="at"))
        except Skip:
            continue
    return min(moments), max(moments)


def answer_moment(first: datetime, last: datetime, duration: str) -> tuple[datetime, Timing]:
    """When the answer came, as far as the conversation tells.

    Returns
    -------
    ``first + duration`` (derived) if that is not before the last message; else the same with the least number of whole
    days that puts it there (at that moment or later); else, the duration being unreadable, the last message's moment
    (at that moment or later).

    Examples
    --------
    >>> from datetime import UTC
    >>> noon, evening = datetime(2020, 3, 1, 12, tzinfo=UTC), datetime(2020, 3, 2, 18, tzinfo=UTC)
    >>> answer_moment(noon, evening, "07:00:00.0")[0].isoformat(), answer_moment(noon, noon, "-01:00:00.")[1].value
    ('2020-03-02T19:00:00+00:00', 'after')
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        return last, Timing.AFTER
    hours, minutes, seconds = (int(part) for part in found.groups())
    at = first + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if at >= last:
        return at, Timing.DERIVED
    return at - DAY * ((at - last) // DAY), Timing.AFTER
