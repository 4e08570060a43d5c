"""A long file is read by a process of its own; whoever imports it notices nothing but the time."""

from __future__ import annotations

import gzip
import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from tests.web import world
from tests.web.listen.files import NOW, command, entourage, environment, many, table

from entourage.networks.files.source import Opening
from entourage.web.listen import bridge
from entourage.web.listen.bridge import ahead, apart, running
from entourage.web.listen.models import Account, AccountRole, Activity, Import, ImportState
from entourage.web.listen.rows import Errand, Named
from entourage.web.listen.rows.naming import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = """
    x,1,2024-03-01T09:00:00Z,comment,ann,ann,tea,the pot leaks
    x,2,2024-03-01T09:05:00Z,comment,bob,bob,tea,LâÃ©tÃ©
    x,3,2034-03-01T09:05:00Z,comment,cyd,cyd,tea,tomorrow's row
    x,1,2024-03-01T09:00:00Z,comment,ann,ann,tea,the pot holds
    x,4,2024-03-02T09:00:00Z,share,dee,dee,"",look
"""


def errand(path: Path, **other: Any) -> Errand:
    told: dict[str, Any] = {"size": 1_000, "brand_id": 7, "named": Named(), "source_id": 1, **other}
    return Errand(Opening(path=path, now=NOW), **told)


def taken_in(path: Path, slug: str) -> tuple[Import, list[Any], list[Any]]:
    brand = world.brand(slug)
    run = bridge.import_file(brand=brand, path=path, own=("tea",), now=NOW)
    acts = Activity.objects.of(brand).order_by("network_id")
    people = Account.objects.of(brand).order_by("network_id")
    return (
        run,
        list(acts.values_list("network_id", "act", "at", "text", "toward__network_id")),
        list(people.values_list("network_id", "handle", "role", "told_at")),
    )


def said(run: Import) -> tuple[Any, ...]:
    rejects = Path(run.rejects_path).read_text(encoding="utf-8") if run.rejects_path else ""
    counted = (run.rows, run.accepted, run.repeated, run.rejected, run.acts, run.people, run.first_at, run.last_at)
    return (run.state, run.error, run.format, run.warnings, run.bytes_read, rejects, *counted)


def both(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Import, list[Any], list[Any]]]:
    """The same file taken in twice: read here by a thread, and by a process of its own."""
    yield taken_in(path, "here")
    monkeypatch.setattr(running, "LONG", 0)
    yield taken_in(path, "apart")


@pytest.mark.django_db
def test_rows_rejects_and_warnings_are_the_same_as_those_of_a_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = both(table(tmp_path / "acts.csv", ROWS), monkeypatch)
    assert said(there[0]) == said(here[0])
    assert there[1:] == here[1:]
    assert there[0].rejected == 2
    assert any("garbled" in warning for warning in there[0].warnings)


@pytest.mark.django_db
def test_a_file_that_breaks_on_the_way_fails_in_the_same_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wt") as out:
        out.write("username,date,comment\n" + f"ann,2024-03-01,{'a' * 100_000}\n" * 900)
    here, there = both(path, monkeypatch)
    assert said(there[0]) == said(here[0])
    assert there[0].state == ImportState.FAILED
    assert "as a zip bomb does" in there[0].error


def test_a_mistake_of_ours_is_raised_here_with_the_place_where_it_happened(tmp_path: Path) -> None:
    path = many(tmp_path / "acts.csv", 10)
    with pytest.raises(struct.error) as raised:
        list(apart.apart(errand(path, source_id="one")))
    assert "rows/copying.py" in "".join(raised.value.__notes__)


def test_killed_by_somebody_else_it_is_said_with_the_cure(tmp_path: Path) -> None:
    path = many(tmp_path / "acts.csv", 50_000)
    with apart._sent(errand(path)) as child:
        assert not isinstance(apart._heard(child), str)
        child.kill()
        with pytest.raises(ChildProcessError, match=r"must stay until its end.*code -9.*import the file again"):
            deque(iter(lambda: apart._heard(child), None))


def test_it_ends_in_silence_once_all_is_said(tmp_path: Path) -> None:
    path = many(tmp_path / "acts.csv", 10)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(apart.COMMAND, **pipes) as child:
        assert child.stdin is not None
        assert child.stderr is not None
        child.stdin.write(pickle.dumps(errand(path)))
        child.stdin.flush()
        _batch, rows = apart._heard(child)
        assert (rows.rows, apart._heard(child)) == (10, "done")
        assert (child.stderr.read(), child.wait()) == (b"", 0)


def test_nobody_is_left_behind_when_no_more_is_wanted(tmp_path: Path) -> None:
    path = many(tmp_path / "acts.csv", 50_000)
    batches = running.ahead(apart.apart(errand(path)))
    next(batches)
    assert len(readers()) == 1
    batches.close()
    assert readers() == set()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_it_ends_with_the_import_that_started_it(tmp_path: Path, database_url: str, sign: signal.Signals) -> None:
    file = many(tmp_path / "acts.csv", 160_000)
    assert file.stat().st_size > running.LONG
    told = ("import", file, "--brand", "tea", "--own", "tea", "--json")
    began = subprocess.Popen(
        command(*told), env=environment(database_url, tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: Import.objects.everywhere().filter(rows__gt=0).exists())
        assert len(readers(of=began.pid)) == 1
        mine = readers(of=began.pid)
    finally:
        began.send_signal(sign)
        began.wait()
    wait_until(lambda: not mine & readers(of=None))
    left = Import.objects.everywhere().get()
    assert 0 < left.accepted == Activity.objects.everywhere().count() < 160_000
    if sign == signal.SIGKILL:
        code, report, _ = entourage(*told, url=database_url, data=tmp_path)
        assert (code, report["rows"], report["repeated"], report["people"]) == (0, 160_000, left.accepted, 16_001)
        assert Activity.objects.everywhere().count() == 160_000


def test_it_loads_no_django() -> None:
    look = "import entourage.web.listen.rows.errand, entourage.networks.files, sys; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_errand_arrives_as_it_was_sent(tmp_path: Path) -> None:
    sent = errand(tmp_path / "acts.csv", named=Named.of(("@Tea",)))
    assert pickle.loads(pickle.dumps(sent)) == sent  # noqa: S301 - our own


def test_the_sides_have_one_name_each_with_and_without_django() -> None:
    assert set(get_args(Role)) == set(AccountRole.values)


def readers(of: int | None = 0) -> set[int]:
    """The processes that read a file, those of one process (0: this one) or of any."""
    # -ww: a shell that tells how wide it is has ps cut its lines there
    mine = subprocess.run(["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=2) for line in mine.splitlines() if "listen.rows.apart" in line]
    return {int(pid) for pid, parent, _ in rows if of is None or int(parent) == (of or os.getpid())}


def wait_until(done: Any, most_s: float = 60.0) -> None:
    ends = time.monotonic() + most_s
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_two_imports_in_one_worker_leave_the_turns_of_threads_as_they_found_them() -> None:
    usual = sys.getswitchinterval()
    first, second = ahead.ahead(iter([1, 2])), ahead.ahead(iter([1, 2]))
    next(first)
    next(second)
    first.close()
    assert sys.getswitchinterval() == pytest.approx(ahead.SWITCH_S)
    second.close()
    assert sys.getswitchinterval() == pytest.approx(usual)
