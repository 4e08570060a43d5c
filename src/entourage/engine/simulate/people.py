"""Who is around the brand: roles with known truth, and the traits that nobody can see in a log."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from entourage.engine.simulate import names
from entourage.engine.simulate.operations import CONTEST, PAID, TASTING, Plan

if TYPE_CHECKING:
    import pyarrow as pa

Floats = NDArray[np.float32]

NETWORKS: Final = ("facebook", "instagram", "x")
#: How the public splits over the networks.
_NETWORK_SHARES: Final = (0.45, 0.33, 0.22)
_FRENCH: Final = 0.72
#: Friends who read each other: a bustle in the circle is felt by its members.
CIRCLE: Final = 12
#: Bought profiles act in groups of this size.
LOCKSTEP: Final = 40


class Role(IntEnum):
    """The truth about a person."""

    ORDINARY = 0
    CLOSE = 1
    VEHEMENT = 2
    HELPER = 3
    RELAY = 4
    RECRUIT = 5
    HUNTER = 6
    BOUGHT = 7
    STAFF = 8
    BOT = 9
    ELSEWHERE = 10


#: Drawn by the prize or bought: present, and nothing behind it.
HOLLOW: Final = (Role.HUNTER, Role.BOUGHT)


@dataclass(frozen=True)
class Kind:
    """A role's share of the crowd, sessions a week (mean, spread), weekly hazards of leaving and of returning."""

    share: float
    passion: float
    spread: float
    leave: float
    back: float


# As sparse as real pages are: most people come once or twice, a few per cent carry the page.
KINDS: Final = {
    Role.ORDINARY: Kind(0.0, 0.15, 1.0, 0.085, 0.008),  # the rest of the crowd
    Role.CLOSE: Kind(0.036, 0.70, 0.55, 0.012, 0.04),
    Role.VEHEMENT: Kind(0.007, 0.70, 0.35, 0.012, 0.05),
    Role.HELPER: Kind(0.006, 1.10, 0.40, 0.010, 0.05),
    Role.RELAY: Kind(0.004, 0.90, 0.35, 0.008, 0.06),
    Role.RECRUIT: Kind(0.045, 0.50, 0.60, 0.018, 0.03),
    Role.HUNTER: Kind(0.14, 0.012, 0.50, 0.25, 0.01),
    Role.BOUGHT: Kind(0.08, 0.0, 0.0, 0.5, 0.0),
    Role.STAFF: Kind(0.003, 0.90, 0.30, 0.002, 0.05),
    Role.BOT: Kind(0.0004, 9.0, 0.10, 0.0, 1.0),
    Role.ELSEWHERE: Kind(0.06, 0.22, 0.80, 0.045, 0.015),
}


@dataclass(frozen=True)
class People:
    """P people, a column per trait; ``page`` is whose public they are (0 the brand, 1 and 2 its competitors)."""

    role: NDArray[np.uint8]
    origin: NDArray[np.uint8]
    language: NDArray[np.uint8]
    network: NDArray[np.uint8]
    page: NDArray[np.uint8]
    arrival: NDArray[np.int32]
    circle: NDArray[np.int32]
    passion: Floats
    patience: Floats
    temper: Floats
    sociability: Floats
    leave: Floats
    back: Floats
    late: NDArray[np.bool_]
    handle: pa.Array
    name: pa.Array
    first: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.role)

    def of(self, *roles: Role) -> NDArray[np.int64]:
        """The indices of the people of these roles, ascending."""
        return np.flatnonzero(np.isin(self.role, roles))


def gathered(people: int, *, weeks: int, plan: Plan, rng: np.random.Generator) -> People:
    """P people with their traits; the first four are Ann (close), Bob (hollow), Cyd (relay) and Dee (vehement)."""
    role = _roles(people, rng)
    origin = _origins(role, rng)
    first, last = names.first_and_last(rng, people)
    circle = rng.integers(0, max(1, people // CIRCLE), people, dtype=np.int32)
    passion = _passion(role, origin, rng)
    kinds = np.array([[KINDS[one].leave, KINDS[one].back] for one in Role])
    crowd = People(
        role=role,
        origin=origin,
        language=(rng.random(people) > _FRENCH).astype(np.uint8),
        network=_networks(role, circle, rng),
        page=np.where(role == Role.ELSEWHERE, 1 + rng.integers(0, 2, people), 0).astype(np.uint8),
        arrival=_arrivals(role, origin, weeks=weeks, plan=plan, rng=rng),
        circle=circle,
        passion=passion,
        patience=rng.beta(3, 2, people).astype(np.float32),
        temper=np.where(role == Role.VEHEMENT, 0.85, rng.beta(1.6, 4, people)).astype(np.float32),
        sociability=rng.beta(2, 3, people).astype(np.float32),
        leave=(kinds[role, 0] * rng.gamma(4, 0.25, people)).astype(np.float32),
        back=kinds[role, 1].astype(np.float32),
        late=rng.random(people) < 0.45,
        handle=names.handles(first, last, rng.integers(0, 3, people), bot=role == Role.BOT),
        name=names.spelled(first, last, bot=role == Role.BOT),
        first=first,
    )
    _cast(crowd)
    return crowd


def _cast(crowd: People) -> None:
    """Ann, Bob, Cyd and Dee are the same in every simulation; all but Bob are there from the first week to the last."""
    crowd.network[:4] = [NETWORKS.index(name) for name in ("instagram", "facebook", "x", "facebook")]
    crowd.language[:4] = (0, 0, 1, 0)
    stays = [0, 2, 3]
    crowd.arrival[stays], crowd.leave[stays], crowd.passion[stays] = 0, 0, (2.2, 1.8, 2.2)


def _roles(people: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    cast = [Role.CLOSE, Role.HUNTER, Role.RELAY, Role.VEHEMENT]
    counts = {role: max(1, round(people * kind.share)) for role, kind in KINDS.items() if kind.share}
    # A brand has dozens of employees who write, not thousands, however large its public.
    counts[Role.STAFF], counts[Role.BOT] = min(counts[Role.STAFF], 60), min(counts[Role.BOT], 5)
    rest = np.zeros(people - len(cast), np.uint8)
    drawn = np.concatenate([np.full(number, role, np.uint8) for role, number in counts.items()])
    rest[: len(drawn)] = drawn[: len(rest)]
    return np.concatenate((np.array(cast, np.uint8), rng.permutation(rest)))


def _networks(role: NDArray[np.uint8], circle: NDArray[np.int32], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A circle of friends lives on one network, where they meet; a group of bought profiles is sold for one too."""
    network = rng.choice(len(NETWORKS), int(circle.max()) + 1, p=_NETWORK_SHARES).astype(np.uint8)[circle]
    bought = np.flatnonzero(role == Role.BOUGHT)
    network[bought] = np.arange(len(bought)) // LOCKSTEP % len(NETWORKS)
    network[role == Role.BOT] = NETWORKS.index("x")
    return network


def _origins(role: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    origin = np.zeros(len(role), np.uint8)
    origin[role == Role.HUNTER], origin[role == Role.RECRUIT], origin[role == Role.BOUGHT] = CONTEST, TASTING, PAID
    ordinary = np.flatnonzero(role == Role.ORDINARY)
    chance = rng.random(len(ordinary))
    # Even a bad operation brings a few real people, and a good one a few passers-by.
    origin[ordinary[chance < 0.012]] = CONTEST
    origin[ordinary[(chance >= 0.012) & (chance < 0.025)]] = TASTING
    origin[ordinary[(chance >= 0.025) & (chance < 0.045)]] = PAID
    return origin


def _passion(role: NDArray[np.uint8], origin: NDArray[np.uint8], rng: np.random.Generator) -> Floats:
    table = np.array([[KINDS[one].passion, KINDS[one].spread] for one in Role])
    mean, spread = table[role, 0], table[role, 1]
    passion = mean * np.exp(spread * rng.standard_normal(len(role)) - spread**2 / 2)
    passion[(role == Role.ORDINARY) & (origin == PAID)] *= 0.4
    return np.asarray(passion, np.float32)


def _arrivals(
    role: NDArray[np.uint8], origin: NDArray[np.uint8], *, weeks: int, plan: Plan, rng: np.random.Generator
) -> NDArray[np.int32]:
    people = len(role)
    settled = rng.exponential(4, people)
    growing = weeks * np.sqrt(rng.random(people) * 0.84 + 0.16)
    old = rng.random(people) < np.where(np.isin(role, (Role.ORDINARY, Role.ELSEWHERE)), 0.35, 0.8)
    arrival = np.where(old, settled, growing).astype(np.int32)
    for code, lasts in ((PAID, 2), (CONTEST, 2), (TASTING, 3)):
        came = np.flatnonzero(origin == code)
        arrival[came] = plan.first_week(code) + rng.integers(0, lasts, len(came))
    return arrival.clip(0, weeks - 1).astype(np.int32)
