"""What is written here: activities taken in, accounts marked, imports begun."""

from entourage.web.listen.actions.forgetting import BLANK, NOBODY, Traces, forget_in_imports
from entourage.web.listen.actions.imports import (
    confirm,
    kept_path,
    look_at,
    new_import,
    options,
    put_away,
    remap,
    repeat,
    tidy,
)
from entourage.web.listen.actions.marks import mark_account, mark_by_name, tell_above
from entourage.web.listen.actions.taking import Intake, Taken, intake_lock, settle, take_in

__all__ = [
    "BLANK",
    "NOBODY",
    "Intake",
    "Taken",
    "Traces",
    "confirm",
    "forget_in_imports",
    "intake_lock",
    "kept_path",
    "look_at",
    "mark_account",
    "mark_by_name",
    "new_import",
    "options",
    "put_away",
    "remap",
    "repeat",
    "settle",
    "take_in",
    "tell_above",
    "tidy",
]
