"""Is the port free, and if not, who has it?"""

from __future__ import annotations

import contextlib
import errno
import socket
from pathlib import Path

from entourage.house.errors import HouseError

REFUSALS = {
    errno.EACCES: "may not be used by you; below 1024 they are root's",
    errno.EADDRNOTAVAIL: "is not this machine's address",
}


def check_port(host: str, port: int) -> None:
    """Check that a server can listen there.

    Raises
    ------
    HouseError: who has the port, and how to take another.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise HouseError(
            f"`HOST` must be an address of this machine. Got {host}: {error.strerror}. Unset it."
        ) from error
    with socket.socket(family, kind) as probe:
        # As the server will: a port whose last connections are only fading away is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            why = REFUSALS.get(error.errno or 0) or f"is taken{_by_whom(port)}"
            raise HouseError(
                f"Port {port} of {host} must be free. It {why}. Stop that, or take another: PORT={port + 1} make run, "
                f"or entourage up --port {port + 1}."
            ) from error


def _by_whom(port: int) -> str:
    """Return `` by NAME (process N)``, as far as the system lets us see (Linux, our own processes)."""
    sockets = _listening(port)
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if any(str(handle.readlink()) in sockets for handle in (folder / "fd").iterdir()):
                return f" by {(folder / 'comm').read_text().strip()} (process {folder.name})"
    return ""


def _listening(port: int) -> set[str]:
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        with contextlib.suppress(OSError):
            for line in table.read_text().splitlines()[1:]:
                _, local, _, state, *_, inode = line.split()[:10]
                if state == "0A" and int(local.rpartition(":")[2], 16) == port:
                    found.add(f"socket:[{inode}]")
    return found
