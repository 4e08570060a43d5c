"""Real data through the ordinary import: as many acts and people as their documentation says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web import world

from entourage.web.listen import bridge
from entourage.web.listen.models import Activity, ImportState

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.data
@pytest.mark.django_db
def test_higgs_around_account_88_has_as_many_acts_and_people_as_its_readme_says(shared_data: Path) -> None:
    brand = world.brand("higgs")
    file = shared_data / "higgs_ego88" / "events.tsv.gz"
    for accepted in (71_440, 0):
        run = bridge.import_file(brand=brand, path=file, own=("88",))
        assert (run.rows, run.accepted, run.repeated, run.rejected) == (71_440, accepted, 71_440 - accepted, 0)
        assert (run.acts, run.people) == (68_114, 23_144)


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.django_db
def test_higgs_whole_has_as_many_acts_and_people_as_its_readme_says(shared_data: Path) -> None:
    brand = world.brand("higgs")
    run = bridge.import_file(brand=brand, path=shared_data / "higgs" / "higgs-activity_time.txt.gz")
    assert (run.rows, run.accepted, run.rejected) == (563_069, 563_069, 0)
    assert (run.acts, run.people) == (526_167, 304_691)
    ties = bridge.import_file(brand=brand, path=shared_data / "higgs" / "higgs-retweet_network.edgelist.gz")
    assert (ties.ties, ties.people) == (328_132, 256_491)


@pytest.mark.data
@pytest.mark.django_db
@pytest.mark.parametrize("folder", ["care_tweets", "x_api_v2", "meta_graph"])
def test_every_real_file_is_taken_in_or_says_why_not(shared_data: Path, folder: str) -> None:
    brand = world.brand("real")
    files = sorted(path for path in (shared_data / folder).rglob("*.json*") if path.is_file())
    runs = [bridge.import_file(brand=brand, path=path) for path in files]
    assert runs
    for run in runs:
        assert run.rows == run.accepted + run.repeated + run.rejected
        assert run.state == ImportState.DONE or run.error.startswith(run.filename)
    kept = Activity.objects.of(brand).count()
    assert kept
    again = [bridge.import_file(brand=brand, path=path) for path in files]
    assert sum(run.accepted for run in again) == 0
    assert Activity.objects.of(brand).count() == kept
