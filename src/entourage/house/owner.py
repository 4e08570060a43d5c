"""Under whose name PostgreSQL runs: yours, or, for root (which PostgreSQL refuses), a user who can do nothing else."""

from __future__ import annotations

import os
import pwd
import stat
from typing import TYPE_CHECKING, NamedTuple, TypedDict

if TYPE_CHECKING:
    from pathlib import Path


class Owner(NamedTuple):
    """A user of this machine, by number."""

    uid: int
    gid: int


class As(TypedDict, total=False):
    """The arguments with which ``subprocess`` changes to another user."""

    user: int
    group: int
    extra_groups: list[int]


def owner_for(cluster: Path) -> Owner:
    """Return who must run this cluster: its owner if it exists, else you, or for root `entourage` or `nobody`."""
    if os.geteuid() != 0:
        return Owner(os.geteuid(), os.getegid())
    if cluster.is_dir() and (found := cluster.stat()).st_uid != 0:
        return Owner(found.st_uid, found.st_gid)
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("entourage") or names["nobody"]
    return Owner(entry.pw_uid, entry.pw_gid)


def run_as(owner: Owner) -> As:
    """Return the arguments of ``subprocess`` that become this user: none when you are."""
    if os.geteuid() != 0:
        return {}
    return {"user": owner.uid, "group": owner.gid, "extra_groups": []}


def can_reach(path: Path, owner: Owner) -> bool:
    """Whether this user may walk through every folder above `path` (a clone in /root stops everybody but root)."""
    return all(_may_enter(parent.stat(), owner) for parent in path.resolve().parents)


def _may_enter(folder: os.stat_result, owner: Owner) -> bool:
    if folder.st_uid == owner.uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == owner.gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)
