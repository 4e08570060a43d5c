"""The product-limit estimate, person by person, as Kaplan and Meier tell it; written to be read."""

from __future__ import annotations


def survival_after(time: float, durations: list[float], happened: list[bool]) -> float:
    """The share to whom it has not happened after ``time``."""
    survival = 1.0
    for moment in sorted({d for d, h in zip(durations, happened, strict=True) if h and d <= time}):
        at_risk = sum(d >= moment for d in durations)
        events = sum(h and d == moment for d, h in zip(durations, happened, strict=True))
        survival *= 1 - events / at_risk
    return survival


def greenwood(time: float, durations: list[float], happened: list[bool]) -> float:
    """Greenwood's standard error of the estimate."""
    total = 0.0
    for moment in sorted({d for d, h in zip(durations, happened, strict=True) if h and d <= time}):
        at_risk = sum(d >= moment for d in durations)
        events = sum(h and d == moment for d, h in zip(durations, happened, strict=True))
        if at_risk > events:
            total += events / (at_risk * (at_risk - events))
    return survival_after(time, durations, happened) * total**0.5
