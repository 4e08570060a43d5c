"""Moments as payloads tell them: aware, possible, and not in the future."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from entourage.networks.base import Skip

EARLIEST = datetime(
    1990, 1, 1, tzinfo=UTC
)  # before this no network of people existed: it is a spreadsheet's zero or a typo
AHEAD = timedelta(days=1)  # clocks and time zones differ by less than a day


def iso(value: object, *, field: str) -> datetime:
    """An ISO 8601 moment of a payload; without a time zone it is UTC.

    Examples
    --------
    >>> iso("2024-03-01T10:00:00+0100", field="published").isoformat()
    '2024-03-01T09:00:00+00:00'
    """
    if not isinstance(value, str) or not value:
        raise Skip("must be an ISO 8601 moment", field=field, value=value, cure="Export it with its date.")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise Skip("must be a possible ISO 8601 moment", field=field, value=value, cure="Correct the date.") from None
    return moment if moment.tzinfo is UTC else in_utc(moment, field=field, value=value)


def in_utc(moment: datetime, *, field: str, value: object) -> datetime:
    """The same moment in UTC; a moment at the edge of the calendar has none."""
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Skip("must be a possible moment", field=field, value=value, cure="Correct the date.") from None


def past(moment: datetime, *, now: datetime, field: str, value: object) -> datetime:
    """The moment, once it is known to be neither in the future nor before there were networks."""
    if moment > now + AHEAD:
        cure = "Correct the date, the order of day and month, or the clock of this machine."
        raise Skip(f"must not be in the future (now is {now:%Y-%m-%d})", field=field, value=value, cure=cure)
    if moment < EARLIEST:
        cure = "Correct the date or the date format of the mapping."
        raise Skip("must be after 1990, when people had networks", field=field, value=value, cure=cure)
    return moment
