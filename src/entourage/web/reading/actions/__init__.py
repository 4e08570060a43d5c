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
from entourage.web.reading.actions.looking import MOST_WORDS, ask, change_finding, give_words
from entourage.web.reading.actions.overlay import SIGNS, TOLD, overlay

__all__ = [
    "MOST_WORDS",
    "SIGNS",
    "TOLD",
    "ask",
    "ask_teaching",
    "change_finding",
    "correct",
    "defer_once",
    "forget",
    "give_words",
    "labels_lock",
    "overlay",
    "put_back",
    "teach_soon",
    "tell_anew",
]
