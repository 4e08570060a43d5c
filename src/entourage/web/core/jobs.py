"""Starting jobs by their names: a room starts its own, and those of the rooms above it, which it must not know."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

if TYPE_CHECKING:
    from datetime import timedelta

#: The queue of all that must not wait behind a scoring: done by the live process, never by the worker.
LIVE = "live"
#: Somebody waits in front of the page: before imports and scores that have not begun.
FIRST = 10


def defer(task: str, *, first: bool = False, **arguments: Any) -> None:
    """Start a job, ``first`` before those that nobody waits for; asked twice, it is done twice."""
    app.configure_task(name=task, priority=FIRST if first else None).defer(**arguments)


def defer_once(task: str, *, later: timedelta | None = None, **arguments: Any) -> None:
    """Start a job, after a while where one is given, unless the very same one already waits."""
    waits = {"schedule_in": {"seconds": int(later.total_seconds())}} if later else {}
    _defer_unless_waiting(task, arguments, *(["later"] if later else []), **waits)


def defer_live(task: str, *, alone: str = "", **arguments: Any) -> None:
    """Start a job that must not wait behind long ones, unless the very same one waits already.

    Of jobs that are ``alone`` in the same thing one is done at a time, so that those that wait for each other do not
    keep every thread from sending.
    """
    _defer_unless_waiting(task, arguments, queue=LIVE, lock=alone or None)


def _defer_unless_waiting(task: str, arguments: dict[str, Any], *marks: str, **how: Any) -> None:
    same = ":".join([task, *map(str, arguments.values()), *marks])
    # The refusal of the line must not spoil the caller's transaction: it gets one of its own within it.
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(name=task, queueing_lock=same, **how).defer(**arguments)
