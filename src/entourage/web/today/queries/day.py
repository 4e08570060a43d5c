"""A member's Today: who could be on it, what each is worth, and what fits into the minutes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from entourage.web.people.queries import horizon_of
from entourage.web.reading.models import MILLE, Sign
from entourage.web.today.models import PassedOver
from entourage.web.today.queries.approving import Held, to_approve
from entourage.web.today.queries.candidates import (
    Waiting,
    introduced,
    minutes_of,
    named_in,
    pledges_of,
    reach_of,
    waiting,
)
from entourage.web.today.queries.errands import Errand, errands
from entourage.web.today.queries.planning import Job, Plan, plan
from entourage.web.today.queries.thanks import Deserving, thankworthy

if TYPE_CHECKING:
    from entourage.web.core.models import Brand, Member
    from entourage.web.inbox.models import Conversation, Note
    from entourage.web.outbox.models import Outgoing
    from entourage.web.today.models import Pledge

#: Minutes of the other things, until somebody has measured them: a promise is looked up and told, others are read.
PLEDGE_MIN, THANKS_MIN, NOTE_MIN, APPROVAL_MIN = 5.0, 2.0, 1.0, 1.0
#: A colleague who asks waits for a person: worth what somebody unknown is who is angry and has waited a week. A word
#: that was given is worth as much for each of its minutes.
NOTE_WORTH = 8.0
WEEK = timedelta(weeks=1)
#: Waiting longer than this makes nobody more urgent: who has waited for a month has given up.
LONGEST = 4.0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: what kind, about whom, for how many minutes, worth how much, and by when."""

    kind: str  # answer, approval, pledge, note, thanks, errand
    key: str
    minutes: float
    worth: float
    due_at: datetime | None = None
    conversation: Conversation | None = None
    pledge: Pledge | None = None
    note: Note | None = None
    deserving: Deserving | None = None
    #: The answer that waits for a yes.
    outgoing: Outgoing | None = None
    #: What a room above asks for; about nobody alone.
    errand: Errand | None = None
    closeness: float = 0.0
    #: Other conversations of the same person that wait too: seen beside this one when it is answered.
    others: int = 0

    def job(self, now: datetime) -> Job:
        """The same for the plan."""
        due = math.inf if self.due_at is None else (self.due_at - now) / timedelta(minutes=1)
        # A word given to a person is not left until its last hour behind a heap of late answers.
        return Job(self.minutes, self.worth, due, early=self.kind == "pledge")


@dataclass(frozen=True, slots=True)
class Day:
    """What to do in so many minutes, in this order; ``left`` more are there, and ``late`` promises have ended."""

    items: tuple[Item, ...]
    plan: Plan
    left: int
    late: int

    @property
    def people(self) -> int:
        """How many people are on it."""
        return len({_whose(item) for item in self.items if not item.errand})


def today(brand: Brand, member: Member, *, minutes: int, now: datetime) -> Day:
    """Choose whom this member answers, thanks and follows up in so many minutes; 33 queries at most.

    What rooms above ask of the member (``also_today``) comes on top, each with its own few queries.
    """
    passed = _passed(member, now)
    everything = [item for item in _everything(brand, member, now=now) if item.key not in passed]
    chosen = plan([item.job(now) for item in everything], budget=minutes)
    items = _introduced(brand, [everything[place] for place in chosen.order])
    late = sum(item.due_at is not None and item.due_at < now for item in everything if not item.errand)
    return Day(items, chosen, len(everything) - len(items), late)


def _everything(brand: Brand, member: Member, *, now: datetime) -> list[Item]:
    lasts = minutes_of(brand)
    pledged = pledges_of(brand, member, now=now)
    answers = [_answer(one, lasts, now) for one in waiting(brand, reach_of(member), now=now)]
    return [
        *_one_each(answers),
        *(_approval(one, now) for one in to_approve(brand, member)),
        *(_pledge(one) for one in pledged),
        *(_note(one) for one in named_in(brand, member)),
        *_thanks(brand, thankworthy(brand, now=now).now),
        *(_errand(one) for one in errands(brand, member, now=now)),
    ]


def _introduced(brand: Brand, items: list[Item]) -> tuple[Item, ...]:
    """The chosen items with all that their lines say."""
    full = introduced(brand, [item.conversation.pk for item in items if item.kind == "answer" and item.conversation])
    return tuple(
        replace(item, conversation=full[item.conversation.pk])
        if item.kind == "answer" and item.conversation and item.conversation.pk in full
        else item
        for item in items
    )


def _one_each(answers: list[Item]) -> list[Item]:
    """One conversation a person: the promised ones first, the soonest; then what is worth most."""
    found: dict[Any, list[Item]] = {}
    for item in answers:
        found.setdefault(_whose(item), []).append(item)
    far = datetime.max.replace(tzinfo=UTC)
    return [
        replace(min(theirs, key=lambda item: (item.due_at or far, -item.worth)), others=len(theirs) - 1)
        for theirs in found.values()
    ]


def _passed(member: Member, now: datetime) -> set[str]:
    rows = PassedOver.objects.of(member.brand_id).filter(member=member, until__gt=now)
    return set(rows.values_list("key", flat=True))


def _answer(one: Waiting, lasts: dict[str, float], now: datetime) -> Item:
    it = one.it
    return Item(
        kind="answer",
        key=f"answer:{it.pk}",
        minutes=lasts[it.place],
        worth=worth(one, now),
        due_at=it.due_at,
        conversation=it,
        closeness=one.closeness,
    )


def _approval(one: Held, now: datetime) -> Item:
    it = one.waiting.it
    return Item(
        kind="approval",
        key=f"approval:{it.pk}",
        minutes=APPROVAL_MIN,
        # Two people wait: who wrote to us, and the colleague whose answer is ready.
        worth=worth(one.waiting, now) + NOTE_WORTH,
        due_at=it.due_at,
        conversation=it,
        outgoing=one.outgoing,
        closeness=one.waiting.closeness,
    )


def worth(one: Waiting, now: datetime) -> float:
    """Anger (1 to 4) by closeness (1 to 14) by waiting (1 to 5), as in the audit; anger is only what is against us."""
    it = one.it
    anger = 0.0 if it.sign == Sign.POSITIVE else (it.vehemence or 0) / MILLE
    waited = (now - it.waiting_since) / WEEK if it.waiting_since else 0.0
    return urgency(anger, one.closeness) * (1 + min(max(waited, 0.0), LONGEST))


def urgency(anger: float, closeness: float) -> float:
    """What an answer is worth before anybody has waited: anger (0 to 1) counts up to four times, closeness fourteen."""
    return (1 + 3 * anger) * (1 + 13 * closeness)


def _pledge(one: Pledge) -> Item:
    return Item(
        kind="pledge",
        key=f"pledge:{one.pk}",
        minutes=PLEDGE_MIN,
        worth=NOTE_WORTH * PLEDGE_MIN,
        due_at=one.due_at,
        conversation=one.conversation,
        pledge=one,
    )


def _note(one: Note) -> Item:
    return Item(
        kind="note",
        key=f"note:{one.pk}",
        minutes=NOTE_MIN,
        worth=NOTE_WORTH,
        conversation=one.conversation,
        note=one,
    )


def _errand(one: Errand) -> Item:
    return Item(
        kind="errand", key=one.key, minutes=one.minutes, worth=one.worth, due_at=one.due_at, errand=one
    )  # fmt: skip


def _thanks(brand: Brand, deserving: tuple[Deserving, ...]) -> list[Item]:
    horizon = horizon_of(brand)
    return [
        Item(
            kind="thanks",
            key=f"thanks:{one.person.pk}",
            minutes=THANKS_MIN,
            worth=1 + 13 * min(1.0, one.worth / horizon),
            deserving=one,
            closeness=min(1.0, one.standing.weeks / horizon),
        )
        for one in deserving
    ]


def _whose(item: Item) -> Any:
    if item.deserving:
        return item.deserving.person.pk
    conversation = item.conversation
    return conversation and (conversation.person_id or conversation.account_id)
