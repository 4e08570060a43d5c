"""The slow twin of the counts: one person after the other, one act after the other, in sets and plain integers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Counted(NamedTuple):
    """What one person did before a moment; ``recent`` are the engaged units among the latest so many."""

    person: int
    x: int
    t_x: int
    n: int
    acts: int
    first_us: int
    last_us: int
    recent: int


def counted(log: Iterable[tuple[int, int]], *, at_us: int, unit_us: int, recent: int) -> list[Counted]:
    """Count by the definition: a unit in which a person acted is engaged, and units are cut back from ``at_us``."""
    moments: dict[int, list[int]] = {}
    for person, moment in log:
        if moment < at_us:
            moments.setdefault(person, []).append(moment)
    return [_counted(person, moments[person], at_us, unit_us, recent) for person in sorted(moments)]


def _counted(person: int, moments: list[int], at_us: int, unit_us: int, recent: int) -> Counted:
    ages = {(at_us - 1 - moment) // unit_us for moment in moments}
    n = max(ages)
    late = sum(age < recent for age in ages)
    return Counted(person, len(ages) - 1, n - min(ages), n, len(moments), min(moments), max(moments), late)
