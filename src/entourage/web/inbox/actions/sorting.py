"""Saying where a conversation stands: snoozed, resolved, open again, of which department, with which labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import BigIntegerField, F, Func, Value

from entourage.web.core.actions import record
from entourage.web.inbox.actions.claiming import NUMBERS, rows, step
from entourage.web.inbox.actions.threading import tell
from entourage.web.inbox.models import Conversation, Label, State
from entourage.web.listen.actions import intake_lock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from entourage.web.core.models import Brand, Member


@transaction.atomic
def snooze(*, conversation: Conversation, until: datetime, by: Member, at: datetime) -> None:
    """Put it off until a moment; new words of theirs bring it back before. Doing it twice changes nothing."""
    later = {"state": State.SNOOZED, "snoozed_until": until, "state_said": True, "resolved_at": None, "changed_at": at}
    if rows(conversation).exclude(state=State.SNOOZED, snoozed_until=until).update(**later):
        step(conversation, "snoozed", by=by, at=at, until=until.isoformat())
        _told(conversation, "snoozed", by=by, at=at)


@transaction.atomic
def resolve(*, conversation: Conversation, by: Member, at: datetime) -> None:
    """Say that nothing is left to do; new words of theirs open it again. Doing it twice changes nothing."""
    done = {"state": State.RESOLVED, "resolved_at": at, "state_said": True, "snoozed_until": None, "changed_at": at}
    free = {"claimed_by": None, "claimed_until": None, "waiting_since": None}
    if rows(conversation).exclude(state=State.RESOLVED, state_said=True).update(**done, **free):
        step(conversation, "resolved", by=by, at=at)
        _told(conversation, "resolved", by=by, at=at)


@transaction.atomic
def reopen(*, conversation: Conversation, by: Member, at: datetime) -> None:
    """Have it among what is open, whatever was said last. Doing it twice changes nothing."""
    again = {"state": State.OPEN, "resolved_at": None, "state_said": True, "snoozed_until": None, "changed_at": at}
    if rows(conversation).exclude(state=State.OPEN).update(**again):
        step(conversation, "reopened", by=by, at=at)
        _told(conversation, "reopened", by=by, at=at)
        # Since when they wait stands in their messages.
        tell(conversation.brand, [conversation.pk], now=at)


@transaction.atomic
def set_department(*, conversation: Conversation, department: str, by: Member | None, at: datetime) -> None:
    """Say who should hear it, whatever is read in it later; a rule has no ``by``. Twice changes nothing."""
    said = {"department": department, "department_said": True, "changed_at": at}
    if rows(conversation).exclude(department=department, department_said=True).update(**said):
        step(conversation, "routed", by=by, at=at, department=department)
        record(
            brand=conversation.brand, by=by, at=at, what="conversation.routed", subject=conversation.pk,
            department=department,
        )  # fmt: skip


@transaction.atomic
def make_label(*, brand: Brand, name: str, by: Member | None, at: datetime) -> Label:
    """The label of this name, made where there is none yet."""
    label, new = Label.objects.of(brand).get_or_create(brand=brand, name=" ".join(name.split())[:40])
    if new:
        record(brand=brand, by=by, at=at, what="label.made", subject=label.pk)
    return label  # type: ignore[no-any-return]  # one of the queryset's own rows


@transaction.atomic
def label(*, conversation: Conversation, name: str, by: Member | None, at: datetime) -> Label:
    """Put a label on it, a new one where none has this name. Doing it twice changes nothing."""
    made = make_label(brand=conversation.brand, name=name, by=by, at=at)
    add = Func(F("labels"), Value(made.pk, BigIntegerField()), function="array_append", output_field=NUMBERS)
    if rows(conversation).exclude(labels__contains=[made.pk]).update(labels=add, changed_at=at):
        step(conversation, "labelled", by=by, at=at, label=made.name)
    return made


@transaction.atomic
def unlabel(*, conversation: Conversation, label: Label, by: Member | None, at: datetime) -> None:
    """Take a label off it. Doing it twice changes nothing."""
    if rows(conversation).filter(labels__contains=[label.pk]).update(labels=_without(label), changed_at=at):
        step(conversation, "unlabelled", by=by, at=at, label=label.name)


@transaction.atomic
def relabel(
    *, conversation: Conversation, on: Iterable[Label], off: Iterable[Label], new: str, by: Member, at: datetime
) -> None:
    """Put labels on it, also a new one unless it has no name, and take others off: all of that or nothing.

    What others do to its labels meanwhile stands. Doing it twice changes nothing.
    """
    # Held from here on: two who make the same label at once never wait for each other.
    rows(conversation).select_for_update().first()
    for one in off:
        unlabel(conversation=conversation, label=one, by=by, at=at)
    for name in [*(one.name for one in on), *([new] if new else [])]:
        label(conversation=conversation, name=name, by=by, at=at)


@transaction.atomic
def remove_label(*, label: Label, by: Member, at: datetime) -> None:
    """Take a label off all conversations, and away."""
    brand = label.brand
    # Threading writes many conversations, too.
    intake_lock(brand)
    labelled = Conversation.objects.of(brand).filter(labels__contains=[label.pk])
    labelled.update(labels=_without(label), changed_at=at)
    record(brand=brand, by=by, at=at, what="label.removed", subject=label.pk)
    Label.objects.of(brand).filter(pk=label.pk).delete()


def _without(label: Label) -> Func:
    return Func(F("labels"), Value(label.pk, BigIntegerField()), function="array_remove", output_field=NUMBERS)


def _told(conversation: Conversation, what: str, *, by: Member, at: datetime) -> None:
    record(brand=conversation.brand, by=by, at=at, what=f"conversation.{what}", subject=conversation.pk)
