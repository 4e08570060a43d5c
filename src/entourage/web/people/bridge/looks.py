"""Where everybody stands now, and what changed: the same question asked of the log at four moments.

Nothing is remembered between two runs of the scores: what the rings' hysteresis must know is read again from the log,
at two horizons, one horizon and one period before now. Scoring twice, or every hour, therefore changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from entourage.engine.log import moment_us
from entourage.engine.ties.closeness import closeness_facts, closeness_over_time
from entourage.engine.ties.histories import places
from entourage.engine.ties.standing import MOVEMENTS, State, Thresholds, first_standing, next_standing, rings
from entourage.web.people.models import Movement

if TYPE_CHECKING:
    from datetime import datetime

    from entourage.web.people.bridge.question import Question

CAME_BACK = MOVEMENTS.index("came_back")


@dataclass(frozen=True)
class Look:
    """What could be known at one moment: P people in the order of their numbers, and their state."""

    at: datetime
    table: pa.Table
    state: State
    movement: np.ndarray
    thresholds: Thresholds

    @cached_property
    def ring(self) -> np.ndarray:
        """The ring as it is shown: hysteresis steadies what wavers, and whoever has gone quiet does not waver."""
        weeks, quiet = self.column("weeks"), self.state.quiet
        ahead: int = closeness_facts(self.table)["opportunities"]
        alone = rings(weeks, opportunities=ahead, thresholds=self.thresholds)
        shown: np.ndarray = np.where(quiet, alone, self.state.ring).astype(np.int16)
        return shown

    def column(self, name: str) -> np.ndarray:
        """One column of the closeness of these people."""
        values: np.ndarray = self.table[name].to_numpy()
        return values


def looks(log: Any, question: Question) -> list[Look | None]:
    """Look at the log from each of the four moments; None where too few people had come back by then.

    Raises
    ------
    NotEnoughData: too few people have come back even now.
    """
    tables = closeness_over_time(log, at=question.moments, horizon=question.span, unit=question.unit)
    return _states(tables, question)


def _states(tables: list[pa.Table | None], question: Question) -> list[Look | None]:
    found: list[Look | None] = []
    last: Look | None = None
    for moment, table in zip(question.moments, tables, strict=True):
        if table is not None:
            last = _look(moment, table, last, question)
        found.append(last if table is not None else None)
    return found


def _look(moment: datetime, table: pa.Table, last: Look | None, question: Question) -> Look:
    weeks, p_alive = table["weeks"].to_numpy(), table["p_alive"].to_numpy()
    ahead: dict[str, Any] = {"opportunities": question.horizon, "thresholds": question.thresholds}
    if last is None:
        standing = first_standing(weeks, p_alive, **ahead)
    else:
        place = places(last.column("person"), table["person"].to_numpy())
        active = table["last_us"].to_numpy() >= moment_us(last.at)
        standing = next_standing(weeks, p_alive, active, previous=_aligned(last.state, place), **ahead)
    return Look(moment, table, standing, standing.movement, question.thresholds)


def _aligned(state: State, place: np.ndarray) -> State:
    empty = State.empty(len(place))
    there = place >= 0

    def aligned(name: str) -> np.ndarray:
        column: np.ndarray = np.where(there, getattr(state, name)[place], getattr(empty, name))
        return column

    return State(*(aligned(name) for name in ("ring", "periods_below", "was_close", "quiet")))


def standings(log: Any, question: Question) -> tuple[pa.Table, str]:
    """Answer the question for everybody.

    Returns
    -------
    table, P rows (people) : the columns of ``people.Standing`` that the engine knows
    model : the name of the model that made the prediction

    Raises
    ------
    NotEnoughData: fewer people have come back than a prediction needs.
    """
    found = looks(log, question)
    now = found[-1]
    assert now is not None  # noqa: S101 - `looks` raised otherwise
    return pa.table({**_prediction(now), **_before(now, found[1]), "movement": _movements(now, found)}), str(
        closeness_facts(now.table)["model"]
    )


def _prediction(now: Look) -> dict[str, Any]:
    table = now.table
    moments = {name: table[f"{name}_us"].cast(pa.timestamp("us", "UTC")) for name in ("first", "last")}
    return {
        **{name: table[name] for name in ("person", "weeks", "low", "high", "p_alive")},
        "ring": now.ring,
        "periods_below": now.state.periods_below.astype(np.int16),
        "was_close": now.state.was_close,
        "engaged": now.column("x").astype(np.int32) + 1,
        "opportunities": now.column("n").astype(np.int32),
        "acts": table["acts"].cast(pa.int32()),
        "first_at": moments["first"],
        "last_at": moments["last"],
    }


def _before(now: Look, before: Look | None) -> dict[str, Any]:
    """The same one horizon ago, empty for who was not there."""
    if before is None:
        size = len(now.table)
        return {"weeks_before": pa.nulls(size, pa.float64()), "ring_before": pa.nulls(size, pa.int16())}
    place = places(before.column("person"), now.column("person"))
    absent = place < 0
    return {
        "weeks_before": pa.array(before.column("weeks")[place], mask=absent),
        "ring_before": pa.array(before.ring[place], mask=absent),
    }


def _movements(now: Look, found: list[Look | None]) -> pa.Array:
    """What changed since one horizon ago, in the words of ``people.Movement``."""
    before, late = found[1], found[2]
    if before is None:
        return pa.array([Movement.NONE.value] * len(now.table))
    place = places(before.column("person"), now.column("person"))
    ring = now.ring
    was = np.where(place < 0, ring, before.ring[place])
    quiet_then = np.where(place < 0, False, before.state.quiet[place])
    came_back = now.movement == CAME_BACK
    if late is not None:
        earlier = places(late.column("person"), now.column("person"))
        came_back |= np.where(earlier < 0, -1, late.movement[earlier]) == CAME_BACK
    cases = [
        (place < 0, Movement.NEW),
        (now.state.quiet & ~quiet_then, Movement.QUIET),
        (came_back & ~now.state.quiet, Movement.BACK),
        (ring > was, Movement.CLOSER),
        (ring < was, Movement.DRIFTING),
    ]
    # A million small numbers that point at six words are chosen faster than a million words.
    which = np.select([condition for condition, _ in cases], list(range(len(cases))), len(cases))
    return pa.array([*(word.value for _, word in cases), Movement.NONE.value]).take(pa.array(which))
