"""Closeness: in how many of the next weeks each person will engage with the brand, with an interval."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from entourage.engine.errors import InvalidInput
from entourage.engine.log import QUARTER, WEEK, moment_us
from entourage.engine.ties.forecast import MODELS, RETURNED, forecast
from entourage.engine.ties.histories import cells, histories, microseconds, opportunities, sampling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from entourage.engine.ties.chances import Floats
    from entourage.engine.ties.forecast import Forecast, Model
    from entourage.engine.ties.histories import Histories

#: Up to so many people all are looked back at; of more, about ``SAMPLE``: the hazard learns four numbers and the choice
#: one, which twenty thousand people tell as well as a million.
ALL = 50_000
SAMPLE = 20_000
_FACTS = b"entourage"


def closeness(
    log: Any,
    *,
    at: datetime,
    horizon: timedelta = QUARTER,
    unit: timedelta = WEEK,
    exclude: Sequence[int] = (),
    model: Model = "auto",
) -> pa.Table:
    """Predict in how many weeks of the next quarter each person will engage with the brand.

    A week counts once however much was done in it, so a burst of thirty acts is one week. People come back at their
    own pace and some have left without saying so; both are read from when they came, not from how loud they were.

    Parameters
    ----------
    log : frame, A rows (activities) over P people; columns as in ``engine.log``
        DuckDB, Polars, pandas, PyArrow, PySpark: the counting runs in the frame's own engine.
    at : datetime with a time zone
        The moment to look from; acts at or after it are ignored, so the result is what could be known then.
    horizon, unit : timedelta
        How far to look, and in what steps: 13 weeks in weeks, or 24 hours in hours.
    exclude : ids of people who are not the public (staff, bots)
    model : "auto", "bgbb", "hazard" or "hazard_order"
        "auto" takes BG/BB, or the hazard where that won on the log's own hidden past; "hazard_order" is the hazard's
        order with BG/BB's total. What ``closeness_facts`` names can be asked for again.

    Returns
    -------
    PyArrow table, whatever frame came in, P rows ordered by ``person`` (int64, unique): ``weeks`` (float64, expected
    engaged units, 0 .. horizon / unit), ``low``, ``high`` (float64, 80 % interval, whole units), ``p_alive``
    (float64), ``x``, ``t_x``, ``n`` (int32, as in ``ties.bgbb``), ``acts`` (int64), ``first_us``, ``last_us``
    (int64), ``model`` (string). The fitted numbers travel in the schema: ``closeness_facts``.

    Raises
    ------
    InvalidInput: ``at`` has no time zone, a column is missing, the horizon is not a whole number of units.
    NotEnoughData: fewer than 50 people came back at least once.

    Notes
    -----
    Source: Fader, Hardie & Shang (2010). Ours, not theirs: the hazard and the choice. Why, and when it lies:
    docs/methods/closeness.md

    Examples
    --------
    Ann came every week, Bob thirty times in one day; 200 others came when they felt like it.

    >>> from datetime import UTC, datetime
    >>> from entourage.engine.log import WEEK_US
    >>> others = np.random.default_rng(7).random((200, 10)) < np.linspace(0, 0.6, 200)[:, None]
    >>> acts = [(1, week) for week in range(10)] + [(2, 3)] * 30
    >>> acts += [(100 + int(person), int(week)) for person, week in np.argwhere(others)]
    >>> log = pa.table({"person": [who for who, _ in acts], "at_us": [week * WEEK_US for _, week in acts]})
    >>> table = closeness(log, at=datetime(1970, 3, 12, tzinfo=UTC))
    >>> [round(weeks, 1) for weeks in table["weeks"].to_pylist()[:2]]
    [9.1, 2.7]
    """
    ahead, at_us, unit_us = opportunities(horizon, unit), moment_us(at), microseconds(unit)
    people = histories(log, at_us=at_us, unit_us=unit_us, exclude=exclude)
    made = foreseen(log, people, at_us=at_us, unit_us=unit_us, ahead=ahead, exclude=exclude, model=model)
    facts = {"at_us": at_us, "unit_us": unit_us, "horizon_us": microseconds(horizon), "opportunities": ahead}
    return _table(people, made).replace_schema_metadata({_FACTS: json.dumps(facts | _model_facts(people, made))})


def foreseen(
    log: Any, people: Histories, *, at_us: int, unit_us: int, ahead: int, exclude: Sequence[int], model: Model
) -> Forecast:
    """The forecast for people whose histories are known; the log is read once more for the hazard's looks back."""
    if model not in MODELS:
        raise InvalidInput(f"`model` must be one of {', '.join(MODELS)}. Got {model!r}; leave it out for auto.")
    if model == "bgbb" or people.past.returned < RETURNED:
        return forecast(people.past, ahead=ahead, model="bgbb")
    one_in = 1 if len(people.person) <= ALL else sampling(len(people.person), most=SAMPLE)
    sample = cells(log, at_us=at_us, unit_us=unit_us, exclude=exclude, one_in=one_in)
    return forecast(people.past, ahead=ahead, cells=sample, model=model)


def closeness_facts(table: pa.Table) -> dict[str, Any]:
    """What ``closeness`` measured of the whole log: moment, unit, horizon, model, parameters, people, returned."""
    facts: dict[str, Any] = json.loads(table.schema.metadata[_FACTS])
    return facts


def bounds(made: Forecast) -> tuple[Floats, Floats]:
    """The 80 % interval of each of P people, in whole units."""
    return made.chances.quantile(0.1), made.chances.quantile(0.9)


def _model_facts(people: Histories, made: Forecast) -> dict[str, Any]:
    fit = made.bgbb
    shape = {"alpha": fit.alpha, "beta": fit.beta, "gamma": fit.gamma, "delta": fit.delta}
    returned = people.past.returned
    return {
        "model": made.model, "parameters": shape, "log_likelihood": fit.log_likelihood,
        "people": len(people.person), "returned": returned,
    }  # fmt: skip


def _table(people: Histories, made: Forecast) -> pa.Table:
    low, high = bounds(made)
    past = people.past
    columns = {
        "person": people.person, "weeks": made.expected, "low": low, "high": high, "p_alive": made.alive,
        "x": past.x.astype(np.int32), "t_x": past.t_x.astype(np.int32), "n": past.n.astype(np.int32),
        "acts": past.acts, "first_us": people.first_us, "last_us": people.last_us,
        "model": pa.repeat(made.model, len(people.person)),
    }  # fmt: skip
    return pa.table(columns)
