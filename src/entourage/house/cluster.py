"""PostgreSQL's own folder: made once, whole or not at all, where the user who runs it can reach it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from entourage.house.address import NAME
from entourage.house.complaints import explain
from entourage.house.errors import HouseError
from entourage.house.owner import Owner, can_reach, run_as
from entourage.house.wheel import SYSTEM_PLACE

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}  # nobody's PGPORT or LANG leaks in
SPACE = 200 << 20  # bytes; a new cluster takes 40 MB and its first log segments as much again
MANNER = [
    f"--username={NAME}",
    "--auth=trust",  # until the rules of `entry` are written, before the first start
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",  # the same order on every machine
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
]


def make(data: Path, owner: Owner, folder: Path, *, durable: bool) -> None:
    """Make the cluster beside its place and move it there whole, so that a kill leaves no half.

    Raises
    ------
    HouseError: no room, no right, or what ``initdb`` said.
    """
    for half in data.glob("postgres.new-*"):
        shutil.rmtree(half)
    home = _home(data, owner)
    if (free := shutil.disk_usage(home).free) < SPACE:
        raise HouseError(
            f"PostgreSQL needs {SPACE >> 20} MB of free disk in {home}. Got {free >> 20}. Free some, or name another "
            "folder with ENTOURAGE_DATA."
        )
    draft = Path(tempfile.mkdtemp(prefix="postgres.new-" if home == data else "postgres-", dir=home))
    give(draft, owner)
    _fill(draft, owner, folder, log=data / "postgres.log", durable=durable)
    _place(draft, data / "postgres")


def check_version(cluster: Path, folder: Path) -> None:
    """Check that these programs can open this cluster.

    Raises
    ------
    HouseError: another major version made it.
    """
    made_by = (cluster / "PG_VERSION").read_text().strip()
    said = subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    ours = said.split()[-1].split(".")[0]
    if made_by != ours:
        raise HouseError(
            f"The data in {cluster} must be of PostgreSQL {ours}. They are of {made_by}. Go back to the version of "
            "Entourage that made them, `entourage export` there, then import here."
        )


def give(folder: Path, owner: Owner) -> None:
    """Hand a folder that we made to the user who runs PostgreSQL."""
    if os.geteuid() == 0:
        os.chown(folder, owner.uid, owner.gid)


def _fill(draft: Path, owner: Owner, folder: Path, *, log: Path, durable: bool) -> None:
    command = [str(folder / "initdb"), "-D", str(draft), *MANNER, *([] if durable else ["--no-sync"])]
    made = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=ENVIRONMENT,
        cwd="/",
        check=False,
        **run_as(owner),
    )
    if made.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise HouseError(explain(made.stdout.decode(errors="replace"), log))


def _home(data: Path, owner: Owner) -> Path:
    """Return the folder to keep the cluster in.

    Root's own folders are closed to the user who runs PostgreSQL; rather than open them, the cluster lives elsewhere.
    """
    if can_reach(data / "postgres", owner):
        return data
    SYSTEM_PLACE.mkdir(mode=0o711, parents=True, exist_ok=True)
    return SYSTEM_PLACE


def _place(draft: Path, name: Path) -> None:
    if name.is_symlink():
        name.unlink()  # it pointed to a cluster that is gone
    if draft.parent == name.parent:
        draft.rename(name)
    else:
        name.symlink_to(draft)
