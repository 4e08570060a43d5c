"""The limits that networks write into their headers, in every dialect and in none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entourage.networks.pace import LONGEST, Budget, retry_after, told

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": format_datetime(NOON + timedelta(seconds=90), usegmt=True)}, 90),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-11-22T12:00:40.123Z"}, 40),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOON.timestamp()) + 15)}, 15),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "25"}, 25),
        ({"ratelimit": "limit=100, remaining=0, reset=12"}, 12),
        ({"ratelimit": '"burst";r=0;t=9'}, 9),
        # Our clock is an hour behind theirs: their own Date says how long it really is.
        (
            {
                "x-ratelimit-remaining": "0",
                "x-ratelimit-reset": "2026-11-22T13:01:00Z",
                "date": "Sun, 22 Nov 2026 13:00:00 GMT",
            },
            60,
        ),
        ({"retry-after": "99999999"}, LONGEST.total_seconds()),
    ],
)
def test_every_dialect_of_a_limit_is_understood(headers, seconds):
    assert int(retry_after(headers, now=NOON).total_seconds()) == seconds


HEADER = st.sampled_from(
    [
        "retry-after",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "ratelimit",
        "ratelimit-limit",
        "date",
        "ratelimit-reset",
    ]
)
VALUE = st.one_of(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    st.integers(-10, 10**18).map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
)


@settings(max_examples=300, deadline=None)
@given(headers=st.dictionaries(HEADER, VALUE))
def test_no_header_makes_us_fall_or_wait_for_ever(headers):
    after = retry_after(headers, now=NOON)
    assert after is None or timedelta(0) <= after <= LONGEST
    window = told(headers, now=NOON)
    assert window is None or (window.remaining >= 0 and timedelta(0) <= window.reset <= LONGEST)


@settings(max_examples=200, deadline=None)
@given(remaining=st.integers(0, 60), limit=st.integers(0, 60), calls=st.lists(st.booleans(), max_size=80))
def test_no_more_calls_go_out_than_the_network_told_and_a_tenth_is_left_to_what_sends(remaining, limit, calls):
    budget = Budget()
    headers = {"x-ratelimit-remaining": str(remaining), "x-ratelimit-limit": str(limit), "x-ratelimit-reset": "60"}
    budget.learn("", headers, now=NOON)
    went = [sending for sending in calls if not budget.spend("", now=NOON, sending=sending)]
    assert len(went) <= remaining
    if not all(went):
        assert went.index(False) < max(remaining - limit // 10, 0), "reading stops early"
    assert went.count(True) == min(calls.count(True), remaining - went.count(False)), "sending uses all there is"
    assert budget.spend("", now=NOON + timedelta(seconds=60), sending=False) == timedelta(0)
