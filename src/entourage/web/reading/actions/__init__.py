"""What members do about readings: correct them, put them back, have the brand's reader taught."""

from entourage.web.reading.actions.correcting import (
    ask_teaching,
    correct,
    forget,
    labels_lock,
    put_back,
    teach_soon,
    tell_anew,
)
from entourage.web.reading.actions.looking import ask, change_finding, forget_searches, give_words
from entourage.web.reading.actions.overlay import TOLD, overlay

__all__ = [
    "TOLD",
    "ask",
    "ask_teaching",
    "change_finding",
    "correct",
    "forget",
    "forget_searches",
    "give_words",
    "labels_lock",
    "overlay",
    "put_back",
    "teach_soon",
    "tell_anew",
]
