"""Files taken in: what is counted, what is rejected, what a killed import leaves behind."""

from __future__ import annotations

import csv
import gzip
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from tests.web import world
from tests.web.listen.files import NOW, many, table

from entourage.web.listen import bridge, jobs, queries
from entourage.web.listen.bridge import running
from entourage.web.listen.models import Account, Activity, Import, ImportState
from entourage.web.people.models import Person

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper


@pytest.mark.django_db
def test_rows_are_accepted_repeated_or_rejected_and_the_rejected_are_listed_with_their_cure(tmp_path: Path) -> None:
    tea = world.brand()
    file = table(
        tmp_path / "acts.csv",
        """
        x,1,2024-03-01T10:00:00Z,comment,1,ann,tea,lovely
        x,1,2024-03-01T10:00:00Z,comment,1,ann,tea,lovely
        x,2,2024-02-31T10:00:00Z,comment,2,bob,tea,win
        x,3,2031-01-01T10:00:00Z,comment,4,dee,tea,tomorrow
        """,
    )
    run = bridge.import_file(brand=tea, path=file, own=("@Tea",), now=NOW)
    assert (run.state, run.rows, run.accepted, run.repeated, run.rejected) == (ImportState.DONE, 4, 1, 1, 2)
    assert (run.acts, run.people, run.first_at, run.last_at) == (
        1,
        2,
        datetime(2024, 3, 1, 10, tzinfo=UTC),
        run.first_at,
    )
    with Path(run.rejects_path).open(encoding="utf-8-sig") as handle:
        listed = list(csv.DictReader(handle))
    assert [(each["line"], each["field"]) for each in listed] == [("4", "at"), ("5", "at")]
    assert all(each["cure"] for each in listed)
    assert [own.handle or own.network_id for own in queries.own_accounts(tea)] == ["tea"]


@pytest.mark.django_db
def test_a_name_that_nobody_has_is_said(tmp_path: Path) -> None:
    tea = world.brand()
    run = bridge.import_file(brand=tea, path=many(tmp_path / "acts.csv", 20), own=("tea", "tee"), now=NOW)
    assert [warning for warning in run.warnings if "No account is called" in warning] == [
        "No account is called tee, in this file or before; check how it is written."
    ]


@pytest.mark.django_db
def test_namesakes_of_our_account_are_told(tmp_path: Path) -> None:
    tea, path = world.brand(), tmp_path / "acts.csv"
    path.write_text(
        "id,at,act,actor_id,actor_name\nc7,2024-03-01,post,100,Tilleul\nc9,2024-03-01,comment,200,Tilleul\n"
    )
    run = bridge.import_file(brand=tea, path=path, own=("tilleul",), now=NOW)
    (told,) = [warning for warning in run.warnings if "tilleul" in warning]
    assert told.startswith("2 accounts are called tilleul, and all of them were marked: Tilleul (file ")
    assert "200" in told
    assert "name yours by its id" in told


@pytest.mark.django_db
def test_a_second_import_repeats_everything_and_counts_the_same_acts_and_people(tmp_path: Path) -> None:
    tea = world.brand()
    file = many(tmp_path / "acts.csv", 500)
    first = bridge.import_file(brand=tea, path=file, now=NOW)
    second = bridge.import_file(brand=tea, path=file, now=NOW)
    assert (first.accepted, first.repeated, first.acts, first.people) == (500, 0, 500, 51)
    assert (second.accepted, second.repeated, second.acts, second.people) == (0, 500, 500, 51)


@pytest.mark.django_db
def test_a_dry_run_reports_what_the_real_one_then_does_and_keeps_nothing(tmp_path: Path) -> None:
    tea = world.brand()
    file = many(tmp_path / "acts.csv", 300)
    tried = bridge.import_file(brand=tea, path=file, dry_run=True, own=("tea",), now=NOW)
    assert (Activity.objects.of(tea).count(), Account.objects.of(tea).count()) == (0, 0)
    done = bridge.import_file(brand=tea, path=file, own=("tea",), now=NOW)
    figures = ("state", "rows", "accepted", "repeated", "rejected", "acts", "people", "first_at", "last_at")
    assert [getattr(tried, figure) for figure in figures] == [getattr(done, figure) for figure in figures]


@pytest.mark.django_db
def test_an_interrupted_import_that_starts_again_counts_each_act_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tea = world.brand()
    monkeypatch.setattr(running, "BATCH", 50)
    whole = bridge.import_file(brand=tea, path=many(tmp_path / "acts.csv", 200), now=NOW)
    Import.objects.of(tea).update(state=ImportState.RUNNING)
    again = bridge.run_import(whole.pk, now=NOW)
    assert (again.state, again.acts, again.people, again.repeated) == (ImportState.DONE, 200, 21, 200)
    assert bridge.run_import(whole.pk, now=NOW).started_at == again.started_at


@pytest.mark.django_db
def test_a_file_that_is_cut_off_keeps_its_good_rows_and_says_where(tmp_path: Path) -> None:
    tea = world.brand()
    cut = tmp_path / "acts.csv.gz"
    cut.write_bytes(gzip.compress(many(tmp_path / "acts.csv", 20_000).read_bytes())[:-5_000])
    run = bridge.import_file(brand=tea, path=cut, now=NOW)
    assert run.state == ImportState.DONE
    assert 0 < run.accepted < 20_000
    assert any("import it again" in warning for warning in run.warnings)


@pytest.mark.django_db
def test_a_file_that_is_not_there_fails_in_words(tmp_path: Path) -> None:
    run = bridge.import_file(brand=world.brand(), path=tmp_path / "nowhere.csv", now=NOW)
    assert run.state == ImportState.FAILED
    assert "nowhere.csv" in run.error


@pytest.mark.django_db
def test_a_new_account_is_given_a_person_and_a_brands_is_not(tmp_path: Path) -> None:
    tea = world.brand()
    file = table(tmp_path / "acts.csv", "x,1,2024-03-01T10:00:00Z,comment,1,ann,tea,lovely")
    bridge.import_file(brand=tea, path=file, own=("tea",), now=NOW)
    people = dict(Account.objects.of(tea).values_list("network_id", "person_id"))
    assert people["tea"] is None
    assert people["1"] is not None
    assert not Person.objects.of(tea).exists()


@pytest.mark.django_db
def test_the_job_takes_an_upload_in_once_and_has_the_brand_scored(tmp_path: Path, settings: SettingsWrapper) -> None:
    tea = world.brand()
    upload = settings.UPLOADS / "0123" / "acts.csv"
    upload.parent.mkdir(parents=True)
    many(upload, 100)
    run = Import.objects.create(brand=tea, filename="acts.csv", path=str(upload), options={"then_score": True})
    jobs.take_in_file(run.pk)
    jobs.take_in_file(run.pk)
    assert not upload.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'people.score'")
        assert {"brand_id": tea.pk, "audit": True} in [json.loads(args) for (args,) in cursor.fetchall()]


@pytest.mark.django_db
def test_what_was_kept_long_enough_is_tidied_away(settings: SettingsWrapper) -> None:
    settings.REJECTS.mkdir()
    old, new = settings.REJECTS / "old.csv", settings.REJECTS / "new.csv"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, time.time() - 31 * 24 * 3600))
    upload = settings.UPLOADS / "0123" / "forgotten.csv"
    upload.parent.mkdir(parents=True)
    upload.touch()
    options = {"look": {"acts": ["a person's words"]}}
    waiting = Import.objects.create(brand=world.brand(), filename="forgotten.csv", path=str(upload), options=options)
    Import.objects.everywhere().update(created_at=NOW)
    jobs.tidy(0)
    assert (old.exists(), new.exists(), upload.exists()) == (False, True, False)
    waiting.refresh_from_db(from_queryset=Import.objects.everywhere())
    assert (waiting.state, waiting.options) == ("failed", {})


def test_the_horizon_ends_just_after_the_last_act(db: None) -> None:
    tea = world.brand()
    assert queries.horizon_end(tea, now=NOW) == NOW
    world.act(world.account(tea, "ann"), at=datetime(2024, 3, 1, 10, 0, 0, 5, tzinfo=UTC))
    assert queries.horizon_end(tea, now=NOW) == datetime(2024, 3, 1, 10, 0, 1, tzinfo=UTC)
    early = datetime(2024, 2, 1, tzinfo=UTC)
    assert queries.horizon_end(tea, now=early) == early
