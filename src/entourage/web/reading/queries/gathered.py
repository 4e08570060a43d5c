"""The topics of a week and what the public teaches, with the message that stands for each: constant queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db import connection

from entourage.web.reading.models import Finding, FindingMessage, Lesson, Progress, Topic, TopicMessage, TopicWeek

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from entourage.web.core.models import Brand
    from entourage.web.listen.models import Activity

#: Findings, and messages of one gathering, on one page.
PAGE = 30
#: Weeks whose topics are found, kept and shown, the present one included: findings tell what lies further back.
WEEKS = 8

# People and rings belong to a room above: they are read by their tables, and only counted.
_CLOSE = """
SELECT said.{kind}_id, count(DISTINCT account.person_id) FILTER (WHERE stands.ring >= 2)
FROM reading_{kind}message said
JOIN listen_account account ON account.id = said.account_id
LEFT JOIN people_standing stands ON stands.person_id = account.person_id
WHERE said.{kind}_id = ANY(%(numbers)s) GROUP BY 1
"""
# One look-up in the index of each gathering, however many messages it holds.
_MOST_CENTRAL = """
SELECT number, told.id, told.text
FROM unnest(%(numbers)s::bigint[]) AS number CROSS JOIN LATERAL (
    SELECT act.id, act.text FROM reading_{kind}message said
    JOIN listen_activity act ON act.id = said.activity_id AND act.deleted_at IS NULL
    WHERE said.{kind}_id = number ORDER BY said.nearness DESC, said.activity_id LIMIT 1
) told
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A gathering as it is shown: its row, the most central of its messages, how many of its people are close."""

    row: Any
    activity: UUID | None
    text: str
    close: int

    @property
    def title(self) -> str:
        """As a member called it, else its telling words, else the words of its message."""
        return getattr(self.row, "title", "") or ", ".join(self.row.words) or self.text[:80]

    @property
    def nearness(self) -> float | None:
        """The mean nearness to the brand's territory, as a share."""
        return None if self.row.nearness is None else self.row.nearness / 1000


def topics_of(brand: Brand, week: date) -> list[Told]:
    """The topics of a week, most people first. Three queries."""
    return _told(list(Topic.objects.of(brand).filter(week=week).order_by("-people", "-messages", "pk")), "topic")


def topic_weeks(brand: Brand) -> list[TopicWeek]:
    """The weeks that were looked at, the newest first."""
    return list(TopicWeek.objects.of(brand).order_by("-week")[:WEEKS])


@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings to show: of a kind, in a state ("open" is what nobody has finished with)."""

    kind: str = ""
    state: str = ""

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Asked:
        """The filters of a URL; unknown words are dropped."""
        kind, state = str(told.get("kind", "")), str(told.get("state", ""))
        return cls(kind if kind in Lesson.values else "", state if state in (*Progress.values, "open") else "")

    @property
    def query(self) -> str:
        """The URL's part after the question mark, without what is empty."""
        return urlencode({name: word for name, word in (("kind", self.kind), ("state", self.state)) if word})


OPEN = (Progress.NEW, Progress.NOTED, Progress.TOLD)


def findings_of(brand: Brand, asked: Asked, *, after: int = 0) -> tuple[list[Told], bool]:
    """Findings from a rank on, most people first, and whether there are more. Three queries."""
    rows = Finding.objects.of(brand)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state:
        rows = rows.filter(state__in=OPEN if asked.state == "open" else [asked.state])
    # A brand has at most some hundreds: a rank finds its place as fast as a key would.
    found = list(rows.order_by("-people", "-messages", "pk")[after : after + PAGE + 1])
    return _told(found[:PAGE], "finding"), len(found) > PAGE


def told_of(row: Topic | Finding) -> Told:
    """One gathering as it is shown. Two queries."""
    return _told([row], "topic" if isinstance(row, Topic) else "finding")[0]


def _told(rows: list[Any], kind: str) -> list[Told]:
    if not rows:
        return []
    numbers = {"numbers": [row.pk for row in rows]}
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE.format(kind=kind), numbers)
        close = dict(cursor.fetchall())
        cursor.execute(_MOST_CENTRAL.format(kind=kind), numbers)
        central = {number: (key, text) for number, key, text in cursor.fetchall()}
    return [Told(row, *central.get(row.pk, (None, "")), close.get(row.pk, 0)) for row in rows]


def said_in(row: Topic | Finding, *, after: int = 0) -> tuple[list[Activity], bool]:
    """The messages of a gathering from a rank on, the most central first; whether there are more."""
    rows: QuerySet[Any] = (
        TopicMessage.objects.of(row.brand_id).filter(topic=row)
        if isinstance(row, Topic)
        else FindingMessage.objects.of(row.brand_id).filter(finding=row)
    )
    said = rows.filter(activity__deleted_at=None).select_related("activity__account")
    found = list(said.order_by("-nearness", "activity")[after : after + PAGE + 1])
    return [one.activity for one in found[:PAGE]], len(found) > PAGE
