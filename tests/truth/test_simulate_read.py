"""The simulated files are read by the ordinary import, and closeness comes near the truth that it cannot see."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from entourage.engine.simulate import demo, simulate, write
from entourage.engine.ties.closeness import closeness
from entourage.networks.files import open_source

if TYPE_CHECKING:
    from pathlib import Path

MONDAY = datetime(2025, 3, 31, 6, tzinfo=UTC)


@pytest.mark.parametrize("name", ["brand.jsonl.gz", "brand.csv"])
def test_the_import_takes_every_row_with_its_act_and_its_thread(name: str, tmp_path: Path) -> None:
    brand = simulate(people=300, weeks=20, seed=3, until=MONDAY)
    written = write(brand, tmp_path / name, rehearsals=1)
    source = open_source(tmp_path / name, now=MONDAY + timedelta(days=1))
    batches = list(source.batches())
    assert not [str(reject) for batch in batches for reject in batch.rejects]
    read = [activity for batch in batches for activity in batch.activities]
    rows = [
        row
        for batch in brand.batches()
        for row in batch.select(["act", "network", "in_reply_to", "origin"]).to_pylist()
    ]
    assert len(read) == len(rows) == written.activities
    assert Counter(activity.act.value for activity in read) == Counter(row["act"] for row in rows)
    assert Counter((activity.network, activity.origin) for activity in read) == Counter(
        (row["network"], row["origin"]) for row in rows
    )
    known = {activity.id for activity in read}
    assert sum(activity.in_reply_to in known for activity in read) > 500


def test_closeness_comes_near_the_true_expectation_and_leaves_the_hollow_outside() -> None:
    brand = demo(until=MONDAY)
    truth = brand.truth(rehearsals=4).to_pandas()
    found = truth.merge(closeness(brand.log(), at=MONDAY).to_pandas(), on="person")
    found = found[~(found["staff"] | found["bot"])]
    assert np.corrcoef(found["weeks"], found["expected_weeks"])[0, 1] > 0.7
    assert found.loc[found["hollow"], "weeks"].mean() < 0.15
    assert {0, 2, 3} <= set(found.nlargest(60, "weeks")["person"])  # Ann, Cyd and Dee; not Bob
    assert found.set_index("person").loc[1, "weeks"] < 0.3
