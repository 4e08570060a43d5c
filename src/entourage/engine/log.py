"""The activity log: its columns, their meaning, its checks.

A log is any data frame that Narwhals reads (DuckDB, Polars, pandas, PyArrow, PySpark ...), A rows (activities) over
P people:

========= ======= ==========================================================================================
column    type    meaning
========= ======= ==========================================================================================
person    int64   who did it
at_us     int64   when, in microseconds since 1970-01-01 UTC: no engine shifts an integer with a time zone
act       string  what it was, one of ``ACTS``; optional: without it every row counts as meaningful
========= ======= ==========================================================================================

Time is an integer here because truncation, epochs and time zones differ between engines; weeks are counted backwards
from the moment of the question, ``(now - at_us) // WEEK_US``.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import narwhals as nw

from entourage.engine.errors import InvalidInput

#: Acts that cost the person something and are turned towards the brand; a week with one of them is *engaged*.
MEANINGFUL = ("reply", "comment", "mention", "share", "message", "review", "idea", "help", "purchase")
#: Acts of presence: seen, but not engagement.
PRESENCE = ("like", "follow", "view")
#: Acts by the brand or without a better word: never engagement.
NEUTRAL = ("post",)
ACTS = MEANINGFUL + PRESENCE + NEUTRAL

SECOND_US = 1_000_000
HOUR_US = 3_600 * SECOND_US
DAY_US = 24 * HOUR_US
WEEK_US = 7 * DAY_US

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
QUARTER = timedelta(weeks=13)


def moment_us(at: datetime, *, name: str = "at") -> int:
    """Microseconds since 1970-01-01 UTC of an aware datetime.

    Raises
    ------
    InvalidInput: the datetime has no time zone.

    Examples
    --------
    >>> moment_us(datetime(1970, 1, 2, tzinfo=UTC)) == DAY_US
    True
    """
    if at.tzinfo is None:
        raise InvalidInput(f"`{name}` must have a time zone. Got {at.isoformat()}; write {name}.replace(tzinfo=UTC).")
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def checked(log: Any) -> nw.LazyFrame[Any]:
    """The log as a lazy Narwhals frame, its columns checked.

    Raises
    ------
    InvalidInput: a column is missing or is not of its type.
    """
    frame = nw.from_native(log)
    lazy: nw.LazyFrame[Any] = frame.lazy() if isinstance(frame, nw.DataFrame) else frame
    schema = lazy.collect_schema()
    for column in ("person", "at_us"):
        if column not in schema:
            found = ", ".join(schema) or "no column"
            raise InvalidInput(f"`log` must have a column `{column}` of integers. Got {found}; rename or add it.")
        if not schema[column].is_integer():
            raise InvalidInput(f"`{column}` of the log must be integers. Got {schema[column]}; convert it first.")
    return lazy


def meaningful(log: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The rows that count as engagement; the whole log where it has no column ``act``."""
    if "act" not in log.collect_schema():
        return log
    return log.filter(nw.col("act").is_in(list(MEANINGFUL)))
