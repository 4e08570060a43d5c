"""Who may talk to our PostgreSQL: whoever started it, as the kernel names them at the socket, and nobody else."""

from __future__ import annotations

import os
import pwd
from typing import TYPE_CHECKING

from entourage.house.address import NAME

if TYPE_CHECKING:
    from pathlib import Path

HOST_RULES = "# Written anew at each start.\nlocal all {role} {manner}\n"
PEER = "peer map=house"
# Without a name for our number (some containers) the kernel's word cannot be used; the folder's mode is then the door.
ANYBODY = "trust"


def admit(cluster: Path) -> None:
    """Write the rules of entry. For root, PostgreSQL runs as a lesser user, who must not come in as the owner."""
    name = _own_name()
    _write(cluster / "pg_hba.conf", HOST_RULES.format(role=NAME, manner=PEER if name else ANYBODY))
    _write(cluster / "pg_ident.conf", f'house "{name}" {NAME}\n' if name else "")


def _own_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return ""


def _write(path: Path, text: str) -> None:
    """Write in place: the file keeps the owner that PostgreSQL needs."""
    with path.open("w") as file:
        file.write(text)
