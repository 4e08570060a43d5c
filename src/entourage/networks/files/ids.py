"""Ids of a table's rows: as they were meant, made from the content where there are none, and met twice."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from entourage.networks.base import Skip

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.networks.activity import Activity

_RUINED = re.compile(r"\d(?:[.,]\d+)?[Ee]\+?\d{1,3}")


def is_ruined(id_: str) -> bool:
    """Whether a spreadsheet turned an id into a rounded number: ``1.2E+17``."""
    return _RUINED.fullmatch(id_) is not None


def bare(value: str) -> str:
    """An id without what protects it from a spreadsheet: ``="123"`` or ``'123``."""
    if value.startswith('="') and value.endswith('"'):
        value = value[2:-1].strip()
    return value.lstrip("'")


def name_id(name: str) -> str:
    """What tells people apart where only names are told; empty for no name."""
    return f"name:{' '.join(name.split()).casefold()}" if name else ""


def content_id(*parts: str) -> str:
    """The id of an act whose source has none: what makes it unique, digested; the same row has the same id for ever."""
    told = "\x1f".join(parts).encode("utf-8", "replace")
    return f"~{blake2b(told, digest_size=16).hexdigest()}"


class Seen:
    """The ids met lately, in bounded memory, to find one id with two contents; the same content twice is a repeat."""

    most = 1 << 17  # about 25 MB; then it starts anew

    def __init__(self) -> None:
        self._ids: dict[int, tuple[int, datetime, int]] = {}

    def check(self, activity: Activity, line: int) -> None:
        """Refuse an id that was met with another content."""
        slot, content = hash(activity.id), hash(activity.text) ^ hash(activity.actor.id)
        met = self._ids.setdefault(slot, (content, activity.at, line))
        if met[2] == line:
            if len(self._ids) >= self.most:
                self._ids.clear()
        elif met[0] != content or met[1] != activity.at:
            cure = "Look which one is right; the first is kept."
            reason = f"an id must have one content; line {met[2]} has another"
            raise Skip(reason, field="id", value=activity.id, cure=cure)
