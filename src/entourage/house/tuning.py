"""How our own PostgreSQL is set: for one machine that it shares with the application."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SHARE = 5  # a fifth of the memory, for the application and its worker need theirs
MOST_BUFFERS = 2048  # MB; beyond, the system's own cache does as well
ROOMY = 256  # MB of /dev/shm; containers get 64, which a parallel query overflows


def options(sockets: Path, *, durable: bool) -> list[str]:
    """Return the command line's settings of PostgreSQL. Not `durable` is for tests: a power cut loses the data."""
    settings = {**_settings(sockets), **({} if durable else _CARELESS)}
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


# A test works in one transaction that is never committed: whoever analyses its tables meanwhile finds them empty.
_CARELESS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}


def _settings(sockets: Path) -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return {
        # Nobody comes in by the network: the socket's folder is closed to all but its owner.
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "port": "5432",
        "max_connections": "100",
        "shared_buffers": f"{max(32, min(memory // SHARE, MOST_BUFFERS))}MB",
        "effective_cache_size": f"{max(64, memory // 2)}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": f"{max(64, min(memory // 16, 512))}MB",
        "dynamic_shared_memory_type": "posix" if _shared_memory() >= ROOMY else "mmap",
        # An import writes a lot at once; fewer, larger checkpoints halve what is written.
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "pglz",
        "random_page_cost": "1.1",  # disks without heads
        "jit": "off",  # compiling costs more than our queries
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",  # complaints are recognised by their English words
        "log_min_duration_statement": "2000",  # ms
        "log_parameter_max_length": "0",  # people's words do not belong in a log
        "log_parameter_max_length_on_error": "0",
    }


def _shared_memory() -> int:
    try:
        return shutil.disk_usage("/dev/shm").total >> 20  # noqa: S108 - asked for its size only
    except OSError:
        return 0
