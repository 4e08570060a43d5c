"""Files taken in: what is counted, what is rejected, what a killed import leaves behind."""

from __future__ import annotations

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from tests.web import world

from entourage.web.listen import bridge, jobs, queries
from entourage.web.listen.bridge import running
from entourage.web.listen.models import Account, Activity, Import, ImportState
from entourage.web.people.models import Person

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

NOW = datetime(2024, 6, 1, tzinfo=UTC)
HEADER = "network,id,at,act,actor_id,actor_handle,to_id,text\n"


@pytest.fixture(autouse=True)
def folders(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.UPLOADS, settings.REJECTS = tmp_path / "uploads", tmp_path / "rejects"


def table(path: Path, rows: str) -> Path:
    lines = [line.strip() for line in rows.strip().splitlines()]
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def many(path: Path, acts: int) -> Path:
    """A table of so many acts by a tenth as many people."""
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for n in range(acts):
            day, minute = n % 28 + 1, n % 1440
            at = f"2024-03-{day:02}T{minute // 60:02}:{minute % 60:02}:00Z"
            out.write(f"x,{n},{at},comment,p{n % (acts // 10)},h{n % (acts // 10)},tea,act {n}\n")
    return path


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


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_a_brand_at_once_take_turns(tmp_path: Path) -> None:
    tea = world.brand()
    file = many(tmp_path / "acts.csv", 2_000)
    said: list[str] = []
    with running._alone(tea, said.append):

        def second() -> None:
            try:
                bridge.import_file(brand=tea, path=file, now=NOW, says=said.append)
            finally:
                connection.close()

        thread = threading.Thread(target=second)
        thread.start()
        while not said:
            time.sleep(0.01)
        assert not Activity.objects.of(tea).exists()
    thread.join()
    assert said == ["Another import of Tea is running; this one waits for it."]
    assert Activity.objects.of(tea).count() == 2_000


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "entourage.cli", *map(str, arguments)]


def environment(url: str, data: Path) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "ENTOURAGE_DATA": str(data), "PYTHONPATH": "src"}


def entourage(*arguments: str | Path, url: str, data: Path) -> tuple[int, dict[str, Any], str]:
    done = subprocess.run(command(*arguments), env=environment(url, data), capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout or "{}"), done.stderr


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_the_same_command_ends_in_the_same_rows(tmp_path: Path, database_url: str) -> None:
    file = many(tmp_path / "acts.csv", 120_000)
    told = ("import", file, "--brand", "tea", "--own", "tea", "--json")
    started = subprocess.Popen(command(*told), env=environment(database_url, tmp_path), stdout=subprocess.DEVNULL)
    kept = 0
    while not kept and started.poll() is None:
        time.sleep(0.02)
        kept = Import.objects.everywhere().filter(rows__gt=0).count()
    started.send_signal(signal.SIGKILL)
    started.wait()
    left = Import.objects.everywhere().get()
    assert left.state == ImportState.RUNNING
    assert left.accepted == Activity.objects.everywhere().count() > 0
    assert left.accepted < 120_000
    code, report, _ = entourage(*told, url=database_url, data=tmp_path)
    assert code == 0
    assert (report["rows"], report["acts"], report["people"]) == (120_000, 120_000, 12_001)
    assert report["repeated"] == left.accepted
    left.refresh_from_db(from_queryset=Import.objects.everywhere())
    assert left.error.startswith("It was interrupted")
    assert Activity.objects.everywhere().count() == 120_000
    assert Account.objects.everywhere().count() == 12_001


@pytest.mark.django_db(transaction=True)
def test_the_command_line_says_what_is_wrong_and_exits_with_1(tmp_path: Path, database_url: str) -> None:
    page = tmp_path / "export.csv"
    page.write_text("<!doctype html><html><body>Please sign in</body></html>")
    code, report, said = entourage("import", page, "--brand", "tea", "--json", url=database_url, data=tmp_path)
    assert (code, report["rows"], report["error"]["kind"]) == (1, 0, "data")
    assert "export.csv" in said
    code, report, said = entourage("import", page, "--brand", "No Such!", "--json", url=database_url, data=tmp_path)
    assert (code, report["error"]["kind"]) == (1, "data")
    assert "small letters" in said


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
