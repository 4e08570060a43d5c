"""The key is made once, kept closed, and never lost in a race."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from entourage.house import HouseError, data_folder, secret_key

if TYPE_CHECKING:
    from pathlib import Path


def test_the_key_is_made_once_and_only_its_owner_can_read_it(data: Path) -> None:
    first = secret_key()
    assert len(first) >= 50
    assert secret_key() == first
    assert (data / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in data.iterdir()] == ["secret.key"]


def test_processes_that_make_it_at_once_end_with_the_same_key(data: Path) -> None:
    ask = [sys.executable, "-c", "from entourage.house import secret_key; print(secret_key())"]
    asked = [subprocess.Popen(ask, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({process.communicate()[0] for process in asked}) == 1


def test_a_given_key_wins_but_not_a_short_one(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTOURAGE_SECRET_KEY", "k" * 40)
    assert secret_key() == "k" * 40
    assert not (data / "secret.key").exists()
    monkeypatch.setenv("ENTOURAGE_SECRET_KEY", "short")
    with pytest.raises(HouseError, match=r"^ENTOURAGE_SECRET_KEY must hold at least 32 characters\. Got 5\."):
        secret_key()


def test_an_emptied_key_is_not_replaced_in_silence(data: Path) -> None:
    (data / "secret.key").write_text("")
    with pytest.raises(HouseError, match=r"Got 0\. Restore it from a backup; a new one signs everybody out"):
        secret_key()


def test_a_data_folder_that_cannot_be_made_names_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ENTOURAGE_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(HouseError, match=r"Got: Not a directory\..*ENTOURAGE_DATA"):
        data_folder()
