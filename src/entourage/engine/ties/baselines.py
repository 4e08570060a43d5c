"""Baselines: rules that anybody could use instead, and what really happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
from scipy.stats import rankdata

from entourage.engine.errors import InvalidInput

if TYPE_CHECKING:
    from entourage.engine.ties.chances import Counts, Floats
    from entourage.engine.ties.forecast import Forecast
    from entourage.engine.ties.histories import Histories

#: What each baseline forecasts besides an order; recency + frequency forecasts nothing.
ORDER_ONLY = "recency_frequency"


def baselines(people: Histories, made: Forecast) -> dict[str, Floats]:
    """For P people, what each rule says: the higher, the closer.

    ``frequency``: engaged units after the first. ``recency_frequency``: the mean of two rank shares, of the last act
    and of the frequency. ``own_past``: engaged units in the last horizon before the cut. ``bgbb``: the plain model,
    where another one predicted.
    """
    frequency = people.past.x.astype(np.float64)
    recent = (rankdata(people.last_us) + rankdata(frequency)) / (2 * len(frequency))
    rules: dict[str, Floats] = {
        "frequency": frequency,
        ORDER_ONLY: recent,
        "own_past": people.recent.astype(np.float64),
    }
    return rules if made.model == "bgbb" else rules | {"bgbb": made.plain}


def counted(name: str, rule: Floats, people: Histories, *, ahead: int) -> Floats | None:
    """The rule as a forecast of engaged units: frequency goes on at the person's own rate."""
    if name == ORDER_ONLY:
        return None
    return rule * ahead / np.maximum(people.past.n, 1) if name == "frequency" else rule


def followed(person: Counts, happened: tuple[Counts, Counts]) -> tuple[Counts, int]:
    """Engaged units of each known person after the cut, and how many newcomers there were."""
    who, units = happened
    place = np.searchsorted(person, who)
    known = (place < len(person)) & (person[np.minimum(place, len(person) - 1)] == who)
    actual = np.zeros(len(person), dtype=np.int64)
    actual[place[known]] = units[known]
    return actual, int((~known).sum())


def given(predictions: Any, person: Counts) -> Floats:
    """Somebody else's predictions, in our order.

    Raises
    ------
    InvalidInput: a column or a person is missing, or a person comes twice.
    """
    table = nw.from_native(predictions).lazy().collect(backend="pyarrow").to_native()
    if missing := {"person", "weeks"} - set(table.column_names):
        came = ", ".join(table.column_names)
        raise InvalidInput(f"`predictions` must have columns `person` and `weeks`. Got {came}; add {min(missing)}.")
    who, weeks = table["person"].to_numpy(), table["weeks"].to_numpy().astype(np.float64)
    order = np.argsort(who, kind="stable")
    if not np.array_equal(who[order], person):
        came = f"{len(who)} rows for {len(person)} people"
        raise InvalidInput(f"`predictions` must name each person before the cut once. Got {came}; predict them all.")
    ordered: Floats = weeks[order]
    return ordered
