"""What a correction makes of a reading: the same on the page at once, in jobs, and after every refit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entourage.web.reading.models import DEPARTMENTS, About, Intent, Lesson
from entourage.web.reading.queries import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The columns of a reading that its reader tells, and a correction may change.
TOLD = ("language", "negative", "neutral", "positive", "sign", "vehemence", "intent", "department", "lesson")
CERTAIN = 1000
# A complaint or a question corrected to be one keeps what it teaches; praise, say, teaches nothing.
_TEACHING = (Intent.CARE_QUESTION, Intent.COMPLAINT)


def overlay(told: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """What stands in a reading's columns once members' labels, by what they are about, lie over what was read.

    >>> read = dict(language="fr", negative=100, neutral=100, positive=800, sign=1, vehemence=60,
    ...             intent="praise", department="marketing", lesson="")
    >>> irony = overlay(read, {"sentiment": "negative", "intent": "complaint"})
    >>> irony["sign"], irony["negative"], irony["vehemence"], irony["department"]
    (-1, 1000, 60, 'care')
    """
    read = {name: told[name] for name in TOLD}
    if About.SENTIMENT in labels:
        read |= _signed(read, labels[About.SENTIMENT])
    if About.INTENT in labels:
        read |= _meant(read, labels[About.INTENT])
    if About.LANGUAGE in labels:
        read["language"] = labels[About.LANGUAGE]
    return read


def _signed(read: Mapping[str, Any], value: str) -> dict[str, Any]:
    certain = {name: CERTAIN if name == value else 0 for name in SIGNS}
    # Vehemence is that of displeasure: of a message that is not negative there is none.
    return {**certain, "sign": SIGNS[value].value, "vehemence": read["vehemence"] if value == "negative" else 0}


def _meant(read: Mapping[str, Any], value: str) -> dict[str, Any]:
    lesson = Lesson.IDEA.value if value == Intent.IDEA else ""
    if value in _TEACHING and read["lesson"] != Lesson.IDEA:
        lesson = read["lesson"]
    return {"intent": value, "department": str(DEPARTMENTS.get(value, "")), "lesson": lesson}
