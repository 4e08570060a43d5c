"""Closeness: in how many of the next weeks each person will engage with the brand, with an interval."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.log import QUARTER, WEEK, moment_us
from entourage.engine.ties.forecast import MODELS, RETURNED, forecast
from entourage.engine.ties.histories import cells, microseconds, opportunities, sampling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from entourage.engine.ties.chances import Floats
    from entourage.engine.ties.forecast import Forecast, Model
    from entourage.engine.ties.histories import Cells, Histories, Past

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
    asked = _Asked(opportunities(horizon, unit), microseconds(unit), moment_us(at))
    units = cells(log, at_us=asked.at_us, unit_us=asked.unit_us, exclude=exclude)
    return _look(units, asked, model=model)


def closeness_over_time(
    log: Any,
    *,
    at: Sequence[datetime],
    horizon: timedelta = QUARTER,
    unit: timedelta = WEEK,
    exclude: Sequence[int] = (),
    model: Model = "auto",
) -> list[pa.Table | None]:
    """Predict as ``closeness`` does, from several moments, each with what could be known then.

    The log is counted once, for moments that are whole units apart see the same weeks. All moments use the model that
    serves the latest one: two models a month apart would show as movement of people.

    Parameters
    ----------
    at : datetimes with time zones, whole units apart, in any order
    log, horizon, unit, exclude, model : as in ``closeness``

    Returns
    -------
    For each moment what ``closeness`` returns, or None where fewer than 50 people had come back by then.

    Raises
    ------
    InvalidInput: as in ``closeness``, no moment at all, or moments that are not whole units apart.
    NotEnoughData: fewer than 50 people came back before the latest moment.
    """
    ahead, unit_us = opportunities(horizon, unit), microseconds(unit)
    moments = [moment_us(moment) for moment in at]
    now = _Asked(ahead, unit_us, _latest(moments, unit_us))
    units = cells(log, at_us=now.at_us, unit_us=unit_us, exclude=exclude)
    tables: dict[int, pa.Table | None] = {now.at_us: (latest := _look(units, now, model=model))}
    served = closeness_facts(latest)["model"]
    earlier = sorted(set(moments) - set(tables))

    def looked_back(moment: int) -> pa.Table | None:
        try:
            return _look(units, _Asked(ahead, unit_us, moment, back=(now.at_us - moment) // unit_us), model=served)
        except NotEnoughData:
            return None

    # Arrays and kernels let go of Python's lock: beside each other the earlier looks take half the time.
    with ThreadPoolExecutor(max_workers=2) as pool:
        tables |= zip(earlier, pool.map(looked_back, earlier), strict=True)
    return [tables[moment] for moment in moments]


@dataclass(frozen=True, slots=True)
class _Asked:
    """How many units ahead, how long one is, from which moment, and how many units before the log was counted."""

    ahead: int
    unit_us: int
    at_us: int
    back: int = 0


def _latest(moments: Sequence[int], unit_us: int) -> int:
    """The last of the moments, all of them whole units apart."""
    if not moments:
        raise InvalidInput("`at` must name at least one moment. Got none; name the moment to look from.")
    latest = max(moments)
    if apart := max((latest - moment) % unit_us for moment in moments):
        came = f"one that is {apart / unit_us:.3f} units off"
        raise InvalidInput(f"`at` must be moments whole units apart. Got {came}; go back from the latest in units.")
    return latest


def _look(units: Cells, asked: _Asked, *, model: Model) -> pa.Table:
    people = units.history(asked.back)
    made = foreseen(units, people.past, ahead=asked.ahead, back=asked.back, model=model)
    times = {"at_us": asked.at_us, "unit_us": asked.unit_us, "horizon_us": asked.ahead * asked.unit_us}
    facts = {**times, "opportunities": asked.ahead, **_model_facts(people, made)}
    return _table(people, made).replace_schema_metadata({_FACTS: json.dumps(facts)})


def foreseen(units: Cells, past: Past, *, ahead: int, back: int = 0, model: Model) -> Forecast:
    """The forecast for P people of the past ``back`` units ago; a sample of those units tells the hazard."""
    if model not in MODELS:
        raise InvalidInput(f"`model` must be one of {', '.join(MODELS)}. Got {model!r}; leave it out for auto.")
    if model == "bgbb" or past.returned < RETURNED:
        return forecast(past, ahead=ahead, model="bgbb")
    people = len(past.x)
    sample = units.one_in(1 if people <= ALL else sampling(people, most=SAMPLE))
    return forecast(past, ahead=ahead, cells=sample.rewound(back), model=model)


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
