"""Having the service look again: one job of each kind waits for a brand, whoever asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from entourage.web.core.jobs import defer_once

if TYPE_CHECKING:
    from entourage.web.core.models import Brand


def hold_later(brand: Brand) -> None:
    """Ask the rules anew which answers wait for a yes, once what was written about rules is there to be seen."""
    number = brand.pk
    transaction.on_commit(lambda: defer_once("service.hold", brand_id=number))


def look_again(brand: Brand) -> None:
    """Route, assign and set the clocks once what was written is there to be seen."""
    number = brand.pk
    transaction.on_commit(lambda: defer_once("service.route", brand_id=number))
