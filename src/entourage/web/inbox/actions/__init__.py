"""What is done with conversations: threading them, claiming, answering, sorting, writing about them."""

from entourage.web.inbox.actions.answering import answer
from entourage.web.inbox.actions.claiming import (
    CLAIM,
    Collision,
    assign,
    claim,
    hand_over,
    holder,
    leave,
    mark_seen,
    release,
    step,
    tidy_up,
)
from entourage.web.inbox.actions.deciding import also_asking, must_wait_now, take_back
from entourage.web.inbox.actions.enclosing import Takes, kind_of, name_for
from entourage.web.inbox.actions.sorting import (
    label,
    make_label,
    remove_label,
    reopen,
    resolve,
    set_department,
    snooze,
    unlabel,
)
from entourage.web.inbox.actions.threading import age, tell, thread
from entourage.web.inbox.actions.writing import (
    draft,
    filled,
    note,
    remove_macro,
    remove_view,
    save_macro,
    save_view,
    see_notes,
)

__all__ = [
    "CLAIM",
    "Collision",
    "Takes",
    "age",
    "also_asking",
    "answer",
    "assign",
    "claim",
    "draft",
    "filled",
    "hand_over",
    "holder",
    "kind_of",
    "label",
    "leave",
    "make_label",
    "mark_seen",
    "must_wait_now",
    "name_for",
    "note",
    "release",
    "remove_label",
    "remove_macro",
    "remove_view",
    "reopen",
    "resolve",
    "save_macro",
    "save_view",
    "see_notes",
    "set_department",
    "snooze",
    "step",
    "take_back",
    "tell",
    "thread",
    "tidy_up",
    "unlabel",
]
