"""Conversations told one message at a time: the slow twin of the inbox's threading."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

ASKING = {"reply", "comment", "mention", "message", "review", "idea"}
ANSWERING = {*ASKING, "help"}
LAPSES, SETTLES = timedelta(days=30), timedelta(days=7)


@dataclass(frozen=True)
class Said:
    """One act: who, toward whom, under what; ``intent`` and ``sign`` as read, or nothing."""

    key: Any
    who: str
    act: str
    at: datetime
    toward: str | None = None
    reply_to: Any = None
    context: Any = None
    intent: str = ""
    sign: int | None = None
    deleted: bool = False


@dataclass
class Told:
    """A conversation: its messages in order, and whose turn it is."""

    thread: Any
    who: str
    inward: list[Said] = field(default_factory=list)
    outward: list[Said] = field(default_factory=list)

    @property
    def facts(self) -> tuple[Any, ...]:
        asked = min(one.at for one in self.inward)
        answers = [one.at for one in self.outward if one.at >= asked]
        last_out = max((one.at for one in self.outward), default=None)
        return len(self.inward) + len(self.outward), asked, min(answers, default=None), last_out

    def state(self, horizon: datetime) -> str:
        last = self.facts[3]
        pending = [one for one in self.inward if last is None or one.at > last]
        calls = [one.at for one in pending if _calls(one, answered=last is not None)]
        if calls:
            return "open" if max(calls) >= horizon - LAPSES else "lapsed"
        return "waiting" if not pending and last is not None and last >= horizon - SETTLES else "resolved"


def _calls(one: Said, *, answered: bool) -> bool:
    if one.intent in {"spam", "contest_entry"}:
        return False
    return not (answered and one.intent in {"thanks", "praise"} and (one.sign or 0) >= 0)


def threads(acts: list[Said], *, own: set[str], public: set[str]) -> dict[tuple[Any, str], Told]:
    """All conversations by thread and person."""
    there = {one.key: one for one in acts}
    asked = [one for one in acts if one.act in ASKING and one.who in public and one.toward in own and not one.deleted]
    said = [one for one in acts if one.act in ANSWERING and one.who in own and not one.deleted]
    found: dict[tuple[Any, str], Told] = {}
    where: dict[Any, tuple[Any, str]] = {}
    for one in asked:
        place = where[one.key] = (_thread(one, there), one.who)
        found.setdefault(place, Told(*place)).inward.append(one)
    for one in said:
        places = {where[one.reply_to]} if one.reply_to in where else set()
        places |= {(_thread(one, there), one.toward)} & found.keys() if one.toward else set()
        for place in places:
            found[place].outward.append(one)
    return found


def _thread(one: Said, there: dict[Any, Said]) -> Any:
    if one.context is not None:
        return one.context
    top, seen = one.key, {one.key}
    parent = one.reply_to
    while parent is not None and parent not in seen:
        top = parent
        seen.add(parent)
        above = there.get(parent)
        if above is None:
            break
        if above.context is not None:
            return above.context
        parent = above.reply_to
    return top
