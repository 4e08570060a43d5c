"""What is organised rather than lived: prize hunters and tasters of the operations, bought fans in lockstep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.log import DAY_US, HOUR_US, WEEK_US
from entourage.engine.simulate.intents import Intent
from entourage.engine.simulate.operations import CONTEST, PAID, TASTING, Plan
from entourage.engine.simulate.people import LOCKSTEP, People, Role
from entourage.engine.simulate.rows import Rows, blank

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entourage.engine.simulate.calendar import Week

#: Bought fans act together in these weeks after their purchase, then never again.
_LOCKSTEP_WEEKS: Final = (0, 1, 2, 4, 7, 11)
_SECOND_US: Final = 1_000_000


def crowds(people: People, alive: NDArray[np.bool_], week: Week, plan: Plan, rng: np.random.Generator) -> Rows:
    """The organised acts of the week, with author, moment, intent and origin; where they stand is decided later."""
    parts = [_lockstep(people, week, plan, rng)]
    if plan.during(CONTEST, week.index):
        parts += _contest(people, alive, week, plan, rng)
    if plan.during(TASTING, week.index):
        parts += _tasting(people, alive, week, plan, rng)
    return np.concatenate(parts)


def _gestures(
    authors: NDArray[np.int64], at: NDArray[np.int64], intent: Intent, origin: int, rng: np.random.Generator
) -> Rows:
    rows = blank(len(authors), rng)
    rows["author"], rows["at"], rows["intent"], rows["origin"] = authors, at, intent, origin
    return rows


def _opening(week: Week, first: int, share: NDArray[np.float64]) -> NDArray[np.int64]:
    """Moments after the operation's post: it goes up at noon of the first day of its first week."""
    opened = week.start_us + (12 * HOUR_US if week.index == first else 0)
    return np.asarray(opened + (share * (week.end_us - opened - HOUR_US)).astype(np.int64))


def _contest(people: People, alive: NDArray[np.bool_], week: Week, plan: Plan, rng: np.random.Generator) -> list[Rows]:
    """Hunters come for the tablet in a rush, like and share as told; some of the public enters too."""
    came = np.flatnonzero((people.origin == CONTEST) & (people.arrival == week.index))
    public = np.flatnonzero(alive & (people.arrival < week.index) & np.isin(people.role, (Role.ORDINARY, Role.CLOSE)))
    public = public[rng.random(len(public)) < 0.05]
    entrants = np.concatenate((came, public))
    at = _opening(week, plan.contest, rng.beta(1, 2.5, len(entrants)))
    told = rng.random((3, len(entrants))) < np.array([[0.7], [0.45], [0.3]])
    parts = [_gestures(entrants, at, Intent.ENTRY, CONTEST, rng)]
    for place, intent in enumerate((Intent.LIKE, Intent.FOLLOW, Intent.SHARE)):
        parts.append(
            _gestures(entrants[told[place]], at[told[place]] + (7 + 9 * place) * _SECOND_US, intent, CONTEST, rng)
        )
    return parts


def _tasting(people: People, alive: NDArray[np.bool_], week: Week, plan: Plan, rng: np.random.Generator) -> list[Rows]:
    """Recruits tell what they tasted, in words; so do those who already cared. Relays carry it to their circles."""
    came = np.flatnonzero((people.origin == TASTING) & (people.arrival == week.index))
    caring = np.flatnonzero(alive & (people.arrival < week.index) & np.isin(people.role, (Role.CLOSE, Role.HELPER)))
    caring = caring[rng.random(len(caring)) < 0.22]
    tasters = np.concatenate((came, caring))
    relays = people.of(Role.RELAY)
    return [
        _gestures(tasters, _opening(week, plan.tasting, rng.random(len(tasters))), Intent.TASTING, TASTING, rng),
        _gestures(relays, _opening(week, plan.tasting, rng.random(len(relays))), Intent.SHARE, TASTING, rng),
    ]


def _lockstep(people: People, week: Week, plan: Plan, rng: np.random.Generator) -> Rows:
    """Bought profiles follow, like and flatter in groups, all within a minute and a half of each other."""
    since = week.index - plan.paid
    bought = people.of(Role.BOUGHT)
    if since not in _LOCKSTEP_WEEKS:
        return blank(0, rng)
    group = np.arange(len(bought)) // LOCKSTEP
    starts = week.start_us + rng.integers(DAY_US, WEEK_US - DAY_US, group[-1] + 1)
    at = starts[group] + rng.integers(0, 90, len(bought)) * _SECOND_US
    if since == 0:
        return _gestures(bought, at, Intent.FOLLOW, PAID, rng)
    likes = rng.random(len(bought)) < 0.92
    flatters = rng.random(len(bought)) < 0.18
    return np.concatenate((
        _gestures(bought[likes], at[likes], Intent.LIKE, PAID, rng),
        _gestures(bought[flatters], at[flatters] + 5 * _SECOND_US, Intent.FLATTERY, PAID, rng),
    ))  # fmt: skip
