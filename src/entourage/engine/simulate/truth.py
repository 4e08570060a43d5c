"""What nobody could know from outside: who people are, who stayed, and how often they will come back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from entourage.engine.errors import InvalidInput
from entourage.engine.log import DAY_US, moment_us
from entourage.engine.simulate import words
from entourage.engine.simulate.operations import ORIGINS, Plan
from entourage.engine.simulate.people import HOLLOW, NETWORKS, People, Role
from entourage.engine.simulate.rows import MEANINGFUL_ACT, Rows
from entourage.engine.simulate.texts.bank import LANGUAGES
from entourage.engine.simulate.world import Lived, World, lived

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The quarter of which the truth speaks.
NEXT_WEEKS: Final = 13
#: How often the future is rehearsed: each rehearsal lives the whole quarter, and the true chances are averaged.
REHEARSALS: Final = 8
#: A lasting relation: two weeks with unrewarded acts between these days after the operation, or after one came.
_FROM_US, _UNTIL_US = 30 * DAY_US, 90 * DAY_US
_NEVER: Final = np.iinfo(np.int64).max


@dataclass
class History:
    """What is counted while the weeks pass: P people, a column each."""

    acts: NDArray[np.int64]
    weeks: NDArray[np.int64]
    first_us: NDArray[np.int64]
    last_us: NDArray[np.int64]
    since_us: NDArray[np.int64]
    lasting_weeks: NDArray[np.int64]
    by_operation: NDArray[np.bool_]
    until_us: int

    @classmethod
    def empty(cls, people: People, plan: Plan, until: datetime) -> History:
        """Before the first week; who came with an operation is judged from its end on."""
        ends = np.array([_NEVER, *(moment_us(operation.ends) for operation in plan.operations)])
        none = np.zeros(len(people), np.int64)
        return cls(
            none.copy(),
            none.copy(),
            none + _NEVER,
            none.copy(),
            ends[people.origin],
            none.copy(),
            people.origin > 0,
            moment_us(until),
        )

    def note(self, week: Lived) -> None:
        """Count a week's acts towards the brand."""
        rows = engagement(week.rows)
        who = rows["author"]
        self.acts += np.bincount(who, minlength=len(self.acts))
        self.weeks[np.unique(who)] += 1
        np.minimum.at(self.first_us, who, rows["at"])
        np.maximum.at(self.last_us, who, rows["at"])
        self.since_us = np.where(self.by_operation, self.since_us, self.first_us)
        self._note_lasting(rows[rows["origin"] == 0])

    def _note_lasting(self, rows: Rows) -> None:
        after = rows["at"] - self.since_us[rows["author"]]
        self.lasting_weeks[np.unique(rows["author"][(after >= _FROM_US) & (after < _UNTIL_US)])] += 1

    def stayed(self) -> pa.Array:
        """Whether the relation lasted; null where day 90 is not over or the person never engaged."""
        known = (self.since_us < _NEVER) & (self.since_us <= self.until_us - _UNTIL_US)
        return pa.array(self.lasting_weeks >= 2, mask=~known)


def engagement(rows: Rows) -> Rows:
    """The rows that are engagement with the brand: by people, meaningful, not on a competitor's page."""
    return np.asarray(rows[(rows["author"] >= 0) & (rows["page"] == 0) & MEANINGFUL_ACT[rows["act"]]])


def checked_rehearsals(rehearsals: int) -> int:
    """The number itself.

    Raises
    ------
    InvalidInput: less than one.
    """
    if rehearsals < 1:
        raise InvalidInput(
            f"`rehearsals` of a simulation must be at least 1. Got {rehearsals}; the expected weeks come from them."
        )
    return rehearsals


def expected(world: World, rehearsals: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Expected engaged weeks of each person in the next quarter and their standard error, by living it several times.

    In each rehearsal the chances of the weeks are added, not their outcomes: far less noise for the same work.
    """
    total = np.zeros((2, len(world.people)))
    for fork in range(1, rehearsals + 1):
        weeks = _rehearsed(replace(world, fork=fork))
        total += (weeks, weeks**2)
    mean = total[0] / rehearsals
    spread = np.sqrt(np.maximum(total[1] / rehearsals - mean**2, 0) / max(rehearsals - 1, 1))
    return mean, spread


def _rehearsed(world: World) -> NDArray[np.float64]:
    weeks = np.zeros(len(world.people))
    for _ in range(NEXT_WEEKS):
        week, world = lived(world)
        weeks += week.chance
    return weeks


def actual(world: World) -> NDArray[np.int64]:
    """Engaged weeks of each person in the quarter that really follows: the same history, lived on."""
    weeks = np.zeros(len(world.people), np.int64)
    for _ in range(NEXT_WEEKS):
        week, world = lived(world)
        weeks[np.unique(engagement(week.rows)["author"])] += 1
    return weeks


def told(world: World, history: History, known: words.Directory, *, future: bool, rehearsals: int) -> pa.Table:
    """One row a person; ``world`` is the one after the last week."""
    people = world.people
    mean, spread = expected(world, checked_rehearsals(rehearsals))
    columns: dict[str, Any] = {
        "simulated": pa.array([words.SIMULATED]).take(pa.array(np.zeros(len(people), np.int64))),
        "person": np.arange(len(people)),
        **_identity(people, known),
        **_traits(world),
        **_counted(history),
        "expected_weeks": mean.round(4),
        "expected_se": spread.round(4),
    }
    if future:
        columns["future_weeks"] = actual(world)
    return pa.table(columns)


def _identity(people: People, known: words.Directory) -> dict[str, Any]:
    place = known.place(np.arange(len(people), dtype=np.int32))
    network = pa.array(NETWORKS).take(pa.array(people.network))
    handle = known.handle.take(pa.array(place))
    return {
        "id": words.account(network, handle),
        "network": network,
        "handle": handle,
        "name": people.name,
        "role": pa.array([role.name.lower() for role in Role]).take(pa.array(people.role)),
        "origin": pa.array([origin or "organic" for origin in ORIGINS]).take(pa.array(people.origin)),
        "language": pa.array(LANGUAGES).take(pa.array(people.language)),
        "hollow": np.isin(people.role, HOLLOW),
        "staff": people.role == Role.STAFF,
        "bot": people.role == Role.BOT,
        "elsewhere": people.page > 0,
    }


def _traits(world: World) -> dict[str, Any]:
    people, state = world.people, world.state
    arrived = world.until - timedelta(weeks=world.weeks)
    weeks = pa.array(moment_us(arrived) + people.arrival.astype(np.int64) * 7 * DAY_US)
    return {
        "arrival_week": words.spelled(weeks.to_numpy()),
        "passion": people.passion.round(4),
        "passion_now": (people.passion * np.exp(state.drift)).round(4),
        "patience": people.patience.round(3),
        "temper": people.temper.round(3),
        "sociability": people.sociability.round(3),
        "alive": state.alive,
        "heat": state.heat.round(3),
        "grievance": state.grievance.round(3),
    }


def _counted(history: History) -> dict[str, Any]:
    seen = pa.array(history.acts > 0)
    return {
        "acts": history.acts,
        "engaged_weeks": history.weeks,
        "first_act": pc.if_else(seen, words.spelled(np.where(history.acts > 0, history.first_us, 0)), ""),
        "last_act": pc.if_else(seen, words.spelled(history.last_us), ""),
        "stayed": history.stayed(),
    }
