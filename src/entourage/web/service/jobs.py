"""What the service does by itself: brings to departments, gives to people, sets clocks, escalates, counts."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from entourage.web.core.jobs import LIVE, defer_once
from entourage.web.core.models import Brand
from entourage.web.service import actions
from entourage.web.service.models import Report


# In the queue of what is live: a file of a million rows that is taken in makes nobody wait.
@app.task(name="service.route", queue=LIVE)
def route(brand_id: int) -> None:
    """Bring what came in to its department and to somebody, and tell by when it must be answered. May run twice."""
    from entourage.web.service import bridge

    brand, now = Brand.objects.get(pk=brand_id), timezone.now()
    actions.route(brand, now=now)
    # Who waits for what goes before who gets it: the most pressing are given first.
    bridge.set_clocks(brand, now=now)
    actions.escalate(brand, now=now)
    actions.assign(brand, now=now)


@app.task(name="service.hold", queue=LIVE)
def hold(brand_id: int) -> None:
    """Ask changed rules which answers wait for a yes. May run twice."""
    actions.hold_again(Brand.objects.get(pk=brand_id), now=timezone.now())


@app.task(name="service.report")
def report(report_id: int) -> None:
    """Count how promises were kept, for a page that waits. May run twice."""
    from entourage.engine.errors import NotEnoughData
    from entourage.web.service import bridge

    found = Report.objects.everywhere().select_related("brand").filter(pk=report_id).first()
    if found is None:
        return
    try:
        bridge.make_report(found, now=timezone.now())
    except NotEnoughData:
        found.delete()


@app.periodic(cron="* * * * *")
@app.task(name="service.minute", queueing_lock="service.minute")
def minute(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells each periodic task its moment
    """Do what time alone brings: promises that end are escalated, who comes back or has room again is given work."""
    set_up = Q(desks__isnull=False) | Q(targets__isnull=False) | Q(rules__isnull=False) | Q(seats__isnull=False)
    for number in Brand.objects.filter(set_up).values_list("pk", flat=True).distinct():
        defer_once("service.route", brand_id=number)
