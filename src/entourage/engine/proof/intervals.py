"""Shares and their intervals: how far a count of people can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from entourage.engine.errors import InvalidInput
from entourage.engine.intervals import wilson

#: Shares are reported with 95 % intervals, as the service and evaluation literature does.
LEVEL = 0.95

Label = Literal["proven", "estimated", "associated"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval; ``None`` where the data do not reach that far."""

    value: float | None
    low: float | None
    high: float | None


def share(part: int, whole: int, *, level: float = LEVEL) -> Estimate:
    """Tell which share ``part`` of ``whole`` is, with Wilson's interval; no value for a whole of nobody.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.

    Raises
    ------
    InvalidInput: ``part`` is negative or larger than ``whole``.

    Examples
    --------
    >>> one = share(1, 10)
    >>> f"{one.value:.2f} [{one.low:.3f}, {one.high:.3f}]"
    '0.10 [0.018, 0.404]'
    """
    if not 0 <= part <= whole:
        raise InvalidInput(f"`part` of a share must lie between 0 and the whole. Got {part} of {whole}.")
    if not whole:
        return Estimate(None, None, None)
    low, high = wilson(part, whole, level=level)
    return Estimate(part / whole, low, high)


def difference(part: int, whole: int, other_part: int, other_whole: int, *, level: float = LEVEL) -> Estimate:
    """Tell by how much the first share exceeds the second, with Newcombe's hybrid score interval.

    Source: Newcombe (1998), method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.

    Examples
    --------
    >>> gap = difference(56, 70, 48, 80)
    >>> f"{gap.value:.4f} [{gap.low:.4f}, {gap.high:.4f}]"
    '0.2000 [0.0524, 0.3339]'
    """
    one, other = share(part, whole, level=level), share(other_part, other_whole, level=level)
    if one.value is None or other.value is None:
        return Estimate(None, None, None)
    assert one.low is not None and one.high is not None and other.low is not None and other.high is not None  # noqa: S101, PT018
    gap = one.value - other.value
    down = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    up = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Estimate(gap, gap - down, gap + up)


def label(
    *, randomised: bool = False, sample_ratio_p: float = 1.0, placebo_passed: bool = False, fits_before: bool = False
) -> Label:
    """Name the strength of the evidence; only *proven* and *estimated* may use a causal verb.

    *Proven* needs a random split whose sizes came out as planned (sample ratio check, p >= .001); *estimated* needs a
    quasi-experiment that found nothing where there was nothing to find, and that fitted the time before.

    Examples
    --------
    >>> label(), label(randomised=True), label(randomised=True, sample_ratio_p=0.0001)
    ('associated', 'proven', 'associated')
    """
    if randomised and sample_ratio_p >= 0.001:
        return "proven"
    return "estimated" if placebo_passed and fits_before and not randomised else "associated"
