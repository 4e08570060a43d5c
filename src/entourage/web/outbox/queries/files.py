"""What waits for a hand as a CSV file: whom it goes to, what it answers, what to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entourage.web.listen.queries import harmless, web_address
from entourage.web.outbox.queries.listing import by_hand_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entourage.web.core.models import Brand
    from entourage.web.outbox.queries.listing import Line

COLUMNS = (
    "network", "to", "name", "their_message", "their_message_at", "where", "kind", "purpose", "subject", "text",
    "written_at", "written_by", "row",
)  # fmt: skip


def hand_rows(brand: Brand) -> Iterator[Sequence[Any]]:
    """The rows of the file, the header first."""
    yield COLUMNS
    yield from map(_cells, by_hand_rows(brand))


def _cells(line: Line) -> list[Any]:
    row, about = line.row, line.about
    told = [line.handle, line.name, about.text if about else ""]
    return [
        row.network,
        *map(harmless, told),
        about.at.isoformat() if about else "",
        web_address(about.url) if about else "",
        row.deed,
        row.purpose,
        harmless(row.subject),
        harmless(row.text),
        row.created_at.isoformat(),
        harmless(str(row.by.user)) if row.by else "",
        row.pk,
    ]
