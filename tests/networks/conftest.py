"""What the tests of the networks share: files written on the spot, and all that a file holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from entourage.networks.files import open_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entourage.networks.activity import Account, Activity
    from entourage.networks.base import Gone, Note, Reject, Tie
    from entourage.networks.files import Batch, Source

NOW = datetime(2026, 11, 21, tzinfo=UTC)


class Taken(NamedTuple):
    """All that a file holds."""

    source: Source
    activities: list[Activity]
    rejects: list[Reject]
    ties: list[Tie]
    gone: list[Gone]
    accounts: list[tuple[str, Account]]
    rows: int

    @property
    def warnings(self) -> list[Note]:
        return self.source.warnings

    def said(self) -> str:
        return "\n".join(str(note) for note in self.source.warnings)


@pytest.fixture
def take() -> Callable[..., Taken]:
    def taken(path: Path, **options: Any) -> Taken:
        source = open_source(path, now=NOW, **options)
        batches = list(source.batches(1_000))
        return Taken(
            source,
            [one for batch in batches for one in batch.activities],
            [one for batch in batches for one in batch.rejects],
            [one for batch in batches for one in batch.ties],
            [one for batch in batches for one in batch.gone],
            [one for batch in batches for one in batch.accounts],
            sum(map(_rows, batches)),
        )

    return taken


def _rows(batch: Batch) -> int:
    """Rows of the file that a batch tells; an act told in two rows counts two."""
    acts = sum(activity.rows for activity in batch.activities)
    return acts + len(batch.ties) + len(batch.gone) + len(batch.rejects)


@pytest.fixture
def given(tmp_path: Path, take: Callable[..., Taken]) -> Callable[..., Taken]:
    """Write a file of these bytes and take all that it holds."""

    def written(name: str, content: str | bytes, **options: Any) -> Taken:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return take(path, **options)

    return written
