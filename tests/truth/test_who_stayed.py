"""Who stayed, where the truth is known: a simulated brand, and groups drawn from no difference."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from entourage.engine.log import DAY_US
from entourage.engine.operations.audit import Stayed, who_stayed
from entourage.engine.proof.intervals import difference
from entourage.engine.simulate import Simulation, simulate
from entourage.engine.simulate.calendar import UNTIL


@cache
def brand() -> Simulation:
    return simulate(people=2000, weeks=52, seed=3)


@cache
def acts() -> pa.Table:
    """What people did towards the brand, with the operation's label of each act."""
    columns: dict[str, list[Any]] = {"person": [], "at_us": [], "origin": []}
    own = {page.handle for page in brand().own}
    for batch in brand().batches():
        for row in batch.to_pylist():
            if row["act"] in ("reply", "comment", "mention", "message", "review", "idea", "share", "purchase") and (
                row["to_handle"] in own
            ):
                columns["person"].append(row["person"])
                columns["at_us"].append(row["at_us"])
                columns["origin"].append(row["origin"])
    return pa.table(columns)


def after(key: str) -> Stayed:
    operation = next(one for one in brand().operations if one.key == key)
    origins = np.array(acts()["origin"].to_pylist())
    mark = np.where(origins == key, 1, np.where(origins != "", 2, 0))
    table = pa.table({"person": acts()["person"], "at_us": acts()["at_us"], "mark": mark})
    return who_stayed(table, starts=operation.starts, ends=operation.ends, at=UNTIL)


def test_the_people_of_the_tasting_stay_and_the_prize_hunters_do_not() -> None:
    tasting, contest = after("tasting"), after("contest")
    assert tasting.state == contest.state == "kept"
    assert tasting.gap.low is not None
    assert contest.recruits.kept_share.high is not None
    assert tasting.gap.low > 0
    assert contest.recruits.kept_share.high < 0.1 < tasting.recruits.kept_share.value


def test_no_difference_is_called_a_difference_in_about_one_case_in_twenty() -> None:
    rng = np.random.default_rng(4)
    ours, theirs = rng.binomial(120, 0.2, 2000), rng.binomial(80, 0.2, 2000)
    gaps = [difference(int(a), 120, int(b), 80) for a, b in zip(ours, theirs, strict=True)]
    told = [gap for gap in gaps if gap.low is not None and gap.high is not None and (gap.low > 0 or gap.high < 0)]
    assert 0.02 <= len(told) / 2000 <= 0.07


def test_moving_all_dates_changes_nothing() -> None:
    operation = next(one for one in brand().operations if one.key == "tasting")
    week = timedelta(weeks=1)
    origins = np.array(acts()["origin"].to_pylist())
    mark = np.where(origins == "tasting", 1, np.where(origins != "", 2, 0))
    moved = pa.table({
        "person": acts()["person"], "at_us": acts()["at_us"].to_numpy() + 7 * DAY_US, "mark": mark,
    })  # fmt: skip
    then = who_stayed(moved, starts=operation.starts + week, ends=operation.ends + week, at=UNTIL + week)
    assert (then.recruits.kept, then.organic.kept) == (after("tasting").recruits.kept, after("tasting").organic.kept)
