"""Entourage: the people around a brand, not the crowd in front of it.

The engine's public names; each is loaded when it is first used, so that ``import entourage`` costs nothing::

    import entourage
    entourage.closeness(frame, at=datetime(2026, 1, 5, tzinfo=UTC))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entourage.engine.errors import EntourageError, InvalidInput, NotEnoughData
    from entourage.engine.log import DAY, HOUR, QUARTER, WEEK
    from entourage.engine.text.close import CloseEncoder
    from entourage.engine.text.encoder import Encoder
    from entourage.engine.text.labels import Label
    from entourage.engine.text.reading import Reader, Reading, Reason, read
    from entourage.engine.text.teaching import Accuracy, Taught, teach
    from entourage.engine.ties.backtest import backtest
    from entourage.engine.ties.closeness import closeness
    from entourage.engine.ties.findings import Backtest
    from entourage.engine.ties.reasons import Reasons, reasons
    from entourage.engine.ties.standing import Thresholds, first_standing, next_standing, rings
    from entourage.engine.ties.warmth import named_standing, warmth

__all__ = [
    "DAY",
    "HOUR",
    "QUARTER",
    "WEEK",
    "Accuracy",
    "Backtest",
    "CloseEncoder",
    "Encoder",
    "EntourageError",
    "InvalidInput",
    "Label",
    "NotEnoughData",
    "Reader",
    "Reading",
    "Reason",
    "Reasons",
    "Taught",
    "Thresholds",
    "backtest",
    "closeness",
    "first_standing",
    "named_standing",
    "next_standing",
    "read",
    "reasons",
    "rings",
    "teach",
    "warmth",
]

_HOME = {
    "DAY": "log",
    "HOUR": "log",
    "QUARTER": "log",
    "WEEK": "log",
    "Accuracy": "text.teaching",
    "Backtest": "ties.findings",
    "CloseEncoder": "text.close",
    "Encoder": "text.encoder",
    "EntourageError": "errors",
    "InvalidInput": "errors",
    "Label": "text.labels",
    "NotEnoughData": "errors",
    "Reader": "text.reading",
    "Reading": "text.reading",
    "Reason": "text.reading",
    "Reasons": "ties.reasons",
    "Taught": "text.teaching",
    "Thresholds": "ties.standing",
    "backtest": "ties.backtest",
    "closeness": "ties.closeness",
    "first_standing": "ties.standing",
    "named_standing": "ties.warmth",
    "next_standing": "ties.standing",
    "read": "text.reading",
    "reasons": "ties.reasons",
    "rings": "ties.standing",
    "teach": "text.teaching",
    "warmth": "ties.warmth",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'entourage' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"entourage.engine.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
