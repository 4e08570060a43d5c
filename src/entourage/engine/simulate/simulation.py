"""A simulated brand: its people, its plan, and its history as often as one asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from entourage.engine.errors import InvalidInput
from entourage.engine.log import ACTS, moment_us
from entourage.engine.simulate import life, people, words
from entourage.engine.simulate.calendar import UNTIL
from entourage.engine.simulate.intents import Intent
from entourage.engine.simulate.operations import Operation, Plan, plan
from entourage.engine.simulate.pages import PAGES, Page
from entourage.engine.simulate.service import CALL
from entourage.engine.simulate.truth import REHEARSALS, History, told
from entourage.engine.simulate.world import Lived, World, lived

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from entourage.engine.simulate.people import People
    from entourage.engine.simulate.rows import Rows

#: Fewer people than this cannot hold all the roles.
FEWEST: Final = 60


@dataclass(frozen=True)
class Simulation:
    """A brand with known truth; iterating twice gives the same history twice, and nothing is kept in between."""

    seed: int
    weeks: int
    until: datetime
    people: People
    plan: Plan

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The brand's operations, with their moments, hashtags, labels and costs."""
        return self.plan.operations

    @property
    def own(self) -> tuple[Page, ...]:
        """The brand's own page; its handle is the same on each network."""
        return PAGES[:1]

    @property
    def competitors(self) -> tuple[Page, ...]:
        """The competitors whose public threads are in the data too."""
        return PAGES[1:]

    @cached_property
    def directory(self) -> words.Directory:
        """Handles, names and kinds of everybody who can write."""
        return words.directory(self.people)

    def start(self) -> World:
        """The world before the first week."""
        return World(self.people, self.plan, self.seed, self.weeks, self.until, life.born(self.people))

    def history(self) -> Iterator[tuple[Lived, World]]:
        """Each week with the world after it."""
        world = self.start()
        for _ in range(self.weeks):
            week, world = lived(world)
            yield week, world

    def batches(self) -> Iterator[pa.Table]:
        """The activities, a table a week, sorted by time; columns as in ``words.table``."""
        return (words.table(week.rows, self.directory, self.plan) for week, _ in self.history())

    def log(self) -> pa.Table:
        """The engine's log (``person``, ``at_us``, ``act``): what people did on the brand's own ground."""
        parts = [week.rows[(week.rows["author"] >= 0) & (week.rows["page"] == 0)] for week, _ in self.history()]
        return as_log(np.concatenate(parts))

    def calls(self) -> pa.Table:
        """The calls to the call centre: ``person``, ``at_us``, ``reason``, ``minutes``."""
        return as_calls(np.concatenate([week.calls for week, _ in self.history()]))

    def truth(self, *, future: bool = False, rehearsals: int = REHEARSALS) -> pa.Table:
        """What nobody could know, a row a person; ``future`` lives the next quarter and adds what came of it."""
        kept = History.empty(self.people, self.plan, self.until)
        world = self.start()
        for week, after in self.history():
            kept.note(week)
            world = after
        return told(world, kept, self.directory, future=future, rehearsals=rehearsals)


def as_log(rows: Rows) -> pa.Table:
    """The rows in the columns of ``engine.log``."""
    act = pa.array(ACTS).take(pa.array(rows["act"]))
    return pa.table({"person": rows["author"].astype(np.int64), "at_us": rows["at"], "act": act})


def as_calls(made: Any) -> pa.Table:
    """Calls as a table, by time; the reason in words."""
    made = np.sort(made, order=["at", "person"]) if len(made) else np.zeros(0, CALL)
    reason = pa.array([intent.name.lower() for intent in Intent]).take(pa.array(made["reason"]))
    return pa.table({
        "person": made["person"].astype(np.int64),
        "at_us": made["at"],
        "reason": reason,
        "minutes": made["minutes"].astype(float),
    })  # fmt: skip


def simulate(*, people: int = 2_500, weeks: int = 52, seed: int = 7, until: datetime = UNTIL) -> Simulation:
    """A fictional brand, Maison Tilleul of Lyon, whose people's hearts are known.

    Bursty, seasonal, contagious and non-stationary; with an angry regular, bought fans in lockstep, a contest with
    prize hunters, a tasting with real recruits, helpers, relays, staff, a bot, a crisis of service, a deserted
    fortnight, orders and calls, and two competitors who answer quicker. It shares no model with the engine's measures.

    Parameters
    ----------
    people : how many people, at least 60; about ten to fourteen activities a person and year
    weeks : how many weeks, at least 12
    seed : the same seed gives the same history, to the byte
    until : datetime with a time zone; the moment at which the history ends

    Raises
    ------
    InvalidInput: too few people or weeks, a negative seed, ``until`` without a time zone.

    Notes
    -----
    Ours. What is true in it and how it lies: docs/methods/simulate.md

    Examples
    --------
    >>> brand = simulate(people=200, weeks=20, seed=7)
    >>> brand.people.name[3].as_py(), [operation.key for operation in brand.operations]
    ('Dee Marchettine', ['paid', 'contest', 'tasting'])
    """
    if people < FEWEST:
        raise InvalidInput(
            f"`people` of a simulation must be at least {FEWEST}. Got {people}; fewer cannot hold all the roles."
        )
    if seed < 0:
        raise InvalidInput(f"`seed` of a simulation must not be negative. Got {seed}; take any number from 0 on.")
    moment_us(until, name="until")
    what = plan(weeks, until)
    crowd = _gathered(people, weeks=weeks, what=what, seed=seed)
    return Simulation(seed, weeks, until, crowd, what)


def _gathered(count: int, *, weeks: int, what: Plan, seed: int) -> People:
    return people.gathered(count, weeks=weeks, plan=what, rng=np.random.default_rng((seed, count)))


def demo(seed: int = 7, *, until: datetime) -> Simulation:
    """The demo brand: a year of about 2,500 people that ends at ``until``; loads in seconds."""
    return simulate(people=2_500, weeks=52, seed=seed, until=until)
