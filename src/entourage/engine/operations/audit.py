"""Who stayed: the people that an operation brought, ninety days later, beside those who came by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from entourage.engine.errors import InvalidInput
from entourage.engine.log import DAY_US, WEEK_US, moment_us
from entourage.engine.proof.intervals import Estimate, Label, difference, label, share
from entourage.engine.proof.survival import Curve, kaplan_meier

if TYPE_CHECKING:
    from datetime import datetime

#: Who has not been heard of for this long counts as new when an operation brings them.
DORMANT_DAYS = 90
#: The first month after a draw is still its echo (thanks, complaints, the prize); a relation is judged after it.
FROM_DAY, TO_DAY = 30, 90
#: Two acts in two different weeks: once is an errand.
ACTS, WEEKS = 2, 2
#: Who has been silent for this long has left, until heard of again.
SILENT_DAYS = 30

#: The values of the column ``mark``: an act of nobody's operation, of this one, of another one.
NO_MARK, THIS, OTHER = 0, 1, 2

State = Literal["kept", "provisional", "too_early"]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Newcomers: how many, how many ``kept`` a lasting relation (None before day 90), and their survival curve.

    ``curve`` is over days since the end; it is None while it is too early to call anybody gone. ``here`` is the share
    still around on day ``judged_day``, the last day on which leaving can be judged (at most 90). ``ids`` are the
    people, ``kept_ids`` those who stayed.
    """

    people: int
    kept: int | None
    kept_share: Estimate
    here: Estimate
    curve: Curve | None
    ids: tuple[int, ...]
    kept_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stayed:
    """What an operation left behind, in people: its ``recruits`` beside the ``organic`` newcomers of the same days.

    ``state`` is "kept" from day 90 on, "provisional" before, "too_early" while nobody can be called gone.
    ``gap`` is recruits minus organic, of the kept shares (95 %, Newcombe) once they can be judged, else of the shares
    still around. ``entrants`` counts all who took part, newcomers or not.
    """

    state: State
    judged_day: int
    entrants: int
    recruits: Cohort
    organic: Cohort
    gap: Estimate
    label: Label


def who_stayed(acts: Any, *, starts: datetime, ends: datetime, at: datetime) -> Stayed:
    """Count who of the people an operation brought became a lasting relation, beside who came by themselves.

    A newcomer was not heard of in the ninety days before first acting within the operation's dates. A relation lasts
    when the person does at least two acts that earn nothing, in two different weeks, between day 30 and day 90 after
    the end. People who came by themselves are newcomers of the same dates, under the same rule, without its mark.

    Parameters
    ----------
    acts : frame, A rows (meaningful acts) over P people
        ``person`` (int64), ``at_us`` (int64), ``mark`` (0 none, 1 of this operation, 2 of another one). It must hold
        all acts of who acted within the dates, from ninety days before ``starts`` on.
    starts, ends, at : datetimes with a time zone
        The operation's dates (``ends``: the draw or the end of spending) and the moment to look from.

    Returns
    -------
    Stayed

    Raises
    ------
    InvalidInput: a moment has no time zone, ``ends`` does not come after ``starts``, or a column is missing.

    Notes
    -----
    Ours; intervals Wilson (1927) and Newcombe (1998), curves Kaplan & Meier (1958). Nobody was drawn at random, so the
    label is *associated*. When it lies: docs/methods/who-stayed.md
    """
    start, end, now = moment_us(starts, name="starts"), moment_us(ends, name="ends"), moment_us(at)
    if end <= start:
        raise InvalidInput(f"`ends` must come after `starts`. Got {ends.isoformat()}; exchange the two dates.")
    person, at_us, mark = _columns(acts, now)
    within = (at_us >= start) & (at_us <= end)
    entrants = np.unique(person[within & (mark == THIS)])
    new = _newcomers(person, at_us, within)
    marked_elsewhere = np.unique(person[within & (mark == OTHER)])
    recruits = np.intersect1d(new, entrants)
    organic = np.setdiff1d(new, np.union1d(entrants, marked_elsewhere))
    day = min(TO_DAY, (now - end) // DAY_US - SILENT_DAYS)
    unrewarded = (mark == NO_MARK) & (at_us > end)
    clock = _Clock(end, now, day)
    later = (person[unrewarded], at_us[unrewarded])
    ours, theirs = (_cohort(people, *later, clock) for people in (recruits, organic))
    state: State = "kept" if now >= end + TO_DAY * DAY_US else "provisional" if day > 0 else "too_early"
    return Stayed(state, max(day, 0), len(entrants), ours, theirs, _gap(ours, theirs), label())


def _columns(acts: Any, now: int) -> tuple[Ints, Ints, Ints]:
    frame = nw.from_native(acts)
    eager = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    for column in ("person", "at_us", "mark"):
        if column not in eager.columns:
            found = ", ".join(eager.columns) or "no column"
            raise InvalidInput(f"`acts` must have a column `{column}`. Got {found}; rename or add it.")
    person, at_us, mark = (eager[column].to_numpy().astype(np.int64) for column in ("person", "at_us", "mark"))
    seen = at_us < now
    return person[seen], at_us[seen], mark[seen]


def _newcomers(person: Ints, at_us: Ints, within: Bools) -> Ints:
    """Who acted within the dates and was not heard of in the ninety days before first doing so."""
    order = np.lexsort((at_us, person))
    who, when, inside = person[order], at_us[order], within[order]
    first = np.flatnonzero(inside & ~(np.r_[False, inside[:-1]] & np.r_[False, who[1:] == who[:-1]]))
    # An operation's dates are one stretch, so each person has one first act within them.
    heard = (first > 0) & (who[first - 1] == who[first]) & (when[first] - when[first - 1] < DORMANT_DAYS * DAY_US)
    return np.unique(who[first[~heard]])


class _Clock(NamedTuple):
    """When the operation ended, when we look, and the last day on which leaving can be judged."""

    end: int
    now: int
    day: int


def _cohort(people: Ints, person: Ints, at_us: Ints, clock: _Clock) -> Cohort:
    kept = _kept(people, person, at_us, clock.end) if clock.now >= clock.end + TO_DAY * DAY_US else None
    curve = _curve(people, person, at_us, clock) if clock.day > 0 and people.size else None
    return Cohort(
        people=len(people),
        kept=None if kept is None else len(kept),
        kept_share=Estimate(None, None, None) if kept is None else share(len(kept), len(people)),
        here=_here(curve, clock.day),
        curve=curve,
        ids=tuple(people.tolist()),
        kept_ids=() if kept is None else tuple(kept.tolist()),
    )


def _here(curve: Curve | None, day: int) -> Estimate:
    if curve is None:
        return Estimate(None, None, None)
    return share(curve.still_followed(day), curve.people)


def _kept(people: Ints, person: Ints, at_us: Ints, end: int) -> Ints:
    """Who did enough acts in enough different weeks between day 30 and day 90."""
    judged = (at_us >= end + FROM_DAY * DAY_US) & (at_us < end + TO_DAY * DAY_US) & np.isin(person, people)
    who, week = person[judged], (at_us[judged] - end - FROM_DAY * DAY_US) // WEEK_US
    acted, acts = np.unique(who, return_counts=True)
    in_weeks = np.unique(np.stack([who, week]), axis=1)[0] if who.size else who
    weeks = np.unique(in_weeks, return_counts=True)[1] if who.size else acts
    return np.asarray(acted[(acts >= ACTS) & (weeks >= WEEKS)], dtype=np.int64)


def _curve(people: Ints, person: Ints, at_us: Ints, clock: _Clock) -> Curve:
    """Days from the end to each one's last act; who acted in the last thirty days has not left."""
    last = np.full(len(people), clock.end, dtype=np.int64)
    theirs = np.isin(person, people)
    np.maximum.at(last, np.searchsorted(people, person[theirs]), at_us[theirs])
    judged = clock.now - SILENT_DAYS * DAY_US
    left = last < judged
    return kaplan_meier((np.where(left, last, judged) - clock.end) / DAY_US, left)


def _gap(ours: Cohort, theirs: Cohort) -> Estimate:
    if ours.kept is not None and theirs.kept is not None:
        return difference(ours.kept, ours.people, theirs.kept, theirs.people)
    if ours.curve is None or theirs.curve is None:
        return Estimate(None, None, None)
    around = (round((c.here.value or 0.0) * c.people) for c in (ours, theirs))
    return difference(next(around), ours.people, next(around), theirs.people)
