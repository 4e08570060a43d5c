"""Who looks after a conversation right now: claims that one statement decides, hand-over, assignment, presence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import BigIntegerField, Q
from django.utils.translation import gettext

from entourage.web.core.actions import record
from entourage.web.core.models import Member
from entourage.web.inbox import queries
from entourage.web.inbox.models import Conversation, Presence, State, Step
from entourage.web.inbox.queries import PRESENT

if TYPE_CHECKING:
    from datetime import datetime

#: How long a claim holds when its holder does nothing.
CLAIM = timedelta(minutes=10)
#: Arrays of keys, as statements that add to one must call them.
NUMBERS: ArrayField[list[int], list[int]] = ArrayField(BigIntegerField())


class Collision(Exception):  # noqa: N818 - it names what happened
    """Two members at the same conversation; ``reason`` is "held" or "newer", ``by`` who was first where it is known."""

    def __init__(self, reason: str, *, by: Member | None = None) -> None:
        self.reason, self.by = reason, by
        who = {"name": str(by) if by else gettext("Somebody else")}
        told = {
            "held": gettext("%(name)s is answering this conversation. Wait, or ask for it to be handed over.") % who,
            "newer": gettext("Something was said here while you wrote. Read it, then send your answer."),
        }
        super().__init__(told[reason])


def rows(conversation: Conversation) -> Any:
    """The row of this conversation, to be changed by one statement and nothing else of it."""
    return Conversation.objects.of(conversation.brand_id).filter(pk=conversation.pk)


def step(conversation: Conversation, what: str, *, by: Member | None, at: datetime, **detail: Any) -> Step:
    """Write what was done on the conversation's own thread."""
    made: Step = Step.objects.create(
        brand_id=conversation.brand_id, conversation=conversation, at=at, by=by, what=what, detail=detail
    )
    return made


def _free(by: Member, at: datetime) -> Q:
    return Q(claimed_by=None) | Q(claimed_until=None) | Q(claimed_until__lte=at) | Q(claimed_by=by)


@transaction.atomic
def claim(*, conversation: Conversation, by: Member, at: datetime) -> bool:
    """Take the conversation for ten minutes, if nobody else has it; whether it is theirs now.

    One statement decides, however many ask at once. Again renews it.
    """
    mine = rows(conversation).filter(claimed_by=by, claimed_until__gt=at)
    if mine.update(claimed_until=at + CLAIM):
        return True
    taken = rows(conversation).filter(_free(by, at))
    if not taken.update(claimed_by=by, claimed_until=at + CLAIM, changed_at=at):
        return False
    step(conversation, "claimed", by=by, at=at)
    record(brand=conversation.brand, by=by, at=at, what="conversation.claimed", subject=conversation.pk)
    return True


@transaction.atomic
def release(*, conversation: Conversation, by: Member, at: datetime) -> bool:
    """Give a claim back; whether they had it. Doing it twice changes nothing."""
    had = rows(conversation).filter(claimed_by=by).update(claimed_by=None, claimed_until=None, changed_at=at)
    if had:
        step(conversation, "released", by=by, at=at)
    return bool(had)


@transaction.atomic
def hand_over(*, conversation: Conversation, to: Member, by: Member, at: datetime) -> None:
    """Give the conversation to a colleague, who has it claimed and assigned from then on.

    Raises
    ------
    Collision: a third member is answering it.
    """
    given = rows(conversation).filter(_free(by, at) | Q(claimed_by=to))
    if not given.update(claimed_by=to, claimed_until=at + CLAIM, assignee=to, changed_at=at):
        raise Collision("held", by=holder(conversation, at=at))
    step(conversation, "handed_over", by=by, at=at, to=to.pk)
    record(brand=conversation.brand, by=by, at=at, what="conversation.handed-over", subject=conversation.pk, to=to.pk)


@transaction.atomic
def assign(*, conversation: Conversation, to: Member | None, by: Member | None, at: datetime) -> None:
    """Say who looks after it from now on, or nobody in particular; a rule has no ``by``. Twice changes nothing."""
    if not rows(conversation).exclude(assignee=to).update(assignee=to, changed_at=at):
        return
    step(conversation, "assigned" if to else "unassigned", by=by, at=at, **({"to": to.pk} if to else {}))
    record(
        brand=conversation.brand, by=by, at=at, what="conversation.assigned", subject=conversation.pk,
        to=to.pk if to else None,
    )  # fmt: skip


def holder(conversation: Conversation, *, at: datetime) -> Member | None:
    """Who has claimed it at this moment."""
    held = rows(conversation).filter(claimed_until__gt=at).values("claimed_by")
    found: Member | None = Member.objects.of(conversation.brand_id).select_related("user").filter(pk__in=held).first()
    return found


@transaction.atomic
def mark_seen(*, conversation: Conversation, by: Member, at: datetime, writing: bool = False) -> list[Presence]:
    """Say that they look at it, or write; the others who do. A claim of theirs is renewed while they write."""
    Presence.objects.of(conversation.brand_id).update_or_create(
        conversation=conversation,
        member=by,
        defaults={"brand_id": conversation.brand_id, "seen_at": at, "writing": writing},
    )
    if writing:
        rows(conversation).filter(claimed_by=by, claimed_until__gt=at).update(claimed_until=at + CLAIM)
    return queries.present(conversation, at=at, but=by)


def leave(*, conversation: Conversation, by: Member) -> None:
    """Say that they have gone. Doing it twice changes nothing."""
    Presence.objects.of(conversation.brand_id).filter(conversation=conversation, member=by).delete()


def tidy_up(*, at: datetime) -> None:
    """Wake what was snoozed until now, end claims that ran out, forget who has gone. Safe to repeat, for all brands."""
    Presence.objects.everywhere().filter(seen_at__lt=at - PRESENT).delete()
    # One row at a time: who writes many waits for nobody who writes many.
    for over in Conversation.objects.everywhere().filter(claimed_by__isnull=False, claimed_until__lte=at):
        ended = {"claimed_by": None, "claimed_until": None, "changed_at": at}
        rows(over).filter(claimed_until__lte=at).update(**ended)
    for slept in Conversation.objects.everywhere().filter(state=State.SNOOZED, snoozed_until__lte=at):
        with transaction.atomic():
            # Whoever snoozed it wants to see it again, answered or not.
            woken = {"state": State.OPEN, "snoozed_until": None, "changed_at": at}
            if rows(slept).filter(state=State.SNOOZED, snoozed_until__lte=at).update(**woken):
                step(slept, "woken", by=None, at=at)
