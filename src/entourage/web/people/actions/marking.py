"""Marking people: staff and bots stay out of the figures, and whoever objects is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.core.jobs import defer_once
from entourage.web.people.actions.locking import standings_lock
from entourage.web.people.models import Kind, Person, Standing

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Member


@transaction.atomic
def mark_kind(*, person: Person, kind: str, by: Member | None, at: datetime) -> None:
    """Say that this is staff, a bot, or one of the public after all; staff and bots have no standing.

    Doing it twice changes nothing. Their standing returns with the next run of the scores.
    """
    person = _locked(person)
    if person.kind == Kind(kind):
        return
    person.kind = Kind(kind)
    person.save(update_fields=["kind"])
    if person.kind != Kind.PUBLIC:
        _leave_figures(person)
    record(brand=person.brand, by=by, at=at, what="person.marked", subject=person.pk, kind=person.kind)


@transaction.atomic
def leave_alone(*, person: Person, by: Member | None, at: datetime) -> None:
    """Stop all profiling of this person; answers still go out. Doing it twice changes nothing."""
    person = _locked(person)
    if person.left_alone_at is not None:
        return
    person.left_alone_at = at
    person.save(update_fields=["left_alone_at"])
    _leave_figures(person)
    record(brand=person.brand, by=by, at=at, what="person.left-alone", subject=person.pk)


@transaction.atomic
def take_back(*, person: Person, by: Member | None, at: datetime) -> None:
    """End an objection, at the person's own wish; they are scored again with the next run. Twice changes nothing."""
    person = _locked(person)
    if person.left_alone_at is None:
        return
    person.left_alone_at = None
    person.save(update_fields=["left_alone_at"])
    record(brand=person.brand, by=by, at=at, what="person.objection-ended", subject=person.pk)


def _locked(person: Person) -> Person:
    """The person as they are now, so that two members at once do not overwrite each other."""
    standings_lock(person.brand_id)
    row: Person = (
        Person.objects.of(person.brand_id).select_for_update(of=("self",)).select_related("brand").get(pk=person.pk)
    )
    return row


def _leave_figures(person: Person) -> None:
    brand_id = person.brand_id
    Standing.objects.of(brand_id).filter(person=person).delete()
    # Topics and lessons are told without them.
    transaction.on_commit(lambda: defer_once("reading.gather", brand_id=brand_id))
