"""PostgreSQL in the data folder: started, stopped. Only the guardian calls this; others go through `running`."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from psycopg.pq import PGconn, Ping

from entourage.house.address import cluster_folder, own_url, socket_folder
from entourage.house.cluster import ENVIRONMENT, check_version, give, make
from entourage.house.complaints import explain
from entourage.house.entry import admit
from entourage.house.errors import HouseError
from entourage.house.owner import Owner, owner_for, run_as
from entourage.house.tuning import options
from entourage.house.wheel import programs

START_S = 60.0  # recovery after a power cut replays the log; beyond this something is wrong
ATTEMPTS = 5  # the children of a killed PostgreSQL need a moment to let go of its memory
SET_PARENT_DEATH_SIGNAL = 1  # <sys/prctl.h>

Server = subprocess.Popen[bytes]


def answers(data: Path) -> bool:
    """Whether the data folder's PostgreSQL takes connections now."""
    return PGconn.ping(own_url(data, "postgres").encode()) == Ping.OK


def start(data: Path, *, durable: bool = True) -> Server:
    """Start PostgreSQL in the data folder, making its cluster the first time, and wait until it answers.

    Raises
    ------
    HouseError: in one sentence, why not, and the cure.
    """
    owner = owner_for(cluster_folder(data))
    folder = programs(owner)
    if not (cluster_folder(data) / "PG_VERSION").exists():
        make(data, owner, folder, durable=durable)
    check_version(cluster_folder(data), folder)
    admit(cluster_folder(data))
    _clear_leftovers(data)
    log = data / "postgres.log"
    for attempt in range(1, ATTEMPTS + 1):
        begins = log.stat().st_size if log.exists() else 0
        server = _launch(data, owner, folder, log, durable=durable)
        if _wait(data, server):
            return server
        said = log.read_bytes()[begins:].decode(errors="replace")
        if attempt == ATTEMPTS or "still in use" not in said:
            break
        time.sleep(1)
    raise HouseError(explain(said, log))


def stop(server: Server) -> None:
    """Stop PostgreSQL: sessions are ended, everything is written; ever more firmly if it does not obey."""
    for firmness, patience_s in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        server.send_signal(firmness)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(patience_s)
            return


def _launch(data: Path, owner: Owner, folder: Path, log: Path, *, durable: bool) -> Server:
    cluster = cluster_folder(data)
    sockets = _prepared(socket_folder(data), owner)
    with log.open("ab") as output:
        log.chmod(0o600)
        return subprocess.Popen(
            [folder / "postgres", "-D", cluster, *options(sockets, durable=durable)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=ENVIRONMENT,
            cwd="/",
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - the guardian has one thread
            **run_as(owner),
        )


def _die_with_parent() -> None:
    """Ask the kernel to end PostgreSQL in good order should the guardian be killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGINT)


def _wait(data: Path, server: Server) -> bool:
    ends = time.monotonic() + START_S
    while server.poll() is None:
        if answers(data):
            return True
        if time.monotonic() > ends:
            stop(server)
            return False
        time.sleep(0.02)
    return False


def _prepared(sockets: Path, owner: Owner) -> Path:
    """Make the short folder for the socket if there is one, and refuse it if somebody else made it first."""
    with contextlib.suppress(FileExistsError):
        sockets.mkdir(mode=0o700)
        give(sockets, owner)
    found = sockets.lstat()
    if found.st_uid != owner.uid or found.st_mode & 0o077:
        raise HouseError(
            f"The folder {sockets} must belong to the user who runs PostgreSQL (number {owner.uid}) and be closed to "
            f"others. It belongs to number {found.st_uid}, mode {found.st_mode & 0o777:o}. Remove it and start again."
        )
    return sockets


def _clear_leftovers(data: Path) -> None:
    """End a PostgreSQL whose guardian was killed; forget the pid and socket files of one that is gone."""
    cluster = cluster_folder(data)
    pid_file = cluster / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split("\n", 1)[0] or 0)
    ends = time.monotonic() + START_S
    while str(cluster) in command_line(pid) and time.monotonic() < ends:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        time.sleep(0.1)
    pid_file.unlink(missing_ok=True)
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (socket_folder(data) / name).unlink(missing_ok=True)


def command_line(pid: int) -> str:
    """Return what a process was started as, empty when there is none of that number."""
    if pid <= 0:
        return ""
    if Path("/proc/self/cmdline").exists():
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""
    shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True)
    return shown.stdout
