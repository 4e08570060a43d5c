"""Who may talk to our PostgreSQL."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import psycopg
import pytest

from entourage.house import running
from entourage.house.address import cluster_folder
from entourage.house.owner import owner_for, run_as
from entourage.house.wheel import programs

if TYPE_CHECKING:
    from pathlib import Path


def test_whoever_started_it_comes_in(data: Path) -> None:
    with running(data, durable=False) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("entourage",)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL under another name")
def test_the_lesser_user_who_runs_it_for_root_does_not_come_in_as_the_owner(data: Path) -> None:
    with running(data, durable=False) as url:
        owner = owner_for(cluster_folder(data))
        dump = [programs(owner) / "pg_dump", "--schema-only", url]
        knocked = subprocess.run(dump, cwd="/", capture_output=True, text=True, check=False, **run_as(owner))
    assert knocked.returncode != 0
    assert "Peer authentication failed" in knocked.stderr
