"""First response

How long people wait for a page, and how many never hear from it. In the drawings a line is a conversation: the hour in
which it was asked and the hour in which it was answered, `-` for never, `7+` for "answered, at seven or later"; it is
100 o'clock.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from entourage.engine.errors import InvalidInput, NotEnoughData
from entourage.engine.log import HOUR_US
from entourage.engine.service.response import Response, first_response, first_response_by

AT = datetime(1970, 1, 5, 4, tzinfo=UTC)


def drawn(text: str) -> pa.Table:
    rows = [line.split() for line in text.split("\n") if line.strip()]
    asked = [int(row[1]) * HOUR_US for row in rows]
    answered = [None if row[2] == "-" else int(row[2].rstrip("+")) * HOUR_US for row in rows]
    known = [not row[2].endswith("+") for row in rows]
    where = [row[3] if len(row) > 3 else "x" for row in rows]
    return pa.table({
        "asked_us": asked, "answered_us": pa.array(answered, pa.int64()), "known": known, "network": where,
    })  # fmt: skip


def said(text: str) -> Response:
    return first_response(drawn(text), at=AT)


def test_when_all_are_answered_the_median_is_the_middle_wait() -> None:
    ours = said("""
        Ann  10  11
        Bob  10  13
        Cyd  10  19
    """)
    assert (ours.median_h.value, ours.unanswered_share.value) == (3, 0)


def test_who_still_waits_makes_the_wait_longer() -> None:
    """Three of four are answered within three hours; Dee waits since forty, and the median moves from two to three."""
    ours = said("""
        Ann  10  11
        Bob  10  12
        Cyd  10  13
        Dee  60  -
    """)
    assert (ours.median_h.value, ours.answered_only_median_h) == (2, 2)
    assert ours.p90_h.value is None
    assert ours.unanswered_share.value == 0.25


def test_when_more_than_half_wait_there_is_no_median() -> None:
    ours = said("""
        Ann  10  11
        Bob  10  -
        Dee  10  -
    """)
    assert (ours.median_h.value, ours.answered_only_median_h) == (None, 1)


def test_a_message_of_the_last_day_is_not_called_unanswered_yet() -> None:
    ours = said("""
        Ann  10  11
        Bob  90  -
    """)
    assert (ours.conversations, ours.due, ours.unanswered) == (2, 1, 0)


def test_an_answer_of_unknown_moment_is_an_answer_but_no_delay() -> None:
    """Cyd was answered, later than seven: the share knows it, the median does not take it for an answer at seven."""
    ours = said("""
        Ann  5  9
        Bob  5  9
        Cyd  5  7+
    """)
    assert (ours.unanswered, ours.moment_unknown, ours.median_h.value) == (0, 1, 4)


def test_an_answer_after_the_moment_of_the_question_has_not_come_yet() -> None:
    ours = said("""
        Ann  10  11
        Bob  10  120
    """)
    assert (ours.answered, ours.unanswered) == (1, 1)


def test_each_network_is_told_apart() -> None:
    by = first_response_by(
        drawn("""
            Ann  10  11  x
            Bob  10  14  x
            Cyd  10  -   facebook
        """),
        "network",
        at=AT,
    )
    assert {name: (one.conversations, one.unanswered) for name, one in by.items()} == {"facebook": (1, 1), "x": (2, 0)}


def test_nobody_asking_is_said() -> None:
    with pytest.raises(NotEnoughData, match=r"First response time needs at least one conversation. Got none; widen"):
        said("")


def test_a_missing_column_is_said() -> None:
    with pytest.raises(
        InvalidInput, match=r"`conversations` must have a column `asked_us`. Got when; rename or add it."
    ):
        first_response(pa.table({"when": [1]}), at=AT)
