"""A desk with three conversations on it, and how tests look at its pages."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from entourage.web.inbox import actions, queries

if TYPE_CHECKING:
    from uuid import UUID

    from tests.web.inbox.talk import Talk

    from entourage.web.core.models import Member
    from entourage.web.inbox.models import Conversation
    from entourage.web.outbox.models import Outgoing

TALKS = """
    a | 9 | Ann   | care_question | where is my parcel?
    b | 8 | us >a |               | on its way
    c | 2 | Ann >b | complaint    | it never came
    d | 5 | Dee   | complaint     | this kettle leaks
    e | 3 | Bob   | care_question | do you ship to Lille?
"""


def text_of(answer: Any) -> str:
    """What a reader reads of a page."""
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def inbox(**asked: Any) -> str:
    return "/b/tea/inbox/?" + "&".join(f"{name}={value}" for name, value in asked.items())


def at(it: Conversation, what: str = "") -> str:
    return f"/b/tea/inbox/{it.pk}/{what}{'/' if what else ''}"


def seen(talk: Talk, name: str) -> UUID:
    """What somebody has seen whose page shows all that was said."""
    return queries.thread_of(talk.of(name)).seen


def answered(it: Conversation, by: Member, text: str = "We do.", **told: Any) -> Outgoing:
    """What becomes of an answer of somebody who has seen all that stands in the thread."""
    return actions.answer(conversation=it, text=text, by=by, at=timezone.now(), seen=queries.thread_of(it).seen, **told)
