"""A network that keeps a ledger, and a brand connected to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.outbox import ledger as ledgers

from entourage.networks import registry

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def served() -> Iterator[tuple[ledgers.Ledger, str]]:
    """The ledger and its address."""
    before = registry._folders
    ledgers.plug_in()
    with ledgers.served() as there:
        yield there
    ledgers.unplug()
    registry._folders = before


@pytest.fixture
def ledger(served: tuple[ledgers.Ledger, str]) -> ledgers.Ledger:
    return served[0]
