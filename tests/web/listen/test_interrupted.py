"""Imports that are killed, that meet, that fail: the rows end the same, or a sentence says why not."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from tests.web import world
from tests.web.listen.files import NOW, command, entourage, environment, many

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
