"""The weekly life of a crowd: who is there, how eagerly, and what last week did to them.

No model of the engine is used. A person acts in sessions, a Poisson number a week at the rate *passion x drift x
season x esteem x (1 + heat)* while they are around; a session is a burst (acts call acts). Heat is what excites: own
acts, being answered, friends who bustle, a relay one listens to. Grievance is what unanswered messages leave; it makes
people leave. So behaviour is bursty, contagious, seasonal and non-stationary.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from entourage.engine.simulate.moods import ENGAGING
from entourage.engine.simulate.people import Floats, People, Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Passion wanders: an AR(1) in its logarithm, half forgotten in about four months.
_MEMORY, _WANDER = 0.96, 0.14
#: What is left of heat and grievance a week later.
_COOLING, _FORGIVING = 0.5, 0.82
_HOTTEST: Final = 1.8
#: A disappointing fortnight is felt for a quarter.
_RECOVERY: Final = 0.06


@dataclass(frozen=True)
class State:
    """Where the crowd is at the start of a week: P people, a column each, and the brand's esteem."""

    alive: NDArray[np.bool_]
    drift: Floats
    heat: Floats
    grievance: Floats
    esteem: float


@dataclass(frozen=True)
class Felt:
    """What a week did to each of P people, as counts."""

    acts: NDArray[np.int64]
    answered: NDArray[np.int64]
    ignored: NDArray[np.int64]


def born(people: People) -> State:
    """The crowd before the first week."""
    none = np.zeros(len(people), np.float32)
    return State(np.ones(len(people), bool), none, none, none, 1.0)


def rates(state: State, people: People, *, index: int, season: float) -> Floats:
    """Expected sessions of each person in week ``index``."""
    around = state.alive & (people.arrival <= index)
    esteem = np.where(people.page == 0, state.esteem, 1.0).astype(np.float32)
    rate = people.passion * np.exp(state.drift) * esteem * (1 + state.heat) * np.float32(season)
    # A machine knows neither season nor friends.
    rate = np.where(people.role == Role.BOT, people.passion, rate)
    return np.asarray(np.where(around, rate, 0), np.float32)


def engaged_chance(rate: Floats, mood: NDArray[np.int64]) -> Floats:
    """Probability that each person engages with the brand in the week: the true hazard."""
    return np.asarray(-np.expm1(-rate * ENGAGING[mood].astype(np.float32)), np.float32)


def aged(state: State, felt: Felt, people: People, *, blow: float, rng: np.random.Generator) -> State:
    """The state a week later; ``blow`` is what the week cost the brand's esteem."""
    heat = _COOLING * state.heat + 0.15 * np.minimum(felt.acts, 3) + 0.2 * np.minimum(felt.answered, 2)
    heat += people.sociability * _bustle(felt.acts, people)
    grievance = _FORGIVING * state.grievance + felt.ignored - 0.5 * felt.answered
    drift = _MEMORY * state.drift + _WANDER * rng.standard_normal(len(people), dtype=np.float32)
    return replace(
        state,
        alive=_around(state, heat.astype(np.float32), people, rng),
        drift=drift,
        heat=np.clip(heat, 0, _HOTTEST).astype(np.float32),
        grievance=np.clip(grievance, 0, 6).astype(np.float32),
        esteem=state.esteem + _RECOVERY * (1 - state.esteem) - blow,
    )


def _bustle(acts: NDArray[np.int64], people: People) -> Floats:
    """What each person feels of the acts of the others in their circle and of the relay whom it listens to."""
    circles = int(people.circle.max()) + 1
    lively = np.bincount(people.circle, np.minimum(acts, 4), circles)
    friends = 0.05 * np.minimum(lively[people.circle] - np.minimum(acts, 4), 10)
    relays = people.of(Role.RELAY)
    heard = 0.06 * np.minimum(acts[relays], 3)[people.circle % len(relays)]
    return np.asarray(friends + heard, np.float32)


def _around(state: State, heat: Floats, people: People, rng: np.random.Generator) -> NDArray[np.bool_]:
    chance = rng.random(len(people), dtype=np.float32)
    impatient = 1 + 3.5 * state.grievance * (1.2 - people.patience)
    # The vehement do not leave because they are ignored: they stay and say so.
    leave = people.leave * np.where(people.role == Role.VEHEMENT, 1, impatient)
    back = people.back * (1 + 2 * heat) * (0.4 + 0.6 * state.esteem)
    return np.asarray(np.where(state.alive, chance >= leave, chance < back))
