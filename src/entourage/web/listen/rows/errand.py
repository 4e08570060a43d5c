"""What makes rows of a file is told of it: enough for a thread here, or for a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entourage.web.listen.rows.preparing import Prepared, Preparing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.networks.files import Source
    from entourage.networks.files.reading import Batch
    from entourage.networks.files.source import Opening
    from entourage.web.listen.rows.naming import Named


@dataclass(frozen=True, slots=True)
class Errand:
    """A file, and for which brand and which import its rows are made; ``size`` activities a batch."""

    opening: Opening
    size: int
    brand_id: int
    named: Named
    source_id: int

    def batches(self, source: Source) -> Iterator[tuple[Batch, Prepared]]:
        """What the file holds, batch after batch: its rows, and beside them what was rejected and noted.

        Raises
        ------
        Broken: the file turns out not to be what it began as.
        """
        preparing = Preparing(self.brand_id, self.named, source_id=self.source_id)
        for batch in source.batches(self.size):
            rows = preparing.prepare(batch.activities, accounts=batch.accounts, ties=batch.ties, gone=batch.gone)
            batch.activities, batch.accounts, batch.ties, batch.gone = [], [], [], []  # as rows they are there once
            yield batch, rows
