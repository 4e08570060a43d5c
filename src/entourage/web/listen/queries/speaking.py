"""Which acts speak to somebody and which answer: one rule for the inbox, the outbox, the audit and the crisis room."""

from __future__ import annotations

#: Acts by which somebody speaks to us and waits for an answer.
ASKING = ("reply", "comment", "mention", "message", "review", "idea")
#: Acts that answer: words, not a like.
ANSWERING = (*ASKING, "help")
