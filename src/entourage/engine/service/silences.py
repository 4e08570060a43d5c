"""Silences: the days on which people asked and nobody was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from entourage.engine.log import DAY, moment_us

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A long weekend with a bank holiday is four days; what lasts longer was not closing time.
SHORTEST = 5 * DAY
#: Messages of the last two days of a gap may have been answered by who came back; they are no sign of desertion.
IN_GOOD_TIME = 2 * DAY
#: How often, at most, a page that answers as usual is wrongly told to have been deserted (over all its gaps).
FALSE_ALARM = 0.01
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Silence:
    """A gap in the answers, from ``starts_us`` to ``ends_us``, while ``asked`` people asked; ``ongoing`` to now."""

    starts_us: int
    ends_us: int
    asked: int
    ongoing: bool


def silences(
    asked_us: NDArray[Any], answered_us: NDArray[Any], *, since: datetime, at: datetime, shortest: timedelta = SHORTEST
) -> list[Silence]:
    """Find the gaps in which nobody answered although people asked, the longest first.

    A quiet page is no deserted page: a gap counts only when so many asked in it that, with the share answered in good
    time outside the gap, a gap without any answer would be a wonder (one in a hundred over all gaps).

    Parameters
    ----------
    asked_us : int64, N first messages of conversations
    answered_us : int64, N first answers, negative where there is none
    since, at : datetimes with a time zone
        The stretch to search.
    shortest : timedelta
        The shortest gap to name.

    Returns
    -------
    list of Silence, longest first

    Raises
    ------
    InvalidInput: ``since`` or ``at`` has no time zone.

    Notes
    -----
    Ours. With share s answered in good time and k people asking, an unlucky gap has probability (1 - s)^k; the bound is
    divided by the number of gaps. docs/methods/first-response.md
    """
    start, now = moment_us(since, name="since"), moment_us(at)
    asked = np.asarray(asked_us, dtype=np.int64)
    answered = np.asarray(answered_us, dtype=np.int64)
    came = np.sort(answered[(answered >= start) & (answered <= now)])
    edges = np.concatenate([[start], came, [now]])
    long = np.flatnonzero(np.diff(edges) >= shortest // MICROSECOND)
    found = [
        gap
        for index in long.tolist()
        if (gap := _gap(int(edges[index]), int(edges[index + 1]), asked, now)).asked
        and _a_wonder(gap, asked, answered, len(edges))
    ]
    return sorted(found, key=lambda gap: gap.starts_us - gap.ends_us)


def _gap(starts: int, ends: int, asked: NDArray[np.int64], now: int) -> Silence:
    return Silence(starts, ends, int(((asked > starts) & (asked <= ends)).sum()), ends == now)


def _a_wonder(gap: Silence, asked: NDArray[np.int64], answered: NDArray[np.int64], gaps: int) -> bool:
    soon = IN_GOOD_TIME // MICROSECOND
    inside = (asked > gap.starts_us) & (asked <= gap.ends_us)
    outside = ~inside
    in_time = (answered >= 0) & (answered - asked <= soon)
    # One more of each kind (Laplace): a page seen for a day is not yet known to answer always.
    usual = (in_time[outside].sum() + 1) / (outside.sum() + 2)
    waited = int((inside & (asked <= gap.ends_us - soon)).sum())
    return bool(waited * np.log1p(-usual) < np.log(FALSE_ALARM / gaps))
