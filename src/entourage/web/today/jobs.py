"""Work of this room that no page waits for."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from entourage.web.core.models import Brand
from entourage.web.today import actions


@app.periodic(cron="41 3 * * *")
@app.task(name="today.tidy", queueing_lock="today.tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells each periodic task its moment
    """Measure how long answers take, and forget what was passed over. May run twice."""
    now = timezone.now()
    for brand in Brand.objects.all():
        actions.measure_pace(brand=brand, at=now)
    actions.tidy(at=now)
