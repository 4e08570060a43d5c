"""How soon is a crisis seen, and how often is a quiet page called one? The table of docs/methods/crisis.md, printed.

    python -m bench.crisis

Simulated brands of several sizes and seeds: hourly counts of what people write to the brand, and of what is against it.
The weeks of the crisis and of operations are known. Beside it, what dashboards do: so many standard deviations over the
mean of the last four weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
from bench.warmth import AGAINST, WORDS

from entourage.engine.log import HOUR_US, WEEK_US, moment_us
from entourage.engine.service.unusual import QUARTER_H, WEEK_H, WINDOW_H, alarms
from entourage.engine.simulate import simulate

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from entourage.engine.simulate.simulation import Simulation

SIZES, SEEDS, WEEKS = (500, 2_000, 10_000), (1, 2, 3, 4, 5, 6), 52
UNTIL = datetime(2025, 3, 31, 6, tzinfo=UTC)
MEASURES = ("all", "against us")
BEFORE_H, DAY_H = 4 * WEEK_H, 24


@dataclass(frozen=True)
class Hours:
    """Counts an hour of each measure (2 x T), and which hours are of the crisis, of an operation, of neither."""

    counts: NDArray[np.int64]
    crisis: NDArray[np.bool_]
    ordinary: NDArray[np.bool_]


def hours(brand: Simulation) -> Hours:
    total = brand.weeks * WEEK_H
    start = moment_us(UNTIL) - brand.weeks * WEEK_US
    counts = np.zeros((2, total), dtype=np.int64)
    for week, _ in brand.history():
        rows = week.rows[np.isin(week.rows["intent"], WORDS) & (week.rows["author"] >= 0) & (week.rows["page"] == 0)]
        hour = np.clip((rows["at"] - start) // HOUR_US, 0, total - 1).astype(np.int64)
        against = np.isin(rows["intent"], AGAINST)
        counts[0] += np.bincount(hour, minlength=total)
        counts[1] += np.bincount(hour[against], minlength=total)
    return Hours(counts, *_weeks(brand, total, start))


def _weeks(brand: Simulation, total: int, start: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    week = np.arange(total) // WEEK_H
    crisis = np.isin(week, brand.plan.crisis)
    busy = np.zeros(total, dtype=bool)
    for one in brand.operations:
        first, last = ((moment_us(moment) - start) // HOUR_US for moment in (one.starts, one.ends))
        busy[max(0, first) : last + 1] = True
    # After a crisis, and while nobody answers, people are angry still.
    after = week > min(brand.plan.crisis)
    return crisis, ~(crisis | busy | after)


def ours(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """As the crisis room does: both measures, short windows and long ones, one wrong alarm a quarter in all."""
    out = np.zeros(counts.shape[1], dtype=bool)
    for one in alarms(dict(zip(MEASURES, counts, strict=True))):
        out[one.first : one.last + 1] = True
    return out


def three_sigma(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    return _dashboard(counts, lambda mean, spread: mean + 3 * spread)


def six_sigma(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    return _dashboard(counts, lambda mean, spread: mean + 6 * spread)


def _dashboard(counts: NDArray[np.int64], line: Callable[[float, float], float]) -> NDArray[np.bool_]:
    """What is against us in the last six hours, beside a line over the mean of all windows of four weeks."""
    seen = np.convolve(counts[1], np.ones(WINDOW_H, dtype=np.int64))[: counts.shape[1]]
    past = np.lib.stride_tricks.sliding_window_view(seen, BEFORE_H)[:-1]
    lines = np.full(len(seen), np.inf)
    lines[BEFORE_H:] = [line(mean, spread) for mean, spread in zip(past.mean(axis=1), past.std(axis=1), strict=True)]
    return seen > lines


RULES = {"ours": ours, "mean + 3 sd": three_sigma, "mean + 6 sd": six_sigma}


def begun(beyond: NDArray[np.bool_], where: NDArray[np.bool_]) -> int:
    """How many alarms begin there; one that comes again within a day is the same."""
    hours_of = np.flatnonzero(beyond)
    fresh = hours_of[np.diff(hours_of, prepend=-10_000) > DAY_H]
    return int(where[fresh].sum())


def line(name: str, told: list[Hours]) -> str:
    found = [RULES[name](one.counts) for one in told]
    quarters = sum(one.ordinary[BEFORE_H:].sum() for one in told) / QUARTER_H
    wrong = sum(begun(beyond, one.ordinary) for beyond, one in zip(found, told, strict=True))
    delays = [
        int(np.flatnonzero(beyond & one.crisis)[0] - np.flatnonzero(one.crisis)[0])
        for beyond, one in zip(found, told, strict=True)
        if (beyond & one.crisis).any()
    ]
    middle = f"{np.median(delays):.0f} h" if delays else "-"
    return f"  {name:>12}   {wrong / quarters:6.2f}   {len(delays)} of {len(told)}   {middle:>6}"


def main() -> None:
    print(f"{len(SEEDS)} seeds each, {WEEKS} weeks: wrong alarms a quarter, crises seen, hours until seen (median)")
    for size in SIZES:
        told = [hours(simulate(people=size, weeks=WEEKS, seed=seed, until=UNTIL)) for seed in SEEDS]
        many, against = (np.mean([one.counts[row].sum() for one in told]) / WEEKS / 7 for row in (0, 1))
        print(f"{size:,} people, {many:.0f} messages a day, {against:.0f} against us")
        for name in RULES:
            print(line(name, told))


if __name__ == "__main__":
    main()
