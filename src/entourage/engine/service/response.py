"""First response: how long people wait for the brand, counting those who are still waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw
import numpy as np

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.log import DAY, HOUR_US, moment_us
from entourage.engine.proof.intervals import Estimate, difference, share
from entourage.engine.proof.survival import Curve, kaplan_meier

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A message of the last day may still be answered in good time; it is not called unanswered yet.
GRACE = DAY
#: Below this many conversations no page is called kept or deserted: Wilson's interval is then over 40 points wide.
FEWEST = 20
#: More than half of the people speak to a wall: whatever the delays, nobody is home.
DESERTED = 0.5
#: One in five is the line under which a reader of a page meets an unanswered question in every screenful.
NEGLECTED = 0.2

Verdict = Literal["deserted", "neglected", "kept", "unclear", "too_few"]


@dataclass(frozen=True, slots=True)
class Response:
    """How a page answers: N ``conversations``, of which ``due`` are old enough to be judged, and the delays in hours.

    ``unanswered_share`` is of those due (Wilson, 95 %). ``median_h`` and ``p90_h`` count who is still waiting
    (Kaplan-Meier, 95 %), ``median_80_h`` and ``p90_80_h`` are the same with 80 % intervals; ``answered_only_median_h``
    is what one would read who forgets the unanswered. ``moment_unknown``: answered, but the source does not tell when.
    """

    conversations: int
    due: int
    answered: int
    unanswered: int
    moment_unknown: int
    unanswered_share: Estimate
    median_h: Estimate
    p90_h: Estimate
    median_80_h: Estimate
    p90_80_h: Estimate
    answered_only_median_h: float | None
    curve: Curve

    def verdict(self) -> Verdict:
        """Say what the unanswered share allows to say: the whole interval must lie on one side of a line."""
        low, high = self.unanswered_share.low, self.unanswered_share.high
        if self.due < FEWEST or low is None or high is None:
            return "too_few"
        if low > DESERTED:
            return "deserted"
        if low > NEGLECTED:
            return "neglected"
        return "kept" if high <= NEGLECTED else "unclear"


def first_response(conversations: Any, *, at: datetime, grace: timedelta = GRACE) -> Response:
    """Tell how long people wait for a first answer, and how many never get one.

    Delays of answered messages alone flatter every page: the worst waits are those that have not ended. Each
    unanswered conversation counts for as long as it has been waiting (censored). An answer whose moment the source
    does not tell counts as answered, and as "later than this" for the delay.

    Parameters
    ----------
    conversations : frame, N rows (conversations)
        ``asked_us`` (int64, first inbound message), ``answered_us`` (int64 or null, first answer) and, optionally,
        ``known`` (bool: the moment of the answer is known; false: at ``answered_us`` or later).
    at : datetime with a time zone
        The moment to look from; what was asked later is left out, an answer after it has not come yet.
    grace : timedelta
        A conversation younger than this is not called unanswered yet.

    Returns
    -------
    Response

    Raises
    ------
    InvalidInput: ``at`` has no time zone, or a column is missing. NotEnoughData: nobody asked anything.

    Notes
    -----
    Source: Kaplan & Meier (1958). Truth: docs/methods/first-response.md

    Examples
    --------
    >>> import pyarrow as pa
    >>> from datetime import UTC
    >>> asked = pa.table({"asked_us": [0, 0, 0], "answered_us": [3_600_000_000, 7_200_000_000, None]})
    >>> ours = first_response(asked, at=datetime(1970, 1, 3, tzinfo=UTC))
    >>> ours.median_h.value, ours.unanswered, ours.answered_only_median_h
    (2.0, 1, 1.5)
    """
    asked, answered, known = _columns(conversations)
    now = moment_us(at)
    seen = asked < now
    if not seen.any():
        raise NotEnoughData("First response time needs at least one conversation. Got none; widen the period.")
    return _response(asked[seen], answered[seen], known[seen], now, grace)


def first_response_by(conversations: Any, by: str, *, at: datetime, grace: timedelta = GRACE) -> dict[Any, Response]:
    """Tell the same for each value of the column ``by`` (a network, a page, an hour of the week), in their order."""
    asked, answered, known = _columns(conversations)
    groups = _eager(conversations)[by].to_numpy()
    now = moment_us(at)
    seen = asked < now
    return {
        group: _response(asked[here], answered[here], known[here], now, grace)
        for group in np.unique(groups[seen]).tolist()
        if (here := seen & (groups == group)).any()
    }


def against(ours: Response, theirs: Response) -> Estimate:
    """By how much our unanswered share exceeds theirs (Newcombe, 95 %)."""
    return difference(ours.unanswered, ours.due, theirs.unanswered, theirs.due)


def _eager(conversations: Any) -> nw.DataFrame[Any]:
    frame = nw.from_native(conversations)
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame


def _columns(conversations: Any) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Moments asked, moments answered (-1 where nobody did), and whether those are known."""
    frame = _eager(conversations)
    for column in ("asked_us", "answered_us"):
        if column not in frame.columns:
            found = ", ".join(frame.columns) or "no column"
            raise InvalidInput(f"`conversations` must have a column `{column}`. Got {found}; rename or add it.")
    asked = frame["asked_us"].to_numpy().astype(np.int64)
    answered = frame["answered_us"].cast(nw.Int64).fill_null(-1).to_numpy().astype(np.int64)
    known = frame["known"].to_numpy().astype(bool) if "known" in frame.columns else np.ones(len(asked), dtype=bool)
    return asked, answered, known


def _response(
    asked: NDArray[np.int64], answered: NDArray[np.int64], known: NDArray[np.bool_], now: int, grace: timedelta
) -> Response:
    # A source may round an answer to a moment before its question; it then took no time.
    replied = (answered >= 0) & (answered <= now)
    end = np.where(replied, np.maximum(answered, asked), now)
    curve = kaplan_meier((end - asked) / HOUR_US, replied & known)
    due = replied | (asked <= now - grace // timedelta(microseconds=1))
    delays = (end - asked)[replied & known] / HOUR_US
    return Response(
        conversations=len(asked),
        due=int(due.sum()),
        answered=int(replied.sum()),
        unanswered=int((due & ~replied).sum()),
        moment_unknown=int((replied & ~known).sum()),
        unanswered_share=share(int((due & ~replied).sum()), int(due.sum())),
        median_h=curve.quantile(0.5),
        p90_h=curve.quantile(0.9),
        median_80_h=curve.quantile(0.5, level=0.8),
        p90_80_h=curve.quantile(0.9, level=0.8),
        answered_only_median_h=float(np.median(delays)) if delays.size else None,
        curve=curve,
    )
