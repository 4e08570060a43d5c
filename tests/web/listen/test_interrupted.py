"""Imports that are killed, that meet, that fail: the rows end the same, or a sentence says why not."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection
from tests.web import world
from tests.web.listen.files import NOW, command, entourage, environment, many

from entourage import cli
from entourage.web.core.locks import alone
from entourage.web.core.models import Brand
from entourage.web.listen import bridge
from entourage.web.listen.bridge import running
from entourage.web.listen.models import Account, Activity, Import, ImportState

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_a_brand_at_once_take_turns(tmp_path: Path) -> None:
    tea = world.brand()
    file = many(tmp_path / "acts.csv", 2_000)
    said: list[str] = []
    with alone(running.RUNS, tea.pk):

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


@pytest.mark.slow
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


@pytest.mark.django_db
def test_a_batch_that_was_taken_back_is_not_counted_as_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tea, save = world.brand(), Import.save

    def lost_on_the_second(self: Import, **options: Any) -> None:
        if self.rows > 3_000 and self.state == ImportState.RUNNING:
            raise OperationalError("server closed the connection unexpectedly")
        save(self, **options)

    monkeypatch.setattr(Import, "save", lost_on_the_second)
    monkeypatch.setattr(running, "BATCH", 1_000)
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own transaction must live on
    run = bridge.import_file(brand=tea, path=many(tmp_path / "acts.csv", 5_000), now=NOW)
    kept = Activity.objects.of(tea).count()
    assert 0 < kept < 5_000
    assert (run.state, run.accepted, run.rows) == (ImportState.FAILED, kept, kept)
    assert f"{kept:,} of the rows read so far were kept" in run.error


@pytest.mark.django_db(transaction=True)
def test_a_missing_file_makes_no_brand(tmp_path: Path, database_url: str) -> None:
    code, _, said = entourage("import", tmp_path / "typo.csv", "--brand", "tea", url=database_url, data=tmp_path)
    assert code == 2
    assert "typo.csv" in said
    assert not Brand.objects.filter(slug="tea").exists()


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


def test_a_database_that_goes_away_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lost() -> None:
        raise OperationalError("the connection is lost\nSSL SYSCALL")

    monkeypatch.setattr(cli, "app", lambda: lost)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 3
    assert capsys.readouterr().err == (
        "The database must stay while a command works. It went away: write the command again, nothing is done twice. "
        "It said: the connection is lost.\n"
    )
