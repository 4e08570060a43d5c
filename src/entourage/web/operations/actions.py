"""What a member does with operations: marks one, changes it, removes it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.core.jobs import defer
from entourage.web.operations.models import Operation, OperationKind, Suggestion
from entourage.web.operations.queries import count_in_log, find_in_log, operations_of

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member


#: How far back operations are suggested.
YEAR = timedelta(weeks=52)


@transaction.atomic
def mark_operation(
    *,
    brand: Brand,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    by: Member | None,
    at: datetime,
    kind: str = OperationKind.CONTEST,
    hashtag: str = "",
    post: str = "",
    origin: str = "",
) -> Operation:
    """Mark an operation of the brand; marking the same name again changes it."""
    operation: Operation
    operation, new = Operation.objects.of(brand).update_or_create(
        brand=brand,
        name=name,
        defaults={
            "kind": kind, "starts_at": starts_at, "ends_at": ends_at, "hashtag": _tag(hashtag), "post": post.strip(),
            "origin": origin.strip(),
        },
    )  # fmt: skip
    record(brand=brand, by=by, at=at, what="operation.marked" if new else "operation.changed", subject=operation.pk)
    _count_later(operation)
    return operation


@transaction.atomic
def change_operation(*, operation: Operation, by: Member | None, at: datetime, **fields: Any) -> None:
    """Change what tells an operation apart; the next audit counts by it."""
    for name, value in fields.items():
        setattr(operation, name, _tag(value) if name == "hashtag" else value)
    operation.save(update_fields=list(fields))
    record(brand=operation.brand, by=by, at=at, what="operation.changed", subject=operation.pk)
    _count_later(operation)


@transaction.atomic
def remove_operation(*, operation: Operation, by: Member | None, at: datetime) -> None:
    """Forget an operation; the acts of its people stay. Doing it twice changes nothing."""
    removed, _ = Operation.objects.of(operation.brand_id).filter(pk=operation.pk).delete()
    if removed:
        record(brand=operation.brand, by=by, at=at, what="operation.removed", subject=operation.pk)


@transaction.atomic
def read_the_log(*, brand: Brand, until: datetime) -> None:
    """Count who took part in each operation, and look for what else looks like one. Doing it twice changes nothing."""
    for operation in operations_of(brand):
        operation.people, operation.acts = count_in_log(operation)
        operation.save(update_fields=["people", "acts"])
    Suggestion.objects.of(brand).delete()
    Suggestion.objects.bulk_create(find_in_log(brand, since=until - YEAR, until=until))


def _count_later(operation: Operation) -> None:
    transaction.on_commit(lambda: defer("operations.read_the_log", brand_id=operation.brand_id))


def _tag(hashtag: str) -> str:
    """As the log keeps it: lower case, without the sign."""
    return hashtag.strip().lstrip("#").lower()
