"""PostgreSQL lives exactly as long as somebody needs it, whatever is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from entourage.house import HouseError, running, stopped
from entourage.house.address import LONGEST_SOCKET, cluster_folder, own_url, socket_folder
from entourage.house.complaints import explain
from entourage.house.occupancy import ensure
from entourage.house.owner import Owner, can_reach
from entourage.house.postgres import answers, command_line

if TYPE_CHECKING:
    from collections.abc import Iterator

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL under another name")

USER = """
import sys, time
from pathlib import Path
from entourage.house import running
with running(Path(sys.argv[1]), durable=False):
    print("inside", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def python() -> str:
    """A Python of this version that everybody can run."""
    nobody = Owner(65534, 65534)
    candidates = [sys.executable, f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"]
    found = [path for path in candidates if Path(path).exists() and can_reach(Path(path), nobody)]
    if not found:
        pytest.skip("this Python stands in a folder that only root can enter")
    return found[0]


@pytest.fixture
def ordinary() -> Iterator[Path]:
    """A home for a user who is not root, with a data folder."""
    top = Path(tempfile.mkdtemp(prefix="entourage-house-"))
    (top / "data").mkdir(mode=0o700)
    for folder in (top, top / "data"):
        shutil.chown(folder, "nobody", "nogroup")
    yield top
    shutil.rmtree(top)


def environment(home: Path) -> dict[str, str]:
    places = [str(Path(__file__).parents[2] / "src"), *(path for path in sys.path if path.endswith("site-packages"))]
    return {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(places)}


def visitor(data: Path, stays_s: float = 60, **how: object) -> subprocess.Popen[str]:
    """Another process that uses the house."""
    command = [python() if "user" in how else sys.executable, "-c", USER, str(data), str(stays_s)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd="/", **how)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def postmaster(data: Path) -> int:
    return int((cluster_folder(data) / "postmaster.pid").read_text().split("\n", 1)[0])


def guardian(data: Path) -> int:
    found = [int(p.name) for p in Path("/proc").glob("[0-9]*") if f"guardian {data}" in command_line(int(p.name))]
    return found[0]


def until(true: object, within_s: float = 60) -> bool:
    ends = time.monotonic() + within_s
    while time.monotonic() < ends:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_what_is_written_is_there_at_the_next_start(data: Path) -> None:
    with running(data, durable=False) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE fans AS SELECT 'Ann' AS name")
    assert stopped(data, within_s=60)
    with running(data, durable=False) as url:
        assert ask(url, "SELECT name FROM fans") == "Ann"


def test_the_address_is_in_the_environment_only_inside(data: Path) -> None:
    with running(data, durable=False) as url:
        assert os.environ["DATABASE_URL"] == url == own_url(data)
    assert "DATABASE_URL" not in os.environ


def test_it_speaks_unicode_and_has_the_extensions_for_search(data: Path) -> None:
    with running(data, durable=False) as url:
        assert ask(url, "SELECT lower('ÉLÉONORE')") == "éléonore"
        found = "SELECT count(*) FROM pg_available_extensions WHERE name IN ('pg_trgm', 'unaccent')"
        assert ask(url, found) == 2


def test_it_listens_to_nobody_from_the_network(data: Path) -> None:
    with running(data, durable=False) as url:
        assert ask(url, "SHOW listen_addresses") == ""
        assert cluster_folder(data).stat().st_mode & 0o077 == 0


def test_data_are_safe_from_a_power_cut_unless_a_test_says_otherwise(data: Path) -> None:
    with running(data) as url:
        assert (ask(url, "SHOW fsync"), ask(url, "SHOW synchronous_commit")) == ("on", "on")


def test_the_last_one_out_turns_it_off(data: Path) -> None:
    with visitor(data, stays_s=60) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "inside\n"
        with running(data, durable=False):
            pass
        assert not stopped(data, within_s=1)
        other.kill()
        assert stopped(data, within_s=60)
    assert not answers(data)


def test_two_first_starts_at_once_share_one_postgresql(data: Path) -> None:
    with visitor(data, 1) as one, visitor(data, 1) as two, visitor(data, 1) as three:
        assert [p.stdout.readline() for p in (one, two, three) if p.stdout] == ["inside\n"] * 3
    assert [one.returncode, two.returncode, three.returncode] == [0, 0, 0]


def test_a_killed_postgresql_comes_back_to_those_inside(data: Path) -> None:
    with running(data, durable=False) as url:
        before = postmaster(data)
        os.kill(before, signal.SIGKILL)
        assert until(lambda: answers(data) and postmaster(data) != before)
        assert ask(url, "SELECT 1") == 1


def test_a_killed_guardian_takes_postgresql_along_and_another_can_be_sent_for(data: Path) -> None:
    with running(data, durable=False) as url:
        before = postmaster(data)
        os.kill(guardian(data), signal.SIGKILL)
        assert until(lambda: not command_line(before))
        ensure(data, durable=False)
        assert ask(url, "SELECT 1") == 1


def test_guardian_and_postgresql_killed_at_once_leave_nothing_that_stops_a_start(data: Path) -> None:
    with running(data, durable=False):
        for pid in (guardian(data), postmaster(data)):
            os.kill(pid, signal.SIGKILL)
    with running(data, durable=False) as url:
        assert ask(url, "SELECT 1") == 1


def test_a_pid_file_whose_number_now_belongs_to_another_is_forgotten(data: Path) -> None:
    with running(data, durable=False):
        left = (cluster_folder(data) / "postmaster.pid").read_text()
    assert stopped(data, within_s=60)
    ours = "\n".join([str(os.getpid()), *left.split("\n")[1:]])
    (cluster_folder(data) / "postmaster.pid").write_text(ours)
    with running(data, durable=False) as url:
        assert ask(url, "SELECT 1") == 1


def test_a_first_start_that_was_killed_leaves_no_half_cluster(data: Path) -> None:
    half = data / "postgres.new-killed"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with running(data, durable=False) as url:
        assert ask(url, "SELECT 1") == 1
    assert not half.exists()


def test_a_path_too_long_for_a_socket_is_no_trouble(data: Path) -> None:
    deep = data / ("a-very-long-name-" * 6)
    deep.mkdir(mode=0o711)
    with running(deep, durable=False) as url:
        assert len(os.fsencode(socket_folder(deep))) <= LONGEST_SOCKET < len(os.fsencode(deep))
        assert ask(url, "SELECT 1") == 1
    assert stopped(deep, within_s=60)
    shutil.rmtree(socket_folder(deep))


def test_a_socket_folder_that_somebody_else_made_first_is_refused(data: Path) -> None:
    deep = data / ("a-very-long-name-" * 6)
    deep.mkdir(mode=0o711)
    trap = socket_folder(deep)
    trap.mkdir()
    trap.chmod(0o777)
    with pytest.raises(HouseError, match=r"must belong to the user who runs PostgreSQL.*Remove it and start again"):
        ensure(deep, durable=False)
    trap.rmdir()


def test_data_of_another_version_say_where_to_go(data: Path) -> None:
    with running(data, durable=False):
        pass
    assert stopped(data, within_s=60)
    (cluster_folder(data) / "PG_VERSION").write_text("15\n")
    with pytest.raises(HouseError, match=r"must be of PostgreSQL 18\. They are of 15\. Go back"):
        ensure(data, durable=False)


def test_damaged_data_are_told_in_one_sentence(data: Path) -> None:
    with running(data, durable=False):
        pass
    assert stopped(data, within_s=60)
    (cluster_folder(data) / "global" / "pg_control").unlink()
    with pytest.raises(
        HouseError, match=r"must be whole\. A file of it is missing\. Restore.*It said: .*pg_control.*postgres\.log"
    ):
        ensure(data, durable=False)


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        ("FATAL:  could not write lock file: No space left on device", "The disk must have room."),
        ('FATAL:  could not open file "x": Permission denied', "Start as the user who owns the data folder"),
        ("initdb: error: could not look up effective user ID 4242", "Add it to /etc/passwd"),
    ],
)
def test_what_postgresql_complains_of_comes_with_its_cure(said: str, cure: str) -> None:
    sentence = explain(f"LOG:  starting\n{said}\n", Path("postgres.log"))
    assert cure in sentence
    assert " ".join(said.split()) in sentence


@as_root
def test_an_ordinary_user_runs_it_under_their_own_name(ordinary: Path) -> None:
    data = ordinary / "data"
    with visitor(data, 0.1, user="nobody", group="nogroup", extra_groups=[], env=environment(ordinary)) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == "inside\n"
    assert stopped(data, within_s=60)
    assert (data / "postgres").owner() == "nobody"


@as_root
def test_roots_closed_folders_stay_closed_and_it_runs_all_the_same(data: Path) -> None:
    data.parent.chmod(0o700)
    with running(data, durable=False) as url:
        assert ask(url, "SELECT 1") == 1
    assert data.parent.stat().st_mode & 0o777 == 0o700
    assert (data / "postgres").is_symlink()
    assert stopped(data, within_s=60)
    with running(data, durable=False) as url:
        assert ask(url, "SELECT current_user") == "entourage"
