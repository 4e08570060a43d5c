"""Telling conversations as messages come in, are read, are answered, and as time passes."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from entourage.web.core.jobs import defer_once
from entourage.web.core.models import Brand
from entourage.web.inbox import actions
from entourage.web.listen.actions import let_in

# Also what stands there for a brand that is gone.
_WAITING = "SELECT DISTINCT brand_id FROM inbox_unthreaded"
_ORPHANS = "DELETE FROM inbox_unthreaded WHERE NOT EXISTS (SELECT FROM core_brand WHERE id = brand_id)"


# Under its second name it may still wait in houses that had a job of its own for what was read.
@app.task(name="inbox.thread", aliases=["inbox.refresh"])
def thread(brand_id: int) -> None:
    """Put what came in, changed or was read since into conversations; tell whose turn it is. May run twice."""
    brand = Brand.objects.get(pk=brand_id)
    let_in(brand)
    if actions.thread(brand, now=timezone.now()):
        # A room above, called by its name: to whom they go, and by when they must be answered.
        defer_once("service.route", brand_id=brand_id)


@app.periodic(cron="* * * * *")
@app.task(name="inbox.wake", queueing_lock="inbox.wake")
def wake(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells each periodic task its moment
    """Do what time alone brings: snoozed ones wake, old ones lapse; what nobody told to thread is threaded."""
    now = timezone.now()
    actions.tidy_up(at=now)
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS)
        cursor.execute(_WAITING)
        waiting = {brand for (brand,) in cursor.fetchall()}
    for brand in Brand.objects.all():
        actions.age(brand, now=now)
        if brand.pk in waiting:
            defer_once("inbox.thread", brand_id=brand.pk)
