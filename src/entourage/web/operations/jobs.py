"""Background work of the operations room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from entourage.web.core.models import Brand
from entourage.web.listen.queries import horizon_end
from entourage.web.operations import actions


@app.task(name="operations.read_the_log")
def read_the_log(brand_id: int) -> None:
    """Count who took part and look for what else looks like an operation; run twice, it finds the same."""
    brand = Brand.objects.get(pk=brand_id)
    actions.read_the_log(brand=brand, until=horizon_end(brand))
