"""What members do about readings: correct them, put them back, have the brand's reader taught."""

from entourage.web.reading.actions.correcting import (
    ask_teaching,
    correct,
    defer_once,
    forget,
    labels_lock,
    put_back,
    teach_soon,
    tell_anew,
)
from entourage.web.reading.actions.overlay import SIGNS, TOLD, overlay

__all__ = [
    "SIGNS",
    "TOLD",
    "ask_teaching",
    "correct",
    "defer_once",
    "forget",
    "labels_lock",
    "overlay",
    "put_back",
    "teach_soon",
    "tell_anew",
]
