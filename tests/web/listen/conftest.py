"""Uploads and lists of rejected rows of these tests go into their own folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def folders(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.UPLOADS, settings.REJECTS = tmp_path / "uploads", tmp_path / "rejects"
