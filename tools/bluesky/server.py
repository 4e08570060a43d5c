"""Start the network: Redis and Bluesky's servers, on free ports of loopback, until the ``with`` ends."""

from __future__ import annotations

import socket
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tools.bluesky.install import Installed, installed

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = Path(__file__).with_name("server.mjs")


class Addresses(msgspec.Struct, frozen=True):
    """Where the network answers."""

    service: str  # of accounts and records
    firehose: str
    appview: str = ""


@contextmanager
def started(kind: str, *, database: str = "") -> Iterator[Addresses]:
    """The network, from its first answer on.

    Parameters
    ----------
    kind : "whole", with the AppView, which needs ``database`` (an address of an empty database of PostgreSQL); or
        "limited", the server of accounts alone, with its real rate limits

    Raises
    ------
    Absent: it is not installed. RuntimeError: it did not start; the message is its own.
    """
    place = installed()
    with ExitStack() as stack:
        environment = {"PATH": "/usr/bin:/bin", "LOG_ENABLED": "false", "NODE_ENV": "test"}
        environment["TMPDIR"] = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        if kind == "whole":
            environment |= {"DB_POSTGRES_URL": database, "REDIS_HOST": stack.enter_context(_redis(place))}
        yield stack.enter_context(_node(place, kind, environment))


@contextmanager
def _node(place: Installed, kind: str, environment: dict[str, str]) -> Iterator[Addresses]:
    command = [str(place.node / "bin" / "node"), str(SCRIPT), str(place.network), kind]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=place.network
        )
        try:
            yield _ready(process)
        except _NotReadyError:
            log.seek(0)
            raise RuntimeError(
                f"Bluesky's servers did not start: {log.read()[-2000:].decode(errors='replace')}"
            ) from None
        finally:
            process.kill()
            process.communicate()


class _NotReadyError(Exception):
    """The process ended before its line came."""


def _ready(process: subprocess.Popen[bytes]) -> Addresses:
    """Wait for the one line of JSON; a library may print others before it."""
    for line in process.stdout or ():
        if line.startswith(b'{"service"'):
            return msgspec.json.decode(line, type=Addresses)
    raise _NotReadyError


@contextmanager
def _redis(place: Installed) -> Iterator[str]:
    port = _free_port()
    command = [str(place.redis), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
