"""The rows behind the audit's numbers: conversations, filtered by their address, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext

from entourage.web.core.queries import place_in
from entourage.web.listen.models import Activity
from entourage.web.listen.queries import web_address
from entourage.web.people.queries import people_of
from entourage.web.results.models import AuditedConversation
from entourage.web.results.queries.week import read, words, written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from entourage.web.core.models import Brand
    from entourage.web.people.models import Person
    from entourage.web.results.models import Audit
    from entourage.web.results.queries.report.parts import Said

#: Rows of a page.
PAGE = 50
#: As the figures have it (``engine.service.response.GRACE``, which no page loads): who asked within it is not called
#: unanswered yet, and stands among all conversations only.
GRACE = timedelta(days=1)
#: The hours of a week, as an address tells them.
HOURS = frozenset(map(str, range(168)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the address filters the list; ``page`` empty means ours."""

    unanswered: bool = False
    network: str = ""
    act: str = ""
    page: str = ""
    hour: int | None = None
    #: Hours of the week in which it began, in which it was answered; none: whenever.
    hours: frozenset[int] = frozenset()
    answered: frozenset[int] = frozenset()
    outside: bool = False
    before: tuple[datetime, int] | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """Read an address; what makes no sense in it is left out."""
        hour = query.get("hour", "")
        return cls(
            unanswered=query.get("unanswered") == "1",
            network=query.get("network", ""),
            act=query.get("act", ""),
            page=query.get("page", ""),
            hour=int(hour) if hour in HOURS else None,
            hours=read(query.get("hours", "")),
            answered=read(query.get("answered", "")),
            outside=query.get("outside") == "1",
            before=place_in(query.get("before", "")),
        )

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What else the address filters by, as it tells it: it stays when a filter of the form is changed."""
        told = {"act": self.act, "hour": "" if self.hour is None else str(self.hour), "hours": written(self.hours),
                "answered": written(self.answered), "outside": "1" if self.outside else ""}  # fmt: skip
        return [one for one in told.items() if one[1]]


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation with the person and the words that its keys name; ``None`` where they are gone."""

    person: Person | None
    asked: Said
    messages: int
    answered_at: datetime | None
    waited: timedelta | None
    timing: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of rows and the place of the next one."""

    rows: list[Row]
    after: str


def conversations(brand: Brand, audit: Audit, asked: Asked) -> Rows:
    """The newest conversations first, fifty at a time; three queries whatever the size."""
    found = list(_filtered(audit, asked)[: PAGE + 1])
    shown = found[:PAGE]
    said = _said(brand, [one.message for one in shown])
    people = people_of(brand, {one.person_id for one in shown if one.person_id})
    rows = [_row(one, said[one.message], people) for one in shown if one.message in said]
    last = shown[-1] if len(found) > PAGE else None
    return Rows(rows, f"{last.asked_at.isoformat()},{last.pk}" if last else "")


def chosen(asked: Asked) -> list[str]:
    """In words: what filters the list beside its form."""
    lines = [
        gettext("begun %(hours)s") % {"hours": words(asked.hours)} if asked.hours else "",
        gettext("answered %(hours)s") % {"hours": words(asked.answered)} if asked.answered else "",
        gettext("begun outside of our hours of service") if asked.outside else "",
    ]
    return [line for line in lines if line]


def _filtered(audit: Audit, asked: Asked) -> QuerySet[Any]:
    rows: QuerySet[Any] = AuditedConversation.objects.of(audit.brand_id).filter(audit=audit, page=asked.page)
    if asked.unanswered:
        rows = rows.filter(answered_at__isnull=True, asked_at__lte=audit.ends_at - GRACE)
    for name in ("network", "act", "hour"):
        if (value := getattr(asked, name)) not in ("", None):
            rows = rows.filter(**{name: value})
    if asked.hours:
        rows = rows.filter(hour__in=asked.hours)
    if asked.answered:
        rows = rows.filter(answer_hour__in=asked.answered)
    if asked.outside:
        rows = rows.filter(outside=True)
    if asked.before:
        moment, key = asked.before
        rows = rows.filter(Q(asked_at__lt=moment) | Q(asked_at=moment, id__gt=key))
    return rows.order_by("-asked_at", "id")


def _said(brand: Brand, keys: list[UUID]) -> dict[UUID, Said]:
    from entourage.web.results.queries.report.parts import Said

    rows = Activity.objects.of(brand).filter(id__in=keys, deleted_at__isnull=True)
    return {key: Said(text, web_address(url), network, at) for key, text, url, network, at in
            rows.values_list("id", "text", "url", "network", "at")}  # fmt: skip


def _row(one: AuditedConversation, said: Said, people: dict[int, Person]) -> Row:
    waited = one.answered_at - one.asked_at if one.answered_at and one.timing != "after" else None
    person = people.get(one.person_id) if one.person_id else None
    return Row(person, said, one.messages, one.answered_at, waited, one.timing)
