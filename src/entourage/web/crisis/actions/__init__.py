"""What is done about a crisis: it is seen or named, owned, answered person by person, closed, measured."""

from entourage.web.crisis.actions.answering import AT_ONCE, draft_answers, prepare
from entourage.web.crisis.actions.keeping import (
    CALM,
    AlreadyOpen,
    Seen,
    ask_look,
    close,
    measure,
    name,
    own,
    tell,
)

__all__ = [
    "AT_ONCE",
    "CALM",
    "AlreadyOpen",
    "Seen",
    "ask_look",
    "close",
    "draft_answers",
    "measure",
    "name",
    "own",
    "prepare",
    "tell",
]
