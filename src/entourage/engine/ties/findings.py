"""Findings: what a backtest showed, as plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from entourage.engine.ties.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Measure:
    """How one rule did: chance of ranking right, mean absolute error, and its total beside the actual one."""

    name: str
    auc: float
    mae: float | None
    forecast: float | None
    actual: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Closeness minus a baseline, with its 95 % paired bootstrap interval. AUC: more is better; MAE: less is."""

    baseline: str
    measure: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Decile:
    """A tenth of the people, the least close first: engaged units forecast and actual, and how many came back."""

    people: int
    forecast: float
    actual: float
    returned: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """What the hidden horizon showed. ``table`` has one row per person, for export."""

    at_us: int
    horizon_us: int
    unit_us: int
    opportunities: int
    model: str
    people: int
    returned: int
    #: First seen after the cut: nobody could predict them.
    newcomers: int
    measures: tuple[Measure, ...]
    differences: tuple[Difference, ...]
    auc_low: float
    auc_high: float
    #: Randomised PIT: shares of people in 20 equal bins, flat where the distributions are right; empty when judged
    #: predictions came without a distribution.
    pit: tuple[float, ...]
    deciles: tuple[Decile, ...]
    verdict: Verdict
    table: pa.Table = field(repr=False, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """All but the table, ready for JSON."""
        names = (name for name in self.__slots__ if name != "table")
        return {name: _plain(getattr(self, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
