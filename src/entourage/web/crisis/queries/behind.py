"""Who is behind a crisis, group by group: how many, whom we have not answered, whom to answer first."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from entourage.web.crisis.models import Group, GroupMessage
from entourage.web.inbox.queries import introduce, shown
from entourage.web.people.queries import horizon_of
from entourage.web.reading.models import MILLE
from entourage.web.today.actions import words_key
from entourage.web.today.queries import urgency

if TYPE_CHECKING:
    from entourage.web.crisis.models import Crisis
    from entourage.web.inbox.models import Conversation
    from entourage.web.people.models import Person

#: Answers that are compared with each other: as many as messages are gathered.
COMPARED = 2_000
#: The people who are named on a group's line.
NAMED = 3

# Each message of the groups with its conversation, whether that waits, and how close its person is.
_LINES = """
SELECT g.group_id, coalesce(c.person_id::text, g.account_id::text) AS who, m.conversation_id,
       coalesce(v.state = 'open' AND v.waiting_since IS NOT NULL, false) AS waits,
       CASE WHEN r.sign = -1 THEN r.vehemence ELSE 0 END AS vehemence, coalesce(s.weeks, 0) AS weeks
FROM crisis_groupmessage g
JOIN crisis_group k ON k.id = g.group_id AND k.crisis_id = %(crisis)s
JOIN listen_account c ON c.id = g.account_id
LEFT JOIN people_person p ON p.id = c.person_id
LEFT JOIN people_standing s ON s.person_id = c.person_id
LEFT JOIN reading_reading r ON r.id = g.activity_id
LEFT JOIN inbox_message m ON m.activity_id = g.activity_id AND m.inward
LEFT JOIN inbox_conversation v ON v.id = m.conversation_id
WHERE g.brand_id = %(brand)s AND coalesce(p.kind, 'public') = 'public' AND p.left_alone_at IS NULL
"""


@dataclass(slots=True)
class Behind:
    """A group: how many messages of how many people, its conversations, those that wait, the most pressing first."""

    group: Group
    messages: int = 0
    people: int = 0
    talks: dict[int, float] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)
    closest: list[Conversation] = field(default_factory=list)

    @property
    def order(self) -> list[int]:
        """The conversations, those that wait first, then by anger and closeness."""
        return sorted(self.talks, key=lambda one: (one not in self.waiting, -self.talks[one], one))


def behind(crisis: Crisis) -> list[Behind]:
    """The groups of a crisis with their figures and three of their closest people; six queries, however many."""
    lines = _lines(crisis)
    found = [_told(group, lines[group.pk]) for group in Group.objects.of(crisis.brand_id).filter(crisis=crisis)]
    # What is alike to nothing comes last.
    found = [one for one in found if one.messages or one.group.answer]
    found.sort(key=lambda one: (one.group.rest, one.group.place, one.group.pk))
    _name(crisis, found, lines)
    return found


def pressing(group: Group, *, most: int) -> tuple[Behind, list[Conversation]]:
    """One group, and the conversations of it to answer first; five queries, however many."""
    told = _told(group, _lines(group.crisis)[group.pk])
    keys = told.order[:most]
    rows = {row.pk: row for row in shown(group.brand_id).filter(pk__in=keys)}
    introduce(group.brand_id, list(rows.values()))
    return told, [rows[key] for key in keys if key in rows]


@dataclass(frozen=True, slots=True)
class Load:
    """How many conversations of a crisis wait for us, and what they are worth together, by anger and closeness."""

    waits: int
    worth: float


def load(crisis: Crisis) -> Load:
    """What lies on whoever answers for a crisis; two queries."""
    told = _told(Group(crisis=crisis), [row for rows in _lines(crisis).values() for row in rows])
    return Load(len(told.waiting), sum(told.talks[talk] for talk in told.waiting))


def _lines(crisis: Crisis) -> dict[int, list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"crisis": crisis.pk, "brand": crisis.brand_id})
        found: dict[int, list[Any]] = defaultdict(list)
        for row in cursor.fetchall():
            found[row[0]].append(row[1:])
    horizon = horizon_of(crisis.brand)
    return defaultdict(
        list,
        {key: [(*row[:4], min(1.0, row[4] / horizon)) for row in rows] for key, rows in found.items()},
    )


def _told(group: Group, rows: list[Any]) -> Behind:
    told = Behind(group, len(rows), len({row[0] for row in rows}))
    for _, talk, waits, vehemence, closeness in rows:
        if talk is None:
            continue
        told.talks[talk] = max(told.talks.get(talk, 0.0), urgency(vehemence / MILLE, closeness))
        if waits:
            told.waiting.add(talk)
    return told


def _name(crisis: Crisis, found: list[Behind], lines: dict[int, list[Any]]) -> None:
    chosen = {one.group.pk: _closest(lines[one.group.pk]) for one in found}
    keys = {key for some in chosen.values() for key in some}
    rows = {row.pk: row for row in shown(crisis.brand_id).filter(pk__in=keys)}
    introduce(crisis.brand_id, list(rows.values()))
    for one in found:
        one.closest = [rows[key] for key in chosen[one.group.pk] if key in rows]


def _closest(rows: list[Any]) -> list[int]:
    """A conversation of each of the closest people."""
    talks: dict[str, int] = {}
    for who, talk, *_rest in sorted(rows, key=lambda row: (-row[4], -row[3], row[0])):
        if talk is not None:
            talks.setdefault(who, talk)
    return list(talks.values())[:NAMED]


# What was answered in the conversations of a crisis, with the name of whom it went to.
_ANSWERS = """
SELECT DISTINCT o.id, o.text, coalesce(nullif(p.name, ''), c.name, ''), coalesce(o.person_id::text, o.account::text)
FROM crisis_groupmessage g
JOIN crisis_group k ON k.id = g.group_id AND k.crisis_id = %(crisis)s
JOIN inbox_message m ON m.activity_id = g.activity_id AND m.inward
JOIN outbox_outgoing o ON o.brand_id = %(brand)s AND o.conversation_id = m.conversation_id
LEFT JOIN listen_account c ON c.id = o.account
LEFT JOIN people_person p ON p.id = o.person_id
WHERE g.brand_id = %(brand)s AND o.purpose = 'answer' AND o.created_at >= %(since)s AND o.text <> ''
  AND o.state NOT IN ('withdrawn', 'failed')
LIMIT %(most)s
"""


def same_words(crisis: Crisis) -> int:
    """How many people were answered in the very words that somebody else was, their names aside; one query."""
    told: dict[str, Any] = {
        "crisis": crisis.pk, "brand": crisis.brand_id, "since": crisis.starts_at, "most": COMPARED,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, told)
        said = {(words_key(crisis.brand, text, name), who) for _, text, name, who in cursor.fetchall()}
    return sum(many for many in Counter(words for words, _ in said).values() if many > 1)


def counted_in(person: Person) -> list[dict[str, Any]]:
    """In which crises messages of this person were gathered, for whoever asks what is kept about them."""
    rows = GroupMessage.objects.of(person.brand_id).filter(account__person_id=person.pk).order_by("group__crisis", "pk")
    kept: list[dict[str, Any]] = list(
        rows.values("activity_id", "group__crisis__starts_at", "group__crisis__name", "group__words")
    )
    return kept
