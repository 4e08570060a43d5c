"""What the hostile network truly holds: its story so far, and all that was sent to it, hidden and deleted there.

Kept in memory under a name, or in a file of JSON lines that several processes share and a killed one cannot spoil.
"""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from entourage.networks.activity import Account, Act, Activity, Change
from entourage.networks.hostile.declared import KEY
from entourage.networks.hostile.story import ME, Event, Plot, story

if TYPE_CHECKING:
    from collections.abc import Mapping

_memory: dict[str, list[Entry]] = {}


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that was done to the network: ``sent``, ``liked``, ``hidden`` or ``deleted``."""

    what: str
    at: datetime
    id: str = ""
    key: str = ""
    text: str = ""
    to: str = ""
    recipient: str = ""
    private: bool = False
    # When it can be seen: something sent may arrive late.
    seen_at: datetime | None = None


class Held(msgspec.Struct, kw_only=True):
    """An act as the network holds it. ``odd``: its words break careless readers, and may be stored mended."""

    activity: Activity
    deleted_at: datetime | None = None
    odd: bool = False


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """All that is true at a moment: every act by its id, and the ids that each key brought into being."""

    held: dict[str, Held]
    sent: dict[str, list[str]]

    @property
    def present(self) -> dict[str, Activity]:
        """What is there, by id."""
        return {id_: held.activity for id_, held in self.held.items() if held.deleted_at is None}

    @property
    def gone(self) -> set[str]:
        """What was there and was deleted."""
        return {id_ for id_, held in self.held.items() if held.deleted_at is not None}


def truth(settings: Mapping[str, str], *, at: datetime) -> Truth:
    """What the network of these settings holds at a moment; complete settings, as ``registry.opened`` fills them."""
    held: dict[str, Held] = {}
    for event in events(settings, at=at):
        one = event.activity
        if one.change is Change.DELETE:
            if one.id in held and held[one.id].deleted_at is None:
                held[one.id].deleted_at = event.at
        elif one.id not in held:
            held[one.id] = Held(activity=one, odd=event.odd)
        else:
            held[one.id].activity, held[one.id].odd = one, event.odd
    sent: dict[str, list[str]] = {}
    for entry in entries(settings):
        if entry.what == "sent":
            sent.setdefault(entry.key, []).append(entry.id)
    return Truth(held=held, sent=sent)


def events(settings: Mapping[str, str], *, at: datetime) -> list[Event]:
    """All that can be seen at a moment, in the order of time: the story, and what was done through us."""
    told = [event for event in story(Plot.of(settings)) if event.at <= at]
    done = [event for entry in entries(settings) if (event := _event(entry)) is not None and event.at <= at]
    return sorted(told + done, key=lambda event: event.at)


def entries(settings: Mapping[str, str]) -> list[Entry]:
    """All that was done to the network, in order. A line that a killed process left half is as if not written."""
    name = settings["ledger"]
    if os.sep not in name:
        return list(_memory.get(name, []))
    path = Path(name)
    lines = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
    return [msgspec.json.decode(line, type=Entry) for line in lines if line.startswith(b"{") and line.endswith(b"}\n")]


def enter(settings: Mapping[str, str], **facts: Any) -> Entry:
    """Write down that something was done; on return it is on disk, if the ledger is a file."""
    entry = Entry(**facts)
    name = settings["ledger"]
    if os.sep not in name:
        _memory.setdefault(name, []).append(entry)
        return entry
    with Path(name).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        # The line break before it ends what a killed process may have left half.
        file.write(b"\n" + msgspec.json.encode(entry) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return entry


def forget(settings: Mapping[str, str]) -> None:
    """Begin anew: nothing was ever done."""
    _memory.pop(settings["ledger"], None)
    if os.sep in settings["ledger"]:
        Path(settings["ledger"]).unlink(missing_ok=True)


def _event(entry: Entry) -> Event | None:
    at = entry.seen_at or entry.at
    if entry.what == "sent":
        return Event(at, _sent(entry))
    if entry.what != "deleted":
        return None
    gone = Account(id="")
    return Event(at, Activity(network=KEY, id=entry.id, act=Act.POST, actor=gone, at=at, change=Change.DELETE))


def _sent(entry: Entry) -> Activity:
    return Activity(
        network=KEY,
        id=entry.id,
        act=Act.MESSAGE if entry.private else Act.REPLY,
        actor=ME,
        at=entry.seen_at or entry.at,
        to=(Account(id=entry.recipient),) if entry.recipient else (),
        in_reply_to=entry.to,
        text=entry.text,
    )
