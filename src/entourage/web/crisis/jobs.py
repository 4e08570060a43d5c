"""Work of this room that no page waits for."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from entourage.web.core.jobs import defer_once
from entourage.web.core.models import Brand
from entourage.web.crisis import actions, queries
from entourage.web.crisis.models import Crisis
from entourage.web.listen.models import Activity, Connection, ConnectionState

#: A brand whose last act is older than this, and which nobody hears live, has no hours that pass.
FRESH = timedelta(days=2)
#: A crisis that ended longer ago is not looked at again.
LATEST = timedelta(days=60)


@app.periodic(cron="7 * * * *")
@app.task(name="crisis.watch", queueing_lock="crisis.watch")
def watch(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells each periodic task its moment
    """Have each brand's last hours looked at whose hours pass. May run twice."""
    since = timezone.now() - FRESH
    live = set(
        Connection.objects.everywhere().filter(state=ConnectionState.LIVE).values_list("brand_id", flat=True),
    )
    for number in Brand.objects.values_list("pk", flat=True):
        if number in live or Activity.objects.of(number).filter(at__gte=since).exists():
            defer_once("crisis.look", brand_id=number)


@app.task(name="crisis.look")
def look(brand_id: int) -> None:
    """Compare a brand's last hours with those of the weeks before. May run twice."""
    from entourage.web.crisis import bridge

    brand, now = Brand.objects.get(pk=brand_id), timezone.now()
    crisis = bridge.look(brand, now=now)
    if crisis:
        defer_once("crisis.gather", brand_id=brand_id, crisis_id=crisis.pk)
    until = queries.moment(brand, now=now)
    for ended in Crisis.objects.of(brand).select_related("brand").filter(until__gte=until - LATEST):
        if ended.closed_at:
            actions.measure(crisis=ended, until=until)


@app.task(name="crisis.gather")
def gather(brand_id: int, crisis_id: int) -> None:
    """Group the messages behind a crisis, and tell what has become of it so far. May run twice."""
    from entourage.web.crisis import bridge

    now = timezone.now()
    crisis = Crisis.objects.of(brand_id).select_related("brand").filter(pk=crisis_id).first()
    if crisis:
        bridge.gather(crisis, now=now)
        actions.measure(crisis=crisis, until=queries.moment(crisis.brand, now=now))
