"""What an address names: a number, a moment, a place in a list; nonsense names nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from entourage.web.core.queries import number_in, place_in

NINE = datetime(2026, 3, 16, 9, tzinfo=UTC)


@pytest.mark.parametrize(("told", "number"), [("0", 0), ("17", 17), ("9" * 18, 10**18 - 1)])
def test_an_address_names_a_number(told, number):
    assert number_in(told) == number


@pytest.mark.parametrize("told", ["", "x", "-1", "1.5", " 1", "²", "٣", "9" * 19, "9" * 5000])
def test_what_is_no_number_or_longer_than_any_key_names_none(told):
    assert number_in(told) is None


@pytest.mark.parametrize(
    "told", ["2026-03-16T09:00:00+00:00,17", "2026-03-16T10:00:00+01:00,17", "2026-03-16T09:00:00 00:00,17"]
)
def test_a_place_is_a_moment_and_a_number_also_where_a_plus_was_read_as_a_space(told):
    assert place_in(told) == (NINE, 17)


@pytest.mark.parametrize(
    "told", ["", "17", "2026-03-16T09:00:00,17", "2026-99-99T99,17", "2026-03-16T09:00:00+00:00," + "9" * 5000]
)
def test_a_place_without_a_moment_or_a_number_is_the_beginning(told):
    assert place_in(told) is None
