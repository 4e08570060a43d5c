"""Waits with a known truth: the unanswered must not be forgotten, and a page must not be accused without cause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

from entourage.engine.log import DAY_US, HOUR_US
from entourage.engine.service.response import against, first_response
from entourage.engine.service.silences import silences

AT = datetime(2026, 3, 16, 9, tzinfo=UTC)
NOW = int(AT.timestamp() * 1_000_000)
#: The true median of the waits drawn here, and what one reads from the answered alone when looking after 53 hours.
TRUE_H, ANSWERED_ONLY_H = 7.29, 5.75


def asked(people: int, *, hours: float, rng: np.random.Generator) -> np.ndarray:
    return NOW - (rng.uniform(0, hours, people) * HOUR_US).astype(np.int64)


def waits(people: int, *, median_h: float, rng: np.random.Generator) -> np.ndarray:
    return (rng.exponential(median_h / np.log(2), people) * HOUR_US).astype(np.int64)


def talks(asked_us: np.ndarray, answered_us: np.ndarray) -> pa.Table:
    """A table in which an answer after the moment of the question has not come yet."""
    return pa.table({"asked_us": asked_us, "answered_us": pa.array(answered_us, mask=answered_us < 0)})


def test_the_unanswered_keep_the_median_true_where_the_answered_alone_flatter_it() -> None:
    """docs/methods/first-response.md: true 7.29 h, answered only 5.75 h, Kaplan-Meier 7.28 h."""
    rng = np.random.default_rng(7)
    when = asked(200_000, hours=53, rng=rng)
    ours = first_response(talks(when, when + waits(200_000, median_h=TRUE_H, rng=rng)), at=AT)
    assert ours.median_h.value is not None
    assert ours.answered_only_median_h is not None
    assert abs(ours.median_h.value - TRUE_H) < 0.08
    assert abs(ours.answered_only_median_h - ANSWERED_ONLY_H) < 0.08


def test_the_interval_of_the_median_covers_the_truth_as_often_as_it_says() -> None:
    rng, covered = np.random.default_rng(11), 0
    for _ in range(300):
        when = asked(150, hours=53, rng=rng)
        ours = first_response(talks(when, when + waits(150, median_h=TRUE_H, rng=rng)), at=AT)
        assert ours.median_h.low is not None
        covered += ours.median_h.low <= TRUE_H <= (ours.median_h.high or np.inf)
    assert 0.92 <= covered / 300 <= 0.985


def page(
    rng: np.random.Generator, *, answered: float, people: int = 300, weeks: int = 13
) -> tuple[np.ndarray, np.ndarray]:
    """Questions over some weeks, of which a share is answered after an exponential wait."""
    when = np.sort(asked(people, hours=weeks * 168, rng=rng))
    replies = when + waits(people, median_h=6, rng=rng)
    return when, np.where((rng.random(people) < answered) & (replies < NOW), replies, -1)


def test_a_deserted_page_is_called_deserted_and_a_kept_one_is_not() -> None:
    rng = np.random.default_rng(5)
    verdicts = {
        share: {first_response(talks(*page(rng, answered=share)), at=AT).verdict() for _ in range(50)}
        for share in (0.25, 0.95)
    }
    assert verdicts == {0.25: {"deserted"}, 0.95: {"kept"}}


def test_a_page_on_the_line_is_rarely_accused() -> None:
    """Half of the people are answered: "deserted" would be wrong; at most one page in forty hears it."""
    rng = np.random.default_rng(6)
    accused = [first_response(talks(*page(rng, answered=0.5)), at=AT).verdict() == "deserted" for _ in range(400)]
    assert sum(accused) / 400 <= 0.05


def test_under_twenty_conversations_there_is_no_verdict() -> None:
    rng = np.random.default_rng(8)
    assert first_response(talks(*page(rng, answered=0, people=19)), at=AT).verdict() == "too_few"


def test_the_difference_to_a_competitor_leaves_zero_out_only_when_there_is_one() -> None:
    rng = np.random.default_rng(9)
    same = [against(*(first_response(talks(*page(rng, answered=0.7)), at=AT) for _ in range(2))) for _ in range(200)]
    told = [gap for gap in same if gap.low is not None and gap.high is not None and (gap.low > 0 or gap.high < 0)]
    assert len(told) / 200 <= 0.08
    worse = against(*(first_response(talks(*page(rng, answered=share)), at=AT) for share in (0.4, 0.9)))
    assert worse.low is not None
    assert worse.low > 0.3


def test_a_deserted_fortnight_is_found_to_the_day() -> None:
    rng = np.random.default_rng(12)
    when, replies = page(rng, answered=0.9, people=500)
    shut, opens = NOW - 40 * DAY_US, NOW - 26 * DAY_US
    replies[(replies >= shut) & (replies < opens)] = -1
    found = silences(when, replies, since=AT - timedelta(weeks=13), at=AT)
    assert len(found) == 1
    assert abs(found[0].starts_us - shut) < DAY_US
    assert abs(found[0].ends_us - opens) < DAY_US
    assert not found[0].ongoing


def test_a_quiet_page_is_not_said_to_be_deserted() -> None:
    """Few people ask, most are answered: long gaps are only quiet. Of two hundred pages at most four are blamed."""
    rng, blamed = np.random.default_rng(13), 0
    for _ in range(200):
        when, replies = page(rng, answered=0.8, people=30)
        blamed += bool(silences(when, replies, since=AT - timedelta(weeks=13), at=AT))
    assert blamed <= 4
