"""What is kept of one person in the outbox, and all of it as a table: for the person's file and the brand's export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entourage.web.outbox.models import Outgoing

if TYPE_CHECKING:
    from entourage.web.people.models import Person

_TOLD = (
    "network", "deed", "purpose", "state", "text", "subject", "language", "created_at", "sent_at", "network_id", "url",
    "reason",
)  # fmt: skip
#: The outbox as `entourage export` writes it; a receiver is told by the accounts' table.
TABLE = """
    SELECT row.id, row.network, row.deed, row.purpose, row.state, told.network_id AS answers, row.account,
           row.person_id AS person, row.text, row.subject, row.language, row.created_at, row.sent_at, row.accepted_at,
           row.network_id, row.url, row.reason
    FROM outbox_outgoing row LEFT JOIN listen_activity told ON told.id = row."to" AND told.brand_id = {brand}
    WHERE row.brand_id = {brand} ORDER BY row.created_at, row.id"""


def sent_to(person: Person) -> list[dict[str, Any]]:
    """All that was written to this person from here, whether it left the house or not; the oldest first."""
    rows = Outgoing.objects.of(person.brand_id).filter(person_id=person.pk).order_by("created_at", "pk")
    return list(rows.values(*_TOLD))
