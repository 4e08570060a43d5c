"""``entourage up``, as a person starts and stops it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.quick import assert_quick

from entourage.house import stopped
from entourage.house.postgres import command_line
from entourage.house.supervisor import healthy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Started = subprocess.Popen[str]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def up(data: Path, port: int, tmp_path: Path) -> Iterator[Callable[[], Started]]:
    """Start it on the test's data folder; whatever happens, it is gone afterwards."""
    begun: list[Started] = []

    def start(*more: str) -> Started:
        command = [sys.executable, "-m", "entourage.cli", "up", "--no-demo", *more]
        environment = {**os.environ, "PORT": str(port), "ENTOURAGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": ""}
        environment.pop("DJANGO_SETTINGS_MODULE")
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=tmp_path,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        begun.append(process)
        return process

    yield start
    for process in begun:
        process.kill()
        process.communicate()


def ready(process: Started, port: int, within_s: float = 600) -> float:
    """Wait until the pages answer; how long that took."""
    begins = time.monotonic()
    while not healthy("127.0.0.1", port):
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < begins + within_s
        time.sleep(0.05)
    return time.monotonic() - begins


def ended(process: Started, by: signal.Signals = signal.SIGINT) -> str:
    process.send_signal(by)
    said, _ = process.communicate(timeout=60)
    return said


def living(folder: Path) -> list[str]:
    """The processes of this data folder that still run."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "environ").read_bytes() + command_line(int(process.name)).encode()
        except OSError:
            continue
        if os.fsencode(folder) in told and int(process.name) != os.getpid():
            found.append(command_line(int(process.name)))
    return [command for command in found if command]


def test_a_first_start_shows_a_password_once_and_ctrl_c_leaves_nothing_behind(up, data: Path, port: int) -> None:
    first = up()
    ready(first, port)
    said = ended(first)
    assert first.returncode == 0
    assert re.search(r"Sign in as owner@localhost with the password \S{16} ", said)
    assert f"Entourage is at http://127.0.0.1:{port} " in said
    assert said.endswith("Entourage has stopped.\n")
    assert living(data) == []
    second = up()
    ready(second, port)
    assert "password" not in ended(second, by=signal.SIGTERM)


@pytest.mark.slow
def test_a_second_start_takes_under_five_seconds(up, data: Path, port: int) -> None:
    def starts() -> float:
        process = up()
        took = ready(process, port)
        ended(process)
        return took

    starts()
    assert_quick(starts, under_s=5)


@pytest.mark.slow
def test_killed_outright_it_leaves_nothing_and_starts_again(up, data: Path, port: int) -> None:
    process = up()
    ready(process, port)
    process.kill()
    assert stopped(data, within_s=60)
    ends = time.monotonic() + 60
    while living(data) and time.monotonic() < ends:
        time.sleep(0.1)
    assert living(data) == []
    ready(up(), port)


def test_a_second_one_on_the_same_port_says_which_and_how(up, data: Path, port: int) -> None:
    ready(up(), port)
    refused = up("--port", str(port))
    said, _ = refused.communicate(timeout=60)
    assert refused.returncode == 3
    assert said.startswith(f"Port {port} of 127.0.0.1 must be free. It is taken by ")
    assert f"entourage up --port {port + 1}." in said


@pytest.mark.slow
def test_a_killed_postgresql_comes_back_to_the_pages(up, data: Path, port: int) -> None:
    ready(up(), port)
    postmaster = int((data / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
    os.kill(postmaster, signal.SIGKILL)
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        time.sleep(0.5)
        if healthy("127.0.0.1", port):
            break
    assert healthy("127.0.0.1", port)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["up", "--port", "99999"], 2, "should be less than or equal to 65535"),
        (["fly"], 2, "No such command 'fly'"),
        (["up", "--host", "192.0.2.1"], 3, "is not this machine's address"),
    ],
)
def test_exit_codes_tell_who_must_act(arguments: list[str], code: int, sentence: str, data: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "entourage.cli", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert sentence in " ".join(done.stderr.replace("│", " ").split())


def test_an_error_is_json_too_when_json_is_asked_for(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/nobody")
    ask = [sys.executable, "-m", "entourage.cli", "import", "--json", "--brand", "tea", __file__]
    done = subprocess.run(ask, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    told = json.loads(done.stdout)["error"]
    assert told["kind"] == "environment"
    assert told["message"].startswith("The server of DATABASE_URL must answer.")


@pytest.mark.slow
def test_two_first_starts_at_once_make_one_owner(up, port):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        another = int(probe.getsockname()[1])
    first, second = up(), up("--port", str(another))
    ready(first, port)
    ready(second, another)
    said = ended(first) + ended(second)
    assert said.count("shown this once") == 1
    assert "Traceback" not in said


@pytest.mark.slow
def test_of_two_starts_at_once_on_one_port_the_second_says_who_has_it(up, port):
    both = [up(), up()]
    while all(one.poll() is None for one in both):
        time.sleep(0.1)
    late, early = sorted(both, key=lambda one: one.poll() is None)
    assert f"Port {port} of 127.0.0.1 must be free." in late.communicate(timeout=60)[0]
    assert late.returncode == 3
    assert "Traceback" not in ended(early)
