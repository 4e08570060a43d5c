"""What a simulated message is about: the simulator's own vocabulary, richer than the log's acts."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Intent(IntEnum):
    """Why somebody writes, or which gesture it is; the order is part of the seeds' meaning: add at the end."""

    # customers, in words
    QUESTION = 0
    DELIVERY = 1
    DEFECT = 2
    COMPLAINT = 3
    IRONY = 4
    PRAISE = 5
    IDEA = 6
    REVIEW_GOOD = 7
    REVIEW_BAD = 8
    JOB = 9
    PRESS = 10
    SPAM = 11
    CHAT = 12
    HELP = 13
    THANKS = 14
    FOLLOWUP = 15
    ENTRY = 16
    TASTING = 17
    FLATTERY = 18
    PRICES = 19
    # gestures, without words
    SHARE = 20
    LIKE = 21
    FOLLOW = 22
    PURCHASE = 23
    # pages
    POST = 24
    POST_CONTEST = 25
    POST_TASTING = 26
    POST_CRISIS = 27
    ANSWER = 28
    ANSWER_SORRY = 29
    ANSWER_THANKS = 30
    ANSWER_COLD = 31
    ANSWER_DELIVERY = 32
    ANSWER_PASSED_ON = 33


#: The gestures and the operations' texts that anybody may be in no mood for; all before PURCHASE are drawn from moods.
CUSTOMER: Final = tuple(intent for intent in Intent if intent < Intent.POST)
GESTURES: Final = (Intent.SHARE, Intent.LIKE, Intent.FOLLOW, Intent.PURCHASE)
#: What waits for an answer of the page; chatter, entries and gestures do not.
AWAITED: Final = (
    Intent.QUESTION,
    Intent.DELIVERY,
    Intent.DEFECT,
    Intent.COMPLAINT,
    Intent.REVIEW_BAD,
    Intent.FOLLOWUP,
    Intent.JOB,
    Intent.PRESS,
)
#: What another customer can help with.
HELPABLE: Final = (Intent.QUESTION,)
