"""Logs drawn as text: one line a person, one character a week, the newest week last.

``.`` is a week without an act, ``#`` a week with one, a digit a week with so many. ``Ann  ##.#`` was there in the week
that ends now, in two earlier ones, and not in the week before the last. A crowd can stand around them, so that a model
has somebody to learn from.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from entourage.engine.log import WEEK, WEEK_US, moment_us

AT = datetime(2026, 1, 5, tzinfo=UTC)
NAMES = {"Ann": 1, "Bob": 2, "Cyd": 3, "Dee": 4}
_CROWD_FROM = 100
_HOUR_INTO_THE_WEEK = 3_600_000_000


def drawn(text: str, *, crowd: int = 0, seed: int = 7, act: str | None = None) -> pa.Table:
    """The log that the lines draw, as seen at ``AT``; the last character is the week that ends there."""
    rows = [row for line in text.strip().splitlines() for row in _acts(*line.split())]
    rows += _crowd(crowd, np.random.default_rng(seed))
    columns = {
        "person": pa.array([who for who, _ in rows], pa.int64()),
        "at_us": pa.array([at for _, at in rows], pa.int64()),
    }
    return pa.table(columns if act is None else {**columns, "act": [act] * len(rows)})


def _acts(name: str, weeks: str) -> list[tuple[int, int]]:
    starts = moment_us(AT - len(weeks) * WEEK) + _HOUR_INTO_THE_WEEK
    how_many = {".": 0, "#": 1} | {str(digit): digit for digit in range(1, 10)}
    return [
        (NAMES[name], starts + week * WEEK_US + again)
        for week, mark in enumerate(weeks)
        for again in range(how_many[mark])
    ]


def _crowd(people: int, rng: np.random.Generator, weeks: int = 26) -> list[tuple[int, int]]:
    """People who come at their own pace from their own first week on, and leave at some time."""
    there = rng.random((people, weeks)) < rng.beta(1.0, 4.0, (people, 1))
    age = np.arange(weeks)
    first, stays = rng.integers(0, weeks, (people, 1)), rng.geometric(0.06, (people, 1))
    there &= (age >= first) & (age < first + stays)
    there |= age == first
    start = moment_us(AT - weeks * WEEK) + _HOUR_INTO_THE_WEEK
    return [(_CROWD_FROM + int(who), start + int(week) * WEEK_US) for who, week in np.argwhere(there)]
