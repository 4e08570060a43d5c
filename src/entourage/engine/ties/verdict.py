"""The verdict of a backtest: one code and the numbers for one sentence. The words are the page's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entourage.engine.ties.ranking import Estimate

#: A ranking whose AUC may be under .55 is hardly better than drawing lots, whatever its significance.
USEFUL_AUC = 0.55
#: A total off by more than a quarter plans the wrong number of hands.
TOTAL_WITHIN = 0.25
#: A baseline must rank this much better to be named: among many people a difference of .002 is certain and idle.
MATTERS = 0.01
#: With fewer people who came back, an interval of the AUC is wider than any difference that could matter.
RETURNED_AT_LEAST = 30

TRUST = "trust"
TRUST_RANKING_ONLY = "trust_ranking_only"
BASELINE_RANKS_BETTER = "baseline_ranks_better"
DO_NOT_TRUST = "do_not_trust"
TOO_FEW_RETURNED = "too_few_returned"
VERDICTS = (TRUST, TRUST_RANKING_ONLY, BASELINE_RANKS_BETTER, DO_NOT_TRUST, TOO_FEW_RETURNED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``code`` is one of ``VERDICTS``; ``baseline`` names the one that ranks better, where one does."""

    code: str
    auc: float
    auc_low: float
    returned: int
    forecast: float
    actual: float
    baseline: str = ""


def verdict(
    auc: Estimate, differences: Sequence[tuple[str, Estimate]], *, returned: int, forecast: float, actual: float
) -> Verdict:
    """How far the predictions can be trusted.

    Parameters
    ----------
    differences : our AUC minus each baseline's, with its paired interval
    forecast, actual : engaged units of everybody together

    Examples
    --------
    >>> from entourage.engine.ties.ranking import Estimate
    >>> verdict(Estimate(0.5, 0.47, 0.53), [], returned=300, forecast=400.0, actual=390.0).code
    'do_not_trust'
    """
    beaten = [
        (estimate.value, name) for name, estimate in differences if estimate.high < 0 and estimate.value <= -MATTERS
    ]
    if returned < RETURNED_AT_LEAST:
        code = TOO_FEW_RETURNED
    elif auc.low < USEFUL_AUC:
        code = DO_NOT_TRUST
    elif beaten:
        code = BASELINE_RANKS_BETTER
    else:
        code = TRUST if abs(forecast - actual) <= TOTAL_WITHIN * actual else TRUST_RANKING_ONLY
    return Verdict(code, auc.value, auc.low, returned, forecast, actual, min(beaten)[1] if beaten else "")
