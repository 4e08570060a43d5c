"""A brand with thirteen quiet weeks, and an afternoon on which many people are angry about the same two things."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.web import world

from entourage.web.listen.models import Activity
from entourage.web.reading.keys import text_key
from entourage.web.reading.models import Reading

if TYPE_CHECKING:
    from tests.web.inbox.talk import Talk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEAK = ("the kettle leaks", "my kettle leaks again", "this kettle leaks")
LATE = ("my parcel never came", "the parcel never came", "parcel never came, where is it")
USUAL = ("where can I buy this tea", "is the green tea organic", "which tea for the evening", "do you ship to Lille")


def quiet(talk: Talk, *, weeks: int = 13, every: timedelta = 6 * HOUR) -> None:
    """One question every six hours, and one complaint a day, until the brand's moment."""
    asker = talk.who("Bob")
    acts, read = [], []
    for number in range(int(weeks * 7 * DAY / every)):
        against = number % 4 == 0
        text = "too dear" if against else USUAL[number % 4]
        act = Activity(
            id=uuid4(), brand=talk.brand, account=asker, network="x", network_id=f"quiet-{number}", act="mention",
            at=world.AT - (number + 1) * every, toward=talk.page, text=text,
        )  # fmt: skip
        act.context = act.id
        acts.append(act)
        read.append(
            Reading(
                activity=act, brand=talk.brand, account=asker, at=act.at, language="en", vehemence=0, reader="test",
                negative=900 if against else 50, neutral=50, positive=50, text_key=text_key(text),
                sign=-1 if against else 0, intent="complaint" if against else "care_question",
            )
        )  # fmt: skip
    Activity.objects.bulk_create(acts)
    Reading.objects.bulk_create(read)


def burst(talk: Talk, *, people: int = 24, ago: float = 0.5) -> None:
    """Angry messages of so many people within the last hour, half about a kettle, half about a parcel."""
    for number in range(people):
        text = (LEAK if number % 2 else LATE)[number // 2 % 3] + "!" * (number // 6)
        talk.one(f"burst{number}", ago - number / 1000, f"Eve{number}", intent="complaint", text=text)
    talk.clock()


def later(talk: Talk, hours: float) -> datetime:
    """Time goes on without anybody writing: the brand's moment moves."""
    at = world.AT + hours * HOUR
    talk.clock(at)
    return at + timedelta(seconds=2)
