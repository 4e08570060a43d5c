"""The list of rejected rows: a CSV that a spreadsheet opens, written as the file is read."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Self

from django.conf import settings

from entourage.web.listen.queries import REJECTED, harmless

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from entourage.networks.base import Reject
    from entourage.web.listen.models import Import


class RejectList:
    """One import's rejected rows; no file where there are none."""

    def __init__(self, begun: Import) -> None:
        settings.REJECTS.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path: Path = settings.REJECTS / f"rejected-{begun.brand_id}-{begun.pk}.csv"
        self.rows = 0

    def __enter__(self) -> Self:
        self.path.touch(mode=0o600)
        # The mark at the start makes spreadsheets read it as UTF-8.
        self._file = self.path.open("w", encoding="utf-8-sig", errors="replace", newline="")
        self._out = csv.writer(self._file)
        self._out.writerow(REJECTED)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if not self.rows:
            self.path.unlink(missing_ok=True)

    def add(self, rejects: Iterable[Reject]) -> None:
        """List these too, and be sure that they are on the disk: the import may be killed at any moment."""
        for reject in rejects:
            self._out.writerow([harmless(str(getattr(reject, column))) for column in REJECTED])
            self.rows += 1
        self._file.flush()
