"""Teaching a brand's reader: its heads are fitted anew to what members have said of its own messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.reading.bridge.readers import labels_of
from entourage.web.reading.models import Label, Teaching, TeachingState
from entourage.web.reading.queries import newest_label, outdated

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.engine.text.teaching import Taught
    from entourage.web.core.models import Brand


def teach(brand: Brand, *, now: datetime) -> Taught:
    """Fit the brand's reader to all labels that it has, in seconds; what it learned is stored with its exactness.

    What fails is told on the brand's row, and raised.
    """
    from entourage.engine.text.teaching import teach as fitted

    Teaching.objects.of(brand).get_or_create(brand=brand)
    ours = Teaching.objects.of(brand).filter(pk=brand.pk)
    ours.update(state=TeachingState.RUNNING, error="")
    upto = newest_label(brand)
    try:
        taught = fitted(labels_of(brand), languages=brand.languages or None)
    except Exception as error:
        ours.update(state=TeachingState.FAILED, error=f"{type(error).__name__}: {error}")
        raise
    _keep(brand, taught, upto=upto, now=now)
    return taught


def up_to_date(brand: Brand, *, now: datetime) -> None:
    """Teach the reader anew where it holds what must not be: words that have gone, or weights that have changed."""
    teaching = Teaching.objects.of(brand).filter(taught__isnull=False).first()
    if teaching and (outdated(brand, teaching) or _stale(teaching)):
        teach(brand, now=now)


def _stale(teaching: Teaching) -> bool:
    from entourage.engine.text.teaching import Taught

    return Taught.from_bytes(bytes(teaching.taught or b"")).stale


@transaction.atomic
def _keep(brand: Brand, taught: Taught, *, upto: int, now: datetime) -> None:
    labels = Label.objects.of(brand).filter(pk__lte=upto).count()
    facts: dict[str, Any] = {
        "state": TeachingState.DONE,
        "taught": taught.without_corrections().to_bytes(),
        "accuracy": {"abouts": msgspec.to_builtins(taught.accuracy)},
        "labels": labels,
        "upto": upto,
        "taught_at": now,
        "error": "",
    }
    Teaching.objects.of(brand).filter(pk=brand.pk).update(**facts)
    record(brand=brand, by=None, at=now, what="reader.taught", subject=brand.slug, labels=labels)
