"""What a hostile network told, beside what is here of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from entourage.networks import registry
from entourage.networks.hostile import ledger
from entourage.web.listen.models import Activity

if TYPE_CHECKING:
    from entourage.web.listen.models import Connection


def as_there(it: Connection) -> None:
    """What is here is what is there, each once: what was deleted there is deleted, and the words are the same."""
    truth = ledger.truth(registry.opened("hostile", it.settings)._settings, at=datetime.now(UTC))
    rows = {row.network_id: row for row in Activity.objects.of(it.brand)}
    assert len(rows) == Activity.objects.of(it.brand).count()
    assert set(truth.present) <= set(rows) <= set(truth.held)
    held = {name: held for name, held in truth.held.items() if name in rows}
    assert {n for n, h in held.items() if (h.deleted_at is None) != (rows[n].deleted_at is None)} == set()
    assert {n for n, h in held.items() if not h.odd and not h.deleted_at and rows[n].text != h.activity.text} == set()
