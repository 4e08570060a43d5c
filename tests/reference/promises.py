"""Slow twin of engine.service.deadlines: one conversation at a time, one event after the other."""

from __future__ import annotations

from entourage.engine.service.deadlines import Clock, Event

Row = tuple[int, Clock, int, int, int]
Happened = list[tuple[int, Event]]


def clocks(talks: dict[int, Happened]) -> list[Row]:
    found = [row for talk, events in talks.items() for row in _of(talk, _kept(sorted(events)))]
    return sorted(found, key=lambda row: row[:3])


def _kept(events: Happened) -> Happened:
    """Without the resolutions that were taken back before they wrote again."""
    kept: Happened = []
    for place, (at, event) in enumerate(events):
        later = [e for _, e in events[place + 1 :] if e in (Event.ASKED, Event.RESOLVED, Event.REOPENED)]
        if not (event is Event.RESOLVED and later and later[0] is Event.REOPENED):
            kept.append((at, event))
    return kept


def _of(talk: int, events: Happened) -> list[Row]:
    rows: list[Row] = []
    waits: int | None = None
    open_since: int | None = None
    spoken = False
    what = Clock.NEXT
    for at, event in events:
        answer = event in (Event.ANSWERED, Event.ANSWERED_AFTER)
        if event is Event.ASKED:
            if waits is None:
                waits, what = at, Clock.NEXT if spoken else Clock.FIRST
            open_since = at if open_since is None else open_since
        if (answer or event is Event.RESOLVED) and waits is not None:
            rows.append((talk, what, waits, at, event))
            waits = None
        if event is Event.RESOLVED and open_since is not None:
            rows.append((talk, Clock.RESOLUTION, open_since, at, event))
            open_since = None
        spoken = spoken or answer or event is Event.ASKED
    if waits is not None:
        rows.append((talk, what, waits, -1, -1))
    if open_since is not None:
        rows.append((talk, Clock.RESOLUTION, open_since, -1, -1))
    return rows
