"""Whoever reads standard output: a pipe that is closed, a full disk, a terminal of few letters, nobody at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from entourage.cli.frame import Failed, writing
from entourage.house import HouseError

READ = [sys.executable, "-m", "entourage.cli", "read", "-"]
MANY = "Merci, c'était parfait\n".encode() * 2_000


def test_a_reader_that_leaves_is_no_failure() -> None:
    for form in ([], ["--json"]):
        run = subprocess.Popen([*READ, *form], stdin=-1, stdout=-1, stderr=-1)
        assert run.stdin
        assert run.stdout
        run.stdout.close()
        run.stdin.write(MANY)
        run.stdin.close()
        assert run.stderr
        assert (run.wait(timeout=120), run.stderr.read()) == (0, b"")
        run.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_full_disk_is_the_machines_fault_and_said_so(form: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*READ, *form], input=MANY, stdout=full, stderr=-1, check=False, timeout=120)
    sentence = b"Standard output must take the answer. It does not: No space left on device. Make room, or send it else"
    assert (done.returncode, done.stderr.startswith(sentence), done.stderr.count(b"\n")) == (3, True, 1)


def test_where_standard_output_is_closed_nothing_is_said_and_all_is_done() -> None:
    line = ["sh", "-c", 'exec "$@" >&-', "sh", *READ]
    done = subprocess.run(line, input=MANY, capture_output=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_terminal_of_few_letters_gets_those_that_it_has() -> None:
    facts = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(READ, input=MANY[:24], capture_output=True, check=False, timeout=120, env=facts)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Merci, c'?tait parfait" in done.stdout


def test_what_reads_must_be_a_file(tmp_path: Path) -> None:
    done = subprocess.run([*READ[:-1], str(tmp_path)], capture_output=True, check=False, timeout=120)
    assert done.returncode == 2
    assert b"FILE must be a file." in done.stderr


def test_a_full_disk_and_a_path_that_takes_nothing_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(HouseError, match="must have room for"), writing(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    with (
        pytest.raises(Failed, match=r"must be writable\. It is not: Permission denied\."),
        writing(tmp_path),
    ):
        raise OSError(errno.EACCES, "Permission denied")
