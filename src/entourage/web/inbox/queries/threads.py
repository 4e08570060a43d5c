"""One conversation: what was said, noted, done, and what is on its way, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.db import connection

from entourage.web.inbox.models import Conversation, Draft, Message, Note, Presence, Step
from entourage.web.inbox.queries.listing import introduce, shown
from entourage.web.outbox.models import Outgoing, Sending
from entourage.web.outbox.queries.leaving import WORDS
from entourage.web.reading.models import Reading

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.core.models import Brand, Member

#: Messages shown at once; what was said before is a link away.
PAGE = 100
#: Notes and steps among them; a rule that goes wild must not fill the page.
NOTED = 300
OTHERS = 10
#: Who has not been heard of for so long is not there any more.
PRESENT = timedelta(seconds=60)

# What has come back from the network stands under one name, before and after.
_SEEN = """
SELECT md5(coalesce(string_agg(id::text, ',' ORDER BY id), ''))::uuid FROM (
    SELECT coalesce(outgoing.id, line.activity_id) AS id
    FROM inbox_message line
    LEFT JOIN outbox_outgoing outgoing ON outgoing.brand_id = line.brand_id AND outgoing.activity = line.activity_id
        AND outgoing.conversation_id = line.conversation_id
    WHERE line.conversation_id = %(conversation)s
    UNION
    SELECT id FROM outbox_outgoing
    WHERE brand_id = %(brand)s AND conversation_id = %(conversation)s AND state <> 'withdrawn'
      AND deed IN ('reply', 'message')
) said
"""
# Thanks leave a draft alone.
_WRITTEN = """
SELECT coalesce((SELECT text FROM inbox_draft WHERE conversation_id = %(conversation)s AND member_id = %(member)s), ''),
       max(created_at), max(created_at) FILTER (WHERE state <> 'withdrawn')
FROM outbox_outgoing
WHERE brand_id = %(brand)s AND conversation_id = %(conversation)s AND by_id = %(member)s
  AND deed IN ('reply', 'message') AND purpose = 'answer'
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a thread; of its four last fields the one named by ``kind`` is there."""

    kind: Literal["message", "note", "step", "outgoing"]
    at: datetime
    message: Any = None
    #: What was read in the message.
    reading: Reading | None = None
    note: Any = None
    step: Any = None
    outgoing: Any = None


@dataclass(frozen=True, slots=True)
class Thread:
    """The lines of a conversation in order, from the last on back to where the page ends."""

    items: list[Item]
    #: What stands in it, in one word: who answers says it back, and who has not seen all of it is told so.
    seen: UUID
    #: Whether something was said before.
    more: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What a member writes in a conversation, and when they answered it last."""

    draft: str
    answered_at: datetime | None
    #: The same without what was taken back since.
    left_at: datetime | None

    def left_since(self, moment: datetime | None) -> bool:
        """Whether an answer of theirs has left after a moment, or at all where there is none."""
        return self.left_at is not None and (moment is None or self.left_at > moment)


def conversation_of(brand: Brand, pk: int) -> Conversation | None:
    """The conversation with its account, person, assignee and claim; none where the brand has no such one."""
    row: Conversation | None = shown(brand).filter(pk=pk).first()
    if row is not None:
        introduce(brand, [row])
    return row


def thread_of(conversation: Conversation, *, before: datetime | None = None) -> Thread:
    """What was said, noted and done in it, the last hundred messages or those before a moment; six queries."""
    lines = Message.objects.of(conversation.brand_id).filter(conversation=conversation)
    lines = lines.filter(at__lt=before) if before else lines
    newest = list(lines.select_related("activity__account").order_by("-at", "-activity")[: PAGE + 1])
    more, newest = len(newest) > PAGE, newest[:PAGE]
    since = newest[-1].at if more else None
    items = [*_messages(conversation, newest), *_around(conversation, since, before)]
    return Thread(sorted(items, key=lambda one: one.at), seen_of(conversation), more)


def _messages(conversation: Conversation, lines: list[Any]) -> list[Item]:
    readings = Reading.objects.of(conversation.brand_id).in_bulk([line.activity_id for line in lines])
    # Oldest first: the order of what was said at the same moment is kept.
    return [Item("message", line.at, message=line, reading=readings.get(line.activity_id)) for line in reversed(lines)]


def _around(conversation: Conversation, since: datetime | None, before: datetime | None) -> list[Item]:
    def within(rows: Any, column: str = "at") -> Any:
        rows = rows.filter(**{f"{column}__gte": since}) if since else rows
        rows = rows.filter(**{f"{column}__lt": before}) if before else rows
        return rows.select_related("by__user").order_by(f"-{column}", "-pk")[:NOTED]

    brand = conversation.brand_id
    notes = within(Note.objects.of(brand).filter(conversation=conversation))
    steps = within(Step.objects.of(brand).filter(conversation=conversation))
    leaving = Outgoing.objects.of(brand).filter(conversation_id=conversation.pk, deed__in=WORDS)
    heard = Message.objects.of(brand).filter(conversation=conversation, inward=False).values("activity")
    # What the network has told back is one of the messages.
    leaving = leaving.exclude(state=Sending.WITHDRAWN).exclude(activity__isnull=False, activity__in=heard)
    return [
        *(Item("note", one.at, note=one) for one in notes),
        *(Item("step", one.at, step=one) for one in steps),
        *(Item("outgoing", one.created_at, outgoing=one) for one in within(leaving, "created_at")),
    ]


def seen_of(conversation: Conversation) -> UUID:
    """What stands in it, in one word: another one as soon as anything was said by anybody."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, {"conversation": conversation.pk, "brand": conversation.brand_id})
        (told,) = cursor.fetchone()
    return UUID(str(told))


def others_of(conversation: Conversation) -> list[Conversation]:
    """Other conversations of the same person, the newest first."""
    if conversation.person_id is None:
        return []
    rows = shown(conversation.brand_id).filter(person_id=conversation.person_id).exclude(pk=conversation.pk)
    return list(rows.order_by("-last_in_at", "pk")[:OTHERS])


def present(conversation: Conversation, *, at: datetime, but: Member) -> list[Presence]:
    """Who else looks at it, or writes, heard of within the last minute."""
    there = Presence.objects.of(conversation.brand_id).filter(conversation=conversation, seen_at__gt=at - PRESENT)
    return list(there.exclude(member=but).select_related("member__user").order_by("member"))


def draft_of(conversation: Conversation, member: Member) -> str:
    """What the member has begun to answer."""
    kept = Draft.objects.of(conversation.brand_id).filter(conversation=conversation, member=member)
    return str(kept.values_list("text", flat=True).first() or "")


def written(conversation: Conversation, member: Member) -> Written:
    """What the member writes there, and when they answered last: until then, what they wrote is a draft no more."""
    with connection.cursor() as cursor:
        told = {"conversation": conversation.pk, "brand": conversation.brand_id, "member": member.pk}
        cursor.execute(_WRITTEN, told)
        return Written(*cursor.fetchone())
