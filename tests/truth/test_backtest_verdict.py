"""Which verdict follows from which numbers."""

from __future__ import annotations

import pytest

from entourage.engine.ties.ranking import Estimate
from entourage.engine.ties.verdict import verdict

BETTER, WORSE, IDLE = Estimate(0.03, 0.01, 0.05), Estimate(-0.04, -0.06, -0.02), Estimate(-0.002, -0.003, -0.001)

# AUC (value, low), difference to frequency, came back, forecast, actual, verdict
CASES = [
    ((0.78, 0.76), BETTER, 700, 1000, 1100, "trust"),
    ((0.78, 0.76), IDLE, 700, 1000, 1100, "trust"),
    ((0.78, 0.76), BETTER, 700, 2000, 1100, "trust_ranking_only"),
    ((0.78, 0.76), BETTER, 700, 500, 1100, "trust_ranking_only"),
    ((0.70, 0.68), WORSE, 700, 1000, 1100, "baseline_ranks_better"),
    ((0.56, 0.53), BETTER, 700, 1000, 1100, "do_not_trust"),
    ((0.50, 0.45), WORSE, 700, 1000, 1100, "do_not_trust"),
    ((0.90, 0.85), BETTER, 29, 1000, 1100, "too_few_returned"),
]


@pytest.mark.parametrize(("auc", "difference", "returned", "forecast", "actual", "code"), CASES)
def test_the_verdict_follows_from_the_numbers(  # noqa: PLR0917 - the columns of the table above
    auc: tuple[float, float], difference: Estimate, returned: int, forecast: float, actual: float, code: str
) -> None:
    value, low = auc
    said = verdict(
        Estimate(value, low, 2 * value - low),
        [("frequency", difference)],
        returned=returned,
        forecast=forecast,
        actual=actual,
    )
    assert said.code == code
    assert said.baseline == ("frequency" if difference is WORSE else "")
