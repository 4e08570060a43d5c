"""Children start together, are watched, and leave nobody behind."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from entourage.house import HouseError
from entourage.house.ports import check_port
from entourage.house.supervisor import Child, Household, healthy

WEB = """
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""
# Each leaves a mark once it is what it is named for.
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""
PARENT = """
import pathlib, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).touch()
child.wait()
"""
ONCE = """
import pathlib, sys, time
first, second = map(pathlib.Path, sys.argv[1:])
if first.exists():
    second.touch()
    time.sleep(60)
first.touch()
sys.exit(7)
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def child(code: str, *arguments: object, mends: bool = False) -> Child:
    return Child("worker", [sys.executable, "-c", code, *map(str, arguments)], mends=mends)


def alive(group: int) -> bool:
    """Whether a process of this group still runs; one that only waits to be forgotten does not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                return True
    return False


def until_there(mark: Path) -> None:
    ends = time.monotonic() + 60
    while not mark.exists():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_it_waits_until_the_pages_answer_and_stops_on_sigterm(port: int) -> None:
    household = Household([child(WEB, port)])
    with household.at_work():
        assert household.wait_ready("127.0.0.1", port)
        threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGTERM]).start()
        household.watch(lambda: None)
    assert not healthy("127.0.0.1", port)


def test_grandchildren_go_too(tmp_path: Path) -> None:
    household = Household([child(PARENT, tmp_path / "mark")])
    with household.at_work():
        until_there(tmp_path / "mark")
    process = household.children[0].process
    assert process is not None
    assert not alive(process.pid)


def test_one_that_will_not_go_is_made_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entourage.house.supervisor.STOP_S", 0.5)
    household = Household([child(STUBBORN, tmp_path / "mark")])
    with household.at_work():
        until_there(tmp_path / "mark")
    process = household.children[0].process
    assert process is not None
    assert process.returncode == -signal.SIGKILL


def test_a_dead_web_server_ends_the_house_with_its_reason(port: int) -> None:
    household = Household([child("import sys; sys.exit(4)")])
    with household.at_work(), pytest.raises(HouseError, match=r"The worker must keep running\. It ended with code 4\."):
        household.wait_ready("127.0.0.1", port)


def test_a_dead_worker_starts_again_and_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    again = tmp_path / "again"
    household = Household([child(ONCE, tmp_path / "mark", again, mends=True)])
    with household.at_work():
        household.watch(lambda: household.leaving.set() if again.exists() else None)
        assert household.children[0].dead() is None
    assert "The worker ended with code 7; it starts again." in capfd.readouterr().err


def test_a_worker_that_dies_again_and_again_ends_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entourage.house.supervisor.MENDS", 2)
    household = Household([child("import sys; sys.exit(7)", mends=True)])
    with household.at_work(), pytest.raises(HouseError, match="ended with code 7"):
        household.watch(lambda: None)


def test_a_taken_port_names_who_has_it_and_another(port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(HouseError) as caught:
            check_port("127.0.0.1", port)
    assert f"is taken by {Path('/proc/self/comm').read_text().strip()} (process {os.getpid()})" in str(caught.value)
    assert f"PORT={port + 1} make run" in str(caught.value)


def test_a_host_that_is_not_this_machine_is_named() -> None:
    with pytest.raises(HouseError, match=r"Port 8000 of 192\.0\.2\.1 must be free\. It is not this machine's address"):
        check_port("192.0.2.1", 8000)
