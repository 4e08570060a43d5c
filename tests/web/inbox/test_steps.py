"""What happened in a conversation, in a sentence."""

from __future__ import annotations

import pytest

from entourage.web.inbox.models import Step
from entourage.web.inbox.views.steps import sentence


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ({"to": 7}, "raised to Ann: the promise is about to be broken"),
        ({"to": None}, "marked: the promise is about to be broken, and nobody who leads its department is there"),
        ({}, "marked: the promise is about to be broken, and nobody who leads its department is there"),
    ],
)
def test_an_escalation_says_to_whom_or_that_nobody_who_leads_is_there(detail, said):
    assert sentence(Step(what="escalated", detail=detail), {7: "Ann"}, {}) == said
