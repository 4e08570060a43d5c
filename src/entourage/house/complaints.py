"""What PostgreSQL says when it cannot start, told as what a person can do about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LAST = 200  # characters of a complaint that has no usual form
CURES = {
    "No space left on device": "The disk must have room. It is full. Free some space and start again.",
    "Permission denied": "PostgreSQL must be allowed to open its own folder. It is not. "
    "Start as the user who owns the data folder, or give it back to that user.",
    "could not look up effective user": "The user who starts Entourage must have a name on this machine. This one is a "
    "bare number. Add it to /etc/passwd, or give a server with DATABASE_URL.",
    "invalid data directory": "The data folder's PostgreSQL must be whole. It is not. Restore it from a backup.",
    "could not find the database system": "The data folder's PostgreSQL must be whole. A file of it is missing. "
    "Restore it from a backup.",
    "could not locate a valid checkpoint": "The data folder's PostgreSQL must be whole. Its log is damaged. "
    "Restore it from a backup.",
    "Cannot allocate memory": "PostgreSQL must get its memory. The machine has too little free. Stop something else.",
    "still in use": "Only one PostgreSQL may use the data folder. A killed one still holds it. Wait a minute and start "
    "again.",
}


def explain(said: str, log: Path) -> str:
    """Return one sentence for what PostgreSQL said (the end of its log), with the cure where we know it."""
    words = next((line for line in said.splitlines() if re.search(r"FATAL|PANIC|error:", line)), said[-LAST:])
    words = " ".join(words.split())
    cure = next((cure for sign, cure in CURES.items() if sign in said), None)
    return f"{cure or 'PostgreSQL must start. It did not.'} It said: {words or 'nothing'}. More in {log}."
