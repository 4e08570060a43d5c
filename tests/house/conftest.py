"""A data folder of one's own, gone afterwards with whatever still runs in it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from entourage.house import stopped

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder with a short path, where PostgreSQL's own user may pass."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    top = Path(tempfile.mkdtemp(prefix="entourage-house-"))
    top.chmod(0o711)
    folder = top / "data"
    folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700)
    monkeypatch.setenv("ENTOURAGE_DATA", str(folder))
    yield folder
    if (folder / "guardian.lock").exists():
        assert stopped(folder, within_s=60), "PostgreSQL must leave with its last user"
    cluster = (folder / "postgres").resolve()
    shutil.rmtree(top)
    shutil.rmtree(cluster, ignore_errors=True)
