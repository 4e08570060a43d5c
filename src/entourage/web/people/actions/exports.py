"""Taking people's data out of the house: the trail says who did, when, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entourage.web.core.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member


def brand_exported(*, brand: Brand, by: Member | None, at: datetime) -> None:
    """Note that all of a brand was written to files."""
    record(brand=brand, by=by, at=at, what="brand.exported")


def list_exported(*, brand: Brand, filters: str, by: Member | None, at: datetime) -> None:
    """Note that a list of people was taken, and which filters it had; never a search, which is a name."""
    record(brand=brand, by=by, at=at, what="people.exported", filters=filters)
