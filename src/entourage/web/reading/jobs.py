"""Reading that a page does not wait for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from entourage.web.core.jobs import defer_live, defer_once
from entourage.web.core.models import Brand
from entourage.web.listen.actions import let_in
from entourage.web.reading import actions


@app.task(name="reading.read")
def read(brand_id: int, since: str = "", until: str = "") -> None:
    """Read the messages that are not read yet, of all times or of a span (ISO moments). May run twice."""
    from entourage.web.reading import bridge

    brand = Brand.objects.get(pk=brand_id)
    let_in(brand)
    bridge.read_new(brand, now=timezone.now(), since=_moment(since), until=_moment(until))
    # A room above, called by its name: what was read says who hears it and whether it calls for an answer.
    defer_live("inbox.thread", brand_id=brand_id)


@app.task(name="reading.teach")
def teach(brand_id: int) -> None:
    """Teach the brand's reader what members corrected, then have recent messages read again. May run twice."""
    from entourage.web.reading import bridge

    bridge.teach(Brand.objects.get(pk=brand_id), now=timezone.now())
    defer_once("reading.read_again", brand_id=brand_id)


@app.task(name="reading.read_again")
def read_again(brand_id: int) -> None:
    """Read some recent messages again with what the reader has learned; comes back for the others. May run twice.

    Search, topics and what the public teaches follow.
    """
    from entourage.web.reading import bridge

    # One turn, then the worker's other jobs have theirs.
    more = bridge.read_again(Brand.objects.get(pk=brand_id), now=timezone.now())
    defer_once("reading.read_again" if more else "reading.index", brand_id=brand_id)


@app.task(name="reading.tell_anew")
def tell_anew(brand_id: int, text_key: str, after: str) -> None:
    """Put a correction over the same words wherever they stand. May run twice."""
    last: UUID | None = UUID(after)
    while last is not None:
        with transaction.atomic():
            actions.labels_lock(brand_id)
            last = actions.tell_anew(brand_id, UUID(text_key), after=last)


@app.task(name="reading.index")
def index(brand_id: int) -> None:
    """Index what was read for search, in turns, then have topics and findings gathered. May run twice."""
    from entourage.web.reading import bridge

    # One turn, then the worker's other jobs have theirs.
    more = bridge.index(Brand.objects.get(pk=brand_id), most=bridge.TURN) == bridge.TURN
    defer_once("reading.index" if more else "reading.gather", brand_id=brand_id)


@app.task(name="reading.gather")
def gather(brand_id: int, anew: bool = False) -> None:
    """Find the topics of weeks with new messages (``anew``: of all), and what the public teaches. May run twice."""
    from entourage.web.reading import bridge

    bridge.gather(Brand.objects.get(pk=brand_id), now=timezone.now(), anew=anew)


@app.task(name="reading.search")
def search(search_id: int) -> None:
    """Search by meaning for a page that waits. May run twice."""
    from entourage.web.reading import bridge

    bridge.answer(search_id, now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="reading.tidy", queueing_lock="reading.tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells each periodic task its moment
    """Remove searches that were kept long enough. May run twice."""
    actions.forget_searches(at=timezone.now())


def _moment(told: str) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
