"""Business hours: when somebody is there, by a wall clock in a place, and how much of that lies between two moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from entourage.engine.errors import InvalidInput
from entourage.engine.log import DAY, DAY_US, moment_us

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Moments = NDArray[np.int64]

#: From one minute of the day to another, midnight being 0 and 1440.
Shift = tuple[int, int]
MINUTE_US = 60_000_000
MIDNIGHT = 24 * 60
#: Moments outside of these years are slips of a clock; tables of open time need an end.
FIRST_YEAR, LAST_YEAR = 1900, 2200
_EPOCH = date(1970, 1, 1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is there: the shifts of each weekday, dates that differ, and the place whose clock they read.

    A moment is open when the wall clock of ``zone`` stands inside a shift of that day. What the clock skips in spring
    is therefore not open time, and what it repeats in autumn is open twice.

    Parameters
    ----------
    zone : str, an IANA name (Europe/Paris)
    week : 7 tuples of shifts, Monday first; (540, 720) is 9:00 to 12:00
    dated : pairs of a date and its shifts instead of the weekday's; no shift means closed

    Raises
    ------
    InvalidInput: an unknown zone, not seven weekdays, a shift that ends before it begins, or shifts that overlap.

    Examples
    --------
    >>> nine_to_five = Hours("Europe/Paris", ((( 9 * 60, 17 * 60),),) * 5 + ((), ()))
    >>> friday = datetime(2026, 3, 27, 15, tzinfo=UTC)  # 16:00 in Paris; the clock skips an hour on Sunday
    >>> nine_to_five.add(friday, timedelta(hours=2)).isoformat()
    '2026-03-30T08:00:00+00:00'
    """

    zone: str
    week: tuple[tuple[Shift, ...], ...]
    dated: tuple[tuple[date, tuple[Shift, ...]], ...] = ()

    def __post_init__(self) -> None:
        _zone(self.zone)
        if len(self.week) != 7:
            raise InvalidInput(f"`week` of hours must have 7 weekdays, Monday first. Got {len(self.week)}.")
        for shifts in (*self.week, *(shifts for _, shifts in self.dated)):
            _check(shifts)
        days = [day for day, _ in self.dated]
        if len(days) != len(set(days)):
            raise InvalidInput("`dated` of hours must name each date once. Got a date twice; join its shifts.")

    @classmethod
    def always(cls, zone: str = "UTC") -> Self:
        """Open day and night."""
        return cls(zone, (((0, MIDNIGHT),),) * 7)

    @classmethod
    def weekly(
        cls, zone: str, week: Sequence[Iterable[Shift]], dated: Mapping[date, Iterable[Shift]] | None = None
    ) -> Self:
        """The same from lists and a dictionary."""
        shifts = tuple(tuple(day) for day in week)
        return cls(zone, shifts, tuple((day, tuple(told)) for day, told in sorted((dated or {}).items())))

    def open_between(self, a: datetime, b: datetime) -> timedelta:
        """How much open time lies between two moments; negative where ``b`` comes before ``a``."""
        found = self.open_between_us(np.array([moment_us(a, name="a")]), np.array([moment_us(b, name="b")]))
        return timedelta(microseconds=int(found[0]))

    def add(self, a: datetime, open_time: timedelta) -> datetime:
        """The first moment (UTC) at which so much open time has passed since ``a``."""
        found = self.add_us(np.array([moment_us(a, name="a")]), np.array([open_time // timedelta(microseconds=1)]))
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(found[0]))

    def open_between_us(self, a: Moments, b: Moments) -> Moments:
        """``open_between`` of N pairs at once: microseconds since 1970 in, microseconds out."""
        a, b = np.asarray(a, np.int64), np.asarray(b, np.int64)
        if not a.size:
            return np.zeros(0, np.int64)
        years = _years(int(min(a.min(), b.min())), int(max(a.max(), b.max())))
        table = _timetable(self, *years)
        return table.passed(b) - table.passed(a)

    def add_us(self, a: Moments, open_us: Moments) -> Moments:
        """``add`` of N moments at once: microseconds since 1970 and open microseconds in, microseconds since 1970 out.

        Raises
        ------
        InvalidInput: an open time is negative, or these hours never open again for so long.
        """
        a, wanted = np.asarray(a, np.int64), np.asarray(open_us, np.int64)
        if not a.size:
            return np.zeros(0, np.int64)
        if wanted.min() < 0:
            raise InvalidInput(f"`open_time` must not be negative. Got {wanted.min() / MINUTE_US:g} minutes.")
        if not wanted.any():
            return a.copy()
        first, last = _years(int(a.min()), int(a.max()))
        table = _timetable(self, first, last)
        aim = table.passed(a) + wanted
        while aim.max() > table.total:
            if last == LAST_YEAR or not self._opens_after(last):
                raise InvalidInput(self._closed(int(wanted.max())))
            last = min(2 * last - first + 2, LAST_YEAR)
            table = _timetable(self, first, last)
        return np.where(wanted > 0, table.moment(aim), a)

    def _opens_after(self, year: int) -> bool:
        return any(self.week) or any(shifts and day.year > year for day, shifts in self.dated)

    def _closed(self, open_us: int) -> str:
        never = not any(self.week) and not any(shifts for _, shifts in self.dated)
        what = "are never open" if never else f"do not stay open for {open_us / MINUTE_US:g} more minutes"
        return f"`hours` must be open for as long as a target lasts. These {what}; give a weekday a shift."


@dataclass(frozen=True, slots=True, eq=False)
class _Timetable:
    """Open stretches in UTC, in order, and how much was open before each: two look-ups answer any question."""

    starts: Moments
    ends: Moments
    before: Moments

    @property
    def total(self) -> int:
        return int(self.before[-1] + self.ends[-1] - self.starts[-1]) if self.starts.size else 0

    def passed(self, moments: Moments) -> Moments:
        """Open time from the beginning of the table to each moment. Cost: one binary search a moment."""
        if not self.starts.size:
            return np.zeros(len(moments), np.int64)
        place = np.searchsorted(self.starts, moments, side="right") - 1
        here = np.maximum(place, 0)
        inside = np.minimum(moments, self.ends[here]) - self.starts[here]
        return np.where(place < 0, 0, self.before[here] + inside)

    def moment(self, passed: Moments) -> Moments:
        """The first moment at which so much open time has passed; none of it may exceed ``total``."""
        place = np.searchsorted(self.before, passed, side="left") - 1
        return self.starts[place] + passed - self.before[place]


@lru_cache(maxsize=256)
def _timetable(hours: Hours, first: int, last: int) -> _Timetable:
    """The open stretches from the first day of a year to the last day of another."""
    found = np.array(list(_stretches(hours, first, last)), np.int64).reshape(-1, 2)
    starts, ends = found[:, 0], found[:, 1]
    lasted = np.cumsum(ends - starts)
    return _Timetable(starts, ends, lasted - (ends - starts))


def _stretches(hours: Hours, first: int, last: int) -> Iterator[tuple[int, int]]:
    # Between two changes of the clock wall and UTC differ by a constant: there, shifts are shifted and nothing else.
    dated = dict(hours.dated)
    for begins, ends, offset in _pieces(ZoneInfo(hours.zone), first, last):
        day = _EPOCH + timedelta(days=(begins + offset) // DAY_US)
        final = _EPOCH + timedelta(days=(ends + offset - 1) // DAY_US)
        while day <= final:
            midnight = (day - _EPOCH).days * DAY_US - offset
            for start, end in dated.get(day, hours.week[day.weekday()]):
                opens = max(midnight + start * MINUTE_US, begins)
                closes = min(midnight + end * MINUTE_US, ends)
                if opens < closes:
                    yield opens, closes
            day += DAY


def _pieces(zone: ZoneInfo, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Stretches of UTC in which the zone's offset stays: begin, end, offset; all in microseconds."""
    begins = day = datetime(first, 1, 1, tzinfo=UTC)
    end = datetime(last + 1, 1, 1, tzinfo=UTC)
    while day < end:
        following = day + DAY
        if _offset(zone, day) != _offset(zone, following):
            change = _change(zone, day, following)
            yield moment_us(begins), moment_us(change), _offset(zone, begins)
            begins = change
        day = following
    yield moment_us(begins), moment_us(end), _offset(zone, begins)


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The second at which the offset changes, within a day at whose ends it differs."""
    before = _offset(zone, low)
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return high


def _offset(zone: ZoneInfo, at: datetime) -> int:
    offset: Any = at.astimezone(zone).utcoffset()
    return int(offset // timedelta(microseconds=1))


def _years(earliest: int, latest: int) -> tuple[int, int]:
    """Years that hold both moments with room on each side, in steps of five so that few tables are made."""
    first, last = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us) for us in (earliest, latest))
    if first.year < FIRST_YEAR or last.year >= LAST_YEAR:
        raise InvalidInput(f"A moment must lie between {FIRST_YEAR} and {LAST_YEAR}. Got {first:%Y} to {last:%Y}.")
    return max(FIRST_YEAR, first.year // 5 * 5 - 1), min(LAST_YEAR, last.year // 5 * 5 + 6)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(f"`zone` of hours must be a zone as Europe/Paris. Got {name!r}.") from error


def _check(shifts: tuple[Shift, ...]) -> None:
    before = 0
    for start, end in shifts:
        if not 0 <= start < end <= MIDNIGHT:
            got = f"{clock(start)}-{clock(end)}"
            raise InvalidInput(f"A shift must end after it begins, by 24:00. Got {got}; write a night as two shifts.")
        if start < before:
            raise InvalidInput(f"Shifts of a day must not overlap. Got one that begins at {clock(start)} too early.")
        before = end


def clock(minute: int) -> str:
    """A minute of the day as a clock shows it.

    >>> clock(570), clock(1440)
    ('09:30', '24:00')
    """
    return f"{minute // 60:02d}:{minute % 60:02d}"
