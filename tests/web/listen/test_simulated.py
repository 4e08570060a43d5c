"""A simulated brand on its way through the command line: written, taken in, and said to be simulated."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.web import world

from entourage.web.core.models import Brand
from entourage.web.listen import bridge, queries
from entourage.web.listen.models import AccountRole, Activity

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


def simulated(out: Path) -> dict[str, object]:
    told = ["simulate", "--people", "80", "--weeks", "12", "--seed", "7", "--out", str(out), "--json"]
    done = subprocess.run([sys.executable, "-m", "entourage.cli", *told], capture_output=True, text=True, check=True)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["brand.jsonl", "brand.csv.gz"])
def test_what_simulate_writes_is_taken_in_whole_and_said_to_be_simulated(
    tmp_path: Path, settings: SettingsWrapper, name: str
) -> None:
    settings.REJECTS = tmp_path / "rejects"
    told = simulated(tmp_path / name)
    assert (tmp_path / f"{name}.truth.csv").is_file()
    tea = world.brand()
    run = bridge.import_file(brand=tea, path=tmp_path / name, own=("maisontilleul",), competitors=("theduquai",))
    assert (run.error, run.rows, run.accepted) == ("", told["activities"], told["activities"])
    assert Brand.objects.get(pk=tea.pk).simulated
    assert any("simulated" in warning for warning in run.warnings)
    assert {own.handle for own in queries.own_accounts(tea)} == {"maisontilleul"}
    assert queries.competitor_accounts(tea).exists()
    toward_us = Activity.objects.of(tea).filter(toward__role=AccountRole.OWN).count()
    assert toward_us > run.acts / 4


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "latin-1"])
def test_a_simulation_that_a_spreadsheet_saved_again_is_still_said_to_be_simulated(
    tmp_path: Path, settings: SettingsWrapper, encoding: str
) -> None:
    settings.REJECTS = tmp_path / "rejects"
    file = tmp_path / "again.csv"
    mark = "\N{ZERO WIDTH NO-BREAK SPACE}" if encoding == "utf-16-be" else ""
    table = "simulated,network,id,at,actor_id,text\nentourage simulate,x,7,2025-03-01 10:00:00,ann,Fin de l'été\n"
    file.write_bytes((mark + table).encode(encoding))
    tea = world.brand()
    run = bridge.import_file(brand=tea, path=file)
    assert (run.error, run.accepted) == ("", 1)
    assert Brand.objects.get(pk=tea.pk).simulated


def test_the_same_seed_writes_the_same_file(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert simulated(one)["activities"] == simulated(two)["activities"]
    assert one.read_bytes() == two.read_bytes()
