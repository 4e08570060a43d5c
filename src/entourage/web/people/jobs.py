"""Work on people that a page does not wait for."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from entourage.web.core.jobs import defer
from entourage.web.core.models import Brand


# Somebody erased while their standing was being written takes the whole run back: then it is made again.
@app.task(name="people.score", queueing_lock=None, retry=RetryStrategy(max_attempts=3, wait=2))
def score(brand_id: int, audit: bool = False) -> None:
    """Score a brand anew, then have its audit made where asked. May run twice."""
    from entourage.web.people import bridge

    bridge.score(brand=Brand.objects.get(pk=brand_id), now=timezone.now())
    if audit:
        defer("results.audit", brand_id=brand_id)
