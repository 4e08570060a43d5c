"""The same activity told several times in one batch: the newest edition wins, a deletion wins over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.networks.activity import Activity


LISTED = 20  # ids told otherwise that are named


class Versions:
    """The activities of one batch, each once, by key."""

    def __init__(self) -> None:
        self.kept: dict[bytes, Activity] = {}
        self.deaths: dict[bytes, datetime] = {}
        # Rows beside the kept one's own that told something new: an earlier edition, a deletion.
        self.extra: dict[bytes, int] = {}
        self.repeated = 0
        # Told with different content, neither newer: how many, and the first of them.
        self.conflicting = 0
        self.conflicts: list[str] = []

    def bury(self, key: bytes, deletion: Activity) -> None:
        """Take a deletion; the activity itself may come before or after."""
        before = self.kept.setdefault(key, deletion)
        died = self.deaths.get(key)
        self.deaths[key] = deletion.at if died is None else min(died, deletion.at)
        if died is not None:
            self.repeated += deletion.rows
        elif before is not deletion:
            self._learn(key, deletion)

    def choose(self, key: bytes, before: Activity, now: Activity) -> None:
        """Take one more telling of an activity that is kept already."""
        if before.change == "delete" or _edition(now) > _edition(before):
            self.kept[key] = now
            self._learn(key, before)
            return
        self.repeated += now.rows
        if _edition(now) == _edition(before) and _differs(now, before):
            self.conflicting += 1
            if len(self.conflicts) < LISTED:
                self.conflicts.append(now.id)

    def _learn(self, key: bytes, other: Activity) -> None:
        self.extra[key] = self.extra.get(key, 0) + other.rows


def _edition(activity: Activity) -> float:
    return activity.edited_at.timestamp() if activity.edited_at else float("-inf")


def _differs(one: Activity, other: Activity) -> bool:
    return (one.act, one.actor.id, one.at, one.text) != (other.act, other.actor.id, other.at, other.text)
