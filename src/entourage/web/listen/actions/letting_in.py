"""Beginning after what comes in just now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from entourage.web.listen.actions.taking import intake_lock

if TYPE_CHECKING:
    from entourage.web.core.models import Brand


@transaction.atomic
def let_in(brand: Brand) -> None:
    """Wait until what comes in just now is kept. A job that ``told`` starts begins with it.

    Who takes in, and finds the job waiting, starts no other: that one must see what is kept a moment later.
    """
    intake_lock(brand)
