"""What members ask of the meaning of messages: searches, the brand's own words, what becomes of a finding."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from entourage.web.core.actions import record
from entourage.web.core.jobs import defer, defer_once
from entourage.web.reading.models import Finding, Progress, Search, Territory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from entourage.web.core.models import Brand, Member

#: How long what was found is kept: messages come in, and a search may name somebody.
KEPT = timedelta(hours=1)
#: Words that mark out a territory: more are a text, and a text is a post.
MOST_WORDS = 200


@transaction.atomic
def ask(
    *,
    brand: Brand,
    words: str,
    by: Member | None,
    at: datetime,
    like: UUID | None = None,
    since: datetime | None = None,
) -> Search:
    """Have a worker search by meaning; what it finds is kept for an hour."""
    asked: Search = Search.objects.create(brand=brand, words=words, like=like, since=since, by=by, asked_at=at)
    transaction.on_commit(lambda: defer("reading.search", first=True, search_id=asked.pk))
    return asked


def forget_searches(*, at: datetime) -> None:
    """Remove what was searched for longer ago than it is kept, whether anybody searches again or not."""
    Search.objects.everywhere().filter(asked_at__lt=at - KEPT).delete()


@transaction.atomic
def give_words(*, brand: Brand, words: Sequence[str], by: Member | None, at: datetime) -> bool:
    """Say in words what the brand is about; whether that changed anything. Its territory is then drawn anew."""
    given = list(dict.fromkeys(word for word in (" ".join(one.split()) for one in words) if word))[:MOST_WORDS]
    row, _ = Territory.objects.of(brand).select_for_update().get_or_create(brand=brand)
    if row.given == given:
        return False
    row.given, row.changed_at = given, at
    row.save(update_fields=["given", "changed_at"])
    record(brand=brand, by=by, at=at, what="territory.changed", subject=brand.slug, words=len(given))
    transaction.on_commit(lambda: defer_once("reading.index", brand_id=brand.pk))
    return True


@transaction.atomic
def change_finding(
    *, finding: Finding, title: str, state: str, told_to: str, link: str, by: Member | None, at: datetime
) -> bool:
    """Give a finding a title, say how far the brand is with it, whom it was passed on to, which page helps.

    Whether that changed anything; doing it twice changes nothing.
    """
    told = {"title": title, "state": Progress(state).value, "told_to": told_to, "link": link}
    changed = [name for name, value in told.items() if getattr(finding, name) != value]
    if not changed:
        return False
    Finding.objects.of(finding.brand).filter(pk=finding.pk).update(**told, changed_by=by, changed_at=at)
    record(brand=finding.brand, by=by, at=at, what="finding.changed", subject=finding.pk, settings=changed, state=state)
    return True
