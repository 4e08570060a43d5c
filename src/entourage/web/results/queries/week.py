"""Hours of the week in words and in addresses."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DAY_HOURS, WEEK_HOURS = 24, 168
#: The kinds of days that are counted together, as the engine groups them.
WEEKDAYS, SATURDAY, SUNDAY = (0, 1, 2, 3, 4), (5,), (6,)
KINDS = (WEEKDAYS, SATURDAY, SUNDAY)

Gap = dict[str, Any]


def hours_in(days: Iterable[int], first: int, last: int) -> list[int]:
    """The hours of the week from one hour of these days to another (not included)."""
    return [day * DAY_HOURS + hour for day in days for hour in range(first, last)]


def hours_of(gaps: Sequence[Gap]) -> list[int]:
    """All hours of the week in these stretches."""
    return [hour for gap in gaps for hour in hours_in(gap["days"], gap["first"], gap["last"])]


_KNOWN = frozenset(map(str, range(WEEK_HOURS)))


def written(hours: Iterable[int]) -> str:
    """Hours as an address tells them.

    >>> written([18, 19, 20, 42, 167])
    '18-20.42.167'
    """
    return ".".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in _runs(hours))


def read(text: str) -> frozenset[int]:
    """Hours out of an address; what makes no sense in it is left out.

    >>> sorted(read("18-20.42.x.500-501.9-"))
    [18, 19, 20, 42]
    """
    found: set[int] = set()
    for part in text.split("."):
        first, dash, last = part.partition("-")
        ends = [first, last if dash else first]
        if all(end in _KNOWN for end in ends):
            found.update(range(int(ends[0]), int(ends[1]) + 1))
    return frozenset(found)


def said(gaps: Sequence[Gap]) -> str:
    """Stretches in words: Monday to Friday 18 to 22 h and Sundays all day."""
    by_kind = {kind: [(gap["first"], gap["last"]) for gap in gaps if tuple(gap["days"]) == kind] for kind in KINDS}
    same: dict[tuple[tuple[int, int], ...], list[tuple[int, ...]]] = {}
    for kind, stretches in by_kind.items():
        if stretches:
            same.setdefault(tuple(stretches), []).append(kind)
    parts = [f"{day_names(kinds)} {_list([_stretch(*one) for one in told])}" for told, kinds in same.items()]
    # Where a kind of day has two stretches, a comma tells where the next kind begins.
    return f", {gettext('and')} ".join(parts) if any(len(told) > 1 for told in same) else _list(parts)


def words(hours: Iterable[int]) -> str:
    """Any hours of the week in words; by their number where they are not the same on the days counted together."""
    chosen = set(hours)
    gaps = [gap for kind in KINDS for gap in _stretches(kind, chosen)]
    if set(hours_of(gaps)) != chosen:
        told = ngettext("in %(count)s hour of the week", "in %(count)s hours of the week", len(chosen))
        return told % {"count": len(chosen)}
    return said(gaps)


def _stretches(kind: tuple[int, ...], chosen: set[int]) -> list[Gap]:
    open_ = [hour for hour in range(DAY_HOURS) if chosen.issuperset(hours_in(kind, hour, hour + 1))]
    return [{"days": kind, "first": run[0], "last": run[-1] + 1} for run in _runs(open_)]


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers that follow each other, together."""
    return [[one for _, one in run] for _, run in groupby(enumerate(sorted(numbers)), lambda one: one[1] - one[0])]


def day_names(kinds: Sequence[tuple[int, ...]]) -> str:
    """Kinds of days in words."""
    told = {
        (WEEKDAYS,): gettext("Monday to Friday"),
        (SATURDAY,): gettext("Saturdays"),
        (SUNDAY,): gettext("Sundays"),
        (WEEKDAYS, SATURDAY): gettext("Monday to Saturday"),
        (WEEKDAYS, SUNDAY): gettext("every day but Saturday"),
        (SATURDAY, SUNDAY): gettext("Saturdays and Sundays"),
    }
    return told.get(tuple(kinds), gettext("every day"))


def short_days(kind: tuple[int, ...]) -> str:
    """A kind of days for a narrow column: Mon-Fri, with a dash between."""
    first, last = (str(WEEKDAYS_ABBR[day]) for day in (kind[0], kind[-1]))
    return first if first == last else f"{first}\N{EN DASH}{last}"


def _stretch(first: int, last: int) -> str:
    if (first, last) == (0, DAY_HOURS):
        return gettext("all day")
    if not first:
        return gettext("before %(last)s h") % {"last": last}
    if last == DAY_HOURS:
        return gettext("from %(first)s h on") % {"first": first}
    return gettext("%(first)s to %(last)s h") % {"first": first, "last": last}


def _list(parts: list[str]) -> str:
    return get_text_list(parts, gettext("and"))
