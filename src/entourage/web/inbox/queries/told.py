"""What the inbox keeps about a person, for who asks; and all of it, for a brand that takes its data out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entourage.web.inbox.models import Conversation, Draft, Label, Note, Step

if TYPE_CHECKING:
    from entourage.web.people.models import Person

_TOLD = (
    "network", "place", "state", "department", "asked_at", "last_in_at", "last_out_at", "answered_at", "resolved_at",
    "messages", "vehemence", "sign", "intent", "language",
)  # fmt: skip

#: Tables for the take-out of a brand, as ``people.queries.TABLES`` has them.
TABLES = {
    "conversations": """
        SELECT told.id, told.network, account.network_id AS account, told.place, told.state, told.snoozed_until,
               told.department,
               (SELECT array_to_string(array_agg(label.name ORDER BY label.name), ' ') FROM inbox_label label
                WHERE label.id = ANY(told.labels)) AS labels,
               told.asked_at, told.last_in_at, told.last_out_at, told.answered_at, told.waiting_since, told.resolved_at,
               told.messages, told.vehemence, told.sign, told.intent, told.language
        FROM inbox_conversation told LEFT JOIN listen_account account ON account.id = told.account_id
        WHERE told.brand_id = {brand} ORDER BY told.asked_at, told.id""",
    "notes": """
        SELECT told.conversation_id AS conversation, told.at, told.text
        FROM inbox_note told WHERE told.brand_id = {brand} ORDER BY told.id""",
    "steps": """
        SELECT told.conversation_id AS conversation, told.at, told.what, told.detail
        FROM inbox_step told WHERE told.brand_id = {brand} ORDER BY told.id""",
    "macros": """
        SELECT told.name, told.text, told.department, told.language
        FROM inbox_macro told WHERE told.brand_id = {brand} ORDER BY told.name""",
}


def kept_about(person: Person) -> list[dict[str, Any]]:
    """The person's conversations, each with what members noted and did; the oldest first."""
    rows = list(Conversation.objects.of(person.brand_id).filter(person_id=person.pk).order_by("asked_at", "pk"))
    return [_told(row) for row in rows]


def _told(row: Conversation) -> dict[str, Any]:
    brand = row.brand_id
    labels = Label.objects.of(brand).filter(pk__in=row.labels).order_by("name")
    return {
        **{name: getattr(row, name) for name in _TOLD},
        "labels": list(labels.values_list("name", flat=True)),
        "notes": list(Note.objects.of(brand).filter(conversation=row).order_by("at").values("at", "text")),
        "drafts": list(Draft.objects.of(brand).filter(conversation=row).order_by("at").values("at", "text")),
        "steps": list(Step.objects.of(brand).filter(conversation=row).order_by("at", "pk").values("at", "what")),
    }
