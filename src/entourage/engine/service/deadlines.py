"""Clocks of service: what was promised to whoever wrote, from when to when, and whether it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from entourage.engine.errors import InvalidInput
from entourage.engine.log import moment_us
from entourage.engine.proof.intervals import Estimate, share
from entourage.engine.service.hours import MINUTE_US

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from entourage.engine.service.hours import Hours

    Whole = NDArray[np.int64]

#: No target, no end.
NONE = -1


class Event(IntEnum):
    """What happened in a conversation. At one and the same moment, in this order."""

    ASKED = 0  # they wrote
    ANSWERED = 1  # somebody of ours wrote
    ANSWERED_AFTER = 2  # somebody of ours wrote, at this moment or later: the source does not tell
    BOT = 3  # a machine of ours wrote: nobody has answered yet
    RESOLVED = 4  # somebody said that it is done
    REOPENED = 5  # somebody took that back


#: What ends the wait of whoever wrote.
ANSWERS = (Event.ANSWERED, Event.ANSWERED_AFTER)


class Clock(IntEnum):
    """What is promised: the first answer, each later answer, and that it ends."""

    FIRST = 0
    NEXT = 1
    RESOLUTION = 2


class State(IntEnum):
    """Where a promise stands."""

    RUNNING = 0  # its target lies ahead
    MET = 1
    MISSED = 2  # ended after its target, or the target passed and nothing came
    CANCELLED = 3  # resolved before its target without an answer: none was needed
    UNKNOWN = 4  # answered, but the source does not tell whether in time
    UNPROMISED = 5  # no target holds for it


@dataclass(frozen=True, slots=True)
class Clocks:
    """K clocks: ``talk`` (int64, as given), ``what`` (``Clock``), ``started_us``, ``ended_us`` (or -1), ``by``.

    ``by`` is the ``Event`` that ended it, or -1.
    """

    talk: Whole
    what: Whole
    started_us: Whole
    ended_us: Whole
    by: Whole


@dataclass(frozen=True, slots=True)
class Attainment:
    """Promises kept: ``met`` of those whose target has passed, with Wilson's 95 % interval; others are counted beside.

    ``early`` were kept while their target still lies ahead: counted with the others of their day, once it has passed.
    """

    met: int
    missed: int
    share: Estimate
    early: int
    running: int
    cancelled: int
    unknown: int


def clocks(talk: Any, at_us: Any, event: Any, *, at: datetime) -> Clocks:
    """Tell every clock that had started in these conversations by ``at``.

    *First* runs from their first message to our first answer; a conversation that we opened has none. *Next* runs from
    the first message that no answer has reached yet. Both go on while a bot writes, and end when somebody of ours
    answers or resolves. *Resolution* runs from their first message, or the first one after it was resolved, until
    somebody resolves. What they add while a clock runs starts no second one, and what a member resolves and reopens
    before they write again was never resolved.

    Parameters
    ----------
    talk, at_us, event : int64, E events in any order
        The conversation, microseconds since 1970 UTC, and one of ``Event``.
    at : datetime with a time zone
        The moment to look from; what came later has not come yet.

    Returns
    -------
    Clocks, ordered by conversation, what and moment

    Raises
    ------
    InvalidInput: the three are not equally long, or ``at`` has no time zone.

    Notes
    -----
    Ours; the definition and when it lies: docs/methods/sla.md. Cost: a sort and a few passes over E.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> found = clocks([7, 7, 7], [0, 60, 90], [Event.ASKED, Event.ANSWERED, Event.ASKED], at=datetime.now(UTC))
    >>> [Clock(what).name for what in found.what], found.started_us.tolist(), found.ended_us.tolist()
    (['FIRST', 'NEXT', 'RESOLUTION'], [0, 90, 0], [60, -1, -1])
    """
    talks, moments, events = (np.asarray(one, np.int64) for one in (talk, at_us, event))
    if not len(talks) == len(moments) == len(events):
        raise InvalidInput(f"Events need three equal columns. Got {len(talks)}, {len(moments)}, {len(events)} rows.")
    seen = np.flatnonzero(moments <= moment_us(at))
    order = seen[np.lexsort((events[seen], moments[seen], talks[seen]))]
    rows = _without_taken_back(talks[order], moments[order], events[order])
    return _in_order(_answers(*rows), _runs(*rows, ends=(Event.RESOLVED,), what=Clock.RESOLUTION))


def due_us(started_us: Whole, minutes: Whole, hours: Sequence[Hours], which: Whole) -> Whole:
    """The moment by which each of K clocks must end: so many open ``minutes`` after its start; -1 where those are -1.

    ``which`` (int64, K) says the place of each clock's hours in ``hours``.

    Raises
    ------
    InvalidInput: hours that never open for so long.
    """
    due = np.full(len(started_us), NONE, np.int64)
    for place, kept in enumerate(hours):
        here = np.flatnonzero((which == place) & (minutes >= 0))
        due[here] = kept.add_us(started_us[here], minutes[here] * MINUTE_US)
    return due


def states(found: Clocks, due: Whole, *, at: datetime) -> Whole:
    """Where each of K promises stands (``State``), given the moment by which it must end (-1: nothing is promised)."""
    now = moment_us(at)
    ended = found.ended_us >= 0
    late = np.where(ended, found.ended_us, now) > due
    unanswered = (found.by == Event.RESOLVED) & (found.what != Clock.RESOLUTION)
    told = np.select(
        [due < 0, late, ~ended, unanswered, found.by == Event.ANSWERED_AFTER],
        [State.UNPROMISED, State.MISSED, State.RUNNING, State.CANCELLED, State.UNKNOWN],
        State.MET,
    )
    return told.astype(np.int64)


def attainment(told: Whole, due: Whole, *, at: datetime) -> Attainment:
    """Tell which share of the promises whose target has passed was kept; who is still unanswered then is a miss.

    Parameters
    ----------
    told, due : int64, K promises
        Where each stands (``states``) and by when it must be kept.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> kept = attainment(np.array([State.MET, State.MISSED, State.RUNNING]), np.array([1, 2, 9]),
    ...                   at=datetime(1970, 1, 1, 0, 0, 0, 5, UTC))
    >>> kept.share.value, kept.running
    (0.5, 1)
    """
    passed = due <= moment_us(at)
    met, missed = int((passed & (told == State.MET)).sum()), int((told == State.MISSED).sum())
    early = int((~passed & (told == State.MET)).sum())
    beside = (int((told == one).sum()) for one in (State.RUNNING, State.CANCELLED, State.UNKNOWN))
    return Attainment(met, missed, share(met, met + missed), early, *beside)


def _without_taken_back(talks: Whole, moments: Whole, events: Whole) -> tuple[Whole, Whole, Whole]:
    """The events without each resolution that somebody took back before they wrote again.

    Otherwise a click in time and another one later would keep every promise.
    """
    telling = np.flatnonzero(np.isin(events, (Event.ASKED, Event.RESOLVED, Event.REOPENED)))
    now, then = telling[:-1], telling[1:]
    back = (events[now] == Event.RESOLVED) & (events[then] == Event.REOPENED) & (talks[now] == talks[then])
    keep = np.ones(len(talks), bool)
    keep[now[back]] = False
    return talks[keep], moments[keep], events[keep]


def _answers(talks: Whole, moments: Whole, events: Whole) -> Clocks:
    """Clocks that an answer ends; the first of a conversation in which nobody had spoken is *first*."""
    found = _runs(talks, moments, events, ends=(*ANSWERS, Event.RESOLVED), what=Clock.NEXT)
    spoken = np.flatnonzero(np.isin(events, (Event.ASKED, *ANSWERS)))
    begins, places = np.unique(talks[spoken], return_index=True)
    opened_by_them = begins[events[spoken[places]] == Event.ASKED]
    _, firsts = np.unique(found.talk, return_index=True)
    firsts = firsts[np.isin(found.talk[firsts], opened_by_them)]
    found.what[firsts] = Clock.FIRST
    return found


def _runs(talks: Whole, moments: Whole, events: Whole, *, ends: tuple[Event, ...], what: Clock) -> Clocks:
    """A clock from each message of theirs that follows an end, or nothing, to the next end of its conversation."""
    kept = np.flatnonzero(np.isin(events, (Event.ASKED, *ends)))
    talks, moments, events = talks[kept], moments[kept], events[kept]
    asked = events == Event.ASKED
    goes_on = np.zeros(len(kept), bool)
    goes_on[1:] = asked[:-1] & (talks[1:] == talks[:-1])
    starts, stops = np.flatnonzero(asked & ~goes_on), np.flatnonzero(~asked)
    place = np.searchsorted(stops, starts)
    stop = np.append(stops, 0)[place]
    ended = (place < len(stops)) & (talks[stop] == talks[starts]) if len(starts) else np.zeros(0, bool)
    end, by = np.where(ended, moments[stop], NONE), np.where(ended, events[stop], NONE)
    return Clocks(talks[starts], np.full(len(starts), what, np.int64), moments[starts], end, by)


def _in_order(*parts: Clocks) -> Clocks:
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in Clocks.__slots__]
    order = np.lexsort((columns[2], columns[1], columns[0]))
    return Clocks(*(column[order] for column in columns))
